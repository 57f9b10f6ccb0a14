/** What the built plugin imports statically, followed through every file of the build. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../dist');

/** What the plugin must not import, nor anything that it imports. */
const forbiddenPackage =
  /^(typescript|ts-api-utils|ts-morph|@typescript-eslint\/(type-utils|parser|typescript-estree))(\/|$)/;
const forbiddenFile = /^src\/(cli|report|codemods|project)\//;

/** The static imports of a built file, type imports being gone. */
function staticImports(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [];
  });
}

/** Every chain of static imports, from `src/plugin.js` below `root` to something forbidden, as `a > b > c`. */
function forbiddenChains(root: string): string[] {
  const chains: string[] = [];
  const seen = new Set<string>();
  const follow = (file: string, chain: readonly string[]): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const path = relative(root, file).replaceAll('\\', '/');
    const here = [...chain, path];
    if (forbiddenFile.test(path)) chains.push(here.join(' > '));
    for (const specifier of staticImports(file)) {
      if (specifier.startsWith('.')) follow(join(dirname(file), specifier), here);
      else if (forbiddenPackage.test(specifier)) chains.push([...here, specifier].join(' > '));
    }
  };
  follow(join(root, 'src/plugin.js'), []);
  return chains;
}

it('the built plugin imports nothing that must stay out', () => {
  expect(existsSync(join(dist, 'src/plugin.js')), 'run "npm run build" first').toBe(true);
  expect(forbiddenChains(dist)).toEqual([]);
});

describe('the check', () => {
  let root: string;
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'resilience-imports-'));
    write({ 'src/plugin.js': `import { a } from './analysis/a.js';\nexport { a };\n` });
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['a package', `import ts from 'typescript';`, 'src/plugin.js > src/analysis/a.js > typescript'],
    [
      'a path in a package',
      `import 'typescript/lib/typescript.js';`,
      'src/plugin.js > src/analysis/a.js > typescript/lib/typescript.js',
    ],
    [
      'a re-export',
      `export { parse } from '@typescript-eslint/parser';`,
      'src/plugin.js > src/analysis/a.js > @typescript-eslint/parser',
    ],
    ['a file of the CLI', `import '../cli/b.js';`, 'src/plugin.js > src/analysis/a.js > src/cli/b.js'],
  ])('finds %s', (_, line, chain) => {
    write({ 'src/analysis/a.js': `${line}\nexport const a = 1;\n`, 'src/cli/b.js': '' });
    expect(forbiddenChains(root)).toEqual([chain]);
  });

  it('leaves what is loaded lazily', () => {
    write({ 'src/analysis/a.js': `export const a = () => import('@typescript-eslint/parser');\n` });
    expect(forbiddenChains(root)).toEqual([]);
  });
});
