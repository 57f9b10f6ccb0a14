/** How well each downstream call, client and wrapper call of a file is bounded. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Settings } from '../settings.js';
import { countCutOff } from './budget.js';
import { deadlineAround, misplacedOptions } from './attempts.js';
import { judgeBounds, type Layers, type Subject, type Verdict } from './bounds.js';
import {
  argumentNodes,
  argumentsOf,
  calleeOf,
  carriesOptions,
  optionsIndex,
  optionsOf,
  type CallNode,
  type DownstreamCall,
} from './calls.js';
import { globalDispatchers } from './dispatchers.js';
import { schemeOf } from './downstreams.js';
import type { Evaluator } from './evaluate.js';
import { exposureOf, leavesFile } from './exposure.js';
import { isBoundByInterceptor } from './interceptors.js';
import { listeningOf, timerOfRequest } from './listeners.js';
import { walk, type Module } from './module.js';
import { memberAt } from './members.js';
import { mayBeLeftOut } from './parameters.js';
import { settledClient } from './settled.js';
import { limiterAround } from './surroundings.js';
import {
  absent,
  noEnv,
  possibilities,
  type ClientValue,
  type Env,
  type FunctionValue,
  type ParameterValue,
  type Value,
} from './values.js';
import { versionTest } from './versions.js';

/** A client that is built here. */
export interface Construction {
  readonly node: CallNode;
  readonly client: ClientValue;
}

/** What a timeout fact is about. */
export type TimeoutSubject =
  | { readonly kind: 'call'; readonly call: DownstreamCall }
  | { readonly kind: 'construction'; readonly construction: Construction }
  /** A call of a function that hands its caller's options on to a client. */
  | { readonly kind: 'wrapper-call'; readonly node: CallNode; readonly call: DownstreamCall };

/** How well one call or client is bounded. */
export interface TimeoutFact {
  readonly subject: TimeoutSubject;
  /** The node to report: the callee. */
  readonly report: TSESTree.Node;
  readonly verdict: Verdict;
  /** For `callerOwned`: the wrapper is exported, its options may be left out, and nothing holds in their place. */
  readonly withoutDefault: boolean;
}

/** What is looked at together. */
export interface TimeoutContext {
  readonly evaluator: Evaluator;
  readonly module: Module;
  readonly settings: Settings;
  readonly calls: readonly DownstreamCall[];
  readonly constructions: readonly Construction[];
  /** Every call of the file that may be a call of a function of this project. */
  readonly otherCalls: readonly CallNode[];
  /** Downstream calls inside a function of any module. */
  readonly callsIn: (fn: FunctionValue) => readonly DownstreamCall[];
}

/** How well every call and client of a file is bounded. */
export function timeoutsOf(context: TimeoutContext): readonly TimeoutFact[] {
  const facts: TimeoutFact[] = [];
  for (const construction of context.constructions) {
    const fact = judgeConstruction(context, construction);
    if (fact) facts.push(fact);
  }
  for (const call of context.calls) {
    const fact = judgeUse(context, call);
    if (fact) facts.push(fact);
  }
  for (const node of context.otherCalls) {
    const fact = judgeWrapperCall(context, node);
    if (fact) facts.push(fact);
  }
  return facts;
}

const verdicts = new WeakMap<TimeoutContext, Map<DownstreamCall, Verdict>>();

/** How well a call is bounded, with the functions around it called as `env` says. */
export function judgeCall(context: TimeoutContext, call: DownstreamCall, env: Env = noEnv): Verdict {
  if (env !== noEnv) return judgeAgain(context, call, env);
  const known = verdicts.get(context) ?? new Map<DownstreamCall, Verdict>();
  verdicts.set(context, known);
  const verdict = known.get(call) ?? judgeAgain(context, call, env);
  known.set(call, verdict);
  return verdict;
}

