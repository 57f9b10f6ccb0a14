/** `resilience migrate`: codemods over a whole project, as one change to review. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { codemodNames, type CodemodName, type MigrateSettings } from '../../codemods/codemod.js';
import { LatenciesError, readLatencies, type Latencies } from '../../codemods/latencies.js';
import type { MigrateResult, PlannedFile } from '../../codemods/migrate.js';
import { oneLine } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { firstLine } from '../../project/problem.js';
import { defaultSettings, loadSettingsFile } from '../../settings.js';
import { UsageError, type Command } from '../command.js';
import { unifiedDiff } from '../diff.js';
import { migrateJson, migratePretty } from '../formats/migrate.js';
import { createProgress, painter, wantsColor, type Io } from '../terminal.js';

const help = `Usage: resilience migrate <codemod...|all> [paths...] [options]

Brings a code base up to the standard in one reviewed change. Without --write it only shows what it
would do. Paths are files and directories; the default is the working directory. Tests are left alone.

Codemods, in the order in which they run:
  timeouts     give every downstream a budget in one module, and make calls and clients read from it
  retries      make hand-written retries use the project's retry library, with backoff and jitter
  concurrency  give fan-outs the project's limiter
  signals      hand an AbortSignal from where it is received down to the calls
  policies     run every downstream's calls in a policy of its own: retry, circuit breaker, bulkhead

Options:
  --write              write the files; needs a clean git tree
  --force              write although the git tree is not clean, or there is none
  --interactive        ask for each file
  --latencies <file>   JSON or CSV of observed p99 by downstream, in ms: a budget is twice that
  --budgets <file>     where the budgets go, from the package (default: src/resilience/budgets.ts)
  --policies <file>    where the policies go, from the package (default: src/resilience/policies.ts)
  --library <name>     what the policies are made with: cockatiel (default) or opossum
  --config <file>      settings to use in place of the nearest resilience.config.json
  --json               for programs
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Every change is type-checked with the project's own TypeScript: a file in which one would add an error
is left alone. Files are written all together or not at all. The project's own Prettier is used on files
that it has formatted before.

Exit codes: 0 nothing (more) to do, 1 changes that are not written, or something is left to people,
2 trouble (each told in a line on stderr).
`;

interface Arguments {
  readonly codemods: readonly CodemodName[];
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly force: boolean;
  readonly interactive: boolean;
  readonly json: boolean;
  readonly config: string | undefined;
  readonly color: boolean | undefined;
  readonly migrate: MigrateSettings;
}

export const migrate: Command = {
  summary: 'bring a code base up to the standard in one reviewed change',
  help,
  async run(args, io) {
    const options = parse(args, io);
    const settings =
      options.config === undefined
        ? undefined
        : { ...defaultSettings, ...loadSettingsFile(path.resolve(io.cwd, options.config)) };
    if (options.write && !options.force) {
      const dirty = await whyNotClean(io.cwd);
      if (dirty !== null) {
        io.stderr.write(`resilience: ${dirty}; commit or stash first, or use --force\n`);
        return 2;
      }
    }
    // ts-morph is loaded with the first migration, not with the program.
    const { planMigration, writeMigration } = await import('../../codemods/migrate.js');
    const progress = createProgress(io.stderr, io.env);
    let result: MigrateResult;
    try {
      result = await planMigration({
        codemods: options.codemods,
        paths: options.paths,
        cwd: io.cwd,
        settings,
        migrate: options.migrate,
        onProgress: (text) => progress.update(text),
        confirm: options.interactive ? asker(options, io, () => progress.clear()) : null,
      });
    } finally {
      progress.clear();
    }
    for (const { path: file, line, column, message } of result.problems) {
      const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
      io.stderr.write(`resilience: ${oneLine(`${toRelative(file, result.base)}${position}: ${message}`)}\n`);
    }
    if (options.write && result.files.length > 0) {
      try {
        writeMigration(result);
      } catch (error) {
        io.stderr.write(`resilience: nothing is written: ${oneLine(firstLine(error))}\n`);
        return 2;
      }
    }
    const color = wantsColor(options.color, io.env, io.stdout);
    const shown = { result, codemods: options.codemods, written: options.write, color };
    io.stdout.write(options.json ? migrateJson(shown) : migratePretty(shown));
    if (result.problems.length > 0) return 2;
    const isOpen = result.left.length > 0 || result.skipped.length > 0 || (result.files.length > 0 && !options.write);
    return isOpen ? 1 : 0;
  },
};

function parse(args: readonly string[], io: Io): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    allowNegative: true,
    options: {
      write: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      interactive: { type: 'boolean', default: false },
      latencies: { type: 'string' },
      budgets: { type: 'string' },
      policies: { type: 'string' },
      library: { type: 'string', default: 'cockatiel' },
      config: { type: 'string' },
      json: { type: 'boolean', default: false },
      color: { type: 'boolean' },
    },
  });
  if (positionals.includes('')) throw new UsageError('A path is empty');
  const known = (name: string): boolean => name === 'all' || codemodNames.includes(name as CodemodName);
  const end = positionals.findIndex((name) => !known(name));
  const named = end < 0 ? positionals : positionals.slice(0, end);
  const paths = end < 0 ? [] : positionals.slice(end);
  if (named.length === 0) {
    const first = positionals[0];
    throw new UsageError(
      `${first === undefined ? 'No codemod is named' : `There is no codemod '${first}'`}: all, ${codemodNames.join(', ')}`,
    );
  }
  if (values.library !== 'cockatiel' && values.library !== 'opossum') {
    throw new UsageError(`--library takes cockatiel or opossum, not '${values.library}'`);
  }
  if (values.interactive && (values.json || io.stdin?.isTTY !== true)) {
    throw new UsageError(
      values.json ? '--interactive and --json exclude each other' : '--interactive needs a terminal',
    );
  }
  return {
    codemods: named.includes('all') ? codemodNames : codemodNames.filter((name) => named.includes(name)),
    paths: paths.length > 0 ? paths : ['.'],
    write: values.write,
    force: values.force,
    interactive: values.interactive,
    json: values.json,
    config: values.config,
    color: values.color,
    migrate: {
      latencies: values.latencies === undefined ? null : latenciesOf(values.latencies, io),
      budgetsModule: values.budgets ?? null,
      policiesModule: values.policies ?? null,
      library: values.library,
    },
  };
}

function latenciesOf(file: string, io: Io): Latencies {
  try {
    return readLatencies(path.resolve(io.cwd, file));
  } catch (error) {
    if (error instanceof LatenciesError) throw new UsageError(`--latencies ${file}: ${error.message}`);
    throw error;
  }
}

/** Why the changes could not be told from others afterwards; `null`: nothing stands in the way. */
async function whyNotClean(cwd: string): Promise<string | null> {
  const status = await new Promise<string | null>((resolve) => {
    execFile('git', ['status', '--porcelain'], { cwd }, (error, stdout) => resolve(error ? null : stdout));
  });
  if (status === null) return 'this is no git repository, so the change could not be taken back';
  return status.trim() === '' ? null : 'the git tree is not clean';
}

/** Asks for one file after the other: yes, no, all of the rest, none of the rest. */
function asker({ color: flag }: Arguments, io: Io, beforeAsking: () => void): (file: PlannedFile) => Promise<boolean> {
  const paint = painter(wantsColor(flag, io.env, io.stdout));
  let rest: boolean | null = null;
  return async (file) => {
    if (rest !== null) return rest;
    beforeAsking();
    io.stdout.write(unifiedDiff(file, io.cwd, paint));
    const { stdin } = io;
    if (!stdin) return false;
    const lines = createInterface({ input: stdin, output: io.stdout as NodeJS.WritableStream });
    try {
      for (;;) {
        const answer = (await lines.question('Change this file? [y]es, [n]o, [a]ll, [q]uit: ')).trim().toLowerCase();
        if (answer === 'a' || answer === 'q') rest = answer === 'a';
        if (/^[ynaq]$/u.test(answer)) return answer === 'y' || answer === 'a';
      }
    } finally {
      lines.close();
    }
  };
}
