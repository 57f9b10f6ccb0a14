/** The shape of the settings, for the code that reads them. What each key takes is in `shape.ts`. */
import type { Effect } from '../catalog/schema.js';

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

/** An operation of a team's own client. */
export interface OwnOperation {
  readonly name: string;
  /** Index of the argument that holds the options. */
  readonly options?: number;
  readonly effect?: Effect;
}

/** A client of the team's own. */
export interface OwnClient {
  readonly from: Specifier;
  readonly operations: readonly OwnOperation[];
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
  /** Index of the argument that is run. */
  readonly operation: number;
}

/** A name in a module of the project. */
export interface ModuleExport {
  /** As an import names it, or an absolute path: a relative one of `resilience.config.json` is made absolute. */
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
  readonly ignore: readonly Specifier[];
}

/** What a settings file, or ESLint's `settings.resilience`, holds: any part of the settings. */
export type PartialSettings = Readonly<Partial<Settings>>;
