/** The `resilience` program: finds the command, and turns what went wrong into one line and an exit code. */
import ownPlugin from '../plugin.js';
import { GitError } from '../project/changes.js';
import { oneLine } from '../project/escape.js';
import { MissingToolError } from '../project/toolchain.js';
import { SettingsError } from '../settings.js';
import { UsageError, type Command } from './command.js';
import { doctor } from './commands/doctor.js';
import { explain } from './commands/explain.js';
import { init } from './commands/init.js';
import { merge } from './commands/merge.js';
import { migrate } from './commands/migrate.js';
import { report } from './commands/report.js';
import { scan } from './commands/scan.js';
import type { Io } from './terminal.js';

const commands: Readonly<Record<string, Command>> = {
  scan,
  report,
  migrate,
  merge,
  init,
  explain,
  doctor,
};

const help = `Usage: resilience <command> [options]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

Options:
  --help, -h     this text; with a command, the command's own
  --version, -v  the version
`;

/**
 * Runs the program.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit code: 0 clean, 1 findings, 2 trouble
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  try {
    const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command) {
      // Behind `--` everything is a path.
      const end = args.indexOf('--');
      const flags = end === -1 ? args : args.slice(0, end);
      if (!flags.includes('--help') && !flags.includes('-h')) return await command.run(args, io);
      io.stdout.write(command.help);
      return 0;
    }
    switch (name) {
      case '--version':
      case '-v':
        io.stdout.write(`${ownPlugin.meta.version}\n`);
        return 0;
      case '--help':
      case '-h':
        io.stdout.write(help);
        return 0;
      case undefined:
        io.stderr.write(help);
        return 2;
      default:
        throw new UsageError(name.startsWith('-') ? `Unknown option '${name}'` : `Unknown command '${name}'`);
    }
  } catch (error) {
    const message = usageMessage(error);
    if (message !== undefined) {
      const about = name !== undefined && Object.hasOwn(commands, name) ? `${name} ` : '';
      io.stderr.write(`resilience: ${oneLine(message)} (resilience ${about}--help shows what there is)\n`);
      return 2;
    }
    if (error instanceof MissingToolError || error instanceof SettingsError || error instanceof GitError) {
      io.stderr.write(`resilience: ${oneLine(error.message)}\n`);
      return 2;
    }
    throw error;
  }
}

/** What a user did wrong on the command line; `undefined`: the error is of another kind. */
function usageMessage(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (error instanceof TypeError && (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS_')) {
    // Node's own second sentence gives advice that is wrong where paths may follow.
    return error.message.split(/\. |\n/u, 1)[0]?.replace(/\.$/u, '');
  }
  return undefined;
}
