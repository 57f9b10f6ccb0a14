import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOwners } from '../../src/project/owners.js';
import { loadParser, ownInstall } from '../../src/project/toolchain.js';
import { createProject } from '../cli/project.js';

const { typescript } = await loadParser([ownInstall]);

function owners(
  files: Record<string, string>,
  ...ask: string[]
): { owners: (string | undefined)[]; problems: string[] } {
  const root = createProject({ '.git/HEAD': '', ...files });
  const { ownerOf, problems } = createOwners(typescript);
  const relative = (file: string | undefined): string | undefined => file && path.relative(root, file);
  return {
    owners: ask.map((name) => relative(ownerOf(path.join(root, name)))),
    problems: problems.map((problem) => `${relative(problem.path) ?? ''}:${problem.line ?? '-'} ${problem.message}`),
  };
}

describe('createOwners', () => {
  it('takes the nearest configuration, and one above where that leaves the file out', () => {
    const files = {
      'tsconfig.json': '{}',
      'a/tsconfig.json': '{ "include": ["src"] }',
      'a/src/x.ts': '',
      'a/scripts/y.ts': '',
    };
    expect(owners(files, 'a/src/x.ts', 'a/scripts/y.ts')).toEqual({
      owners: ['a/tsconfig.json', 'tsconfig.json'],
      problems: [],
    });
  });

  it('owns JavaScript only with allowJs, and through jsconfig.json', () => {
    const files = {
      'a/tsconfig.json': '{}',
      'a/x.ts': '',
      'a/x.js': '',
      'b/tsconfig.json': '{ "compilerOptions": { "allowJs": true } }',
      'b/y.js': '',
      'c/jsconfig.json': '{}',
      'c/y.js': '',
    };
    expect(owners(files, 'a/x.js', 'b/y.js', 'c/y.js')).toEqual({
      owners: [undefined, 'b/tsconfig.json', 'c/jsconfig.json'],
      problems: [],
    });
  });

  it('reads extends, also of arrays and of packages', () => {
    const files = {
      'node_modules/@tsconfig/base/tsconfig.json': '{ "compilerOptions": { "allowJs": true } }',
      'base.json': '{ "exclude": ["gen"] }',
      'tsconfig.json': '{ "extends": ["@tsconfig/base/tsconfig.json", "./base.json"] }',
      'a.js': '',
      'gen/b.ts': '',
    };
    expect(owners(files, 'a.js', 'gen/b.ts')).toEqual({ owners: ['tsconfig.json', undefined], problems: [] });
  });

  it('goes through references, which may run in circles', () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "a" }] }',
      'a/tsconfig.json': '{ "include": ["a.ts"], "references": [{ "path": "../b/tsconfig.lib.json" }] }',
      'a/a.ts': '',
      'b/tsconfig.lib.json': '{ "references": [{ "path": "../a" }] }',
      'b/b.ts': '',
    };
    expect(owners(files, 'a/a.ts', 'b/b.ts', 'c.ts')).toEqual({
      owners: ['a/tsconfig.json', 'b/tsconfig.lib.json', undefined],
      problems: [],
    });
  });

  it.each([
    ['no JSON', '{ "include": [', /^tsconfig\.json:1 .*expected.*scanned without types$/u],
    ['extends nothing', '{ "extends": "./nowhere.json" }', /nowhere\.json.*scanned without types$/u],
    ['a wrong option', '{\n "compilerOptions": { "target": "es1" }\n}', /^tsconfig\.json:2 .*target.*without types$/u],
    ['extends itself', '{ "extends": "./tsconfig.json" }', /[Cc]ircular.*scanned without types$/u],
  ])('tells a broken configuration once: %s', (_name, tsconfig, problem) => {
    const result = owners({ 'tsconfig.json': tsconfig, 'a.ts': '', 'b.ts': '' }, 'a.ts', 'b.ts');
    expect(result).toEqual({ owners: [undefined, undefined], problems: [expect.stringMatching(problem)] });
  });

  it('stops at the root of the repository', () => {
    const files = { 'tsconfig.json': '{}', 'inner/.git/HEAD': '', 'inner/a.ts': '' };
    expect(owners(files, 'inner/a.ts').owners).toEqual([undefined]);
  });
});