function judgeAgain(context: TimeoutContext, call: DownstreamCall, env: Env): Verdict {
  const { evaluator } = context;
  const subject = subjectOfCall(context, call, env);
  const { layers } = subject;
  const verdict = judgeBounds(evaluator, subject);
  if (verdict.kind === 'bounded' || verdict.kind === 'implicit') return verdict;
  if (limiterAround(evaluator, call.node, call.module)) return { kind: 'bounded', by: [] };
  // Where the caller gives the options, it gives this one too.
  if (call.type.through !== undefined && verdict.kind !== 'callerOwned' && verdict.kind !== 'unknown') {
    const through = judgeThroughOther(context, call, memberAt(evaluator, layers.call, call.type.through));
    if (through) return through;
  }
  if (verdict.kind !== 'missing' && verdict.kind !== 'longDefault') return verdict;
  const replaced = judgeReplacedFetch(context, call.client);
  if (replaced) return replaced;
  const misplaced = misplacedOptions(evaluator, call);
  if (misplaced) return { kind: 'ineffective', by: [], cause: { kind: 'wrongArgument', node: misplaced.node } };
  const deadline = deadlineAround(evaluator, call.node, call.module);
  return deadline ? { kind: 'ineffective', by: [], cause: { kind: 'betweenIterations', node: deadline } } : verdict;
}

/** A call as its bounds are looked at. */
export function subjectOfCall(context: TimeoutContext, call: DownstreamCall, env: Env = noEnv): Subject {
  const { evaluator, settings } = context;
  const client = env === noEnv ? call.client : clientIn(context, call, env);
  const layers: Layers = { call: optionsOf(evaluator, call, env), configs: client.configs };
  return {
    type: call.type,
    operation: call.operation,
    layers,
    env,
    node: call.node,
    module: call.module,
    inRange: versionTest(call.library, call.module),
    hasListener: () => listeningOf(call.node, call.module) === 'destroys',
    mayHaveListener: () => listeningOf(call.node, call.module) === 'unknown',
    timer: () => timerValue(evaluator, call, env),
    maxDefaultMs: settings.maxDefaultMs,
  };
}

/** What another client that the call goes through, or that the process goes through, says; `null`: nothing. */
function judgeThroughOther(context: TimeoutContext, call: DownstreamCall, through: Value): Verdict | null {
  const { evaluator } = context;
  const others = possibilities(through);
  if (others.some(({ kind }) => kind === 'unknown' || kind === 'parameter')) {
    return { kind: 'unknown', why: 'its dispatcher is not visible', by: [] };
  }
  const clients = [...others, ...globalDispatchers(evaluator, call.module)].filter((value) => value.kind === 'client');
  for (const client of clients) {
    const verdict = judgeConfig(context, { node: call.node, client });
    if (verdict.kind === 'bounded') return verdict;
  }
  return null;
}

/** What a function says that a client calls in the place of `fetch`; `null` where it has none of its own. */
function judgeReplacedFetch(context: TimeoutContext, { type, configs }: ClientValue): Verdict | null {
  const { fetch } = type;
  if (fetch === undefined) return null;
  const given = configs
    .map((config) => possibilities(memberAt(context.evaluator, config, fetch)))
    .find((values) => values.some(({ kind }) => kind !== 'absent'));
  if (!given || given.every(({ kind }) => kind === 'absent' || kind === 'client' || kind === 'literal')) return null;
  const isBounded = (value: Value): boolean => {
    if (value.kind !== 'function') return false;
    const calls = context.callsIn(value);
    return calls.length > 0 && calls.every((call) => judgeCall(context, call).kind === 'bounded');
  };
  return given.every(isBounded)
    ? { kind: 'bounded', by: [] }
    : { kind: 'unknown', why: 'its `fetch` is not the platform’s', by: [] };
}

/** How long the timer of a request's own `setTimeout` is; `absent` where it has none. */
function timerValue(evaluator: Evaluator, call: DownstreamCall, env: Env): Value {
  const ms = timerOfRequest(call.node, call.module);
  return ms ? evaluator.evaluate(ms, call.module, env) : absent;
}

