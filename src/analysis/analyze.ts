/** The one door of the analysis: the facts of a file, computed once, each when it is first asked for. */
import type { ParserServices, TSESTree } from '@typescript-eslint/utils';
import type { Settings } from '../settings.js';
import { cutOffs } from './budget.js';
import { candidacyOf, takesFunction } from './candidates.js';
import { constructionAt, downstreamCallAt, type CallNode, type DownstreamCall } from './calls.js';
import { defaultWait, type Verdict } from './bounds.js';
import { Evaluator } from './evaluate.js';
import { isBundle, mayHoldCalls, mayRetry } from './fast-path.js';
import { droppedSignals, type DroppedSignal } from './forwarding.js';
import { IsolationFacts } from './isolation/facts.js';
import { ineffectiveBounds, type IneffectiveBound } from './ineffective.js';
import { useOwnLibraries } from './libraries.js';
import { walk, type Module } from './module.js';
import { ownLibraries, type OwnLibraries } from './own.js';
import { findParser, Modules } from './modules.js';
import {
  collectCalls,
  judgeCall,
  subjectOfCall,
  timeoutsOf,
  type Construction,
  type TimeoutContext,
  type TimeoutFact,
} from './timeouts.js';
import { reachOf, type Reach } from './retries/reach.js';
import { retriesOf } from './retries/retries.js';
import type { RetryScope } from './retries/scope.js';
import { createTypeOracle } from './types.js';
import type { Env, FunctionValue } from './values.js';

/** What the analysis needs of its host: ESLint, oxlint, or a project that was opened without either. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopeManager: Module['scopes'] | null;
  readonly visitorKeys: Module['visitorKeys'];
  readonly parserServices: Partial<ParserServices> | null | undefined;
  /** The host's parser, with which other files are read. */
  readonly parser: unknown;
}

/** The facts of a file. */
export interface Facts {
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly settings: Settings;
  /** Every expression that starts network work. */
  readonly calls: readonly DownstreamCall[];
  /** Every client that is built in the file. */
  readonly constructions: readonly Construction[];
  readonly timeouts: readonly TimeoutFact[];
  /** Bounds that are there and do not bind. */
  readonly ineffective: readonly IneffectiveBound[];
  /** Calls that drop the signal of their function. */
  readonly droppedSignals: readonly DroppedSignal[];
  /** What keeps one failing downstream from taking more with it. */
  readonly isolation: IsolationFacts;
  /** Code that may run an operation more than once because it failed. */
  readonly retries: readonly RetryScope[];
  /** How well a call is bounded, with the functions around it called as `env` says. */
  readonly boundOf: (call: DownstreamCall, env?: Env) => Verdict;
  /** How long a call waits when nobody says anything, ms. */
  readonly defaultWaitOf: (call: DownstreamCall) => number | 'never';
  /** The downstream call that a node of any module is. */
  readonly callAt: (node: CallNode, module: Module) => DownstreamCall | null;
  /** Downstream calls inside a function of any module. */
  readonly callsIn: (fn: FunctionValue) => readonly DownstreamCall[];
  /** What a retry scope runs again. */
  readonly reachedBy: (scope: RetryScope) => Reach;
  /** The file says that a program wrote it. */
  readonly generated: boolean;
}

const memo = new WeakMap<TSESTree.Program, Map<Settings, Facts | null>>();

/** The facts of a file; `null` where it can hold nothing of interest. Memoised on the tree and the settings. */
export function analyze(source: Source, settings: Settings): Facts | null {
  useOwnLibraries(ownLibraries(settings));
  const bySettings = memo.get(source.ast) ?? new Map<Settings, Facts | null>();
  memo.set(source.ast, bySettings);
  const known = bySettings.get(settings);
  if (known !== undefined) return known;
  const facts =
    source.scopeManager && (mayHoldCalls(source.text) || mayRetry(source.text)) && !isBundle(source.text)
      ? new FileFacts(source, source.scopeManager, settings)
      : null;
  bySettings.set(settings, facts);
  return facts;
}

/** The modules of a program, and what is known of them: it differs with the names that settings add. */
interface Workspace {
  readonly modules: Modules;
  evaluators: Map<OwnLibraries | null, Evaluator>;
}

const workspaces = new WeakMap<object, Workspace>();
/** Without a program: those of the last files, and when the last of them began. */
let untyped: { readonly workspace: Workspace; at: number } | null = null;
/** Files that follow one another this quickly belong to one run, ms: nobody saves another file in between. */
const runMs = 2000;

/**
 * The evaluator of a program: what it remembers of other files ends with the program. Without one it serves the files of
 * one run, while everything that has been read is what is on disk; parsed files are kept longer.
 */
function evaluatorFor(program: object | null, parser: unknown, own: OwnLibraries): Evaluator {
  const { modules, evaluators } = program ? workspaceOf(program, parser) : untypedWorkspace(parser);
  const key = own.libraries.length > 0 ? own : null;
  const known = evaluators.get(key) ?? new Evaluator(modules);
  evaluators.set(key, known);
  return known;
}

function workspaceOf(program: object, parser: unknown): Workspace {
  const known = workspaces.get(program) ?? createWorkspace(program, parser);
  workspaces.set(program, known);
  return known;
}

function untypedWorkspace(parser: unknown): Workspace {
  const now = Date.now();
  untyped ??= { workspace: createWorkspace(null, parser), at: 0 };
  const { workspace } = untyped;
  const goesOn = now - untyped.at < runMs && workspace.modules.isUnchanged();
  if (!goesOn) workspace.evaluators = new Map();
  untyped.at = now;
  return workspace;
}

function createWorkspace(program: object | null, parser: unknown): Workspace {
  return { modules: new Modules(program, () => findParser(parser)), evaluators: new Map() };
}

