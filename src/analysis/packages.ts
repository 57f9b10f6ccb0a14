/** The `package.json` files around a module: what a project depends on, and which versions are installed. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the analysis reads of a manifest. */
export interface Manifest {
  readonly path: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly type: 'module' | 'commonjs';
  /** Entry points, best first, relative to the manifest: what a bare import of the package loads. */
  readonly entries: readonly string[];
}

const manifests = new Map<string, { readonly stamp: string; readonly manifest: Manifest | null }>();
const maxManifests = 512;

/** The manifest at `path`; `null` where there is none that can be read. Read again when the file changes. */
export function readManifest(path: string): Manifest | null {
  const stamp = stampOf(path);
  if (stamp === null) return null;
  const known = manifests.get(path);
  if (known?.stamp === stamp) return known.manifest;
  if (manifests.size >= maxManifests) manifests.clear();
  const manifest = parseManifest(path);
  manifests.set(path, { stamp, manifest });
  return manifest;
}

/** The manifest nearest to a file, going up. */
export function nearestManifest(file: string): Manifest | null {
  for (let directory = dirname(file), last = ''; directory !== last; last = directory, directory = dirname(directory)) {
    const manifest = readManifest(join(directory, 'package.json'));
    if (manifest) return manifest;
  }
  return null;
}

const declared = new Map<string, { readonly at: number; readonly names: ReadonlySet<string> | null }>();
/** How long a look at the manifests holds, ms. */
const freshMs = 1000;

/** Every package that the manifests around a file name, up to the root; `null` where there is no manifest. */
export function declaredPackages(file: string): ReadonlySet<string> | null {
  const start = dirname(file);
  const known = declared.get(start);
  const now = Date.now();
  if (known && now - known.at < freshMs) return known.names;
  let names: Set<string> | null = null;
  for (let directory = start, last = ''; directory !== last; last = directory, directory = dirname(directory)) {
    const manifest = readManifest(join(directory, 'package.json'));
    if (!manifest) continue;
    names ??= new Set();
    for (const list of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies]) {
      for (const name of Object.keys(list)) names.add(name);
    }
  }
  if (declared.size >= maxManifests) declared.clear();
  declared.set(start, { at: now, names });
  return names;
}

/** The folder of an installed package as a file would find it (links resolved), or `null`. */
export function packageFolder(name: string, from: string): string | null {
  for (let directory = dirname(from), last = ''; directory !== last; last = directory, directory = dirname(directory)) {
    const folder = join(directory, 'node_modules', name);
    if (existsSync(folder)) return safely(() => realpathSync(folder), null);
  }
  return null;
}

/** The version of a package that a file would load, or `null`. */
export function installedVersion(name: string, from: string): string | null {
  const folder = packageFolder(name, from);
  return folder === null ? null : (readManifest(join(folder, 'package.json'))?.version ?? null);
}

/** Something that changes when a file does; `null` where there is no file. */
export function stampOf(path: string): string | null {
  return safely(() => {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  }, null);
}

/** The answer, or `otherwise` where the file system gives an error. */
export function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function parseManifest(path: string): Manifest | null {
  const json = safely<unknown>(() => JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')), null);
  if (typeof json !== 'object' || json === null) return null;
  const data = json as Record<string, unknown>;
  const text = (key: string): string | null => (typeof data[key] === 'string' ? data[key] : null);
  return {
    path,
    name: text('name'),
    version: text('version'),
    dependencies: recordOf(data['dependencies']),
    devDependencies: recordOf(data['devDependencies']),
    peerDependencies: recordOf(data['peerDependencies']),
    engines: recordOf(data['engines']),
    type: data['type'] === 'module' ? 'module' : 'commonjs',
    entries: [...entriesOf(data['exports']), ...['module', 'main', 'types', 'source'].map(text)].filter(
      (entry): entry is string => entry !== null,
    ),
  };
}

function recordOf(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
}

/** Every file that the `.` export may lead to. */
function entriesOf(exports: unknown): string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  const conditions = exports as Record<string, unknown>;
  const root = Object.hasOwn(conditions, '.') ? conditions['.'] : conditions;
  if (typeof root === 'string') return [root];
  if (typeof root !== 'object' || root === null) return [];
  return Object.entries(root).flatMap(([key, value]) => (key.startsWith('./') ? [] : entriesOf(value)));
}
