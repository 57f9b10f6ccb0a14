/** Projects that codemods run on: real packages, real compilers, a git repository where one is needed. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { CodemodName, MigrateSettings } from '../../src/codemods/codemod.js';
import { planMigration, writeMigration, type MigrateOptions, type MigrateResult } from '../../src/codemods/migrate.js';
import { createProject } from '../cli/project.js';

const repositoryModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src'],
};

/** A TypeScript package with this repository's packages, unless the files bring their own. */
export function createPackage(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = createProject({
    'package.json': `${JSON.stringify({ name: 'case', type: 'module', engines: { node: '>=20.19' } }, null, 2)}\n`,
    'tsconfig.json': JSON.stringify(tsconfig),
    ...files,
  });
  if (!existsSync(path.join(root, 'node_modules'))) {
    symlinkSync(repositoryModules, path.join(root, 'node_modules'), 'junction');
  }
  return root;
}

/** Makes a repository of a directory, with everything committed. */
export function commitAll(root: string): void {
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'before');
}

/** A migration compiles several programs, one after the other; ms. */
export const slow = 240_000;

const usual: MigrateSettings = { latencies: null, budgetsModule: null, policiesModule: null, library: 'cockatiel' };

/** Plans a migration. */
export const plan = (
  root: string,
  codemods: readonly CodemodName[],
  { migrate, ...options }: Partial<Omit<MigrateOptions, 'migrate'>> & { migrate?: Partial<MigrateSettings> } = {},
): Promise<MigrateResult> =>
  planMigration({ codemods, paths: ['.'], cwd: root, migrate: { ...usual, ...migrate }, ...options });

/** The texts that a plan gives, by relative path. */
export const textsOf = (root: string, { files }: MigrateResult): Record<string, string> =>
  Object.fromEntries(files.map((file) => [path.relative(root, file.path), file.after]));

/**
 * Runs codemods, writes, and asserts what holds for all of them: the project compiles, and a second run has nothing to do.
 * Answers with what changed.
 */
export async function migrate(
  root: string,
  codemods: readonly CodemodName[],
  options: Parameters<typeof plan>[2] = {},
): Promise<{ readonly texts: Record<string, string>; readonly result: MigrateResult }> {
  const result = await plan(root, codemods, options);
  if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems));
  writeMigration(result);
  const errors = compile(root);
  if (errors.length > 0) throw new Error(`After the migration:\n${errors.join('\n')}\n${sources(root, result)}`);
  const again = await plan(root, codemods, options);
  if (again.files.length > 0) {
    throw new Error(`A second run changes more:\n${sources(root, result)}\n${sources(root, again)}`);
  }
  return { texts: textsOf(root, result), result };
}

const sources = (root: string, result: MigrateResult): string =>
  Object.entries(textsOf(root, result))
    .map(([name, text]) => `--- ${name}\n${text}`)
    .join('\n');

/** What `tsc` says of a project. */
function compile(root: string): readonly string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (!config) return ['no tsconfig.json'];
  return ts
    .getPreEmitDiagnostics(ts.createProgram({ rootNames: config.fileNames, options: config.options }))
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

export const read = (root: string, file: string): string => readFileSync(path.join(root, file), 'utf8');
