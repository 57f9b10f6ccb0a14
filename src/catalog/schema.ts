/**
 * The shape of what is known about a library. Entries are data: somebody who knows the library, but not this project,
 * should be able to read one and say whether it is true. All durations are milliseconds unless a name says otherwise.
 */

/** What kind of downstream a client talks to. */
export type Family = 'http' | 'rpc' | 'sdk' | 'store' | 'queue' | 'policy';

/** What repeating an operation would do. */
export type Effect = 'read' | 'idempotent-write' | 'non-idempotent-write' | 'unknown';

/**
 * The parts of a call that can hang, in their order.
 * - `pool`: waiting for a free connection of a pool
 * - `connect`: the TCP (and TLS) connect, which the operating system ends after minutes
 * - `handshake`: what the protocol exchanges before the first request
 * - `headers`: waiting for the answer to begin
 * - `body`: reading the answer to its end
 */
export type Phase = 'pool' | 'connect' | 'handshake' | 'headers' | 'body';

/** A semver range, as npm writes it; absent means every version. */
export type VersionRange = string;

/**
 * Where an options object stands among the arguments (zero-based).
 * - a number: always there
 * - a list: the first of these whose argument is an object and not a URL or a string (`axios(url?, config)`)
 * - `'last'`: the last argument, whose index depends on the method (`stripe.charges.retrieve(id, params?, options?)`)
 */
export type Position = number | readonly number[] | 'last';

/** A value that a library treats in its own way. */
export type SpecialValue = 0 | 'Infinity' | 'negative' | false | null | 'number' | 'above-2^31';

/** What ends a call. */
export interface Bound {
  /** Dotted path below the options object: `timeout`, `timeout.request`, `requestHandler.socketTimeout`. */
  readonly option: string;
  /**
   * Where the library reads it. `chain`: it is no option but a method of what the operation returns
   * (`request.get(url).timeout(500)`), called with the limit, or with an object of limits for a dotted path
   * (`timeout.response`). `method`: a method of the client, called with the limit before the calls that it shall bind
   * (`sgMail.setTimeout(500)`).
   */
  readonly where: 'call' | 'construction' | 'both' | 'chain' | 'method';
  /**
   * What the option takes: milliseconds, seconds, a duration string beside milliseconds, an absolute point in time
   * (`Date` or epoch milliseconds), an `AbortSignal`, an `AbortController`, or a cancel token of the library.
   */
  readonly takes: 'ms' | 's' | 'ms-or-text' | 'epoch' | 'signal' | 'controller' | 'token';
  /**
   * - `total`: the wall clock of the whole call, retries included
   * - `attempt`: the wall clock of one attempt
   * - `idle`: restarts whenever something arrives
   * - `server`: only asks the other side to stop, which a dead server never does
   * - `no-effect`: type-checks or looks right, and ends nothing
   */
  readonly kind: 'total' | 'attempt' | 'idle' | 'server' | 'no-effect';
  /** The phases that it ends (for `server` and `no-effect`: those that it seems to end). */
  readonly phases: readonly Phase[];
  /** Phases in which it restarts with each chunk, although its kind says otherwise (axios: the body). */
  readonly idleIn?: readonly Phase[];
  /** Values that switch the limit off. */
  readonly none?: readonly SpecialValue[];
  /** Values with which the call fails at once, or throws. */
  readonly misread?: readonly SpecialValue[];
  /**
   * Phases that it leaves open and that are not asked for where it is set: the answers come in one piece, or the library
   * has nothing that limits them.
   */
  readonly tolerates?: readonly Phase[];
  /** Values that mean "as the client, or the library, has it". */
  readonly inherits?: readonly SpecialValue[];
  /** Sibling option (dotted path) that must be truthy for this one to bind. */
  readonly requires?: string;
  /** Sibling option (dotted path) whose presence switches this one off (ofetch drops `timeout` when given a `signal`). */
  readonly droppedBy?: string;
  /** For `no-effect`: how the failure is best called. */
  readonly fault?: 'ignored' | 'wrongPhase' | 'wrongUnit' | 'misread';
  /** A timer of this bound only emits an event: it binds when a listener of the request destroys it. */
  readonly needsListener?: boolean;
  /** The library reads it, but its declarations do not have it at that place: a fix there would not compile. */
  readonly untyped?: 'call' | 'construction';
  readonly versions?: VersionRange;
  /** Fixes write this one: `1` is tried first. Absent: fixes never write it. */
  readonly fix?: number;
  /** Where the fact comes from: version and file read, or the run that showed it. */
  readonly source: string;
}

