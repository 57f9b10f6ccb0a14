/** Bounds that are there and do not bind. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Bound } from '../catalog/schema.js';
import type { Settings } from '../settings.js';
import { judgedPhases, surveyBounds, type SetBound, type Subject, type Survey } from './bounds.js';
import { calleeOf, type DownstreamCall } from './calls.js';
import { clearsOf, controllerUse, isRefreshed, isTimer } from './controllers.js';
import { exposureOf } from './exposure.js';
import { listeningOf } from './listeners.js';
import { memberAt } from './members.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  unwrap,
  variableOf,
  walk,
  wrapped,
  type Module,
  someInside,
  memberName,
} from './module.js';
import { isStreamed, responseUses } from './responses.js';
import { isTimerPromise, limiterAround } from './surroundings.js';
import {
  isFine,
  judgeCall,
  subjectOfCall,
  subjectOfConfig,
  type Construction,
  type TimeoutContext,
} from './timeouts.js';
import { possibilities, type Site, type Value } from './values.js';

/** What is wrong with a bound. */
export type BoundFault =
  | 'disabled'
  | 'ignored'
  | 'neverAborted'
  | 'clearedEarly'
  | 'wrongArgument'
  | 'sharedSignal'
  | 'wrongPhase'
  | 'wrongUnit'
  | 'misread'
  | 'leakyRace'
  | 'betweenIterations'
  | 'tooLong'
  | 'lifetimeOnStream'
  /** Whether it binds cannot be known. */
  | 'unknown';

/** A bound that does not bind. */
export interface IneffectiveBound {
  readonly fault: BoundFault;
  /** The option (or the race, or the loop's test) to report. */
  readonly report: TSESTree.Node;
  readonly bound: Bound | null;
  /** The limit as it is written, ms; `null` where it is not known. */
  readonly ms: number | null;
  /** What the limit is set to. */
  readonly value: Value | null;
  readonly call: DownstreamCall | null;
  readonly construction: Construction | null;
}

/** Every bound of a file that does not bind. */
export function ineffectiveBounds(context: TimeoutContext): readonly IneffectiveBound[] {
  const found: IneffectiveBound[] = [];
  const seen = new Set<string>();
  const add = (fault: IneffectiveBound): void => {
    // One place, one report: an options object may serve several calls.
    const key = `${fault.report.range.join()}:${fault.fault}`;
    if (seen.has(key)) return;
    seen.add(key);
    found.push(fault);
  };
  for (const construction of context.constructions) {
    for (const fault of faultsOfConstruction(context, construction)) add(fault);
  }
  for (const call of context.calls) for (const fault of faultsOfCall(context, call)) add(fault);
  for (const fault of leakyRaces(context)) add(fault);
  return found;
}

function* faultsOfConstruction(context: TimeoutContext, construction: Construction): Generator<IneffectiveBound> {
  const subject = subjectOfConfig(context, construction);
  const survey = surveyBounds(context.evaluator, subject);
  const uses = context.calls.filter((call) => call.client.site?.node === construction.node);
  const usesAreFine = uses.length > 0 && uses.every((use) => isFine(judgeCall(context, use)));
  for (const set of survey.by) {
    const fault = faultOf(context, subject, survey, set, null);
    if (!fault || (fault.fault === 'disabled' && usesAreFine)) continue;
    yield { ...fault, call: null, construction };
  }
}

function* faultsOfCall(context: TimeoutContext, call: DownstreamCall): Generator<IneffectiveBound> {
  const subject = subjectOfCall(context, call);
  const survey = surveyBounds(context.evaluator, subject);
  for (const set of survey.by) {
    // What the configuration says is reported where the client is built.
    if (!isOfCall(context, subject, set.bound)) continue;
    const fault = faultOf(context, subject, survey, set, call);
    if (fault) yield { ...fault, call, construction: null };
  }
  const verdict = judgeCall(context, call);
  if (verdict.kind === 'ineffective' && verdict.cause) {
    yield {
      fault: verdict.cause.kind,
      report: verdict.cause.node,
      bound: null,
      ms: null,
      value: null,
      call,
      construction: null,
    };
  }
}

/** Whether a bound is set by the call's own options. */
function isOfCall({ evaluator }: TimeoutContext, subject: Subject, bound: Bound): boolean {
  if (bound.where === 'chain' || bound.needsListener === true) return true;
  if (bound.where === 'construction') return false;
  return memberAt(evaluator, subject.layers.call, bound.option).kind !== 'absent';
}

type Fault = Omit<IneffectiveBound, 'call' | 'construction'>;

