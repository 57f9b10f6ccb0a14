/** `npm run bench`: what the rules cost, as ratios from one run on this machine. Figures, not tests: it exits 0 when an aim is missed. */
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { generateChains, generateCodeBase } from './generate.js';
import { type Job, alternate, lint } from './measure.js';
import { performancePage } from './page.js';
import type { Bench, Outcome, Row } from './row.js';
import { rows } from './rows/index.js';

const usage = `Usage: npm run bench -- [path] [options]

Measures the built plugin (run "npm run build" first) on a generated code base, or on the one at [path].

  --files <n>     files of the generated code base (1000)
  --seed <n>      seed of the generator (1)
  --pairs <n>     pairs of runs for each figure (5)
  --rows <ids>    only these rows, separated by commas: ${rows.map(({ id }) => id).join(', ')}
  --json          print JSON
  --write         write docs/performance.md (with the generated code base)
  --keep          keep the generated code bases, and say where they are
  --help          print this
`;

const root = resolve(import.meta.dirname, '..');

/** A mistake of the user's: its message is all there is to say. */
class UsageError extends Error {}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      files: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      pairs: { type: 'string', default: '5' },
      rows: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  if (path !== undefined && !existsSync(path)) throw new UsageError(`There is no ${path}.`);
  if (values.write && (path !== undefined || values.json)) {
    throw new UsageError('--write takes the generated code base, and prints no JSON.');
  }
  const ids = values.rows?.split(',') ?? rows.map(({ id }) => id);
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new UsageError(`There is no row ${unknown.join(', ')}.`);
  return {
    ...values,
    path: path === undefined ? undefined : realpathSync(path),
    files: atLeast(2, '--files', values.files),
    seed: atLeast(0, '--seed', values.seed),
    pairs: atLeast(1, '--pairs', values.pairs),
    selected: rows.filter(({ id }) => ids.includes(id)),
  };
}

function atLeast(least: number, option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new UsageError(`${option} takes a whole number from ${least}, not "${text}".`);
  }
  return value;
}

/** Makes the code bases below `scratch` as rows ask for them. */
function createBench(scratch: string, options: ReturnType<typeof readArguments>): Bench {
  const made = new Map<string, Pick<Job, 'cwd' | 'patterns'>>();
  const once = (name: string, make: (directory: string) => void): Pick<Job, 'cwd' | 'patterns'> => {
    const known = made.get(name);
    if (known) return known;
    const cwd = join(scratch, name);
    make(cwd);
    const place = { cwd, patterns: ['src'] };
    made.set(name, place);
    return place;
  };
  const nodeModules = join(root, 'node_modules');
  const generated: Bench['generated'] = (files, network) =>
    once(`files-${files}-${network}`, (directory) =>
      generateCodeBase(directory, nodeModules, { files, network, seed: options.seed }),
    );
  const main = options.path === undefined ? generated(options.files, 0.1) : { cwd: options.path, patterns: ['.'] };
  let typedPairs: ReturnType<Bench['typedPairs']> | undefined;
  return {
    root,
    scratch,
    main,
    generated,
    files: options.files,
    pairs: options.pairs,
    chains: (files, depth) =>
      once(`chains-${files}-${depth}`, (directory) => generateChains(directory, nodeModules, files, depth)),
    typedPairs: () => {
      const job = { ...main, typed: true, floating: true, stats: false } as const;
      typedPairs ??= alternate(
        Math.max(options.pairs, 7),
        () => lint({ ...job, ours: 'strict' }),
        () => lint({ ...job, ours: 'none' }),
      );
      return typedPairs;
    },
  };
}

/** Whether the aim is met. With an interval, it is missed only if the whole interval is above it. */
const isMet = ({ aim }: Row, { ratio, interval }: Outcome): boolean => (interval ? interval[0] : ratio) <= aim;

function tableRow(row: Row, outcome: Outcome): string {
  const interval = outcome.interval?.every(Number.isFinite)
    ? ` (${outcome.interval.map((bound) => bound.toFixed(3)).join(' to ')})`
    : '';
  const verdict = isMet(row, outcome) ? 'met' : 'missed';
  return `| ${row.what} | ${outcome.ratio.toFixed(3)}${interval} | ≤ ${row.aim} | ${verdict} | ${outcome.detail} |`;
}

async function writePage(table: readonly string[], { files, pairs }: ReturnType<typeof readArguments>): Promise<void> {
  const file = join(root, 'docs', 'performance.md');
  const given = process.argv.slice(2).join(' ');
  const page = performancePage({
    table,
    command: `npm run bench -- ${given}`,
    files,
    pairs,
    machine: `${availableParallelism()} cores, Node ${process.versions.node}`,
  });
  const config = await prettier.resolveConfig(file);
  writeFileSync(file, await prettier.format(page, { ...config, filepath: file }));
}

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    console.log(usage);
    return;
  }
  if (!existsSync(join(root, 'dist/src/plugin.js'))) {
    throw new UsageError('There is no build to measure. Run "npm run build" first.');
  }
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-bench-')));
  const progress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
  };
  try {
    const bench = createBench(scratch, options);
    progress('warming up');
    await lint({ ...bench.main, typed: true, floating: true, ours: 'strict', stats: false });
    const outcomes = [];
    const table = ['| what | ratio | aim | | detail |', '|---|---|---|---|---|'];
    progress('');
    if (!options.json) console.log(table.join('\n'));
    for (const [index, row] of options.selected.entries()) {
      progress(`measuring ${index + 1} of ${options.selected.length}: ${row.id}`);
      const outcome = await row.measure(bench);
      progress('');
      table.push(tableRow(row, outcome));
      if (!options.json) console.log(table.at(-1));
      outcomes.push({ id: row.id, what: row.what, aim: row.aim, met: isMet(row, outcome), ...outcome });
    }
    if (options.json) console.log(JSON.stringify(outcomes, undefined, 2));
    if (options.write) await writePage(table, options);
  } finally {
    if (options.keep) console.error(`The code bases are in ${scratch}`);
    else rmSync(scratch, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  const isMistake = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(isMistake ? `${(error as Error).message}\n\n${usage}` : error);
  process.exitCode = 2;
}
