/** `resilience scan`: lints a project with the presets, with or without an ESLint configuration of its own. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import ownPlugin from '../../plugin.js';
import { toRelative } from '../../project/paths.js';
import { firstLine } from '../../project/problem.js';
import { writeFileAtomic } from '../../project/write-file.js';
import { defaultSettings, loadSettingsFile } from '../../settings.js';
import { UsageError, type Command } from '../command.js';
import { formats, type FormatName } from '../formats/index.js';
import { exitCode, presets, type Preset, type ScanResult } from '../result.js';
import { runScan } from '../run-scan.js';
import { createProgress, oneLine, wantsColor, type Io } from '../terminal.js';

const help = `Usage: resilience scan [paths...] [options]

Finds network calls without a plan for the bad case. Paths are files and directories; the default is
the working directory. What git ignores, node_modules, dist, declarations and minified files are left
out. Types are used where a tsconfig.json owns the file. No code of the project is run.

Options:
  --preset <name>      recommended (default) or strict
  --format <name>      pretty (default) or json
  --output <file>      write the report to a file
  --fix                apply the fixes that are safe to apply, and report what is left
  --config <file>      settings to use in place of the nearest resilience.config.json
  --no-types           do not use type information
  --eslint-config      run the project's own ESLint configuration, which is executed, in place of a
                       preset; only findings of resilience/* rules are shown
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 nothing found, 1 findings, 2 trouble (each told in a line on stderr).
`;

/** Width of a report that is not for a terminal: logs and files scroll sideways. */
const WIDTH = 120;

interface Arguments {
  readonly paths: readonly string[];
  readonly preset: Preset;
  readonly format: FormatName;
  readonly output: string | undefined;
  readonly fix: boolean;
  readonly config: string | undefined;
  readonly types: boolean;
  readonly eslintConfig: boolean;
  readonly color: boolean | undefined;
}

export const scan: Command = {
  summary: 'find network calls without a plan for the bad case',
  help,
  async run(args, io) {
    const options = parse(args);
    // Complete, so that nothing of a resilience.config.json is left below them.
    const settings =
      options.config === undefined
        ? undefined
        : { ...defaultSettings, ...loadSettingsFile(path.resolve(io.cwd, options.config)) };
    const progress = createProgress(io.stderr, io.env);
    let result;
    try {
      result = await runScan({
        paths: options.paths,
        cwd: io.cwd,
        preset: options.preset,
        fix: options.fix,
        types: options.types,
        projectConfig: options.eslintConfig,
        settings,
        onProgress: (done, total, file) => {
          progress.update(`Scanning ${String(done + 1)}/${String(total)} ${toRelative(file, io.cwd)}`);
        },
      });
    } finally {
      progress.clear();
    }
    tellTrouble(result, io);
    return report(result, options, io);
  },
};

function parse(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      preset: { type: 'string', default: 'recommended' },
      format: { type: 'string', default: 'pretty' },
      output: { type: 'string' },
      fix: { type: 'boolean', default: false },
      config: { type: 'string' },
      types: { type: 'boolean', default: true },
      'eslint-config': { type: 'boolean', default: false },
      color: { type: 'boolean' },
    },
  });
  if (values['eslint-config'] && (args.some((arg) => arg.startsWith('--preset')) || !values.types)) {
    throw new UsageError(
      '--eslint-config leaves rules and types to the configuration: no --preset or --no-types with it',
    );
  }
  if (positionals.includes('')) throw new UsageError('A path is empty');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    preset: oneOf('--preset', values.preset, presets),
    format: oneOf('--format', values.format, Object.keys(formats) as FormatName[]),
    output: values.output,
    fix: values.fix,
    config: values.config,
    types: values.types,
    eslintConfig: values['eslint-config'],
    color: values.color,
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw new UsageError(`${option} takes ${allowed.join(' or ')}, not '${value}'`);
  return match;
}

function tellTrouble({ base, skipped, problems }: ScanResult, { stderr }: Io): void {
  for (const { path: file, reason } of skipped) {
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}: skipped, ${reason}`)}\n`);
  }
  for (const { path: file, line, column, message } of problems) {
    const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}${position}: ${message}`)}\n`);
  }
}

function report(result: ScanResult, { format, output, color }: Arguments, io: Io): number {
  const text = formats[format]({
    result,
    version: ownPlugin.meta.version,
    color: output === undefined ? wantsColor(color, io.env, io.stdout) : color === true,
    width: (output === undefined ? io.stdout.columns : undefined) ?? WIDTH,
  });
  if (output === undefined) {
    io.stdout.write(text);
    return exitCode(result);
  }
  try {
    writeFileAtomic(path.resolve(io.cwd, output), text);
  } catch (error) {
    io.stderr.write(`resilience: ${oneLine(`${output}: cannot be written: ${firstLine(error)}`)}\n`);
    return 2;
  }
  const count = result.findings.length;
  io.stdout.write(`${String(count)} finding${count === 1 ? '' : 's'}, written to ${oneLine(output)}\n`);
  return exitCode(result);
}
