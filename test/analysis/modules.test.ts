/** Which file an import leads to, and what a module exports. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  exportsOf,
  packageNameOf,
  resolveFile,
  sourceOfDeclaration,
  type ExportEntry,
} from '../../src/analysis/modules.js';
import { find, open, openText, project } from './support.js';

/** Where the last import of a file leads to. */
function resolved(files: Record<string, string>, file = 'case.ts', typed = false): string {
  const root = project(files);
  const { module, evaluator } = open(root, file, { typed });
  const node = find(module, 'ImportDeclaration');
  const resolution = evaluator.modules.resolve(node.source, module);
  switch (resolution.kind) {
    case 'module':
      return path.relative(root, resolution.load()?.path ?? 'not loaded').replaceAll('\\', '/');
    case 'package':
      return `package ${resolution.name}`;
    case 'missing':
      return 'missing';
  }
}

const importing = (specifier: string): string => `import * as x from '${specifier}';\nvoid x;\n`;

describe.each([
  ['with types', true],
  ['without types', false],
])('resolution %s', (_, typed) => {
  const one = 'export const one = 1;';

  test.each([
    ['./one.js', { 'one.ts': one }, 'one.ts'],
    ['./one.mjs', { 'one.mts': one }, 'one.mts'],
    ['./one.cjs', { 'one.cts': one }, 'one.cts'],
    ['./one.js', { 'one.js': one }, 'one.js'],
    ['./one.js', { 'one.tsx': one }, 'one.tsx'],
    ['./one/index.js', { 'one/index.ts': one }, 'one/index.ts'],
    ['./one.js', { 'one.ts': one, 'one.js': one }, 'one.ts'],
    ['../two/one.js', { '../two/one.ts': one }, 'two/one.ts'],
    ['./missing.js', {}, 'missing'],
    ['axios', {}, 'package axios'],
    ['node:fs', {}, 'package node:fs'],
    ['fs', {}, 'package node:fs'],
    ['fs/promises', {}, 'package node:fs/promises'],
    ['not-installed', {}, 'package not-installed'],
    ['@scope/not-installed/sub', {}, 'package @scope/not-installed'],
  ])('%s', (specifier, files, expected) => {
    const below = Object.fromEntries(Object.entries(files).map(([name, text]) => [path.join('a', name), text]));
    expect(resolved({ ...below, 'a/case.ts': importing(specifier) }, 'a/case.ts', typed)).toBe(
      /^(?:package|missing)/.test(expected) || expected.startsWith('two') ? expected : `a/${expected}`,
    );
  });

  test('an import map of the package', () => {
    const files = {
      'package.json': '{ "name": "case", "type": "module", "imports": { "#one": "./one.ts" } }',
      'one.ts': one,
      'case.ts': importing('#one'),
    };
    expect(resolved(files, 'case.ts', typed)).toBe(typed ? 'one.ts' : 'missing');
  });
});

test('a file that cannot be parsed is nothing', () => {
  const root = project({ 'one.ts': 'export const = ;', 'case.ts': importing('./one.js') });
  const { module, evaluator } = open(root, 'case.ts');
  const resolution = evaluator.modules.resolve(find(module, 'ImportDeclaration').source, module);
  expect(resolution.kind === 'module' ? resolution.load() : resolution.kind).toBeNull();
});

test.each([
  ['axios', 'axios'],
  ['axios/lib/x', 'axios'],
  ['@a/b', '@a/b'],
  ['@a/b/c', '@a/b'],
  ['@/a', '@/a'],
])('the package of %s', (specifier, name) => {
  expect(packageNameOf(specifier)).toBe(name);
});

test('a folder with a dot in its name, a declaration file, a file of data', () => {
  const root = project({ 'a.b/index.ts': '', 'types.d.ts': '', 'data.json': '{}' });
  const relative = (file: string | null): string | null => file && path.relative(root, file).replaceAll('\\', '/');
  expect(relative(resolveFile(path.join(root, 'a.b')))).toBe('a.b/index.ts');
  expect(relative(resolveFile(path.join(root, 'data.json')))).toBeNull();
});