/** What ends a phase when nobody says anything. */
export interface DefaultLimit {
  readonly phases: readonly Phase[];
  /** Milliseconds, or `never`. With built-in retries: of one attempt. */
  readonly ms: number | 'never';
  readonly versions?: VersionRange;
  readonly source: string;
}

/** One operation, or several that differ in nothing but their name. */
export interface Operation {
  /** Names of the method; `()` is a call of the client itself, `new` its construction, a trailing or leading `*` a wildcard. */
  readonly name: string | readonly string[];
  readonly effect: Effect | EffectRule;
  /** The HTTP method that it sends, where the name settles it. */
  readonly method?: string;
  readonly options?: Position;
  /** Index of the argument that names the target: a URL, a path, a queue. */
  readonly target?: number;
  /** Index of the argument that is sent (a body, a command, SQL text): what an effect may be read from. */
  readonly payload?: number;
  /** What begins the work. Default: `call`. */
  readonly starts?: 'call' | 'await' | 'subscribe' | 'iterate';
  /** How long it usually takes at most, ms: what a fix inserts in place of `timeoutMs`. */
  readonly usualMs?: number;
  /** The longest bound that makes sense for it, ms. */
  readonly maxMs?: number;
  /** An argument that may bring options along: `fetch(new Request(url, init))`. */
  readonly carrier?: { readonly argument: number; readonly type: string; readonly config: number };
  /** Its answer is a stream: a lifetime would cut a healthy one. */
  readonly stream?: boolean;
  /** Its answer is a stream when this member of the payload or of the options has this value (`stream: true`). */
  readonly streamWhen?: { readonly in: 'payload' | 'options'; readonly option: string; readonly is: string | boolean };
  /** Bounds that differ from the client's. */
  readonly bounds?: readonly Bound[];
  /** Phases that can hang in this operation. Default: those of the client's defaults. */
  readonly phases?: readonly Phase[];
  /**
   * Methods further down the chain that change what repeating it does: `.onConflictDoNothing()` after an insert.
   */
  readonly chain?: Readonly<Record<string, Effect>>;
  /** How its answer says that it failed: by rejecting, or by a status that somebody must look at. */
  readonly failure?: 'rejects' | 'status';
  readonly idempotencyKey?: IdempotencyKey;
  /** It runs the function in this argument, and runs it again when it fails (a driver's own transactions). */
  readonly reruns?: { readonly argument: number; readonly retry: Retry };
  readonly versions?: VersionRange;
}

/** An effect that must be read from the call. */
export interface EffectRule {
  /**
   * - `http-method`: from the `method` option (dotted path `option`), else `default`
   * - `sql`: from the text in the payload
   * - `graphql`: from the document in the payload
   * - `command`: from the class name of the command in the payload (`new SendMessageCommand()`)
   * - `name`: from the method's own name (create, send: a write; get, list, retrieve: a read)
   * - `update`: from the members of the payload, at any depth (`{ $inc: { n: 1 } }`, `{ n: { increment: 1 } }`): the worst of
   *   those that `names` has; plain values alone are an idempotent write. `option`: where in the payload they stand
   */
  readonly from: 'http-method' | 'sql' | 'graphql' | 'command' | 'name' | 'update';
  readonly option?: string;
  /**
   * Names (of the command, the method or the member; `*` at either end is a wildcard, case does not count) whose effect is
   * known; the longest name wins.
   */
  readonly names?: Readonly<Record<string, Effect>>;
  readonly default: Effect;
}

/** How a request says "this is the same one again". */
export interface IdempotencyKey {
  /** `header`: a header of the options; `option`: a member of the options; `payload`: a member of what is sent. */
  readonly in: 'header' | 'option' | 'payload';
  /** Dotted path, or the header's name. */
  readonly name: string;
  /** The library makes a key by itself that lives as long as one call. */
  readonly automatic?: boolean;
}

/** A retry as a library does it, unless options say otherwise. */
export interface RetryBehaviour {
  readonly versions?: VersionRange;
  /** Attempts in all, the first included. */
  readonly attempts: number | 'unbounded';
  readonly delay: 'none' | 'constant' | 'linear' | 'exponential';
  readonly baseMs?: number;
  readonly factor?: number;
  /** Longest single wait, ms; absent: none. */
  readonly capMs?: number;
  readonly jitter: 'none' | 'weak' | 'yes';
  /** HTTP methods that are repeated; absent: all. */
  readonly methods?: readonly string[];
  readonly source: string;
}

/**
 * The options that govern a retry. Each is a dotted path below the options object; where a member is constructed
 * (`backoff: new ExponentialBackoff({ maxDelay: 1 })`), the path goes on into the construction's first argument.
 */
