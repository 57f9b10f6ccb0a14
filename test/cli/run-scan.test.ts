import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/cli/result.js';
import { runScan, type ScanOptions } from '../../src/cli/run-scan.js';
import { callsPlugin } from './calls-plugin.js';
import { addFiles, createProject } from './project.js';

const scan = (cwd: string, options: Partial<ScanOptions> = {}): Promise<ScanResult> =>
  runScan({
    paths: ['.'],
    cwd,
    preset: 'recommended',
    fix: false,
    types: true,
    projectConfig: false,
    plugin: callsPlugin,
    ...options,
  });

const relative = (cwd: string, entries: readonly { path: string }[]): string[] =>
  entries.map((entry) => path.relative(cwd, entry.path));

const tsconfig = JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, include: ['src'] });

describe('runScan', () => {
  it('works in a project without any configuration', async () => {
    const root = createProject({ 'a.js': "call('payments');\n" });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(result.findings).toEqual([
      {
        path: path.join(root, 'a.js'),
        evidence: [],
        fingerprint: expect.stringMatching(/^[\da-f]{16}$/u) as unknown,
        ruleId: 'resilience/calls',
        messageId: 'unbounded',
        message: 'This call has no limit (untyped).',
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 5 } },
        fix: { range: [0, 4], text: 'callBounded' },
        suggestions: [],
        downstream: 'payments',
        client: 'call',
      },
    ]);
  });

  it('uses types exactly where a tsconfig owns the file, and nowhere with types: false', async () => {
    const root = createProject({
      'tsconfig.json': tsconfig,
      'src/owned.ts': "call('a');\n",
      'src/not-owned.js': "call('b');\n",
      'scripts/not-owned.ts': "call('c');\n",
    });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(Object.fromEntries(result.files.map((file) => [path.relative(root, file.path), file.types]))).toEqual({
      'src/owned.ts': true,
      'src/not-owned.js': false,
      'scripts/not-owned.ts': false,
    });
    expect(result.findings.map(({ message }) => message)).toEqual([
      'This call has no limit (untyped).',
      'This call has no limit (untyped).',
      'This call has no limit (typed).',
    ]);
    expect((await scan(root, { types: false })).files.map(({ types }) => types)).toEqual([false, false, false]);
  });

  it('gives the same result each time, sorted by path and position', async () => {
    const root = createProject({
      'tsconfig.json': tsconfig,
      'src/b.ts': "call('2');\n",
      'src/a.ts': "call('1'); call('0');\n",
      'c.js': "call('3');\n",
    });
    const first = await scan(root);
    expect(first.findings.map(({ downstream }) => downstream)).toEqual(['3', '1', '0', '2']);
    expect(await scan(root)).toEqual(first);
  });

  it('is silent in test files, but not because a directory above is named so', async () => {
    const root = createProject({
      'src/a.test.ts': 'call();\n',
      'test/b.ts': 'call();\n',
      'test/app/package.json': '{}',
    });
    expect((await scan(root)).findings).toEqual([]);
    addFiles(root, { 'test/app/c.ts': 'call();\n' });
    expect((await scan(path.join(root, 'test/app'))).findings).toHaveLength(1);
    expect((await scan(path.join(root, 'src'), { paths: ['../test/app/c.ts'] })).findings).toHaveLength(1);
  });

  it('honours disable comments for our rules, and says nothing of foreign, unused or unknown ones', async () => {
    const root = createProject({
      'a.js': [
        'call(); // eslint-disable-line resilience/calls -- known',
        '// eslint-disable-next-line import/no-cycle, no-console',
        'call();',
        '/* eslint no-undef: error, nobody/knows: error */',
        'unknown();',
        '/* eslint-disable resilience/calls */',
        'call();',
        '',
      ].join('\n'),
    });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(result.findings.map(({ range }) => range.start.line)).toEqual([3]);
  });

  it('tells each trouble and scans the rest', async () => {
    const root = createProject({
      'ok.js': 'call();\n',
      'broken.ts': 'const = 1;\n',
      'crash.ts': 'crash();\n',
      'packages/bad/tsconfig.json': '{ "compilerOptions": { "strict": tru',
      'packages/bad/a.ts': 'call();\n',
      'packages/orphan/tsconfig.json': '{ "extends": "./missing.json" }',
      'packages/orphan/a.ts': 'call();\n',
    });
    const result = await scan(root, { paths: ['.', 'nowhere'] });
    expect(relative(root, result.findings)).toEqual(['ok.js', 'packages/bad/a.ts', 'packages/orphan/a.ts'].sort());
    expect(result.problems.map((problem) => [path.relative(root, problem.path), problem.kind, problem.line])).toEqual([
      ['broken.ts', 'parse', 1],
      ['crash.ts', 'rule', undefined],
      ['nowhere', 'path', undefined],
      ['packages/bad/tsconfig.json', 'tsconfig', 1],
      ['packages/orphan/tsconfig.json', 'tsconfig', undefined],
    ]);
    for (const { message } of result.problems) expect(message).not.toContain('\n');
    expect(result.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^does not parse: \S/u),
      'rule resilience/crash failed on it: out of luck',
      'no such file or directory',
      expect.stringMatching(/scanned without types$/u),
      expect.stringMatching(/missing\.json.*scanned without types$/u),
    ]);
  });

  it('tells a broken resilience.config.json once, and scans what is not below it', async () => {
    const root = createProject({
      'ok.js': 'call();\n',
      'bad/resilience.config.json': '{ "timeout": 5, "fix": "never" }',
      'bad/a.js': 'call();\n',
      'bad/b/c.js': 'call();\n',
      'worse/resilience.config.json': '{',
      'worse/a.js': 'call();\n',
    });
    const result = await scan(root, { fix: true });
    expect(relative(root, result.files)).toEqual(['ok.js']);
    expect(readFileSync(path.join(root, 'bad/a.js'), 'utf8')).toBe('call();\n');
    expect(result.problems).toEqual([
      {
        kind: 'settings',
        path: path.join(root, 'bad/resilience.config.json'),
        message:
          '"timeout" is unknown; did you mean "timeoutMs"? (and 1 more); the 2 files that it is for are not scanned',
      },
      {
        kind: 'settings',
        path: path.join(root, 'worse/resilience.config.json'),
        message: expect.stringMatching(/^is not JSON: .*; the 1 file that it is for is not scanned$/u) as string,
      },
    ]);
  });

  it('skips, with a word, what is too large or no text', async () => {
    const root = createProject({
      'movie.ts': new Uint8Array([0x47, 0x00, 0x11]),
      'bundle.js': `${'x'.repeat(1024 * 1024)};\n`,
      'line.js': `call();"${'x'.repeat(600_000)}"\n`,
      'ok.js': '\n',
    });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(result.skipped.map(({ path: file, reason }) => [path.basename(file), reason])).toEqual([
      ['bundle.js', 'larger than 1 MB'],
      ['line.js', 'has a line of more than 500000 characters'],
      ['movie.ts', 'binary'],
    ]);
    expect(relative(root, result.files)).toEqual(['ok.js']);
  });

  it('runs no configuration of the project', async () => {
    const root = createProject({
      'eslint.config.js': "throw new Error('executed');\n",
      'eslint.config.mjs': "throw new Error('executed');\n",
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify({
        compilerOptions: { plugins: [{ name: './evil' }], noEmit: true, types: [] },
        references: [{ path: './other' }],
        include: ['a.ts'],
      }),
      'other/tsconfig.json': '{ "compilerOptions": { "composite": true, "types": [] } }',
      'other/b.ts': 'export const b = 1;\n',
      'evil/index.js': "throw new Error('executed');\n",
      'node_modules/evil/index.js': "throw new Error('executed');\n",
      'node_modules/eslint/package.json': '{ "name": "eslint", "main": "index.js" }',
      'node_modules/eslint/index.js': "throw new Error('executed');\n",
      'a.ts': 'call();\n',
    });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(result.files.find(({ path: file }) => file.endsWith('/a.ts'))?.types).toBe(true);
    expect(relative(root, result.findings)).toEqual(['a.ts']);
  });

  describe('with references', () => {
    const solution = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "app" }, { "path": "./lib/tsconfig.build.json" }] }',
      'base.json': '{ "compilerOptions": { "strict": true, "types": [], "composite": true } }',
      'app/tsconfig.json': '{ "extends": "../base.json", "references": [{ "path": "../lib/tsconfig.build.json" }] }',
      'app/a.ts': "import { lib } from '../lib/lib.js';\ncall(lib);\n",
      'lib/tsconfig.build.json': '{ "extends": "../base.json", "include": ["lib.ts"] }',
      'lib/lib.ts': "export const lib = 'lib';\ncall('lib');\n",
      'lib/other.ts': 'call();\n',
    };

    it('finds the owner through a solution', async () => {
      const root = createProject(solution);
      const result = await scan(root);
      expect(result.problems).toEqual([]);
      expect(result.files.map((file) => [path.relative(root, file.path), file.types])).toEqual([
        ['app/a.ts', true],
        ['lib/lib.ts', true],
        ['lib/other.ts', false],
      ]);
    });

    it('tells a broken reference, and uses the others', async () => {
      const root = createProject({ ...solution, 'lib/tsconfig.build.json': '{ "extends": "../nothing.json" }' });
      const result = await scan(root);
      expect(relative(root, result.problems)).toEqual(['lib/tsconfig.build.json']);
      expect(result.files.map(({ types }) => types)).toEqual([true, false, false]);
    });
  });

  it('uses types in files that belong to a project by being imported', async () => {
    const root = createProject({
      'tsconfig.json': '{ "compilerOptions": { "types": [] }, "files": ["main.ts"] }',
      'main.ts': "import './used.js';\n",
      'used.ts': 'call();\nexport {};\n',
      'unused.ts': 'call();\nexport {};\n',
    });
    const result = await scan(root);
    expect(result.problems).toEqual([]);
    expect(result.findings.map(({ message }) => message)).toEqual([
      'This call has no limit (untyped).',
      'This call has no limit (typed).',
    ]);
  });

  describe('fix', () => {
    it('rewrites what it mends, reports what is left, and leaves no temporary file', async () => {
      const root = createProject({
        'tsconfig.json': tsconfig,
        'src/a.ts': "call('a');\ncall('b');\n",
        'src/clean.ts': 'export {};\n',
        'b.js': "call('c');\n",
      });
      const before = statSync(path.join(root, 'src/clean.ts')).mtimeMs;
      const result = await scan(root, { fix: true });
      expect(result.problems).toEqual([]);
      expect(result.findings).toEqual([]);
      expect(readFileSync(path.join(root, 'src/a.ts'), 'utf8')).toBe("callBounded('a');\ncallBounded('b');\n");
      expect(readFileSync(path.join(root, 'b.js'), 'utf8')).toBe("callBounded('c');\n");
      expect(result.files.map(({ fixed }) => fixed)).toEqual([true, true, false]);
      expect(statSync(path.join(root, 'src/clean.ts')).mtimeMs).toBe(before);
      expect(readdirSync(path.join(root, 'src'))).toEqual(['a.ts', 'clean.ts']);
    });

    it('keeps byte order mark, line ends and mode', async () => {
      const root = createProject({ 'a.ts': '\ufeffcall();\r\nother();\r\n', 'b.sh.js': '#!/usr/bin/env node\ncall()' });
      chmodSync(path.join(root, 'b.sh.js'), 0o751);
      await scan(root, { fix: true });
      expect(readFileSync(path.join(root, 'a.ts'), 'utf8')).toBe('\ufeffcallBounded();\r\nother();\r\n');
      expect(readFileSync(path.join(root, 'b.sh.js'), 'utf8')).toBe('#!/usr/bin/env node\ncallBounded()');
      expect(statSync(path.join(root, 'b.sh.js')).mode & 0o777).toBe(0o751);
    });

    it('applies fixes of our rules only, whatever a comment in the file switches on', async () => {
      const root = createProject({ 'a.js': '/* eslint no-var: error */\nvar x = 1;\ncall(x);\n' });
      await scan(root, { fix: true });
      expect(readFileSync(path.join(root, 'a.js'), 'utf8')).toBe(
        '/* eslint no-var: error */\nvar x = 1;\ncallBounded(x);\n',
      );
    });

    it('does not rewrite a file that is not UTF-8', async () => {
      const bytes = Buffer.from("call('caf\xe9');\n", 'latin1');
      const root = createProject({ 'a.js': bytes });
      const result = await scan(root, { fix: true });
      expect(readFileSync(path.join(root, 'a.js'))).toEqual(bytes);
      expect(result.findings).toHaveLength(1);
      expect(result.problems.map(({ message }) => message)).toEqual(['could not be fixed: it is not UTF-8 text']);
    });

    it('does not overwrite what has changed since it was read', async () => {
      const root = createProject({ 'a.js': 'call();\n' });
      const file = path.join(root, 'a.js');
      // The plugin stands for another program that writes while the file is being linted.
      let linted = 0;
      const config = callsPlugin.configs.recommended.map((entry) => ({
        ...entry,
        ...(entry.plugins && {
          plugins: {
            resilience: {
              rules: {
                ...entry.plugins['resilience']?.rules,
                crash: {
                  create: () => {
                    if (linted++ === 0) addFiles(root, { 'a.js': '/* new */ call();\n' });
                    return {};
                  },
                },
              },
            },
          },
        }),
      }));
      const result = await scan(root, { fix: true, plugin: { configs: { recommended: config, strict: config } } });
      expect(readFileSync(file, 'utf8')).toBe('/* new */ call();\n');
      expect(result.findings).toHaveLength(1);
      expect(result.files.map(({ fixed }) => fixed)).toEqual([false]);
      expect(result.problems.map(({ message }) => message)).toEqual(['could not be fixed: it has changed meanwhile']);
    });

    it('does not write through links', async () => {
      const outside = createProject({ 'secret.js': 'call();\n' });
      const root = createProject({ 'a.js': '\n' });
      symlinkSync(outside, path.join(root, 'linked'));
      symlinkSync(path.join(outside, 'secret.js'), path.join(root, 'b.js'));
      const result = await scan(root, { fix: true, paths: ['.', 'linked', 'b.js'] });
      expect(relative(root, result.files)).toEqual(['a.js']);
      expect(result.problems.map(({ message }) => message)).toEqual(
        Array<string>(2).fill('is a link that leads out of the tree: not followed'),
      );
      expect(readFileSync(path.join(outside, 'secret.js'), 'utf8')).toBe('call();\n');
    });
  });

  describe('with the ESLint configuration of the project', () => {
    const rule = `{ meta: { fixable: 'code', schema: [] }, create: (context) => ({
      'CallExpression[callee.name="call"]'(node) {
        context.report({ node, message: 'from the project', fix: (fixer) => fixer.replaceText(node.callee, 'mended') });
      } }) }`;
    const config = (rules: string): string =>
      `export default [{ plugins: { resilience: { rules: { own: ${rule} } } }, rules: ${rules} }, { ignores: ['ignored.js'] }];\n`;

    it('runs it, and keeps our findings only', async () => {
      const root = createProject({
        'eslint.config.mjs': config("{ 'resilience/own': 'error', 'no-undef': 'error', 'no-var': 'error' }"),
        'a.js': 'var a = call();\n',
        'ignored.js': 'call();\n',
      });
      const result = await scan(root, { projectConfig: true, paths: ['a.js', 'ignored.js'] });
      expect(result.problems).toEqual([]);
      expect(result.preset).toBeNull();
      expect(result.files.map(({ types }) => types)).toEqual([null]);
      expect(result.findings.map(({ message }) => message)).toEqual(['from the project']);
      await scan(root, { projectConfig: true, paths: ['a.js'], fix: true });
      expect(readFileSync(path.join(root, 'a.js'), 'utf8')).toBe('var a = mended();\n');
    });

    it('says when no rule of ours is on', async () => {
      const root = createProject({ 'eslint.config.mjs': config("{ 'resilience/own': 'off' }"), 'a.js': 'call();\n' });
      const result = await scan(root, { projectConfig: true, paths: ['a.js'] });
      expect(result.problems.map(({ message }) => message)).toEqual([
        'the ESLint configuration switches on no resilience rule',
      ]);
    });

    it('tells a broken one once', async () => {
      const root = createProject({ 'eslint.config.mjs': "throw new Error('no luck');\n", 'a.js': '\n', 'b.js': '\n' });
      const result = await scan(root, { projectConfig: true, paths: ['a.js', 'b.js'] });
      expect(result.problems).toEqual([{ kind: 'eslint', path: root, message: 'ESLint failed: no luck' }]);
    });
  });
});
