/** What a proof says about a library: how to load it, and how to start one call of each of its clients. */
import type { Socket } from 'node:net';
import type { Phase } from '../../../src/catalog/schema.js';
import type { Target } from './servers.js';

/** A module as it comes from `import()`; proofs of behaviour are not typed, those of types are. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

/** One call to start. */
export interface Start {
  /** The library. */
  readonly lib: Loose;
  /** Loads another package of the proofs. */
  readonly load: (name: string) => Promise<Loose>;
  readonly target: Target;
  /** Configuration for the construction, the bound included. */
  readonly config: Loose;
  /** Options for the call, the bound included. */
  readonly options: Loose;
  /** Limits that are set by a method of what the operation returns. */
  readonly chain: Loose;
  readonly method: 'GET' | 'POST';
  /** The proof is about a timer that needs a listener: give it one that destroys the request. */
  readonly listen: boolean;
}

/** How to start a call of one client of the catalog. */
export interface Subject {
  /** Constructs, calls, reads the answer to its end. Settles when the caller would go on. */
  readonly start: (start: Start) => Promise<unknown> | PromiseLike<unknown>;
  /** Configuration that switches retries off while bounds are shown. */
  readonly quiet?: Loose;
  /** Configuration in its place while default limits are shown. */
  readonly quietLimits?: Loose;
  /** The same for the options of a call. */
  readonly quietOptions?: Loose;
  /** Bounds that are shown without `quiet`, since it changes what they do. */
  readonly loud?: readonly string[];
  /**
   * Does what the protocol wants before the first request, and with `begins` starts an answer that never ends; absent: HTTP.
   */
  readonly handshake?: (socket: Socket, begins?: boolean) => void;
  /** The handshake can begin an answer. */
  readonly begins?: true;
  /** As `start`, with a pool whose only connection is taken. */
  readonly pool?: Subject['start'];
  /** Phases that cannot be run here, and why. */
  readonly unrunnable?: Partial<Record<Phase, string>>;
  /** Bounds (`option`, or `option@place`) that cannot be run here, and why. */
  readonly skip?: Readonly<Record<string, string>>;
  /** Limit of the proofs' own bounds, ms: more where the library's timers are coarse. Default 300. */
  readonly ms?: number;
  /** Content type of answers. */
  readonly type?: string;
  /** How retries are provoked. `false`: not by HTTP. Default 503. */
  readonly retry?: { readonly by: number | 'reset'; readonly methods?: readonly ('GET' | 'POST')[] } | false;
  /** Why the retry claims cannot be run here. */
  readonly retrySourceOnly?: string;
  /** Why the default limits cannot be run under the fast clock. */
  readonly defaultSourceOnly?: string;
}

/** How to run an operation under a policy of the catalog. */
export interface PolicySubject {
  /** Runs `operation` once under the policy with these options. */
  readonly run: (run: {
    readonly lib: Loose;
    readonly load: (name: string) => Promise<Loose>;
    readonly operation: () => Promise<unknown>;
    readonly options: Loose;
    /** Limit in ms (timeouts) or number (limiters) where it is an argument. */
    readonly argument?: Loose;
  }) => Promise<unknown>;
  /** Runs many operations through one limiter. */
  readonly many?: (run: {
    readonly lib: Loose;
    readonly operations: readonly (() => Promise<unknown>)[];
    readonly options: Loose;
    readonly argument?: Loose;
  }) => Promise<unknown>;
  readonly sourceOnly?: string;
}

/** The proofs of one library. */
export interface Behaviour {
  /** The entry's name. */
  readonly library: string;
  /** Packages (aliases) under which its versions are installed; `node: 24` where it needs a newer Node. */
  readonly versions: readonly { readonly package: string; readonly node?: 24 }[];
  readonly clients?: Readonly<Record<string, Subject>>;
  readonly policies?: Readonly<Record<string, PolicySubject>>;
  /** Clients whose calls are those that another one's `start` makes: their bounds and limits must be the same. */
  readonly same?: Readonly<Record<string, string>>;
  /** Clients or policies that are not run here, and why. */
  readonly sourceOnly?: Readonly<Record<string, string>>;
}

/** Identity, for the type. */
export const behaviour = (value: Behaviour): Behaviour => value;
