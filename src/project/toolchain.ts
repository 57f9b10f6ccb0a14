/**
 * The tools that a scan runs on: ESLint, typescript-eslint's parser, and the TypeScript that this parser uses. They are
 * peers of this package, so they are looked for from the places given, in order; the first that loads and is of a known
 * version is taken.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ESLint, Linter, SourceCode } from 'eslint';
import type * as TypeScript from 'typescript';
import type { TSESLint } from '@typescript-eslint/utils';
import { firstLine } from './problem.js';

/** TypeScript's API. Its types are those of the version that this package is built with. */
export type TypeScriptApi = typeof TypeScript;

/** What a scan needs to read source code. */
export interface ParserToolchain {
  readonly parser: TSESLint.FlatConfig.Parser;
  /** The same instance of TypeScript as the parser's. */
  readonly typescript: TypeScriptApi;
}

/** A tool that a scan cannot do without is not installed. The message is one line, with the command that installs it. */
export class MissingToolError extends Error {
  override readonly name = 'MissingToolError';
}

/** This package's own install: what its peers resolve to from here. */
export const ownInstall: string = path.dirname(fileURLToPath(import.meta.url));

/**
 * Typescript-eslint's parser with its TypeScript.
 *
 * @param from directories to resolve from, the preferred one first
 * @throws MissingToolError when no directory has both, in a version that works
 */
export async function loadParser(from: readonly string[]): Promise<ParserToolchain> {
  return firstThatLoads(
    from,
    'npm install --save-dev @typescript-eslint/parser@8 typescript@6.0',
    async (directory) => {
      const file = resolveFrom(path.join(directory, 'noop.js'), '@typescript-eslint/parser');
      const typescript = await importDefault<TypeScriptApi>(resolveFrom(file, 'typescript'));
      if (typeof (typescript as Partial<TypeScriptApi>).createProgram !== 'function') {
        throw new Error(`typescript ${typescript.version || '7'} has no JavaScript API (use 5.9 or 6.0)`);
      }
      const parser = await importDefault<TSESLint.FlatConfig.Parser & { version?: string }>(file);
      if (!parser.version?.startsWith('8.')) {
        throw new Error(`@typescript-eslint/parser is ${parser.version ?? 'of an unknown version'} (8 is needed)`);
      }
      return { parser, typescript };
    },
  );
}

/**
 * TypeScript alone: the one that a project is compiled with.
 *
 * @param from directories to resolve from, the preferred one first
 * @throws MissingToolError when no directory has one with a JavaScript API
 */
export async function loadTypeScript(from: readonly string[]): Promise<TypeScriptApi> {
  return firstThatLoads(from, 'npm install --save-dev typescript@6.0', async (directory) => {
    const typescript = await importDefault<TypeScriptApi>(resolveFrom(path.join(directory, 'noop.js'), 'typescript'));
    if (typeof (typescript as Partial<TypeScriptApi>).createProgram !== 'function') {
      throw new Error(`typescript ${typescript.version || '7'} has no JavaScript API (use 5.9 or 6.0)`);
    }
    return typescript;
  });
}

/**
 * Makes sure that the parser that is loaded from the same places finds the native TypeScript.
 *
 * @throws MissingToolError when it does not
 */
export function requireNative(from: readonly string[]): void {
  for (const directory of from) {
    try {
      const parser = resolveFrom(path.join(directory, 'noop.js'), '@typescript-eslint/parser');
      const estree = resolveFrom(parser, '@typescript-eslint/typescript-estree');
      resolveFrom(estree, '@typescript/native/package.json');
      return;
    } catch {
      // The parser of the first place that has one is the one that is loaded.
      if (existsSync(path.join(directory, 'node_modules', '@typescript-eslint', 'parser'))) break;
    }
  }
  throw new MissingToolError(
    'the native TypeScript is not installed beside the parser. Install it with: npm install --save-dev @typescript-eslint/parser@8 @typescript/native@npm:typescript@7.1.0-dev.20261009.1 (or later)',
  );
}

/** What is used of ESLint's API. */
export interface EslintApi {
  readonly ESLint: typeof ESLint;
  readonly SourceCode: typeof SourceCode;
  readonly Linter: typeof Linter;
}

/**
 * ESLint.
 *
 * @param from directories to resolve from, the preferred one first
 * @throws MissingToolError when no directory has a version that works
 */
export async function loadEslint(from: readonly string[]): Promise<EslintApi> {
  return firstThatLoads(from, 'npm install --save-dev eslint@10', async (directory) => {
    const module = await importDefault<EslintApi>(resolveFrom(path.join(directory, 'noop.js'), 'eslint'));
    const [major = 0, minor = 0] = module.ESLint.version.split('.').map(Number);
    if (major < 9 || (major === 9 && minor < 22)) {
      throw new Error(`eslint is ${module.ESLint.version} (9.22 or later is needed)`);
    }
    return module;
  });
}

async function firstThatLoads<T>(
  from: readonly string[],
  install: string,
  load: (directory: string) => Promise<T>,
): Promise<T> {
  const reasons = new Set<string>();
  for (const directory of from) {
    try {
      return await load(directory);
    } catch (error) {
      reasons.add(firstLine(error));
    }
  }
  throw new MissingToolError(`${[...reasons].join('; ')}. Install it with: ${install}`);
}

/** The file that `import name` would load in the module `importer` (which need not exist). */
function resolveFrom(importer: string, name: string): string {
  try {
    return createRequire(importer).resolve(name);
  } catch {
    throw new Error(`${name} is not installed`);
  }
}

async function importDefault<T>(file: string): Promise<T> {
  const module = (await import(pathToFileURL(file).href)) as { default?: T };
  return module.default ?? (module as T);
}
