/** The libraries that the labelled projects call, and the parsers that read them. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as classicParser from '@typescript-eslint/parser';
import { exec } from 'tinyexec';

/** Which type checker answers: TypeScript's own, or the native one of `test/native`. */
export type Backend = 'classic' | 'native';

/** What a configuration needs for linting with types. */
export interface TypedParser {
  readonly parser: typeof classicParser;
  readonly projectService: true | { readonly EXPERIMENTAL_backend: 'tsgo' };
}

/** npm could not install a folder: a problem that the user can mend. */
export class InstallError extends Error {}

/** Installs a folder's lock file by `npm ci`, unless that has been done. Throws an `InstallError` with what npm said. */
export async function installLocked(directory: string): Promise<void> {
  const lock = path.join(directory, 'package-lock.json');
  const installed = path.join(directory, 'node_modules', '.package-lock.json');
  if (fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  if (process.stderr.isTTY) console.error(`Installing ${path.basename(directory)} …`);
  const result = await exec('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    nodeOptions: { cwd: directory },
  });
  if (result.exitCode !== 0) throw new InstallError(`npm ci failed in ${directory}:\n${result.stderr}`);
  fs.utimesSync(installed, new Date(), new Date());
}

/** The parser with a type checker behind it; `native` is the package in `test/native`, which must be installed. */
export function typedParser(backend: Backend, native: string): TypedParser {
  if (backend === 'classic') return { parser: classicParser, projectService: true };
  const require = createRequire(path.join(native, 'package.json'));
  return {
    parser: require('@typescript-eslint/parser') as typeof classicParser,
    projectService: { EXPERIMENTAL_backend: 'tsgo' },
  };
}
