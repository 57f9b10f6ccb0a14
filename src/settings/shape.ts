/**
 * What each setting takes, said once: the checks, the messages, the published JSON schema and the table in the docs all
 * come from here.
 */
import type { Effect } from '../catalog/schema.js';
import type {
  Budget,
  Downstream,
  ModuleExport,
  OwnClient,
  OwnGuard,
  OwnOperation,
  RetryWrapper,
  Settings,
} from './types.js';

/** What a value may be. */
export type Shape =
  | { readonly kind: 'null' | 'boolean' }
  /** `path`: a relative one is meant from the directory of the file that holds it. `./`: only what starts like that is one. */
  | { readonly kind: 'text'; readonly path?: 'always' | './' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly of?: string }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape; readonly min?: number }
  | ObjectShape
  /** Objects that one key tells apart. */
  | { readonly kind: 'variants'; readonly by: string; readonly of: Readonly<Record<string, ObjectShape>> }
  /** Alternatives of different JSON types. */
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

export interface ObjectShape {
  readonly kind: 'object';
  readonly keys: Readonly<Record<string, Key>>;
}

/** A key of an object. */
export interface Key {
  readonly shape: Shape;
  readonly required: boolean;
  /** A sentence without a period. */
  readonly description?: string;
}

/** Every key of `T`, the required ones required. */
type KeysOf<T> = {
  readonly [Name in keyof T]-?: Key & { readonly required: undefined extends T[Name] ? false : true };
};

const text: Shape = { kind: 'text' };
const flag: Shape = { kind: 'boolean' };
const nothing: Shape = { kind: 'null' };
/** What Node's timers can hold: a longer one fires at once. */
const milliseconds: Shape = { kind: 'integer', min: 1, max: 2 ** 31 - 1, of: 'milliseconds' };
const count: Shape = { kind: 'integer', min: 1, max: 1_000_000 };
const index: Shape = { kind: 'integer', min: 0, max: 255, of: 'the index of an argument' };

const choice = (...values: readonly string[]): Shape => ({ kind: 'choice', values });
const list = (of: Shape, min?: number): Shape => ({ kind: 'list', of, ...(min !== undefined && { min }) });
const either = (...of: readonly Shape[]): Shape => ({ kind: 'either', of });
const object = <T>(keys: KeysOf<T>): ObjectShape => ({ kind: 'object', keys });
const needed = (shape: Shape, description: string) => ({ shape, required: true, description }) as const;
const optional = (shape: Shape, description: string) => ({ shape, required: false, description }) as const;

const names = needed(either(text, list(text, 1)), 'The name, or several');

const specifier: Shape = either(text, {
  kind: 'variants',
  by: 'from',
  of: {
    file: object<{ from: 'file'; name: string; path?: string }>({
      from: needed(choice('file'), 'A name of this project'),
      name: names,
      path: optional({ kind: 'text', path: 'always' }, 'The file that declares it; default: any file of the project'),
    }),
    lib: object<{ from: 'lib'; name: string }>({
      from: needed(choice('lib'), 'A name of the platform'),
      name: names,
    }),
    package: object<{ from: 'package'; name: string; package: string }>({
      from: needed(choice('package'), 'A name that a package exports'),
      name: names,
      package: needed(text, 'The package'),
    }),
  },
});

const effect = choice(...(['read', 'idempotent-write', 'non-idempotent-write', 'unknown'] satisfies Effect[]));
const match = needed(text, 'A host, a client or the name of a downstream; * stands for any characters');

const moduleExport: Shape = object<ModuleExport>({
  module: needed({ kind: 'text', path: './' }, 'The module: a package, an alias, or a path'),
  export: needed(text, 'The name that it exports'),
});

const operation = object<OwnOperation>({
  name: needed(text, 'The method, or () for the client itself'),
  options: optional(index, 'Which argument holds the options'),
  effect: optional(effect, 'What repeating it would do'),
});

