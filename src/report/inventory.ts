/**
 * The inventory of downstreams as data: what `report --format json` writes and `merge` reads. Keys are only added while
 * `schemaVersion` stays the same. Paths are relative to `root`, with forward slashes; lists are sorted; nothing in it depends on the
 * machine or the time: the same code gives the same bytes. What `derive.ts` works out is at the end, and worked out anew by a merge.
 */
import type { Effect, Family } from '../catalog/schema.js';

/** What is known of a practice. `not-needed`: a read needs no idempotency key. */
export type Answer = 'yes' | 'no' | 'unknown' | 'not-needed';

/** A place in the code: where something is, or why something is believed. */
export interface Place {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** Why something is believed: a place, and its code. */
export interface Evidence extends Place {
  /** The lines around it, from `firstLine` on. */
  readonly code: string;
  readonly firstLine: number;
}

/** A practice at one call, or of a downstream as a whole. */
export interface Practice {
  readonly answer: Answer;
  /** A few words: `5 s, its own option`, `nothing limits it`. */
  readonly text: string;
  /** It is known to be wrong: a write that is retried without a key, where a read without one is not. */
  readonly wrong: boolean;
  readonly evidence: readonly Evidence[];
}

/** Everything that is looked at; the order is that of the columns. */
export const practices = [
  'timeout',
  'retry',
  'idempotency',
  'guard',
  'bulkhead',
  'fallback',
  'failureTest',
  'runbook',
] as const;
export type PracticeName = (typeof practices)[number];

/** How long one call may take, and how often it is made. */
export interface Cost {
  /** Of one attempt, ms; `never`: nothing ends it; `null`: not known. */
  readonly attemptMs: number | 'never' | null;
  /** The limit starts anew whenever something arrives: a slow answer may take longer. */
  readonly idle: boolean;
  /** By the client itself, the first included; `null`: not known. */
  readonly attempts: number | null;
  /** All waits between them, ms; `null`: not known. */
  readonly waitMs: number | null;
  /** Of all attempts together, ms, where the limit is one for the whole; `null`: there is none. */
  readonly totalMs: number | null;
}

/** One downstream call. A call through a wrapper stands where the wrapper is called. */
export interface CallSite extends Evidence {
  /** `path#line:column`; with a number behind it where one place calls several downstreams. */
  readonly id: string;
  readonly service: string;
  /** A name of the settings, a host, a variable of the environment, a SaaS; `null`: not known. */
  readonly downstream: string | null;
  /** The library: `axios`, `the AWS SDK for SQS`. */
  readonly client: string;
  /** The file that builds its client, else its own: what tells downstreams without a name apart. */
  readonly origin: string;
  readonly family: Family;
  /** `get`; `()` for a client that is called itself. */
  readonly operation: string;
  /** The HTTP method, where it is known. */
  readonly method: string | null;
  readonly effect: Effect;
  /** The call of the client itself, where this one leads to it through a wrapper. */
  readonly through: Evidence | null;
  readonly timeout: Practice;
  readonly retry: Practice;
  readonly idempotency: Practice;
  readonly guard: Practice;
  readonly bulkhead: Practice;
  readonly fallback: Practice;
  readonly cost: Cost;
}

/** What running a piece of code does, as far as downstream calls go. */
export type Step =
  | { readonly call: string }
  /** A function of the project, by its id. `instead`: calls of the function's own, and what they are when they are made from here. */
  | { readonly run: string; readonly instead?: Readonly<Record<string, string>> }
  | { readonly seq: readonly Step[] }
  /** At the same time. */
  | { readonly par: readonly Step[] }
  /** One of them. */
  | { readonly alt: readonly Step[] }
  /** A retry: attempts in all and all waits together, ms; `null`: not known. */
  | {
      readonly retry: Step;
      readonly name: string;
      readonly attempts: number | null;
      /** Nothing ends the attempts. */
      readonly endless: boolean;
      readonly waitMs: number | null;
      readonly at: Evidence;
    }
  /** As often as there are elements. `atOnce`: all at the same time. */
  | { readonly each: Step; readonly atOnce: boolean }
  /** Under policies. `limitMs`: how long all of it may take; `null`: as long as it takes. */
  | { readonly under: Step; readonly kinds: readonly string[]; readonly limitMs: number | null; readonly at: Evidence }
  /** Whose failure goes no further. */
  | { readonly caught: Step; readonly at: Evidence }
  /** That nobody waits for. */
  | { readonly detached: Step };

/** A function that leads to downstream calls, or to functions outside of what was looked at. */
export interface FunctionFlow extends Place {
  /** `path#Class.method`; several of one name in one file are told apart by `~2`. */
  readonly id: string;
  readonly service: string;
  /** For people: `POST /checkout`, `OrdersService.create`. */
  readonly name: string;
  /** A route, a listener, a consumer, a command, a test: what runs it, where that is no function of the project. */
  readonly entry: 'route' | 'handler' | 'exported' | 'main' | 'test' | null;
  readonly steps: Step;
}

/** A package whose code makes the calls. */
export interface Service {
  /** Of its package.json, else the directory's. */
  readonly name: string;
  readonly path: string;
}

/** What the settings say of a downstream. */
export interface NamedDownstream {
  readonly name: string;
  readonly critical: boolean;
}

/** What shows that a downstream has a runbook, or that its failures are tested. It is known as call sites know it. */
export interface Proof {
  readonly downstream: string | null;
  readonly client: string;
  readonly origin: string;
  readonly practice: 'failureTest' | 'runbook';
  readonly answer: Answer;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** A finding of a rule, with what mends it. */
export interface RankedFinding extends Evidence {
  readonly endLine: number;
  readonly endColumn: number;
  readonly ruleId: string;
  readonly messageId: string;
  readonly message: string;
  /** Address of the rule's page. */
  readonly docs: string;
  readonly downstream: string | null;
  readonly client: string | null;
  readonly fix: Fix | null;
  readonly risk: Risk;
  /** The name of its downstream in `downstreams`; `null`: not known. Worked out from the calls. */
  readonly about: string | null;
  /** How many entry points wait for that downstream. Worked out from the flows. */
  readonly entryPoints: number;
}

/**
 * - `high`: the service stops answering, or does something twice
 * - `medium`: a failure of one downstream gets larger, or takes others with it
 * - `low`: it is harder to see, or to get over
 */
export type Risk = 'high' | 'medium' | 'low';

/** What mends a finding: `automatic` by `scan --fix`; else what an editor offers. */
export interface Fix {
  readonly automatic: boolean;
  readonly description: string;
  /** The lines that change, before and after. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** How well calls of a downstream are protected, worst first. */
export const protections = ['exposed', 'at-risk', 'unknown', 'bounded', 'guarded'] as const;
/**
 * - `exposed`: nothing ends one of its calls
 * - `at-risk`: its calls end, but a finding says that something else goes wrong
 * - `unknown`: whether its calls end cannot be told
 * - `bounded`: each call ends
 * - `guarded`: each call ends, and runs in a circuit breaker
 */
export type Protection = (typeof protections)[number];

/** Everything about one downstream. Worked out from the calls. */
export interface Downstream {
  readonly name: string;
  /** Unique, for file names and links. */
  readonly slug: string;
  readonly family: Family;
  readonly clients: readonly string[];
  readonly services: readonly string[];
  /** As the settings say; `null`: they say nothing. */
  readonly critical: boolean | null;
  readonly protection: Protection;
  /** Ids. */
  readonly calls: readonly string[];
  /** Ids of entry points whose answer waits for it, and fails with it. */
  readonly onPathOf: readonly string[];
  readonly practices: Readonly<Record<PracticeName, Practice>>;
  /** How many findings are about it. */
  readonly findings: number;
}

/** Where work begins: a route, a consumer, an exported function that nobody in the project calls. Worked out from the flows. */
export interface EntryPoint extends Place {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly entry: 'route' | 'handler' | 'exported' | 'main';
  /** When everything that it waits for answers as late as it may. */
  readonly worst: Worst;
  /** Downstreams that it cannot answer without. */
  readonly critical: readonly string[];
  /** Downstreams that it calls, and can do without. */
  readonly optional: readonly string[];
  /** Calls on its way, in order: ids with the functions that lead to them. */
  readonly steps: readonly { readonly call: string; readonly by: readonly string[] }[];
}

export interface Worst {
  /** ms; `never`: something on the way never ends; `null`: nothing on the way has a length that is known. */
  readonly ms: number | 'never' | null;
  /** Of what on the way has an end, ms; `null`: nothing has a length that is known. */
  readonly limitedMs: number | null;
  /** Requests to downstreams; `null`: no end. */
  readonly attempts: number | null;
  /** It may be more: there are parts whose length, or number, is not known. */
  readonly atLeast: boolean;
}

export interface Inventory {
  readonly schemaVersion: 1;
  readonly kind: 'resilience-inventory';
  readonly tool: { readonly name: 'eslint-plugin-resilience'; readonly version: string };
  /** From the repository's root to the directory that paths are relative to; `''`: the root itself, or there is none. */
  readonly root: string;
  readonly services: readonly Service[];
  readonly files: readonly { readonly path: string; readonly types: boolean }[];
  readonly named: readonly NamedDownstream[];
  readonly calls: readonly CallSite[];
  readonly functions: readonly FunctionFlow[];
  readonly proofs: readonly Proof[];
  /** Most pressing first. */
  readonly findings: readonly RankedFinding[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly problems: readonly {
    readonly kind: string;
    readonly path: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly message: string;
  }[];
  // Worked out from what stands above, as are the ranks of the findings.
  readonly downstreams: readonly Downstream[];
  readonly entryPoints: readonly EntryPoint[];
  readonly summary: Summary;
}

export interface Summary {
  readonly files: number;
  readonly calls: number;
  readonly downstreams: number;
  readonly byProtection: Readonly<Record<Protection, number>>;
  readonly entryPoints: number;
  readonly findings: number;
}

/** A finding, before it is known what else there is. */
export type FindingFacts = Omit<RankedFinding, 'about' | 'entryPoints' | 'risk'>;

/** What a part is made of: the rest is worked out from it. */
export type InventoryFacts = Omit<Inventory, 'downstreams' | 'entryPoints' | 'summary'>;