function faultOf(
  context: TimeoutContext,
  subject: Subject,
  survey: Survey,
  { bound, limit }: SetBound,
  call: DownstreamCall | null,
): Fault | null {
  const site = 'site' in limit ? limit.site : null;
  const report = reportOf(context, subject, site);
  const value = 'value' in limit ? limit.value : null;
  const fault = (kind: BoundFault, ms: number | null = null): Fault => ({ fault: kind, report, bound, ms, value });
  const streamed = call !== null && isStreamed(context.evaluator, call);
  const open = bound.phases.some(
    (phase) => judgedPhases.includes(phase) && !survey.covered.has(phase) && !(streamed && phase === 'body'),
  );
  const elsewhere = open && call !== null && limiterAround(context.evaluator, call.node, call.module) !== null;
  const matters = open && !elsewhere;
  switch (limit.kind) {
    case 'off':
      // `signal: undefined` switches nothing off where a signal is not what bounds the client.
      if (bound.kind === 'no-effect' || bound.kind === 'server') return null;
      return matters && (bound.takes !== 'signal' || bound.fix === 1) ? fault('disabled') : null;
    case 'misread':
      return fault(
        bound.takes === 'epoch' ? 'wrongUnit' : bound.fault === 'wrongUnit' ? 'wrongUnit' : 'misread',
        numberOf(limit.value),
      );
    case 'never':
      return matters ? fault('neverAborted') : null;
    case 'limited':
      return limitedFault(context, subject, survey, { bound, limit }, call, { matters, streamed, fault });
    case 'unknown':
      return matters && bound.kind !== 'no-effect' && bound.kind !== 'server' ? fault('unknown') : null;
    default:
      return null;
  }
}

function limitedFault(
  context: TimeoutContext,
  subject: Subject,
  survey: Survey,
  set: SetBound & { readonly limit: { readonly kind: 'limited'; readonly ms: number | null } },
  call: DownstreamCall | null,
  how: {
    readonly matters: boolean;
    readonly streamed: boolean;
    readonly fault: (kind: BoundFault, ms?: number | null) => Fault;
  },
): Fault | null {
  const { bound, limit } = set;
  const binds = survey.limited.some((other) => other.bound === bound);
  if (!binds && bound.kind !== 'server') {
    if (!how.matters) return null;
    if (bound.needsListener === true && call && listeningOf(call.node, call.module) === 'unknown')
      return how.fault('unknown', limit.ms);
    return how.fault(bound.fault ?? (bound.requires === undefined ? 'ignored' : 'wrongPhase'), limit.ms);
  }
  if (bound.takes === 's' && limit.ms !== null && limit.ms >= 500_000) return how.fault('wrongUnit', limit.ms / 1000);
  const signals = bound.takes === 'signal' ? possibilities(signalOf(context, subject, bound)) : [];
  if (signals.some((signal) => isShared(context, signal, subject, call))) return how.fault('sharedSignal', limit.ms);
  // A timer that limits the beginning of a stream, and lets it run from then on, is as it should be.
  if (call && !how.streamed && signals.some((signal) => isClearedEarly(context, signal, call)))
    return how.fault('clearedEarly', limit.ms);
  if (how.streamed && bound.kind === 'total' && !signals.some((signal) => isRestarted(context, signal, call))) {
    return how.fault('lifetimeOnStream', limit.ms);
  }
  const longest = longestOf(call, context.settings);
  return limit.ms !== null && limit.ms > longest ? how.fault('tooLong', limit.ms) : null;
}

/** The longest limit of a call that is acceptable, ms. */
export function longestOf(call: DownstreamCall | null, settings: Settings): number {
  return call?.operation.maxMs ?? settings.maxTimeoutMs;
}

function signalOf({ evaluator }: TimeoutContext, subject: Subject, bound: Bound): Value {
  for (const layer of [...(bound.where === 'construction' ? [] : [subject.layers.call]), ...subject.layers.configs]) {
    const value = memberAt(evaluator, layer, bound.option);
    if (value.kind !== 'absent') return value;
  }
  return { kind: 'absent' };
}

function numberOf(value: Value): number | null {
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : null;
}

/** The option where it is written in this file, else the callee of what it is given to. */
function reportOf({ module }: TimeoutContext, subject: Subject, site: Site | null): TSESTree.Node {
  if (site?.module === module) return site.node;
  return subject.node.type === 'CallExpression' || subject.node.type === 'NewExpression'
    ? calleeOf(subject.node)
    : subject.node;
}

/**
 * Whether one `AbortSignal.timeout` serves many: it belongs to a client, a module or an object, or to all attempts of a
 * retry. One budget for the steps of one function is none of these.
 */
