/** Finding things in the catalog: exports by package and path, client types by a checker's names, operations by name. */
import { catalog } from '../catalog/index.js';
import type { ClientType, Derivation, Export, Library, Operation, Policy } from '../catalog/schema.js';
import type { OwnLibraries } from './own.js';

/** What an exported path of a package stands for, and what of the path is left over. */
export interface ResolvedExport {
  readonly library: Library;
  readonly export: Export;
  readonly name: string;
  readonly rest: readonly string[];
}

/** A client type and the library that has it. */
export interface KnownType {
  readonly library: Library;
  readonly type: ClientType;
}

const byPackage = new Map<string, Library[]>();
const byPattern: { readonly prefix: string; readonly library: Library }[] = [];
const byType = new Map<string, KnownType>();
const byTypePattern: { readonly owner: string; readonly name: string; readonly known: KnownType }[] = [];
const byAnswer = new Map<string, readonly KnownType[]>();
const byPolicyType = new Map<string, { library: Library; policy: Policy; name: string }>();

for (const library of catalog) {
  for (const name of library.packages) {
    if (name.endsWith('*')) byPattern.push({ prefix: name.slice(0, -1), library });
    else byPackage.set(name, [...(byPackage.get(name) ?? []), library]);
  }
}
// A library's own types first: another one that hands them on (Nest's HttpService has an AxiosInstance) comes second.
for (const isOwn of [true, false]) {
  for (const library of catalog) {
    for (const type of Object.values(library.clients ?? {})) {
      for (const key of type.types.flatMap((name) => typeKeys(library, name))) {
        const own = library.packages.includes(key.slice(0, key.lastIndexOf('#')));
        if (own !== isOwn) continue;
        const name = key.slice(key.lastIndexOf('#') + 1);
        if (name.includes('*'))
          byTypePattern.push({ owner: key.slice(0, -name.length - 1), name, known: { library, type } });
        else if (!byType.has(key)) byType.set(key, { library, type });
      }
      for (const name of isOwn ? (type.answers ?? []) : []) {
        for (const key of typeKeys(library, name)) byAnswer.set(key, [...(byAnswer.get(key) ?? []), { library, type }]);
      }
    }
    for (const [name, policy] of Object.entries(library.policies ?? {})) {
      for (const key of (policy.types ?? []).flatMap((typeName) => typeKeys(library, typeName))) {
        if (!byPolicyType.has(key)) byPolicyType.set(key, { library, policy, name });
      }
    }
  }
}

function typeKeys(library: Library, name: string): string[] {
  return name.includes('#') ? [name] : library.packages.map((owner) => `${owner}#${name}`);
}

/** Every library. */
export function libraries(): readonly Library[] {
  return catalog;
}

let own: OwnLibraries | null = null;

/** Lets the names of the settings count from now on: called for each file, before it is looked at. */
export function useOwnLibraries(libraries: OwnLibraries): void {
  own = libraries.libraries.length > 0 ? libraries : null;
}

/** Whether the settings name anything: then no file can be passed over by a look at its text. */
export function hasOwnLibraries(): boolean {
  return own !== null;
}

/** What the settings say that a name is: of a package, or of a file of the project. */
export function ownNamed(name: string, packageName: string | null, file: string | null): ResolvedExport | null {
  const found = own?.find(name, packageName, file);
  return found ? { library: found.library, export: found.export, name, rest: [] } : null;
}

/** The libraries that a package belongs to. */
export function librariesOf(packageName: string): readonly Library[] {
  const exact = byPackage.get(packageName);
  if (exact) return exact;
  return byPattern.filter(({ prefix }) => packageName.startsWith(prefix)).map(({ library }) => library);
}

/** The client type that a type's name in a package means. */
export function clientTypeOf(packageName: string | null, name: string): KnownType | null {
  const named = own && ownNamed(name, packageName, null);
  const type = named?.export.is === 'client' ? typeNamed(named.library, named.export.type) : null;
  if (named && type) return { library: named.library, type };
  if (packageName === null) return null;
  const exact = byType.get(`${packageName}#${name}`);
  if (exact) return exact;
  for (const { prefix, library } of byPattern) {
    const found = packageName.startsWith(prefix) && byType.get(`${prefix}*#${name}`);
    if (found && found.library === library) return found;
  }
  return (
    byTypePattern.find(({ owner, name: pattern }) => matchesName(pattern, name) && matchesName(owner, packageName))
      ?.known ?? null
  );
}