/** The client of a call whose function is called as `env` says. */
function clientIn({ evaluator }: TimeoutContext, call: DownstreamCall, env: Env): ClientValue {
  const callee = calleeOf(call.node);
  const receiver = call.name !== '()' && callee.type === 'MemberExpression' ? callee.object : callee;
  const value = possibilities(evaluator.evaluate(receiver, call.module, env)).find(
    (member) => member.kind === 'client',
  );
  return value ?? call.client;
}

function judgeConfig(context: TimeoutContext, construction: Construction): Verdict {
  return judgeBounds(context.evaluator, subjectOfConfig(context, construction));
}

/** A client's configuration as its bounds are looked at. */
export function subjectOfConfig(context: TimeoutContext, { node, client }: Construction): Subject {
  return {
    type: client.type,
    operation: null,
    layers: { call: absent, configs: client.configs },
    env: noEnv,
    node,
    module: context.module,
    inRange: versionTest(client.library, context.module),
    hasListener: () => false,
    mayHaveListener: () => false,
    timer: () => absent,
    maxDefaultMs: context.settings.maxDefaultMs,
  };
}

function judgeConstruction(context: TimeoutContext, construction: Construction): TimeoutFact | null {
  const { client, node } = construction;
  if (client.type.judged !== 'construction' || isTypeOnlySubject(client)) return null;
  // What it is laid over is judged where that is built; a plain address or configuration is its own.
  const over = client.over ? possibilities(client.over) : [];
  if (over.some(({ kind }) => kind === 'client' || kind === 'instance' || kind === 'unknown' || kind === 'parameter'))
    return null;
  const { handedOn, waitsWhen, handsOver = [] } = client.type;
  if (handedOn === true && !context.calls.some((call) => call.client.site?.node === node)) return null;
  if (waitsWhen && client.configs.some((config) => saysSo(context.evaluator, config, waitsWhen))) return null;
  const isSetHere = (option: string): boolean =>
    client.configs.some(
      (config) => config.kind === 'object' && memberAt(context.evaluator, config, option).kind !== 'absent',
    );
  if (handsOver.some(isSetHere)) return null;
  let verdict = judgeConfig(context, { node, client: settledClient(context.evaluator, context.module, construction) });
  if (isFaulty(verdict) && isBoundByInterceptor(context.evaluator, client, context.module)) return null;
  if (isFaulty(verdict)) verdict = judgeReplacedFetch(context, client) ?? verdict;
  if (isFaulty(verdict) && !leavesFile(node, context.module)) {
    const uses = context.calls.filter((call) => call.client.site?.node === node).map((use) => judgeCall(context, use));
    if (uses.length > 0) {
      // A use with an attempt that does not bind is that use's own fault.
      if (uses.every((use) => isFine(use) || use.kind === 'ineffective')) return null;
      if (!uses.some(isFaulty)) verdict = { kind: 'unknown', why: 'the limits of its uses cannot be known', by: [] };
    }
  }
  return {
    subject: { kind: 'construction', construction },
    report: calleeOf(node),
    verdict,
    withoutDefault:
      verdict.kind === 'callerOwned' && isWithoutDefault(verdict.parameter, client.configs[0] ?? absent, verdict),
  };
}

/** Whether a configuration has a setting at a value. */
function saysSo(evaluator: Evaluator, config: Value, setting: { option: string; is: null | boolean }): boolean {
  return possibilities(memberAt(evaluator, config, setting.option)).some(
    (value) => value.kind === 'literal' && value.value === setting.is,
  );
}

/** A client of which nothing is known that could end a call: what it leads to is judged elsewhere. */
function isTypeOnlySubject({ type }: ClientValue): boolean {
  return type.bounds.length === 0 && type.limits.length === 0;
}

