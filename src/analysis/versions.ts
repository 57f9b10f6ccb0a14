/** Version ranges against what is installed. */
import satisfies from 'semver/functions/satisfies.js';
import minVersion from 'semver/ranges/min-version.js';
import type { Library } from '../catalog/schema.js';
import type { Module } from './module.js';
import { installedVersion, nearestManifest, safely } from './packages.js';

/**
 * Whether the version of a library that a module would load is in `range`. What is not installed is what the project's
 * manifest asks for at least; what nobody asks for is taken as the newest.
 */
export function versionTest(library: Library, module: Module): (range: string | undefined) => boolean {
  let version: string | null | undefined;
  return (range) => {
    if (range === undefined) return true;
    if (version === undefined) {
      version = null;
      for (const name of library.packages) {
        if (name.includes('*') || name === 'global' || name.startsWith('node:')) continue;
        version = installedVersion(name, module.path) ?? declaredVersion(name, module.path);
        if (version !== null) break;
      }
    }
    return satisfies(version ?? '999.0.0', range, { includePrerelease: true });
  };
}

/** The lowest version of a package that the manifest around a file asks for; `null` where it asks for none. */
function declaredVersion(name: string, file: string): string | null {
  const manifest = nearestManifest(file);
  const range = manifest?.dependencies[name] ?? manifest?.devDependencies[name];
  return range === undefined || range === '*' ? null : safely(() => minVersion(range)?.version ?? null, null);
}

/** Whether Node is known to be what runs a file: by the `engines`, or the types, of its package. */
export function isNodeRuntime(file: string): boolean {
  const manifest = nearestManifest(file);
  if (!manifest) return false;
  return (
    manifest.engines['node'] !== undefined ||
    manifest.dependencies['@types/node'] !== undefined ||
    manifest.devDependencies['@types/node'] !== undefined
  );
}

/** Whether the package of a file depends on another one. */
export function dependsOn(file: string, name: string): boolean {
  return nearestManifest(file)?.dependencies[name] !== undefined;
}

/**
 * Whether every Node that a file may run on has `AbortSignal.timeout` (17.3), and `AbortSignal.any` where `merged` asks
 * for it (20.3; a project that says "20" means a current one).
 */
export function hasTimeoutSignals(file: string, merged: boolean): boolean {
  const range = nearestManifest(file)?.engines['node'];
  if (range === undefined) return true;
  const minimum = safely(() => minVersion(range), null);
  return minimum === null || minimum.major >= (merged ? 20 : 18);
}
