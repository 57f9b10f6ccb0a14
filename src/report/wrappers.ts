/**
 * Functions of the project that leave it to their callers which downstream they call: `getJson(url)`. Their call is counted where they are
 * called, once for each caller that names a downstream.
 */
import type { Facts } from '../analysis/analyze.js';
import type { CallNode, DownstreamCall } from '../analysis/calls.js';
import { targetOfCall, type Target } from '../analysis/downstreams.js';
import { walk } from '../analysis/module.js';
import { noEnv, possibilities, type Env, type FunctionNode, type FunctionValue } from '../analysis/values.js';

/** What stands in place of a wrapper's own calls, by their ids. */
export interface Through {
  readonly instead: Readonly<Record<string, string>>;
}

/** A call that is made through wrappers. */
export interface Wrapped {
  /** The client's own call, in the innermost wrapper. */
  readonly call: DownstreamCall;
  /** The arguments of the wrappers on the way. */
  readonly env: Env;
  /** Where it goes now; `null`: that cannot be told. */
  readonly target: Target | null;
}

const maxDepth = 3;
const maxFound = 16;

/** The calls that a call of a wrapper makes. */
export function wrappedCalls(facts: Facts, node: CallNode, fn: FunctionValue): readonly Wrapped[] {
  if (node.type === 'TaggedTemplateExpression' || !isOpen(facts, fn, 0)) return [];
  return callsThrough(facts, fn, node, facts.module, noEnv, 0);
}

function callsThrough(
  facts: Facts,
  fn: FunctionValue,
  node: Exclude<CallNode, { type: 'TaggedTemplateExpression' }>,
  module: Facts['module'],
  around: Env,
  depth: number,
): readonly Wrapped[] {
  const { evaluator } = facts;
  const args = evaluator.arguments(node.arguments, module, around);
  const env: Env = { args: new Map([...fn.env.args, [fn.node, args]]), self: fn.env.self, depth: fn.env.depth + 1 };
  const found: Wrapped[] = [];
  for (const call of facts.callsIn(fn)) {
    if (isOpenCall(facts, call, fn.node)) found.push({ call, env, target: targetOfCall(evaluator, call, env) });
  }
  if (depth >= maxDepth) return found;
  for (const { node: inner, target } of callsOfFunctions(facts, fn)) {
    if (found.length >= maxFound) break;
    if (isOpen(facts, target, depth + 1)) found.push(...callsThrough(facts, target, inner, fn.module, env, depth + 1));
  }
  return found;
}

/** Whether the downstream of a call is up to the caller of a function. */
function isOpenCall(facts: Facts, call: DownstreamCall, fn: FunctionNode): boolean {
  const target = targetOfCall(facts.evaluator, call);
  return target?.kind === 'parameter' && target.parameter.function === fn;
}

const open = new WeakMap<FunctionNode, boolean>();

/** Whether a function leaves the downstream of a call to its caller, itself or through others. */
function isOpen(facts: Facts, fn: FunctionValue, depth: number): boolean {
  const known = open.get(fn.node);
  if (known !== undefined) return known;
  open.set(fn.node, false);
  const answer =
    fn.node.params.length > 0 &&
    (facts.callsIn(fn).some((call) => isOpenCall(facts, call, fn.node)) ||
      (depth < maxDepth && callsOfFunctions(facts, fn).some(({ target }) => isOpen(facts, target, depth + 1))));
  open.set(fn.node, answer);
  return answer;
}

type FunctionCall = {
  readonly node: Exclude<CallNode, { type: 'TaggedTemplateExpression' }>;
  readonly target: FunctionValue;
};
const called = new WeakMap<FunctionNode, readonly FunctionCall[]>();

/** The functions of the project that a function gives something to. */
function callsOfFunctions({ evaluator }: Facts, fn: FunctionValue): readonly FunctionCall[] {
  const known = called.get(fn.node);
  if (known) return known;
  const found: FunctionCall[] = [];
  called.set(fn.node, found);
  walk(fn.node.body, fn.module, (node) => {
    if (node.type !== 'CallExpression' || node.arguments.length === 0 || found.length >= maxFound) return undefined;
    for (const value of possibilities(evaluator.callee(node.callee, fn.module)))
      if (value.kind === 'function' && value.node !== fn.node) found.push({ node, target: value });
    return undefined;
  });
  return found;
}
