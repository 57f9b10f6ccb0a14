/**
 * `npm run locks`: completes the lock files. npm leaves out the optional packages of other platforms when it finds
 * node_modules, or a registry that lacks them, and `npm ci` then refuses the lock. Run it after `npm install`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

/** `…-linux-x64-musl`, `…-win32-arm64-msvc`, `…-darwin-arm64`: how packages for one platform are named. */
const platform =
  /[-/](?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>[a-z0-9]+))?$/;
/** @type {Record<string, string>} */
const libraries = { gnu: 'glibc', musl: 'musl' };

/**
 * Whether the package at `path` finds the package `name`, as Node looks for it.
 *
 * @param {Lock} lock
 * @param {string} path
 * @param {string} name
 */
function isLocked({ packages }, path, name) {
  for (
    let directory = path;
    ;
    directory = directory.slice(0, Math.max(directory.lastIndexOf('node_modules/') - 1, 0))
  ) {
    if (packages[`${directory === '' ? '' : `${directory}/`}node_modules/${name}`]) return true;
    if (directory === '') return false;
  }
}

/**
 * The entries that `lock` lacks: of optional packages for one platform, which their dependents name by exact version.
 *
 * @param {Lock} lock
 * @returns {Record<string, Entry>}
 */
export function missingEntries(lock) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const { os, cpu, abi } = platform.exec(name)?.groups ?? {};
      if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version) || isLocked(lock, path, name))
        continue;
      const libc = os === 'linux' && abi !== undefined ? libraries[abi] : undefined;
      missing[`node_modules/${name}`] = {
        version,
        cpu: [cpu],
        ...(dev ? { dev } : {}),
        ...(libc ? { libc: [libc] } : {}),
        optional: true,
        os: [os],
      };
    }
  }
  return missing;
}

/**
 * The lock files in `directory` and below it.
 *
 * @param {string} directory
 * @returns {string[]}
 */
export function lockFiles(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return /^(\..*|node_modules|dist)$/.test(entry.name) ? [] : lockFiles(path);
    return entry.name === 'package-lock.json' ? [path] : [];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const file of lockFiles('.')) {
    /** @type {Lock} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    const missing = missingEntries(lock);
    const count = Object.keys(missing).length;
    if (count > 0) {
      const packages = Object.entries({ ...lock.packages, ...missing });
      lock.packages = Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en')));
      writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
    }
    console.log(`${file}: ${count === 0 ? 'complete' : `${count} entries added`}`);
  }
}