export interface RetryOptions {
  /** The number, and whether it counts the first attempt. */
  readonly attempts?: { readonly option: string; readonly counts: 'retries' | 'attempts'; readonly bare?: boolean };
  readonly delay?: { readonly option: string; readonly unit: 'ms' | 's' };
  readonly factor?: string;
  readonly cap?: { readonly option: string; readonly unit: 'ms' | 's' };
  readonly jitter?: {
    readonly option: string;
    readonly on: readonly (string | boolean)[];
    /** A number above this one also switches it on (a fraction of the wait, or milliseconds). */
    readonly above?: number;
  };
  /** Option that names the kind of backoff: by a string, a boolean, the last name of a member, or the class that is constructed. */
  readonly shape?: {
    readonly option: string;
    readonly values: Readonly<Record<string, Partial<Omit<RetryBehaviour, 'versions' | 'attempts' | 'methods'>>>>;
  };
  /**
   * Option that is put together from calls (`Schedule.exponential('1 second').pipe(Schedule.jittered)`): the names of those
   * that are looked for in it by `shape` and `jitter`, and of those that end the attempts.
   */
  readonly composed?: { readonly option: string; readonly limits: readonly string[] };
  /** Option that lifts the limit (`forever: true`). */
  readonly forever?: string;
  /** Option that takes a filter. */
  readonly filter?: string;
  /** A function of the attempt that gives the wait. */
  readonly delayFunction?: string;
  readonly signal?: string;
  /** What switches the retry off, as source text of the options' member: `retries: 0`. */
  readonly off?: string;
}

export interface Retry {
  readonly default: readonly RetryBehaviour[];
  readonly options?: RetryOptions;
  /** Where the options stand: below the client's configuration or the call's options. */
  readonly where?: 'call' | 'construction' | 'both' | 'chain';
  /** Dotted path in the configuration below which the options of the call have their defaults (`defaultJobOptions`). */
  readonly below?: string;
}

/** A type of client. */
export interface ClientType {
  /**
   * The names under which a type checker shows it: symbol, alias or base class. A bare name belongs to the library's own
   * packages; `package#Name` to another one. A `*` at either end matches the names of a generator (`Resource$*`).
   */
  readonly types: readonly string[];
  /**
   * Types that its operations return, by which a generated client is known whose own type is declared in the project
   * (`PrismaPromise`).
   */
  readonly answers?: readonly string[];
  readonly operations: readonly Operation[];
  /** Methods of the client that reach no network, where `operations` holds a wildcard. */
  readonly local?: readonly string[];
  /** Property (a dotted path, `*` for any) → the client type that it holds. */
  readonly members?: Readonly<Record<string, string>>;
  /** Methods that make another client from this one. */
  readonly derives?: readonly Derivation[];
  /** Dotted path, from the client, of the object that holds its defaults: `defaults`. */
  readonly defaults?: string;
  readonly bounds: readonly Bound[];
  readonly limits: readonly DefaultLimit[];
  /** Where a missing bound is reported: where the client is built, or where it is called. */
  readonly judged: 'construction' | 'call';
  readonly retry?: Retry;
  /** Options position that operations share unless they say otherwise. */
  readonly options?: Position;
  readonly idempotencyKey?: IdempotencyKey;
  /** Dotted path in the configuration that names the downstream. */
  readonly target?: string;
  /** Dotted path in the configuration (`''`: the configuration itself) of an address whose query may set bounds, by their names. */
  readonly address?: string;
  /** Dotted path in the configuration of a function that takes the place of `fetch`: what limits that limits each call. */
  readonly fetch?: string;
  /** Option of a call that names another client whose configuration bounds it: undici's `dispatcher`. */
  readonly through?: string;
  /** A client that is mostly handed to others' calls: without a call of its own, its construction alone is not judged. */
  readonly handedOn?: boolean;
  /** Options with which it sends by way of something else, which has the limits: nodemailer's `SES`. */
  readonly handsOver?: readonly string[];
  /** This setting says that the client is meant to wait without a limit: a BullMQ worker's connection. */
  readonly waitsWhen?: { readonly option: string; readonly is: null | boolean };
  /** Values of an option with which every answer resolves, whatever its status is; `accepts-all`: a function that says so. */
  readonly lenient?: {
    readonly option: string;
    readonly is: readonly (boolean | null | 'accepts-all')[];
    readonly source: string;
  };
  /** Names of options that are never part of what is sent: what shows that options stand in the payload's place. */
  readonly optionNames?: readonly string[];
}

