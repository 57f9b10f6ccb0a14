/** `npm run accuracy`: judges the built plugin on the labelled projects of `test/accuracy/`. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { type Backend, InstallError, installLocked, typedParser } from './accuracy/install.js';
import { LabelError } from './accuracy/labels.js';
import { belowFloors, type Floors, renderMarkdown, renderText } from './accuracy/render.js';
import { type Plugin, reportedPlaces, runSuite } from './accuracy/suite.js';

const usage = `Usage: npm run accuracy -- [options] [rule ...]

Lints the labelled projects of test/accuracy/ with the built plugin, typed and untyped, and prints precision and recall.
With rules named, only the projects in their folders.

Options:
  --json    print the results as JSON
  --check   fail where a figure is below test/accuracy/floors.json
  --write   write docs/accuracy.md
  --native  compare the typed reports with those on the native type checker, and print what differs
  --help    print this help

Exit codes: 0 done, 1 a figure is below its floor or the type checkers differ, 2 trouble.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = path.join(root, 'test', 'accuracy');
const nativePackage = path.join(root, 'test', 'native');

/** A problem that the user can mend: printed without a stack trace. */
class UserError extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await installLocked(directory);
  if (options.native) return compareBackends(options.rules);
  const results = await runSuite(directory, await loadPlugin(), options.rules);
  console.log(options.json ? JSON.stringify({ results }, null, 2) : renderText(results, 'test/accuracy'));
  if (options.write) await writePage(renderMarkdown(results));
  if (!options.check) return 0;
  const floors = JSON.parse(fs.readFileSync(path.join(directory, 'floors.json'), 'utf8')) as Floors;
  const problems = belowFloors(results, floors);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

/** Lints the projects on both type checkers; the exit code. */
async function compareBackends(rules: readonly string[]): Promise<number> {
  await installLocked(nativePackage);
  const plugin = await loadPlugin();
  const reports = async (backend: Backend): Promise<Set<string>> =>
    new Set(await reportedPlaces(directory, plugin, typedParser(backend, nativePackage), rules));
  const classic = await reports('classic');
  const native = await reports('native');
  const differences = [
    ...[...classic].filter((place) => !native.has(place)).map((place) => `only classic  ${place}`),
    ...[...native].filter((place) => !classic.has(place)).map((place) => `only native   ${place}`),
  ];
  for (const difference of differences) console.log(difference);
  console.log(`${classic.size} reports of strict on the classic type checker, ${native.size} on the native one.`);
  return differences.length > 0 ? 1 : 0;
}

interface Options {
  readonly json: boolean;
  readonly check: boolean;
  readonly write: boolean;
  readonly native: boolean;
  readonly help: boolean;
  readonly rules: string[];
}

function readOptions(): Options {
  const option = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      options: { json: option, check: option, write: option, native: option, help: { ...option, short: 'h' } },
      allowPositionals: true,
    });
    const missing = positionals.find((rule) => !fs.existsSync(path.join(directory, rule)));
    if (missing !== undefined) throw new Error(`test/accuracy has no folder "${missing}".`);
    if (positionals.length > 0 && (values.check || values.write))
      throw new Error('--check and --write take the whole suite.');
    return { ...values, rules: positionals };
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function writePage(text: string): Promise<void> {
  const file = path.join(root, 'docs', 'accuracy.md');
  const config = await prettier.resolveConfig(file);
  fs.writeFileSync(file, await prettier.format(text, { ...config, filepath: file }));
}

async function loadPlugin(): Promise<Plugin> {
  const built = path.join(root, 'dist', 'src', 'plugin.js');
  if (!fs.existsSync(built)) throw new UserError('The plugin is not built: run `npm run build` first.');
  return ((await import(pathToFileURL(built).href)) as { default: Plugin }).default;
}

try {
  process.exitCode = await main();
} catch (error) {
  const expected = [UserError, LabelError, InstallError].some((kind) => error instanceof kind);
  console.error(expected ? (error as Error).message : error);
  process.exitCode = 2;
}
