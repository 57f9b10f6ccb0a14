/** A copy of examples/monorepo to change, as a repository of its own, with a log of the scans that really run. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { commitAll } from '../cli/git.js';

const root = path.join(import.meta.dirname, '../..');
const example = path.join(root, 'examples/monorepo');
const bin = path.join(root, 'dist/src/cli/bin.js');

/** The names of its packages. */
export const packages: readonly string[] = readdirSync(path.join(example, 'packages')).sort();

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Installs the example where it is not, from its lock. */
function install(): void {
  const installed = path.join(example, 'node_modules/.package-lock.json');
  if (existsSync(installed)) return;
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: example,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

export interface Workspace {
  readonly root: string;
  /** Runs a program of node_modules/.bin, and gives its output. */
  readonly run: (name: string, ...args: string[]) => string;
  /** The packages that were really scanned since it was asked last. */
  readonly scanned: () => string[];
  /** The paths of the parts, from the root. */
  readonly parts: (extension: 'json' | 'sarif') => string[];
  /** Takes all parts away, as a fresh clone has none. */
  readonly removeParts: () => void;
  /** Changes a file by replacing a text that it has. */
  readonly edit: (file: string, from: string, to: string) => void;
  readonly remove: () => void;
}

export function createWorkspace(): Workspace {
  if (!existsSync(bin)) throw new Error('there is no dist: npm run build first');
  install();
  const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'resilience-monorepo-')));
  const built = new Set(['node_modules', '.resilience', '.turbo', '.nx']);
  cpSync(example, directory, { recursive: true, filter: (file) => !built.has(path.basename(file)) });

  // What is installed is the example's; the packages of the workspace are the copy's own.
  const modules = path.join(directory, 'node_modules');
  mkdirSync(path.join(modules, '@shop'), { recursive: true });
  for (const name of readdirSync(path.join(example, 'node_modules'))) {
    if (name === '@shop' || name === '.bin') continue;
    symlinkSync(path.join(example, 'node_modules', name), path.join(modules, name));
  }
  for (const name of packages) symlinkSync(path.join(directory, 'packages', name), path.join(modules, '@shop', name));

  const log = path.join(directory, '.git', 'scanned.log');
  mkdirSync(path.join(modules, '.bin'));
  for (const name of ['turbo', 'nx']) {
    symlinkSync(realpathSync(path.join(example, 'node_modules/.bin', name)), path.join(modules, '.bin', name));
  }
  const shim = path.join(modules, '.bin', 'resilience');
  writeFileSync(shim, `#!/bin/sh\nbasename "$PWD" >> '${log}'\nexec '${process.execPath}' '${bin}' "$@"\n`);
  chmodSync(shim, 0o755);
  commitAll(directory);

  const partOf = (name: string, extension: string): string => `packages/${name}/.resilience/scan.${extension}`;
  return {
    root: directory,
    run: (name, ...args) => {
      const { NX_CLOUD_ACCESS_TOKEN: _, TURBO_TOKEN: __, ...env } = process.env;
      return execFileSync(path.join(modules, '.bin', name), args, {
        cwd: directory,
        encoding: 'utf8',
        env: {
          ...env,
          CI: 'true',
          DO_NOT_TRACK: '1',
          TURBO_TELEMETRY_DISABLED: '1',
          NX_DAEMON: 'false',
          NX_NO_CLOUD: 'true',
          NX_TUI: 'false',
        },
      });
    },
    scanned: () => {
      const names = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
      rmSync(log, { force: true });
      return names.filter((name) => packages.includes(name)).sort();
    },
    parts: (extension) => packages.map((name) => partOf(name, extension)),
    removeParts: () => {
      for (const name of packages) {
        rmSync(path.join(directory, path.dirname(partOf(name, ''))), { recursive: true, force: true });
      }
    },
    edit: (file, from, to) => {
      const text = readFileSync(path.join(directory, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
      writeFileSync(path.join(directory, file), text.replace(from, to));
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