/** The calls of a file, sorted. */
interface Scan {
  readonly calls: readonly DownstreamCall[];
  readonly constructions: readonly Construction[];
  readonly others: readonly CallNode[];
}

class FileFacts implements Facts {
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly settings: Settings;
  readonly generated: boolean;
  #scan: Scan | null = null;
  #context: TimeoutContext | null = null;
  #timeouts: readonly TimeoutFact[] | null = null;
  #retries: readonly RetryScope[] | null = null;
  readonly #reached = new WeakMap<RetryScope, Reach>();
  #ineffective: readonly IneffectiveBound[] | null = null;
  #dropped: readonly DroppedSignal[] | null = null;
  #isolation: IsolationFacts | null = null;

  constructor(source: Source, scopes: Module['scopes'], settings: Settings) {
    const types = createTypeOracle(source.parserServices);
    this.module = {
      path: source.path,
      text: source.text,
      ast: source.ast,
      scopes,
      visitorKeys: source.visitorKeys,
      types,
    };
    this.evaluator = evaluatorFor(types?.program ?? null, source.parser, ownLibraries(settings));
    this.evaluator.beginFile();
    this.evaluator.modules.adopt(this.module);
    this.settings = settings;
    this.generated = /@generated\b/.test(source.text.slice(0, 2000));
  }

  get calls(): readonly DownstreamCall[] {
    return this.#scanned().calls;
  }

  get constructions(): readonly Construction[] {
    return this.#scanned().constructions;
  }

  get timeouts(): readonly TimeoutFact[] {
    this.#timeouts ??= timeoutsOf(this.#timeoutContext());
    return this.#timeouts;
  }

  boundOf = (call: DownstreamCall, env?: Env): Verdict => judgeCall(this.#timeoutContext(), call, env);

  defaultWaitOf = (call: DownstreamCall): number | 'never' => defaultWait(subjectOfCall(this.#timeoutContext(), call));

  callAt = (node: CallNode, module: Module): DownstreamCall | null => this.#identify(node, module);

  callsIn = (fn: FunctionValue): readonly DownstreamCall[] => this.#callsIn(fn);

  reachedBy = (scope: RetryScope): Reach => {
    const known = this.#reached.get(scope);
    if (known) return known;
    const reach = reachOf(this.evaluator, scope, (node, module) => this.#identify(node, module));
    this.#reached.set(scope, reach);
    return reach;
  };

  get retries(): readonly RetryScope[] {
    const { calls, constructions, others } = this.#scanned();
    const { evaluator, module } = this;
    this.#retries ??= retriesOf({ evaluator, module, calls, constructions, otherCalls: others });
    return this.#retries;
  }

  get isolation(): IsolationFacts {
    this.#isolation ??= new IsolationFacts({
      ...this.#timeoutContext(),
      identify: (node, module) => this.#identify(node, module),
    });
    return this.#isolation;
  }

  get droppedSignals(): readonly DroppedSignal[] {
    this.#dropped ??= droppedSignals(this.#timeoutContext());
    return this.#dropped;
  }

  get ineffective(): readonly IneffectiveBound[] {
    this.#ineffective ??= ineffectiveBounds(this.#timeoutContext());
    return this.#ineffective;
  }

  #timeoutContext(): TimeoutContext {
    if (this.#context) return this.#context;
    const { calls, constructions, others } = this.#scanned();
    this.#context = {
      evaluator: this.evaluator,
      module: this.module,
      settings: this.settings,
      calls,
      constructions,
      otherCalls: others,
      callsIn: (fn) => this.#callsIn(fn),
    };
    return this.#context;
  }

  #scanned(): Scan {
    if (this.#scan) return this.#scan;
    const calls: DownstreamCall[] = [];
    const constructions: Construction[] = [];
    const others: CallNode[] = [];
    walk(this.module.ast, this.module, (node) => {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression' && node.type !== 'TaggedTemplateExpression') {
        return undefined;
      }
      const candidacy = candidacyOf(this.evaluator, node, this.module);
      if (candidacy === 'no') {
        if (takesFunction(node)) others.push(node);
        return undefined;
      }
      const client = candidacy === 'full' ? constructionAt(this.evaluator, node, this.module) : null;
      if (client) constructions.push({ node, client });
      const call = this.#identify(node, this.module);
      if (call) calls.push(call);
      else if (!client) others.push(node);
      return undefined;
    });
    this.#scan = { calls, constructions, others };
    return this.#scan;
  }

  #identify(node: CallNode, module: Module): DownstreamCall | null {
    return remembered(this.evaluator, identified, node, () => downstreamCallAt(this.evaluator, node, module));
  }

  #callsIn(fn: FunctionValue): readonly DownstreamCall[] {
    return remembered(this.evaluator, inside, fn.node, () =>
      collectCalls(fn, (node, module) => this.#identify(node, module)),
    );
  }
}

type Memo<T> = WeakMap<Evaluator, WeakMap<TSESTree.Node, T>>;

/** What is known of nodes of any module, as long as their evaluator lasts. */
const identified: Memo<DownstreamCall | null> = new WeakMap();
const inside: Memo<readonly DownstreamCall[]> = new WeakMap();

/** Remembers an answer, unless a budget cut it off: that of another file may reach further. */
function remembered<T>(evaluator: Evaluator, memo: Memo<T>, node: TSESTree.Node, answer: () => T): T {
  const ofEvaluator = memo.get(evaluator) ?? new WeakMap<TSESTree.Node, T>();
  memo.set(evaluator, ofEvaluator);
  const known = ofEvaluator.get(node);
  if (known !== undefined) return known;
  const before = cutOffs();
  const found = answer();
  if (cutOffs() === before) ofEvaluator.set(node, found);
  return found;
}
