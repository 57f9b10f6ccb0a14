/** Which modules a piece of code loads, seen from inside the process that runs it. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Consumer } from './consumer.js';

const recorder = pathToFileURL(join(import.meta.dirname, 'register-recorder.mjs')).href;

/** What loading the plugin must not load, as parts of a module's path. */
const forbidden = [
  /\/node_modules\/typescript\//,
  /\/node_modules\/ts-api-utils\//,
  /\/node_modules\/ts-morph\//,
  /\/node_modules\/@typescript-eslint\/(type-utils|parser|typescript-estree)\//,
  /\/dist\/src\/(cli|report|codemods|project)\//,
];

/**
 * Runs `code` (a module, or a script for `'require'`) in the project and gives the paths of all modules that it loaded:
 * ES modules by a resolve hook, CommonJS modules from the cache of `require`.
 */
export async function loadedModules(consumer: Consumer, how: 'import' | 'require', code: string): Promise<string[]> {
  const entry = how === 'import' ? 'entry.mjs' : 'entry.cjs';
  const log = join(consumer.root, 'loaded-modules.txt');
  const cache =
    how === 'import'
      ? `const { createRequire } = await import('node:module');\nconst { cache } = createRequire(import.meta.url);`
      : `const { cache } = require;`;
  consumer.write({ [entry]: `${code}\n${cache}\nconsole.log(JSON.stringify(Object.keys(cache)));\n` });
  rmSync(log, { force: true });
  const {
    code: exit,
    stdout,
    stderr,
  } = await consumer.run(process.execPath, ['--import', recorder, entry], {
    LOADED_MODULES: log,
  });
  if (exit !== 0) throw new Error(`loading failed: ${stderr}`);
  const imported = (existsSync(log) ? readFileSync(log, 'utf8') : '')
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url));
  const required = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[];
  return [...new Set([...imported, ...required])].map((path) => path.replaceAll('\\', '/'));
}

/** Those of `paths` that must not be loaded with the plugin. */
export const forbiddenAmong = (paths: readonly string[]): string[] =>
  paths.filter((path) => forbidden.some((pattern) => pattern.test(path)));