function judgeUse(context: TimeoutContext, call: DownstreamCall): TimeoutFact | null {
  if (isLocalTarget(context, call)) return null;
  const verdict = judgeCall(context, call);
  const fact = (changed: Verdict = verdict): TimeoutFact => ({
    subject: { kind: 'call', call },
    report: calleeOf(call.node),
    verdict: changed,
    withoutDefault:
      changed.kind === 'callerOwned' &&
      !isCarried(context, call, changed.parameter) &&
      isWithoutDefault(changed.parameter, optionsOf(context.evaluator, call), changed),
  });
  if (isFine(verdict) || verdict.kind === 'unknown') return fact();
  if (isFaulty(verdict) && isBoundByInterceptor(context.evaluator, call.client, call.module)) return null;
  if (call.type.judged === 'call' || call.client.origin === 'shared') return fact();
  if (call.client.origin === 'injected') {
    // What is set at the call is wrong by itself; what is not set there may be set where the client is built.
    if (verdict.kind === 'ineffective') return fact();
    return fact({ kind: 'unknown', why: 'the construction of the client is not visible', by: verdict.by });
  }
  // Reported where it is built, here or in its own file: but for what the call says itself.
  if (verdict.kind === 'callerOwned') {
    return refersTo(optionsOf(context.evaluator, call), verdict.parameter) ? fact() : null;
  }
  return verdict.kind === 'ineffective' ? fact() : null;
}

/** Whether the target brings its bound along, as a `Request` may: the call's own options are not what is missing. */
function isCarried({ evaluator }: TimeoutContext, call: DownstreamCall, parameter: ParameterValue): boolean {
  const carries = carriesOptions(call);
  if (carries !== 'maybe') return carries === 'always';
  const index = optionsIndex(evaluator, call);
  const options = index === null ? absent : (argumentsOf(evaluator, call)[index] ?? absent);
  return !refersTo(options, parameter);
}

/** Whether a value is what a function's caller gives, or holds it. */
function refersTo(value: Value, parameter: ParameterValue): boolean {
  return possibilities(value).some((member) => {
    if (member.kind === 'parameter') return member.function === parameter.function && member.index === parameter.index;
    if (member.kind !== 'object') return false;
    return member.parts.some((part) => refersTo('key' in part ? part.member.value : part.spread, parameter));
  });
}

/** Whether a call goes nowhere: to `data:`, `blob:` or `file:`. */
export function isLocalTarget({ evaluator }: TimeoutContext, call: DownstreamCall): boolean {
  const { target } = call.operation;
  if (target === undefined) return false;
  const node = argumentNodes(call)[target];
  if (!node || node.type === 'SpreadElement') return false;
  const start = node.type === 'TemplateLiteral' ? (node.quasis[0]?.value.cooked ?? '') : null;
  if (start !== null && /^(?:data|blob|file):/i.test(start)) return true;
  return possibilities(evaluator.evaluate(node, call.module)).every((value) =>
    /^(?:data|blob|file)$/.test(schemeOf(value) ?? ''),
  );
}

/** A call of a function of this project that leaves the bound of its downstream call to its caller. */
function judgeWrapperCall(context: TimeoutContext, node: CallNode): TimeoutFact | null {
  const { evaluator, module } = context;
  if (node.type !== 'CallExpression') return null;
  for (const callee of possibilities(evaluator.callee(node.callee, module))) {
    if (callee.kind !== 'function') continue;
    if (!leavesToCaller(context, callee)) continue;
    const found = judgeThrough(context, callee, evaluator.arguments(node.arguments, module, noEnv));
    if (!found || !isFaulty(found.verdict)) continue;
    if (limiterAround(evaluator, node, module)) continue;
    return {
      subject: { kind: 'wrapper-call', node, call: found.call },
      report: calleeOf(node),
      verdict: found.verdict,
      withoutDefault: false,
    };
  }
  return null;
}

/** The worst of the downstream calls that a function leaves to its caller, with the arguments that it gets here. */
function judgeThrough(
  context: TimeoutContext,
  fn: FunctionValue,
  args: readonly Value[],
): { readonly verdict: Verdict; readonly call: DownstreamCall } | null {
  const env: Env = { args: new Map([...fn.env.args, [fn.node, args]]), self: fn.env.self, depth: fn.env.depth + 1 };
  for (const call of context.callsIn(fn)) {
    const outside = judgeCall(context, call);
    if (outside.kind !== 'callerOwned' || outside.parameter.function !== fn.node) continue;
    if (isConstructionJudged(call)) continue;
    const verdict = judgeCall(context, call, env);
    if (isFaulty(verdict)) return { verdict, call };
  }
  return null;
}