function isShared(context: TimeoutContext, signal: Value, subject: Subject, call: DownstreamCall | null): boolean {
  if (signal.kind !== 'timeout-signal') return false;
  if (!call) return true;
  const { node, module } = signal.site;
  const maker = enclosingFunction(node);
  const user = enclosingFunction(call.node);
  if (maker === null) return user !== null || module !== call.module;
  if (module !== call.module) return false;
  // A signal that the constructor keeps for the object's life.
  if (maker.parent.type === 'MethodDefinition' && maker.parent.kind === 'constructor' && !contains(maker, call.node))
    return true;
  if (!contains(maker, call.node)) return false;
  return isRepeatedBetween(context, call.node, node);
}

/** Whether a retry goes round between the making of a signal and its use. */
function isRepeatedBetween({ evaluator, module }: TimeoutContext, use: TSESTree.Node, made: TSESTree.Node): boolean {
  let handled = false;
  for (let child = use, parent = use.parent; parent && !contains(child, made); child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) handled = true;
    if (
      /^(?:For|While|DoWhile)/.test(parent.type) &&
      parent.type !== 'ForOfStatement' &&
      parent.type !== 'ForInStatement'
    ) {
      if (handled && !contains(parent, made)) return true;
    }
    if (isFunction(parent) && parent.parent.type === 'CallExpression' && !contains(parent, made)) {
      const call = parent.parent;
      const index = call.arguments.indexOf(parent as TSESTree.CallExpressionArgument);
      const retries = possibilities(evaluator.callee(call.callee, module)).some(
        (value) => value.kind === 'policy' && value.policy.kind === 'retry' && value.policy.operation === index,
      );
      if (retries) return true;
    }
  }
  return false;
}

/** Whether the timer of a controller is cleared before the body of the answer has been read. */
function isClearedEarly({ evaluator }: TimeoutContext, signal: Value, call: DownstreamCall): boolean {
  if (call.operation.failure !== 'status') return false;
  const signals = signal.kind === 'any-signal' ? signal.members : [signal];
  // Another member that stays armed bounds the body.
  if (signals.some((member) => member?.kind === 'timeout-signal')) return false;
  return signals.some((member) => {
    if (member?.kind !== 'controller-signal' || member.controller.site.module !== call.module) return false;
    const { armed } = controllerUse(evaluator, member.controller, call.node);
    return armed.some(({ timer }) => clearsOf(timer, call.module).some((clear) => runsBeforeBody(clear, call)));
  });
}

/** Whether the timer of a controller is cleared or started again while the answer is read: then it limits its parts. */
function isRestarted({ evaluator }: TimeoutContext, signal: Value, call: DownstreamCall | null): boolean {
  const signals = signal.kind === 'any-signal' ? signal.members : [signal];
  if (!call || signals.some((member) => member?.kind === 'timeout-signal')) return false;
  return signals.some((member) => {
    if (member?.kind !== 'controller-signal' || member.controller.site.module !== call.module) return false;
    const { armed } = controllerUse(evaluator, member.controller, call.node);
    if (armed.length > 1) return true;
    return armed.some(({ timer }) => isRefreshed(timer, call.module) || isReadAfterClear(timer, call));
  });
}

/** Whether a timer is cleared before the stream of the answer begins. */
function isReadAfterClear(timer: TSESTree.CallExpression, call: DownstreamCall): boolean {
  return clearsOf(timer, call.module).some((clear) => runsBeforeBody(clear, call));
}

/** Whether `clear` has run when the body of the answer is read. */
function runsBeforeBody(clear: TSESTree.Node, call: DownstreamCall): boolean {
  const uses = responseUses(call.node, call.module);
  const reads = uses.filter(
    ({ kind, node }) => kind === 'body' || kind === 'stream' || (kind === 'handed-on' && isReturned(node)),
  );
  if (reads.length === 0) return false;
  const fn = enclosingFunction(call.node);
  if (enclosingFunction(clear) !== fn) return isChainedOn(clear, call.node);
  for (let parent: TSESTree.Node | undefined = call.node.parent; parent && parent !== fn; parent = parent.parent) {
    if (parent.type !== 'TryStatement' || !contains(parent.block, call.node)) continue;
    if (!parent.finalizer || !contains(parent.finalizer, clear)) continue;
    const { block } = parent;
    return reads.some(({ kind, node }) => !contains(block, node) || kind === 'handed-on' || !isAwaitedIn(node, block));
  }
  if (clear.range[0] < call.node.range[0]) return false;
  return reads.some(({ node }) => node.range[0] > clear.range[1]) && !isInHandler(clear);
}