/** A method that makes a client from a client, or a function that makes one. */
export interface Derivation {
  /** `*`: every method that is not `local`. */
  readonly name: string;
  /** Client type that comes out. */
  readonly type: string;
  /** Which argument is the configuration; absent: none. */
  readonly config?: Position;
  /** Every argument from the configuration on is one, the last of them on top: `got.extend(shared, own)`. */
  readonly merges?: boolean;
  /** The member of that argument whose function makes the configuration: `registerAsync({ useFactory })`. */
  readonly configFrom?: string;
  /** Which argument names the target, where it is not in the configuration. */
  readonly target?: number;
  /** The configuration of the parent holds where the new one is silent. */
  readonly inherits?: boolean;
  /** The configuration that an argument's client brings along: `drizzle(pool)`, `RetryAgent(agent)`. */
  readonly over?: number;
  /** Dotted path, in that argument, of the client: `new Kysely({ dialect: new PostgresDialect({ pool }) })`. */
  readonly overPath?: string;
}

/** What a name that the package exports is. */
export type Export =
  | { readonly is: 'client'; readonly type: string }
  | ({ readonly is: 'class' | 'factory' } & Omit<Derivation, 'name'>)
  | { readonly is: 'operation'; readonly type: string; readonly operation: string }
  /** A class whose objects stand for the options that they are made of: `new NodeHttpHandler({ socketTimeout })`. */
  | { readonly is: 'options'; readonly argument: number }
  | { readonly is: 'namespace'; readonly exports: Readonly<Record<string, Export>> }
  | { readonly is: 'policy'; readonly policy: string };

/** A function or class that runs somebody else's operation under a policy. */
export interface Policy {
  readonly kind: 'retry' | 'timeout' | 'breaker' | 'bulkhead' | 'limiter' | 'rate-limit' | 'fallback' | 'wrap';
  /** Index of the argument that is run (a function; for p-timeout a promise), on `run` or on the export itself. */
  readonly operation?: number;
  /** The operation is handed over at construction (`new CircuitBreaker(fn)`) and run by these methods. */
  readonly runs?: readonly string[];
  /**
   * The export makes a policy, and these methods of it take the operation and run it (`retry(handleAll, {}).execute(fn)`);
   * `()`: the policy itself is called with it (`pLimit(4)(fn)`).
   */
  readonly run?: readonly string[];
  /** Index of the argument whose client runs all its calls under the policy from then on (`axiosRetry(instance)`). */
  readonly installs?: number;
  /** The export makes a function that runs the operation on each call (`makeRetriable(fn)`, `limiter.wrap(fn)`). */
  readonly makes?: 'function';
  /** The operation is a promise that already runs, not a function. */
  readonly takes?: 'function' | 'promise';
  /** Index of the options. */
  readonly options?: Position;
  readonly types?: readonly string[];
  readonly retry?: Retry;
  /** How the limit is given, for timeouts (dotted path, or an argument index). */
  readonly limit?: {
    readonly option?: string;
    readonly argument?: number;
    readonly defaultMs?: number | 'never';
    readonly none?: readonly SpecialValue[];
  };
  /**
   * The limit ends the caller's wait, although the operation goes on, only if this argument (a string, the last name of a
   * member, or its option `strategy`) is one of these values. Absent: it always does, unless `cancels` is `signal`.
   */
  readonly races?: { readonly argument: number; readonly option?: string; readonly values: readonly string[] };
  /** Whether the operation is cancelled, by what: a signal handed to it, or nothing. */
  readonly cancels?: 'signal' | 'nothing';
  /** How many at once, for limiters. */
  readonly concurrency?: {
    readonly option?: string;
    readonly argument?: number;
    readonly default: number | 'unbounded';
  };
  readonly source: string;
}

/** Everything that is known about a library. */
export interface Library {
  /** The name for messages: `axios`, `the AWS SDK`. */
  readonly name: string;
  /** Packages that export it; a `*` at the end matches a family. `global` is the platform itself. */
  readonly packages: readonly string[];
  readonly family: Family;
  /** Versions on which the facts were shown. */
  readonly verified: readonly string[];
  /** Names that the platform provides without an import. */
  readonly globals?: Readonly<Record<string, Export>>;
  /** Exported names (`default`, `create`, `*Client`) and what they are. */
  readonly exports: Readonly<Record<string, Export>>;
  /** Client types, by a name that is unique in this library. */
  readonly clients?: Readonly<Record<string, ClientType>>;
  readonly policies?: Readonly<Record<string, Policy>>;
  /** What goes wrong with it in practice, a sentence each; shown on the clients page. */
  readonly traps?: readonly string[];
}
