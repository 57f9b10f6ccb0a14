/** `npm run accuracy`: judges the built plugin on the labelled projects of `test/accuracy/`. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as prettier from 'prettier';
import { exec } from 'tinyexec';
import { LabelError } from './accuracy/labels.js';
import { belowFloors, type Floors, renderMarkdown, renderText } from './accuracy/render.js';
import { type Plugin, runSuite } from './accuracy/suite.js';

const usage = `Usage: npm run accuracy -- [options] [rule ...]

Lints the labelled projects of test/accuracy/ with the built plugin, typed and untyped, and prints precision and recall.
With rules named, only the projects in their folders.

Options:
  --json    print the results as JSON
  --check   fail where a figure is below test/accuracy/floors.json
  --write   write docs/accuracy.md
  --help    print this help

Exit codes: 0 done, 1 a figure is below its floor, 2 trouble.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = path.join(root, 'test', 'accuracy');

/** A problem that the user can mend: printed without a stack trace. */
class UserError extends Error {}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await install();
  const results = await runSuite(directory, await loadPlugin(), options.rules);
  console.log(options.json ? JSON.stringify({ results }, null, 2) : renderText(results, 'test/accuracy'));
  if (options.write) await writePage(renderMarkdown(results));
  if (!options.check) return 0;
  const floors = JSON.parse(fs.readFileSync(path.join(directory, 'floors.json'), 'utf8')) as Floors;
  const problems = belowFloors(results, floors);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

function readOptions(): { json: boolean; check: boolean; write: boolean; help: boolean; rules: string[] } {
  const option = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      options: { json: option, check: option, write: option, help: { ...option, short: 'h' } },
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

/** Installs the libraries that the projects call, unless the lock file's are there. */
async function install(): Promise<void> {
  const lock = path.join(directory, 'package-lock.json');
  const installed = path.join(directory, 'node_modules', '.package-lock.json');
  if (fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  if (process.stderr.isTTY) console.error('Installing the libraries of test/accuracy …');
  const result = await exec('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    nodeOptions: { cwd: directory },
  });
  if (result.exitCode !== 0) throw new UserError(`npm ci failed in test/accuracy:\n${result.stderr}`);
  fs.utimesSync(installed, new Date(), new Date());
}

async function loadPlugin(): Promise<Plugin> {
  const built = path.join(root, 'dist', 'src', 'plugin.js');
  if (!fs.existsSync(built)) throw new UserError('The plugin is not built: run `npm run build` first.');
  return ((await import(pathToFileURL(built).href)) as { default: Plugin }).default;
}

try {
  process.exitCode = await main();
} catch (error) {
  const expected = error instanceof UserError || error instanceof LabelError;
  console.error(expected ? error.message : error);
  process.exitCode = 2;
}