/** The client types of which operations answer with this type: what shows a client that was generated for the project. */
export function clientsAnsweringWith(packageName: string | null, name: string): readonly KnownType[] {
  return packageName === null ? [] : (byAnswer.get(`${packageName}#${name}`) ?? []);
}

/** The policy that a type's name in a package means. */
export function policyTypeOf(
  packageName: string | null,
  name: string,
): { library: Library; policy: Policy; name: string } | null {
  return packageName === null ? null : (byPolicyType.get(`${packageName}#${name}`) ?? null);
}

/** Whether a name fits a pattern: the same, or with a `*` at its start or end. */
export function matchesName(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  return pattern === name;
}

/** What the exported path `path` of a package is. */
export function resolveExport(packageName: string, path: readonly string[]): ResolvedExport | null {
  const [first, ...rest] = path;
  const named = first === undefined ? null : ownNamed(first, packageName, null);
  if (named) return { ...named, rest };
  for (const library of librariesOf(packageName)) {
    const exports = packageName === 'global' ? (library.globals ?? {}) : library.exports;
    const found = resolveIn(library, exports, path);
    if (found) return found;
  }
  return null;
}

function resolveIn(
  library: Library,
  exports: Readonly<Record<string, Export>>,
  path: readonly string[],
): ResolvedExport | null {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const found = lookUp(exports, name);
    if (found?.is === 'namespace') return resolveIn(library, found.exports, rest);
    if (found) return { library, export: found, name, rest };
  }
  const fallback = exports['default'];
  // `import memjs from 'memjs'`: the default import of a package that has only names is all of them.
  if (!fallback) return name === 'default' && rest.length > 0 ? resolveIn(library, exports, rest) : null;
  // `require('axios')` and `import * as axios`: the members of the default export.
  if (name === 'default') return null;
  if (fallback.is === 'namespace') return resolveIn(library, fallback.exports, path);
  return { library, export: fallback, name: 'default', rest: path };
}

function lookUp(exports: Readonly<Record<string, Export>>, name: string): Export | null {
  if (Object.hasOwn(exports, name)) return exports[name] ?? null;
  for (const [pattern, found] of Object.entries(exports)) {
    if (pattern.includes('*') && matchesName(pattern, name)) return found;
  }
  return null;
}

/** The operation that a method of a client type is, by name: `()` for a call of the client itself. */
export function operationOf(type: ClientType, name: string): Operation | null {
  if (type.local?.some((pattern) => matchesName(pattern, name))) return null;
  let wildcard: Operation | null = null;
  for (const operation of type.operations) {
    const names = typeof operation.name === 'string' ? [operation.name] : operation.name;
    if (names.includes(name)) return operation;
    if (name !== '()' && name !== 'new') {
      if (names.some((pattern) => pattern.includes('*') && matchesName(pattern, name))) wildcard ??= operation;
    }
  }
  return wildcard;
}

/** The method of a client type that makes another client. */
export function derivationOf(type: ClientType, name: string): Derivation | null {
  const exact = type.derives?.find((derivation) => derivation.name === name);
  if (exact || type.local?.includes(name)) return exact ?? null;
  return type.derives?.find((derivation) => derivation.name === '*') ?? null;
}

/** A client type by its name in a library. */
export function typeNamed(library: Library, name: string): ClientType | null {
  return library.clients?.[name] ?? null;
}

/** The names by which a file can be told to hold something of interest: packages (a family by its prefix) and globals. */
export function interestingNames(): { readonly packages: readonly string[]; readonly globals: readonly string[] } {
  const packages = new Set<string>();
  const globals = new Set<string>();
  for (const library of catalog) {
    for (const name of library.packages) {
      if (name !== 'global') packages.add(name.replace(/\*$/, '').replace(/^node:/, ''));
    }
    for (const name of Object.keys(library.globals ?? {})) globals.add(name);
  }
  return { packages: [...packages], globals: [...globals] };
}
