/** The retry fact: code that may run an operation more than once because it failed, and how it goes about it. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Library, Retry } from '../../catalog/schema.js';
import type { Module, Variable } from '../module.js';
import type { Env, Value } from '../values.js';

/** How the waits between attempts develop. `server`: the other side says how long. */
export type Growth = 'none' | 'constant' | 'linear' | 'exponential' | 'server' | 'unknown';

/** How random a wait is. `clipped`: random at first, and no more once the cap is reached. */
export type Jitter = 'none' | 'weak' | 'clipped' | 'yes' | 'unknown';

/** One wait between attempts. */
export interface Wait {
  readonly growth: Growth;
  readonly jitter: Jitter;
  /** The longest waits by attempt, ms, as far as the attempts allow; empty where they are not known. */
  readonly samples: readonly number[];
  /** The waits stop growing. `null`: cannot be known. */
  readonly capped: boolean | null;
  /** Where the delay is written; the scope's head where it is not in the file. */
  readonly report: TSESTree.Node;
  /** The expression of the delay that a fix may replace, and what is known of it. */
  readonly delay: DelayExpression | null;
}

/** A delay in milliseconds that stands in the scope itself. */
export interface DelayExpression {
  readonly node: TSESTree.Node;
  /** The variable that counts the attempts there, and its value at the first wait. */
  readonly counter: { readonly variable: Variable; readonly first: number } | null;
  readonly baseMs: number | null;
}

/** How the attempts end. `fatal`: the library dies of the value; `unreachable`: there is a limit that is not always reached. */
export type LimitState = 'limited' | 'unbounded' | 'unreachable' | 'fatal' | 'unknown';

/** What the scope runs again: a statement, a function, an expression. */
export interface Run {
  readonly node: TSESTree.Node;
  readonly module: Module;
  /** What it is called with, where that is known. */
  readonly env?: Env;
}

export type ScopeKind =
  'library' | 'client' | 'loop' | 'recursion' | 'timer' | 'chain' | 'interceptor' | 'helper' | 'decorator';

/** What a scope does with failures that a further attempt cannot mend. */
export interface Selectivity {
  /** `everything`: no look at the failure; `filtered`: some are let through; `unknown`. */
  readonly failures: 'everything' | 'filtered' | 'unknown';
  /** Whether the wait that an answer asks for is honoured; `null`: it cannot be known, or does not matter. */
  readonly retryAfter: boolean | null;
  /** Answers that say no are repeated, whatever they say: `if (!response.ok) continue`. */
  readonly answers?: boolean;
  /** Whether an abort, or the time limit of one attempt, is repeated too; `null`: it cannot be known. */
  readonly abort: boolean | null;
}

/** Code that may run an operation more than once because it failed. */
export interface RetryScope {
  readonly kind: ScopeKind;
  readonly module: Module;
  /** The construct: a loop, a call, a construction. */
  readonly node: TSESTree.Node;
  /** Where an absence is reported: the loop's head, the callee, the recursive call. */
  readonly head: { readonly node: TSESTree.Node; readonly loc?: TSESTree.SourceLocation };
  /** For messages: `p-retry`, `this loop`. */
  readonly name: string;
  /** Set up by this project's code; else what a client does by default. */
  readonly explicit: boolean;
  readonly runs: readonly Run[];
  /** Attempts in all, the first included; `null`: not known. */
  readonly attempts: number | null;
  readonly limit: LimitState;
  /** Where the limit is written. */
  readonly limitSite: TSESTree.Node | null;
  /** Empty: there is none. */
  readonly waits: readonly Wait[];
  /** Something is awaited between attempts of which nothing is known. */
  readonly waitsUnknown: boolean;
  readonly selectivity: Selectivity;
  /** HTTP methods that are repeated; `null`: all. */
  readonly methods: readonly string[] | null;
  readonly loop: LoopShape | null;
  readonly options: OptionsShape | null;
  /** Its delays and limits are judged where it is made: only what it runs is judged here. */
  readonly elsewhere?: boolean;
  /** What the call of a helper says about its attempts and waits. */
  readonly given?: GivenPolicy;
  /** It is installed on a client: what it runs are the calls of that client. */
  readonly installed?: boolean;
  /** A driver's transaction, whose own operations are rolled back before they are run again. */
  readonly transaction?: Library | 'store';
  /** It runs again only after the other side has refused to do anything: after a 429. */
  readonly refusedOnly?: boolean;
}

/** What the caller of a helper or decorator decides by its arguments. */
export interface GivenPolicy {
  /** The helper, as it is when nobody says anything. */
  readonly base: RetryScope;
  /** The arguments, and the members of those that are objects; and what the helper does without them. */
  readonly parts: readonly { readonly node: TSESTree.Node; readonly without: () => RetryScope | null }[];
}

/** What fixes of hand-written loops need to know. */
export interface LoopShape {
  readonly node: TSESTree.Node;
  /** Where a wait can be inserted so that each way into the next attempt passes it; `null`: in several places. */
  readonly waitAt: { readonly before: TSESTree.Node | null; readonly block: TSESTree.BlockStatement } | null;
  readonly counter: { readonly variable: Variable; readonly first: number } | null;
  readonly async: boolean;
}

/** What fixes of library options need to know. */
export interface OptionsShape {
  readonly library: Library;
  readonly retry: Retry;
  readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
  /** Index of the argument that holds the options. */
  readonly index: number;
  readonly value: Value;
  readonly policy: string | null;
}
