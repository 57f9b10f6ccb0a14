/** Signals that a function receives and does not hand on to the calls that it makes. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Bound } from '../catalog/schema.js';
import { controllerUse } from './controllers.js';
import { calleeOf, optionsOf, type CallNode, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { memberAt } from './members.js';
import { enclosingClass, enclosingFunction } from './module.js';
import { isAside, receivedSignal, signalAt, type ReceivedSignal } from './signals.js';
import { isLocalTarget, type TimeoutContext } from './timeouts.js';
import { noEnv, possibilities, type FunctionValue, type Value } from './values.js';

/** A call that drops the signal of its function, or may. */
export interface DroppedSignal {
  /** The callee to report. */
  readonly report: TSESTree.Node;
  readonly signal: ReceivedSignal;
  /** The downstream call that goes on, and its option that takes a signal. */
  readonly call: DownstreamCall;
  readonly bound: Bound;
  /** The functions between, by name, where the call is not made right here. */
  readonly through: readonly string[];
  /** The call at which it is dropped. */
  readonly node: CallNode;
  /** What the call gives in the signal's place: nothing, or another signal. */
  readonly given: Value;
  /** Whether it is known that it is dropped; else what the call gives cannot be seen. */
  readonly certain: boolean;
  /** Where the function that is called takes its signal; `null` where the call is the downstream call. */
  readonly accepted: ReceivedSignal['parameter'];
}

/** Every call of a file that drops the signal of its function, or may. */
export function droppedSignals(context: TimeoutContext): readonly DroppedSignal[] {
  const dropped: DroppedSignal[] = [];
  for (const call of context.calls) {
    const found = droppedBy(context, call);
    if (found) dropped.push(found);
  }
  for (const node of context.otherCalls) {
    const found = droppedThrough(context, node);
    if (found) dropped.push(found);
  }
  return dropped;
}

/** The bound of a call that takes a signal, or `null`. */
export function signalBound(call: DownstreamCall): Bound | null {
  const bounds = call.operation.bounds ?? call.type.bounds;
  return (
    bounds.find(
      (bound) =>
        bound.takes === 'signal' && bound.kind !== 'no-effect' && (bound.where === 'call' || bound.where === 'both'),
    ) ?? null
  );
}

function droppedBy(context: TimeoutContext, call: DownstreamCall): DroppedSignal | null {
  const { evaluator, module } = context;
  const bound = signalBound(call);
  if (!bound) return null;
  const signal = signalAt(evaluator, call.node, module);
  if (!signal || isAside(call.node) || isLocalTarget(context, call)) return null;
  const given = memberAt(evaluator, optionsOf(evaluator, call), bound.option);
  const certain = isDropped(evaluator, given, signal, call.node);
  if (!certain && !possibilities(given).some(({ kind }) => kind === 'unknown')) return null;
  const { node } = call;
  return { report: calleeOf(node), signal, call, bound, through: [], node, given, certain, accepted: null };
}

/** Whether a value that stands where a signal goes has nothing to do with the one that was received. */
function isDropped(evaluator: Evaluator, given: Value, signal: ReceivedSignal, use: TSESTree.Node): boolean {
  return possibilities(given).every((value) => {
    switch (value.kind) {
      case 'absent':
      case 'timeout-signal':
        return true;
      case 'any-signal':
        return value.members.every((member) => member !== null && isDropped(evaluator, member, signal, use));
      case 'controller-signal': {
        // A controller that something else aborts may well follow the signal.
        const { aborted, escapes } = controllerUse(evaluator, value.controller, use);
        return aborted.length === 0 && !escapes;
      }
      case 'parameter':
        // The received one, or another that the caller gives on purpose.
        return false;
      default:
        // An explicit `undefined` is somebody's decision; what is not known is not reported.
        return false;
    }
  });
}

/** A call of a function that accepts a signal, and hands it to a downstream call, made without the one at hand. */
function droppedThrough(context: TimeoutContext, node: CallNode): DroppedSignal | null {
  const { evaluator, module } = context;
  if (node.type !== 'CallExpression') return null;
  const signal = signalAt(evaluator, node, module);
  if (!signal || isAside(node)) return null;
  for (const callee of possibilities(evaluator.callee(node.callee, module))) {
    if (callee.kind !== 'function' || callee.node === enclosingFunction(node)) continue;
    const accepted = receivedSignal(evaluator, callee.node, callee.module);
    if (!accepted?.parameter || accepted.fromRequest) continue;
    const reached = reachedWith(context, callee);
    if (!reached) continue;
    const args = evaluator.arguments(node.arguments, module, noEnv);
    const argument = args[accepted.parameter.index] ?? { kind: 'absent' as const };
    const given = accepted.parameter.path.reduce<Value>(
      (value, name) => evaluator.property(value, name, null),
      argument,
    );
    if (!isDropped(evaluator, given, signal, node)) continue;
    return { report: calleeOf(node), signal, ...reached, node, given, certain: true, accepted: accepted.parameter };
  }
  return null;
}

/** A downstream call that could get the signal that a function accepts, and the function's name. */
function reachedWith(
  context: TimeoutContext,
  fn: FunctionValue,
): { readonly call: DownstreamCall; readonly bound: Bound; readonly through: readonly string[] } | null {
  for (const call of context.callsIn(fn)) {
    const bound = signalBound(call);
    if (bound) return { call, bound, through: [nameOf(fn)] };
  }
  return null;
}

function nameOf({ node, module }: FunctionValue): string {
  if (node.type === 'FunctionDeclaration' && node.id) return node.id.name;
  const parent = node.parent;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent.type === 'MethodDefinition' || parent.type === 'Property') {
    const owner = enclosingClass(node.body)?.id?.name;
    const name = module.text.slice(...parent.key.range);
    return owner === undefined ? name : `${owner}.${name}`;
  }
  return 'a function';
}

/** Whether a call only reads, as far as its operation or its method says. */
export function isRead(evaluator: Evaluator, call: DownstreamCall): boolean {
  const { effect, method } = call.operation;
  if (typeof effect === 'string') return effect === 'read';
  if (effect.from !== 'http-method') return effect.default === 'read';
  if (method !== undefined) return method === 'GET' || method === 'HEAD';
  const value = memberAt(evaluator, optionsOf(evaluator, call), effect.option ?? 'method');
  return possibilities(value).every((member) =>
    member.kind === 'absent'
      ? effect.default === 'read'
      : member.kind === 'literal' && /^(?:get|head|options|query)$/i.test(String(member.value)),
  );
}
