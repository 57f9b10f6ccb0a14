/** What the settings say of a team's own clients, retry helpers and guards, in the shape that the catalog has. */
import type { Bound, ClientType, Export, Library, Operation, Policy } from '../catalog/schema.js';
import type { OwnClient, OwnGuard, RetryWrapper, Settings, Specifier } from '../settings.js';

/** The entries of the settings, and how they are found. */
export interface OwnLibraries {
  readonly libraries: readonly Library[];
  /** What a name means that a package exports (`null`: a file of the project, whose path is `file`). */
  readonly find: (name: string, packageName: string | null, file: string | null) => OwnName | null;
}

export interface OwnName {
  readonly library: Library;
  readonly export: Export;
}

interface Entry extends OwnName {
  readonly from: Specifier;
}

const built = new WeakMap<Settings, OwnLibraries>();

/** The entries that settings describe. */
export function ownLibraries(settings: Settings): OwnLibraries {
  const known = built.get(settings) ?? build(settings);
  built.set(settings, known);
  return known;
}

function build({ clients, retryWrappers, guards }: Settings): OwnLibraries {
  const entries: readonly Entry[] = [
    ...clients.map(entryOfClient),
    ...retryWrappers.map(entryOfWrapper),
    ...guards.map(entryOfGuard),
  ];
  return {
    libraries: entries.map(({ library }) => library),
    find: (name, packageName, file) => entries.find(({ from }) => names(from, name, packageName, file)) ?? null,
  };
}

/** Whether a specifier means a name of a package, or of a file. */
function names(from: Specifier, name: string, packageName: string | null, file: string | null): boolean {
  if (typeof from === 'string') return from === name;
  const listed = typeof from.name === 'string' ? [from.name] : from.name;
  if (!listed.includes(name)) return false;
  switch (from.from) {
    case 'package':
      return packageName === from.package;
    case 'lib':
      return packageName === 'global';
    case 'file':
      if (packageName !== null || file === null) return false;
      return (
        from.path === undefined ||
        file.replaceAll('\\', '/').endsWith(from.path.replaceAll('\\', '/').replace(/^\.\//, ''))
      );
  }
}

const phases = ['connect', 'handshake', 'headers', 'body'] as const;

function nameOf(from: Specifier): string {
  return typeof from === 'string' ? from : typeof from.name === 'string' ? from.name : (from.name[0] ?? 'a client');
}

function entryOfClient({ from, operations, timeout, signal, default: limit }: OwnClient): Entry {
  const source = 'the settings';
  const bounds: Bound[] = [];
  if (timeout) {
    const takes = timeout.unit;
    bounds.push({
      option: timeout.option,
      where: 'both',
      takes,
      kind: 'total',
      phases,
      none: [0, null],
      fix: 1,
      source,
    });
  }
  if (signal !== undefined) {
    bounds.push({ option: signal, where: 'call', takes: 'signal', kind: 'total', phases, fix: 2, source });
  }
  const type: ClientType = {
    types: [],
    judged: 'call',
    operations: operations.map(({ name, options, effect }): Operation => ({
      name,
      effect: effect ?? 'unknown',
      ...(options === undefined ? {} : { options }),
    })),
    bounds,
    limits: [{ phases, ms: limit ?? 'never', source }],
  };
  const library: Library = {
    name: nameOf(from),
    packages: [],
    family: 'sdk',
    verified: [],
    exports: {},
    clients: { own: type },
  };
  return { from, library, export: { is: 'client', type: 'own' } };
}

function entryOfWrapper({ from, operation, attempts, backoff, jitter }: RetryWrapper): Entry {
  const policy: Policy = {
    kind: 'retry',
    operation,
    source: 'the settings',
    retry: {
      default: [
        {
          // What the settings do not say is taken for well done: they name the wrapper, they do not accuse it.
          attempts: attempts ?? 3,
          delay: backoff === false ? 'constant' : 'exponential',
          jitter: jitter === false ? 'none' : 'yes',
          source: 'the settings',
        },
      ],
    },
  };
  return entryOfPolicy(from, policy);
}

/** A function that runs its argument, or a class whose methods do. */
function entryOfGuard({ from, operation }: OwnGuard): Entry {
  return entryOfPolicy(from, { kind: 'breaker', operation, source: 'the settings' });
}

function entryOfPolicy(from: Specifier, policy: Policy): Entry {
  const library: Library = {
    name: nameOf(from),
    packages: [],
    family: 'policy',
    verified: [],
    exports: {},
    policies: { own: policy },
  };
  return { from, library, export: { is: 'policy', policy: 'own' } };
}