function isConstructionJudged(call: DownstreamCall): boolean {
  return call.type.judged === 'construction' && call.client.origin !== 'shared';
}

/** Whether the callers of a function answer for the bound: they all stand in this file, or they must give the options. */
function leavesToCaller(context: TimeoutContext, fn: FunctionValue): boolean {
  return context.callsIn(fn).some((call) => {
    const verdict = judgeCall(context, call);
    if (verdict.kind !== 'callerOwned' || verdict.parameter.function !== fn.node) return false;
    if (exposureOf(fn.node, fn.module) === 'local') return true;
    return (
      !isWithoutDefault(verdict.parameter, optionsOf(context.evaluator, call), verdict) &&
      isHandedWhole(verdict.parameter, optionsOf(context.evaluator, call))
    );
  });
}

/** Whether the options are the caller's, whole. */
function isHandedWhole(parameter: ParameterValue, options: Value): boolean {
  return possibilities(options).some((value) => value.kind === 'parameter' && value.function === parameter.function);
}

/**
 * Whether a wrapper leaves its caller without a bound unless the caller thinks of it: exported, its options optional,
 * spread or defaulted, or a duration of its own that may be left out.
 */
function isWithoutDefault(parameter: ParameterValue, options: Value, verdict: Verdict): boolean {
  const fn = enclosingFunctionOf(parameter);
  if (!fn || exposureOf(fn, parameter.module) !== 'exported') return false;
  if (isHandedWhole(parameter, options)) return isOptionalParameter(parameter);
  const spread = possibilities(options).some(
    (value) =>
      value.kind === 'object' && value.parts.some((part) => !('key' in part) && holdsParameter(part.spread, parameter)),
  );
  if (spread) return true;
  const bound = verdict.by.find(({ limit }) => limit.kind === 'caller' && limit.parameter === parameter)?.bound;
  return bound !== undefined && bound.takes !== 'signal' && mayBeLeftOut(parameter);
}

function holdsParameter(value: Value, parameter: ParameterValue): boolean {
  return possibilities(value).some((member) => member.kind === 'parameter' && member.function === parameter.function);
}

function enclosingFunctionOf(parameter: ParameterValue): FunctionValue['node'] | null {
  const node = parameter.function;
  return node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression'
    ? node
    : null;
}

/** Whether a caller may leave out the options that a parameter stands for. */
export function isOptionalParameter(parameter: ParameterValue): boolean {
  const fn = enclosingFunctionOf(parameter);
  const node = fn?.params[parameter.index];
  if (!node) return false;
  const binding = node.type === 'TSParameterProperty' ? node.parameter : node;
  if (binding.type === 'AssignmentPattern' || binding.type === 'RestElement') return true;
  return ('optional' in binding && binding.optional) || parameter.path.length > 1;
}

/** Whether nothing is wrong. */
export function isFine(verdict: Verdict): boolean {
  return verdict.kind === 'bounded' || verdict.kind === 'implicit';
}

/** Whether something is known to be wrong. */
function isFaulty(verdict: Verdict): boolean {
  return /^(?:missing|longDefault|openPhase|ineffective)$/.test(verdict.kind);
}

/** Calls inside one function that are looked at. */
const maxInside = 32;

/** The downstream calls inside a function, nested functions included. */
export function collectCalls(
  fn: FunctionValue,
  identify: (node: CallNode, module: Module) => DownstreamCall | null,
): readonly DownstreamCall[] {
  const calls: DownstreamCall[] = [];
  walk(fn.node.body, fn.module, (node) => {
    if (node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression') {
      const call = identify(node, fn.module);
      if (call && calls.length < maxInside) calls.push(call);
      else if (call) countCutOff();
    }
    return undefined;
  });
  return calls;
}
