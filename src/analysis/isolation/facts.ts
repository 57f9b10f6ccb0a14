/** Isolation facts of a file, each computed when it is first asked for. */
import type { Settings } from '../../settings.js';
import type { CallNode, DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import type { Module } from '../module.js';
import type { Construction } from '../timeouts.js';
import type { FunctionValue } from '../values.js';
import { failuresOf, type FailureFact } from './failures.js';
import { fanOutsOf, type FanOutFact } from './fan-out.js';
import { guardOfCall, knowsPolicy, unguardedOf, type Guarded, type UnguardedFact } from './guards.js';
import { misusesOf, type MisuseFact } from './misuses.js';
import { policyRunAt, type PolicyRun } from './policies.js';
import { statusesOf, type StatusFact } from './statuses.js';

/** What is looked at together. */
export interface IsolationContext {
  readonly evaluator: Evaluator;
  readonly module: Module;
  readonly settings: Settings;
  readonly calls: readonly DownstreamCall[];
  readonly constructions: readonly Construction[];
  /** Every call of the file that is no downstream call and builds no client. */
  readonly otherCalls: readonly CallNode[];
  /** The downstream call that a node of any module is. */
  readonly identify: (node: CallNode, module: Module) => DownstreamCall | null;
  /** Downstream calls inside a function of any module. */
  readonly callsIn: (fn: FunctionValue) => readonly DownstreamCall[];
}

/** What a file does so that one failing downstream stays one failing downstream. */
export class IsolationFacts {
  readonly #context: IsolationContext;
  #statuses: readonly StatusFact[] | null = null;
  #failures: readonly FailureFact[] | null = null;
  #fanOuts: readonly FanOutFact[] | null = null;
  #misuses: readonly MisuseFact[] | null = null;
  #unguarded: readonly UnguardedFact[] | null = null;

  constructor(context: IsolationContext) {
    this.#context = context;
  }

  /** Whether the status of answers is looked at. */
  get statuses(): readonly StatusFact[] {
    this.#statuses ??= statusesOf(this.#context);
    return this.#statuses;
  }

  /** Where the failure of a downstream call may vanish. */
  get failures(): readonly FailureFact[] {
    this.#failures ??= failuresOf(this.#context);
    return this.#failures;
  }

  /** Where downstream calls start all at once. */
  get fanOuts(): readonly FanOutFact[] {
    this.#fanOuts ??= fanOutsOf(this.#context);
    return this.#fanOuts;
  }

  /** Guards that do not guard. */
  get misuses(): readonly MisuseFact[] {
    this.#misuses ??= misusesOf(this.#context);
    return this.#misuses;
  }

  /** Downstreams that are called outside any guard. */
  get unguarded(): readonly UnguardedFact[] {
    this.#unguarded ??= unguardedOf(this.#context);
    return this.#unguarded;
  }

  /** Whether a call of the file can only be reached through a guard. */
  guardOf(call: DownstreamCall): Guarded {
    return guardOfCall(this.#context, call);
  }

  /** The operation that a call of the file runs under policies. */
  policyRunAt(node: CallNode): PolicyRun | null {
    return node.type === 'TaggedTemplateExpression' ? null : policyRunAt(this.#context, node, this.#context.module);
  }

  /** Whether the project shows that it guards its calls. */
  get knowsPolicy(): boolean {
    return knowsPolicy(this.#context);
  }
}
