import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCodeBase, type OpenOptions } from '../../src/project/open.js';
import { isTestFile, testFiles } from '../../src/settings/tests.js';
import { createProject } from '../cli/project.js';

const open = (cwd: string, options: Partial<OpenOptions> = {}) =>
  openCodeBase({ paths: ['.'], cwd, types: true, ...options });

const tsconfig = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, types: [], lib: ['ES2022', 'DOM'] },
  include: ['src'],
});

describe('openCodeBase', () => {
  it('groups files by the tsconfig that owns them, and the others by their package.json', async () => {
    const root = createProject({
      '.git/HEAD': '',
      'package.json': '{}',
      'tool.js': '',
      'a/package.json': '{}',
      'a/tsconfig.json': tsconfig,
      'a/src/x.ts': '',
      'a/src/x.test.ts': '',
      'a/scripts/y.js': '',
      'b/tsconfig.json': tsconfig,
      'b/src/z.ts': '',
    });
    const { packages, problems } = await open(root);
    const relative = (file: string | null): string | null => (file === null ? null : path.relative(root, file) || '.');
    expect(problems).toEqual([]);
    expect(
      packages.map(({ tsconfig: config, directory, files }) => [
        relative(config),
        relative(directory),
        files.map(relative),
      ]),
    ).toEqual([
      [null, '.', ['tool.js']],
      [null, 'a', ['a/scripts/y.js']],
      ['a/tsconfig.json', 'a', ['a/src/x.ts']],
      ['b/tsconfig.json', '.', ['b/src/z.ts']],
    ]);
  });

  it('gives the facts of each file, over newer texts too, and follows imports into those', async () => {
    const root = createProject({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': tsconfig,
      'src/limits.ts': 'export const limits = { quick: 1000 };\n',
      'src/a.ts':
        "import { limits } from './limits.js';\nexport const load = () => fetch('https://a.example', { signal: AbortSignal.timeout(limits.quick) });\n",
      'src/b.ts': "export const load = () => fetch('https://b.example');\n",
    });
    const codeBase = await open(root);
    const session = codeBase.begin(codeBase.packages[0]!);
    const verdicts = (texts?: Map<string, string>) => {
      const opened = session.open(texts);
      return ['src/a.ts', 'src/b.ts'].map((file) =>
        opened.file(path.join(root, file))?.facts?.timeouts.map(({ verdict }) => verdict.kind),
      );
    };
    expect(verdicts()).toEqual([['bounded'], ['longDefault']]);
    const newer = new Map([
      [path.join(root, 'src/limits.ts'), 'export const limits = { quick: 0 };\n'],
      [
        path.join(root, 'src/b.ts'),
        "import { fresh } from './fresh.js';\nexport const load = () => fetch('https://b.example', { signal: AbortSignal.timeout(fresh) });\n",
      ],
      [path.join(root, 'src/fresh.ts'), 'export const fresh = 10;\n'],
    ]);
    expect(verdicts(newer)).toEqual([['ineffective'], ['bounded']]);
    expect(verdicts()).toEqual([['bounded'], ['longDefault']]);
  });

  it('reads files without an owner with inferred types, if asked to', async () => {
    const root = createProject({ 'package.json': '{}', 'a.js': "exports.a = () => fetch('https://a.example');\n" });
    for (const inferTypes of [false, true]) {
      const codeBase = await open(root, { inferTypes });
      const file = codeBase.begin(codeBase.packages[0]!).open().file(path.join(root, 'a.js'));
      expect(file?.typed).toBe(inferTypes);
      expect(file?.facts?.calls).toHaveLength(1);
    }
  });

  it('tells trouble once, and goes on', async () => {
    const root = createProject({
      'package.json': '{}',
      'tsconfig.json': JSON.stringify({ include: ['src'] }),
      'src/broken.ts': 'const = 1;\n',
      'src/binary.ts': new Uint8Array([0, 1, 2]),
      'src/fine.ts': '',
      'off/resilience.config.json': '{ "timeout": 1 }',
      'off/a.js': '',
    });
    const codeBase = await open(root);
    for (const files of codeBase.packages) {
      const session = codeBase.begin(files);
      for (const opened of [session.open(), session.open()]) {
        const seen = files.files.filter((file) => opened.file(file));
        if (files.tsconfig !== null) expect(seen).toEqual([path.join(root, 'src/fine.ts')]);
      }
    }
    expect(codeBase.problems.map(({ kind, path: file }) => [kind, path.relative(root, file)])).toEqual([
      ['settings', 'off/resilience.config.json'],
      ['parse', 'src/broken.ts'],
    ]);
    expect(codeBase.skipped).toEqual([{ path: path.join(root, 'src/binary.ts'), reason: 'binary' }]);
  });
});

describe('isTestFile', () => {
  it('means what the globs of the presets mean', () => {
    expect(
      ['a.test.ts', 'src/a.spec.jsx', 'test/a.ts', 'src/__tests__/deep/a.cjs', 'e2e/a.mts'].filter(isTestFile),
    ).toHaveLength(5);
    expect(['a.ts', 'src/test.ts', 'src/contest/a.ts', 'src/testing/a.ts', 'src/attest.ts'].filter(isTestFile)).toEqual(
      [],
    );
    expect(testFiles.join()).toContain('__tests__');
  });
});
