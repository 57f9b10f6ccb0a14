/**
 * Writes what is published about the settings: `schema/resilience.config.schema.json`, and the table in
 * `docs/configuration.md`. With `--check` it writes nothing, and fails where they are not up to date.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { settingsSchema, settingsTable } from './settings-schema.js';

const root = path.join(import.meta.dirname, '..');
const begin = '<!-- begin auto-generated settings table -->';
const end = '<!-- end auto-generated settings table -->';

/** The files that are made, or have a made part: path from the root, and the text as it should be. */
export async function generatedFiles(): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const schema = 'schema/resilience.config.schema.json';
  const page = 'docs/configuration.md';
  const docs = await fs.readFile(path.join(root, page), 'utf8');
  const [before, rest] = docs.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page} has no place for the table (${begin})`);
  return [
    { file: schema, text: await format(schema, JSON.stringify(settingsSchema())) },
    { file: page, text: await format(page, `${before}${begin}\n\n${settingsTable()}\n\n${end}${after}`) },
  ];
}

async function format(file: string, text: string): Promise<string> {
  const absolute = path.join(root, file);
  return prettier.format(text, { ...(await prettier.resolveConfig(absolute)), filepath: absolute });
}

/** Writes the files, or with `--check` compares them. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let stale = 0;
  for (const { file, text } of await generatedFiles()) {
    const absolute = path.join(root, file);
    const now = await fs.readFile(absolute, 'utf8').catch(() => undefined);
    if (now === text) continue;
    if (args.includes('--check')) {
      stale++;
      console.error(`${file} is not up to date: run npm run docs`);
    } else {
      await fs.writeFile(absolute, text);
      console.log(`${file} written`);
    }
  }
  return stale > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
