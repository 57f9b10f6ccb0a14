/**
 * Functions of the project that leave it to their callers which downstream they call: `getJson(url)`. Their call is counted where they are
 * called, once for each caller that names a downstream.
 */
import type { Facts } from '../analysis/analyze.js';
import type { CallNode, DownstreamCall } from '../analysis/calls.js';
import { targetOfArgument, targetOfCall, type Target } from '../analysis/downstreams.js';
import { walk, type Module } from '../analysis/module.js';
import {
  noEnv,
  possibilities,
  type Env,
  type FunctionNode,
  type FunctionValue,
  type ParameterValue,
  type Value,
} from '../analysis/values.js';

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
  if (node.type === 'TaggedTemplateExpression') return [];
  const { evaluator, module } = facts;
  return openCallsOf(facts, fn, 0).map(({ call, parameter, links }) => {
    const argument = node.arguments[parameter.index];
    const args = evaluator.arguments(node.arguments, module, noEnv);
    // Each wrapper on the way gets its arguments from the one before.
    const env = links.reduce(
      (outer, link) => within(link.target, evaluator.arguments(link.node.arguments, link.from, outer), outer),
      within(fn, args, noEnv),
    );
    const isNamed = argument && argument.type !== 'SpreadElement';
    return { call, env, target: isNamed ? targetOfArgument(evaluator, argument, module, parameter.path) : null };
  });
}

function within(fn: FunctionValue, args: readonly Value[], outer: Env): Env {
  return {
    args: new Map([...outer.args, ...fn.env.args, [fn.node, args]]),
    self: fn.env.self,
    depth: Math.max(outer.depth, fn.env.depth) + 1,
  };
}

/** A call whose downstream is up to the caller of a function. */
interface OpenCall {
  readonly call: DownstreamCall;
  /** Which of the function's parameters names it. */
  readonly parameter: ParameterValue;
  /** The wrappers between the function and the call. */
  readonly links: readonly (FunctionCall & { readonly from: Module })[];
}

const open = new WeakMap<FunctionNode, readonly OpenCall[]>();

/** The calls of a function whose downstream its caller names, its own and those of the functions that it calls. */
function openCallsOf(facts: Facts, fn: FunctionValue, depth: number): readonly OpenCall[] {
  const known = open.get(fn.node);
  if (known) return known;
  open.set(fn.node, []);
  if (fn.node.params.length === 0) return [];
  const { evaluator } = facts;
  const isOwn = (target: Target | null): target is Extract<Target, { kind: 'parameter' }> =>
    target?.kind === 'parameter' && target.parameter.function === fn.node;
  const found: OpenCall[] = [];
  for (const call of facts.callsIn(fn)) {
    const target = targetOfCall(evaluator, call);
    if (isOwn(target)) found.push({ call, parameter: target.parameter, links: [] });
  }
  for (const inner of depth < maxDepth ? callsOfFunctions(facts, fn) : []) {
    for (const { call, parameter, links } of openCallsOf(facts, inner.target, depth + 1)) {
      const argument = inner.node.arguments[parameter.index];
      if (!argument || argument.type === 'SpreadElement' || found.length >= maxFound) continue;
      const target = targetOfArgument(evaluator, argument, fn.module, parameter.path);
      if (isOwn(target))
        found.push({ call, parameter: target.parameter, links: [{ ...inner, from: fn.module }, ...links] });
    }
  }
  open.set(fn.node, found);
  return found;
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
