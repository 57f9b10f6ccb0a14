/**
 * Runs all proofs and prints the table. Exit codes: 0 all shown, 1 a claim failed, 2 the proofs could not run.
 * `node run.js [library …]` runs some only; `--json <file>` writes the rows.
 */
import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { catalog } from '../../../src/catalog/index.js';
import type { Behaviour } from './behaviour.js';
import type { Row } from './row.js';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const behaviours = path.join(here, '..', 'behaviour');

/** At once; most of a proof is waiting. */
const PARALLEL = 6;
/** The longest that one process may take, ms: far more than it does, since a busy machine is no claim that failed. */
const LIMIT = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, failures: { type: 'boolean' } },
});

const node24 = path.join(root, 'node_modules', 'node24', 'bin', 'node');

/** Runs a script and gives the rows that it sends. */
const rowsOf = (script: string, args: readonly string[], library: string, execPath: string): Promise<Row[]> =>
  new Promise((resolve) => {
    const child = fork(script, args, {
      execPath,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // The program with the types of every library is large: a small nursery would spend half the time collecting.
      execArgv: ['--no-warnings', ...(script.endsWith('types.js') ? ['--max-semi-space-size=256'] : [])],
    });
    let rows: Row[] | undefined;
    let output = '';
    const keep = (text: Buffer) => (output = (output + String(text)).slice(-2000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const failed = (note: string): Row[] => [
      { library, version: args[1] ?? '', claim: 'the proofs run', shown: 'failed', note },
    ];
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    child.on('message', (message) => (rows = message as Row[]));
    child.on('error', (error) => resolve(failed(error.message)));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(rows ?? failed(`ended with ${signal ?? code}: ${output.trim().slice(-300)}`));
    });
  });

const tasks: (() => Promise<Row[]>)[] = [];
const covered = new Set<string>();
const files = readdirSync(behaviours).filter((file) => file.endsWith('.js'));
const wanted = (file: string): boolean => positionals.length === 0 || positionals.includes(file.replace(/\.js$/, ''));

// Of `left-pad` those of `types/left-pad.ts`, and of `types/left-pad@1.ts`.
const typed = readdirSync(path.join(root, 'types'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => positionals.includes(name.split('@')[0]!));
if (positionals.length === 0 || typed.length > 0) {
  tasks.push(() => rowsOf(path.join(here, 'types.js'), typed, 'types', process.execPath));
}
for (const file of files) {
  const { default: proofs } = (await import(path.join(behaviours, file))) as { default: Behaviour };
  covered.add(proofs.library);
  if (!wanted(file)) continue;
  for (const version of proofs.versions) {
    if (version.node === 24 && !existsSync(node24)) {
      process.stderr.write('The npm package `node` is not installed: run `npm ci` in test/proofs.\n');
      process.exit(2);
    }
    for (const mode of ['bounds', 'defaults']) {
      const args = [path.join(behaviours, file), version.package, mode];
      tasks.push(() =>
        rowsOf(path.join(here, 'worker.js'), args, proofs.library, version.node === 24 ? node24 : process.execPath),
      );
    }
  }
}

const results: Row[][] = [];
let next = 0;
await Promise.all(
  Array.from({ length: PARALLEL }, async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]!();
    }
  }),
);
// On a busy machine a proof may come too late: what failed runs once more, alone, before it counts.
for (const [index, task] of tasks.entries()) {
  if (results[index]!.some((row) => row.shown === 'failed')) results[index] = await task();
}
const rows: Row[] = results.flat();

if (positionals.length === 0) {
  const reasons = JSON.parse(readFileSync(path.join(root, 'source-only.json'), 'utf8')) as Record<string, string>;
  for (const library of catalog) {
    if (covered.has(library.name)) continue;
    const reason = reasons[library.name];
    rows.push({
      library: library.name,
      version: library.verified[0] ?? '',
      claim: 'bounds, defaults, retries',
      shown: reason ? 'source only' : 'failed',
      note: reason ?? 'no proof of behaviour, and no reason in source-only.json',
    });
  }
}

const order = new Map(catalog.map((library, index) => [library.name, index]));
rows.sort((a, b) => (order.get(a.library) ?? -1) - (order.get(b.library) ?? -1));
const shown = values.failures ? rows.filter((row) => row.shown === 'failed') : rows;
const header: Row[] = [
  { library: 'library', version: 'version', claim: 'claim', shown: 'shown by' as Row['shown'], note: 'note' },
];
const width = (key: 'library' | 'version' | 'claim', most: number) =>
  Math.min(most, Math.max(...[...header, ...shown].map((row) => row[key].length)));
const widths = { library: width('library', 26), version: width('version', 10), claim: width('claim', 90) };
for (const row of [...header, ...shown]) {
  const cells = [
    row.library.padEnd(widths.library),
    row.version.padEnd(widths.version),
    row.claim.padEnd(widths.claim),
    (row.shown === 'failed' ? 'FAILED' : row.shown).padEnd(11),
    row.note.replace(/\s+/g, ' ').slice(0, 160),
  ];
  process.stdout.write(`${cells.join(' | ').trimEnd()}\n`);
}
const count = (how: Row['shown']) => rows.filter((row) => row.shown === how).length;
process.stdout.write(
  `\n${catalog.length} entries, ${rows.length} claims: ${count('behaviour')} shown by behaviour, ${count('types')} by types, ` +
    `${count('source only')} by source only, ${count('failed')} failed\n`,
);
if (values.json) writeFileSync(values.json, JSON.stringify(rows, undefined, 1));
process.exit(count('failed') > 0 ? 1 : 0);