/** The settings, all optional in a file: what is absent has its default. */
export const settingsShape = object<Partial<Settings>>({
  timeoutMs: optional(milliseconds, 'The limit that fixes insert when nothing better is known'),
  maxTimeoutMs: optional(milliseconds, 'The longest explicit limit that strict accepts'),
  maxDefaultMs: optional(milliseconds, 'The longest default of a library that is accepted'),
  maxWaitMs: optional(milliseconds, 'The longest wait between attempts that is accepted'),
  maxAttempts: optional(count, 'The most attempts that layers of retries may multiply to'),
  concurrency: optional(count, 'The limit of concurrency that fixes insert'),
  budgets: optional(
    list(
      object<Budget>({
        match,
        timeoutMs: needed(milliseconds, 'The limit that fixes insert for it'),
      }),
    ),
    'Limits of single downstreams; the first match counts',
  ),
  fix: optional(
    choice(...(['auto', 'suggest', 'off'] satisfies Settings['fix'][])),
    'Whether fixes are applied, suggested or left out',
  ),
  clients: optional(
    list(
      object<OwnClient>({
        from: needed(specifier, 'The type or value that is the client'),
        operations: needed(list(operation, 1), 'What of it reaches the network'),
        timeout: optional(
          object<NonNullable<OwnClient['timeout']>>({
            option: needed(text, 'The option, a dotted path'),
            unit: needed(choice('ms', 's'), 'What it counts'),
          }),
          'The option that limits a call',
        ),
        signal: optional(text, 'The option that takes an AbortSignal'),
        default: optional(either(milliseconds, nothing), 'Its own limit when none is given; null: none'),
      }),
    ),
    "The team's own clients",
  ),
  retryWrappers: optional(
    list(
      object<RetryWrapper>({
        from: needed(specifier, 'The function'),
        operation: needed(index, 'Which argument it runs again'),
        attempts: optional(count, 'How many attempts it makes, the first one included'),
        backoff: optional(flag, 'Whether its waits grow'),
        jitter: optional(flag, 'Whether its waits are random'),
      }),
    ),
    "The team's own functions that retry",
  ),
  guards: optional(
    list(
      object<OwnGuard>({
        from: needed(specifier, 'The function'),
        operation: needed(index, 'Which argument it runs'),
      }),
    ),
    "The team's own functions that run a call under a circuit breaker",
  ),
  policy: optional(either(moduleExport, nothing), "The project's policies, which fixes wrap calls in"),
  onFailure: optional(either(moduleExport, nothing), 'What a fix calls with a failure that was swallowed'),
  downstreams: optional(
    list(
      object<Downstream>({
        name: needed(text, 'Its name'),
        match,
        critical: optional(flag, 'Whether a request fails with it'),
        runbook: optional(text, 'Where to read what to do when it fails'),
      }),
    ),
    'Names for the report and for budgets',
  ),
  ignore: optional(list(specifier), 'Types, values and hosts that are not downstreams'),
});

/** What a value of `shape` looks like, for messages: `'auto', 'suggest' or 'off'`. */
export function describeShape(shape: Shape): string {
  switch (shape.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'text':
      return 'a string that is not empty';
    case 'integer':
      return `an integer from ${shape.min} to ${shape.max}${shape.of === undefined ? '' : ` (${shape.of})`}`;
    case 'choice':
      return enumerate(shape.values.map((value) => JSON.stringify(value)));
    case 'list':
      return `${shape.min ? 'a list with at least one item' : 'a list'}, each ${describeShape(shape.of)}`;
    case 'object':
      return ['an object', enumerate(requiredKeys(shape), 'and')].filter(Boolean).join(' with ');
    case 'variants':
      return `an object whose ${JSON.stringify(shape.by)} is ${enumerate(Object.keys(shape.of).map((value) => JSON.stringify(value)))}`;
    case 'either':
      return enumerate(shape.of.map(describeShape));
  }
}

/** `a, b or c`. */
export function enumerate(items: readonly string[], conjunction = 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

function requiredKeys({ keys }: ObjectShape): string[] {
  return Object.keys(keys)
    .filter((name) => keys[name]?.required)
    .map((name) => JSON.stringify(name));
}
