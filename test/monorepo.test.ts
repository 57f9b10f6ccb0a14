/**
 * A client that lives in one package of a workspace and is used from another: where it is reported, and what the files of
 * the other package know of it, in each way that TypeScript can be pointed at a workspace.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import rule from '../rules/require-timeout.js';

const fixture = fileURLToPath(new URL('fixtures/monorepo', import.meta.url));
const repositoryModules = fileURLToPath(new URL('../node_modules', import.meta.url));
const roots: string[] = [];

afterAll(() => {
  for (const root of roots) fs.rmSync(root, { recursive: true, force: true });
});

interface Workspace {
  /** `references` in the consumer's tsconfig. */
  readonly references: boolean;
  /** What the client's package was last built with: nothing at all, declarations with maps, or without. */
  readonly dist: 'absent' | 'mapped' | 'unmapped';
  /** Where builds go. Default `dist`. */
  readonly outDir?: string;
}

/** A copy of the fixture, its packages linked as a package manager links them. */
function workspace({ references, dist, outDir = 'dist' }: Workspace): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-monorepo-')));
  roots.push(root);
  fs.cpSync(fixture, root, { recursive: true });
  for (const name of ['tsconfig.base.json', 'packages/http/package.json']) {
    const file = path.join(root, name);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('/dist', `/${outDir}`));
  }
  const modules = path.join(root, 'node_modules');
  fs.mkdirSync(path.join(modules, '@shop'), { recursive: true });
  for (const name of fs.readdirSync(path.join(root, 'packages'))) {
    fs.symlinkSync(path.join(root, 'packages', name), path.join(modules, '@shop', name), 'junction');
  }
  for (const name of ['axios', '@types', 'undici-types']) {
    fs.symlinkSync(path.join(repositoryModules, name), path.join(modules, name), 'junction');
  }
  const config = path.join(root, 'packages/orders/tsconfig.json');
  const json = JSON.parse(fs.readFileSync(config, 'utf8')) as Record<string, unknown>;
  fs.writeFileSync(config, JSON.stringify({ ...json, ...(references ? { references: [{ path: '../http' }] } : {}) }));
  if (dist !== 'absent') build(path.join(root, 'packages/http'), dist === 'mapped');
  return root;
}

/** Builds a package as its own `tsc` would. */
function build(folder: string, declarationMap: boolean): void {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(folder, 'tsconfig.json'),
    { declarationMap },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) =>
        expect.fail(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')),
    },
  )!;
  const program = ts.createProgram(config.fileNames, config.options);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  expect(program.emit().emitSkipped).toBe(false);
}

type Host = 'projectService' | 'project' | 'untyped';

/** What the rule says about a file: `messageId on line: text of the line`. */
function lint(root: string, file: string, host: Host): string[] {
  const filename = path.join(root, file);
  const folder = path.join(root, file.split('/').slice(0, 2).join('/'));
  const code = fs.readFileSync(filename, 'utf8');
  const typed = {
    projectService: { projectService: true },
    project: { project: path.join(folder, 'tsconfig.json') },
    untyped: {},
  }[host];
  const messages = new Linter({ cwd: root }).verify(
    code,
    [
      {
        files: ['**/*.{ts,cts,mts,js,cjs,mjs}'],
        plugins: { test: { rules: { 'require-timeout': rule as never } } },
        rules: { 'test/require-timeout': 'error' },
        languageOptions: {
          sourceType: file.endsWith('.cjs') ? 'commonjs' : 'module',
          parser,
          parserOptions: { ...typed, tsconfigRootDir: root },
        },
      },
    ],
    { filename },
  );
  const lines = code.split('\n');
  return messages.map(({ messageId, message, line }) => `${messageId ?? message}: ${lines[line - 1]?.trim() ?? ''}`);
}

const hosts: readonly Host[] = ['projectService', 'project', 'untyped'];
const workspaces = (['absent', 'mapped', 'unmapped'] as const).flatMap((dist) =>
  [true, false].map((references): Workspace => ({ references, dist })),
);

describe.each(workspaces)('references: $references, dist: $dist', (options) => {
  let root: string | undefined;
  const linted = (file: string, host: Host): string[] => lint((root ??= workspace(options)), file, host);

  describe.each(hosts)('%s', (host) => {
    test('an unbounded client is reported where it is built', () => {
      expect(linted('packages/http/src/index.ts', host)).toEqual([
        "missing: export const slow = axios.create({ baseURL: 'https://slow.test' });",
      ]);
    });

    test('the package that uses the clients is silent about them, and answers for what it hands to wrappers', () => {
      expect(linted('packages/orders/src/orders.ts', host)).toEqual([
        "longDefault: export const open = () => request('https://orders.test', { method: 'POST' });",
        "missing: export const own = new Api({ baseURL: 'https://own.test' });",
        'missing: const again = slow.create({});',
      ]);
    });

    test('CommonJS JavaScript', () => {
      expect(linted('packages/legacy/src/client.cjs', host)).toEqual([
        "missing: const slow = axios.create({ baseURL: 'https://slow.test' });",
      ]);
      expect(linted('packages/legacy/src/use.cjs', host)).toEqual([
        "longDefault: exports.open = () => request('https://legacy.test', { method: 'POST' });",
      ]);
    });

    test('CommonJS JavaScript of another package', () => {
      expect(linted('packages/orders/src/legacy.ts', host)).toEqual([
        "longDefault: export const open = () => request('https://legacy.test', { method: 'POST' });",
      ]);
    });
  });
});

describe.each(hosts)('builds that go to a folder of another name (%s)', (host) => {
  test.each(['mapped', 'unmapped'] as const)('%s', (dist) => {
    const root = workspace({ references: false, dist, outDir: 'compiled' });
    expect(lint(root, 'packages/orders/src/orders.ts', host)).toEqual([
      "longDefault: export const open = () => request('https://orders.test', { method: 'POST' });",
      "missing: export const own = new Api({ baseURL: 'https://own.test' });",
      'missing: const again = slow.create({});',
    ]);
  });
});

test('a package from the registry is judged by its declarations: what it does inside is not looked at', () => {
  const root = workspace({ references: false, dist: 'mapped' });
  const linked = path.join(root, 'node_modules/@shop/http');
  fs.rmSync(linked);
  fs.cpSync(path.join(root, 'packages/http'), linked, { recursive: true });
  expect(lint(root, 'packages/orders/src/orders.ts', 'projectService')).toEqual([]);
});