function isReturned(node: TSESTree.Node): boolean {
  return node.type === 'ReturnStatement' || (node.type === 'ArrowFunctionExpression' && node.expression);
}

/** Whether reading the body ends inside a block: it is awaited there. */
function isAwaitedIn(node: TSESTree.Node, block: TSESTree.Node): boolean {
  for (let parent = node.parent; parent && parent !== block.parent; parent = parent.parent) {
    if (parent.type === 'AwaitExpression' || parent.type === 'ForOfStatement') return true;
    if (isFunction(parent)) return true;
  }
  return false;
}

/** `fetch(url, { signal }).finally(() => clearTimeout(timer))` */
function isChainedOn(clear: TSESTree.Node, call: TSESTree.Node): boolean {
  const callback = enclosingFunction(clear);
  const chain = callback?.parent;
  return (
    chain?.type === 'CallExpression' &&
    chain.callee.type === 'MemberExpression' &&
    unwrap(chain.callee.object) === call &&
    chain.callee.property.type === 'Identifier' &&
    /^(?:finally|then)$/.test(chain.callee.property.name)
  );
}

function isInHandler(node: TSESTree.Node): boolean {
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (parent.type === 'CatchClause') return true;
  }
  return false;
}

/** Races against a timer that nobody clears, whose loser runs on. */
function* leakyRaces(context: TimeoutContext): Generator<IneffectiveBound> {
  const { evaluator, module } = context;
  if (!module.text.includes('race')) return;
  const races: TSESTree.CallExpression[] = [];
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' || node.arguments[0]?.type !== 'ArrayExpression') return undefined;
    const callee = evaluator.callee(node.callee, module);
    if (callee.kind === 'external' && callee.package === 'global' && callee.path.join('.') === 'Promise.race')
      races.push(node);
    return undefined;
  });
  for (const race of races) {
    const elements = (race.arguments[0] as TSESTree.ArrayExpression).elements.filter((element) => element !== null);
    const timers = elements.filter(
      (element) => element.type !== 'SpreadElement' && isTimerPromise(evaluator, element, module, 0),
    );
    const others = elements.filter((element) => !timers.includes(element));
    if (timers.length === 0 || !timers.every((timer) => isNeverCleared(context, timer))) continue;
    const call = context.calls.find(
      (candidate) => others.some((other) => contains(other, candidate.node)) && !endsByItself(context, candidate),
    );
    if (!call && !others.some((other) => isHandedIn(other, module))) continue;
    yield {
      fault: 'leakyRace',
      report: race.callee,
      bound: null,
      ms: null,
      value: null,
      call: call ?? null,
      construction: null,
    };
  }
}

/** Whether something of its own ends a call, or may, whatever stands around it. */
function endsByItself(context: TimeoutContext, call: DownstreamCall): boolean {
  const { by } = surveyBounds(context.evaluator, subjectOfCall(context, call));
  return by.some(({ limit }) => limit.kind !== 'off' && limit.kind !== 'never');
}

/** A promise, or a function that gives one, which the caller hands in: `work`, `work()`. */
function isHandedIn(node: TSESTree.Node, module: Module): boolean {
  const inner = unwrap(node);
  const name = inner.type === 'CallExpression' ? unwrap(inner.callee) : inner;
  if (name.type !== 'Identifier') return false;
  const definition = variableOf(module, name)?.defs[0];
  const fn = definition?.node;
  if ((definition?.type as string) !== 'Parameter' || !isFunction(fn)) return false;
  return exposureOf(fn, module) !== 'handed-on';
}

/** Whether nothing clears the timer of a promise. */
function isNeverCleared({ evaluator, module }: TimeoutContext, element: TSESTree.Node): boolean {
  const inner = unwrap(element);
  let source: TSESTree.Node | null = inner;
  if (inner.type === 'Identifier') {
    const definition = variableOf(module, inner)?.defs[0]?.node;
    source = definition?.type === 'VariableDeclarator' ? definition.init : null;
  }
  if (!source) return false;
  const timers: TSESTree.CallExpression[] = [];
  walk(source, module, (node) => {
    if (node.type === 'CallExpression' && isTimer(node, module, evaluator)) timers.push(node);
    return undefined;
  });
  const aborts = someInside(source, module, (node) => node.type === 'MemberExpression' && memberName(node) === 'abort');
  if (aborts) return false;
  // A timer of a helper (`sleep(ms)`) cannot be cleared from here; one that unrefs itself, or takes a signal, can end.
  if (timers.length === 0) return inner.type === 'CallExpression' && inner.arguments.length <= 1;
  return timers.every(
    (timer) => clearsOf(timer, module).length === 0 && wrapped(timer).parent?.type !== 'MemberExpression',
  );
}