describe('the source of a declaration file', () => {
  const source = (files: Record<string, string>, file: string): string | null => {
    const root = project(files);
    const found = sourceOfDeclaration(path.join(root, file));
    return found && path.relative(root, found).replaceAll('\\', '/');
  };

  test.each([
    ['dist beside src', { 'dist/a.d.ts': '', 'src/a.ts': '' }, 'dist/a.d.ts', 'src/a.ts'],
    ['dist/src', { 'dist/src/a.d.ts': '', 'src/a.ts': '' }, 'dist/src/a.d.ts', 'src/a.ts'],
    ['dist beside the source itself', { 'dist/a.d.ts': '', 'a.ts': '' }, 'dist/a.d.ts', 'a.ts'],
    ['dist/esm', { 'dist/esm/a.d.mts': '', 'src/a.mts': '' }, 'dist/esm/a.d.mts', 'src/a.mts'],
    ['lib', { 'lib/a.d.ts': '', 'src/a.tsx': '' }, 'lib/a.d.ts', 'src/a.tsx'],
    ['nothing there', { 'dist/a.d.ts': '' }, 'dist/a.d.ts', null],
  ])('%s', (_, files, file, expected) => {
    expect(source(files, file)).toBe(expected);
  });

  test('by its map', () => {
    const map = JSON.stringify({ version: 3, sources: ['../../code/one.ts'] });
    expect(source({ 'out/x/a.d.ts': '', 'out/x/a.d.ts.map': map, 'code/one.ts': '' }, 'out/x/a.d.ts')).toBe(
      'code/one.ts',
    );
  });

  test('by a map that leads nowhere: by the folders', () => {
    const map = JSON.stringify({ version: 3, sources: ['../gone.ts'] });
    expect(source({ 'dist/a.d.ts': '', 'dist/a.d.ts.map': map, 'src/a.ts': '' }, 'dist/a.d.ts')).toBe('src/a.ts');
  });

  test('by a map that is no JSON', () => {
    expect(source({ 'dist/a.d.ts': '', 'dist/a.d.ts.map': '{', 'src/a.ts': '' }, 'dist/a.d.ts')).toBe('src/a.ts');
  });
});

describe('what a module exports', () => {
  const entry = (text: string, one: ExportEntry): string => {
    switch (one.kind) {
      case 'node':
        return text.slice(...one.node.range);
      case 'local':
        return `name ${one.identifier.name}`;
      case 'from':
        return `${one.name} of ${one.source.value}`;
    }
  };
  const table = (text: string, file = 'case.ts'): Record<string, string> => {
    const { module } = openText(text, { file });
    const { named, stars, whole } = exportsOf(module);
    return {
      ...Object.fromEntries(
        [...named].map(([name, entries]) => [name, entries.map((one) => entry(text, one)).join(' | ')]),
      ),
      ...(stars.length > 0 ? { '*': stars.map(({ value }) => value).join(' | ') } : {}),
      ...(whole.length > 0 ? { '=': whole.map((node) => text.slice(...node.range)).join(' | ') } : {}),
    };
  };

  test.each([
    ['export const a = 1, b = 2;', { a: 'name a', b: 'name b' }],
    ['export const { a, b: [c], ...d } = x;', { a: 'name a', c: 'name c', d: 'name d' }],
    ['export function f() {}', { f: 'function f() {}' }],
    ['export class C {}', { C: 'class C {}' }],
    ['export enum E { A }', { E: 'enum E { A }' }],
    ['export default 1;', { default: '1' }],
    ['export default function f() {}', { default: 'function f() {}' }],
    ['const a = 1; export { a, a as b };', { a: 'name a', b: 'name a' }],
    ['const a = 1; export { a as default };', { default: 'name a' }],
    ["const a = 1; export { a as 'b c' };", { 'b c': 'name a' }],
    ["export { a as b } from './x.js';", { b: 'a of ./x.js' }],
    ["export { default } from './x.js';", { default: 'default of ./x.js' }],
    ["export * from './x.js';", { '*': './x.js' }],
    ["export * as ns from './x.js';", { ns: '* of ./x.js' }],
    ['export interface I {}', {}],
    ['export type T = 1;', {}],
  ])('%s', (text, expected) => {
    expect(table(text)).toEqual(expected);
  });

  test.each([
    ['module.exports = f;', { '=': 'f' }],
    ['module.exports = { a: 1, b };', { a: '1', b: 'b', '=': '{ a: 1, b }' }],
    ['exports.a = 1;', { a: '1' }],
    ['module.exports.a = 1;', { a: '1' }],
    ['module.exports = f; module.exports.a = 1;', { a: '1', '=': 'f' }],
    ['exports.a = exports.b = 1;', { a: 'exports.b = 1', b: '1' }],
    ['function f() { exports.a = 1; }', {}],
    ['const exports_ = {}; exports_.a = 1;', {}],
  ])('CommonJS: %s', (text, expected) => {
    expect(table(text, 'case.cjs')).toEqual(expected);
  });

  test('export =', () => {
    expect(table('const a = 1; export = a;', 'case.cts')).toEqual({ '=': 'a' });
  });
});

test('links are followed to the real files', () => {
  const root = project({ 'real/one.ts': 'export const one = 1;', 'case.ts': importing('./link/one.js') });
  fs.symlinkSync(path.join(root, 'real'), path.join(root, 'link'), 'junction');
  const { module, evaluator } = open(root, 'case.ts');
  const resolution = evaluator.modules.resolve(find(module, 'ImportDeclaration').source, module);
  expect(resolution.kind).toBe('module');
});
