/** Functions of a project that start their argument for every element of another one, all at once. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';
import type { IsolationContext } from './facts.js';
import { policyRunAt } from './policies.js';
import { waitsForTurn } from './turns.js';

/** Which parameter is the collection, and which one is run for each of its elements. */
export interface FanOutHelper {
  readonly collection: number;
  readonly work: number;
}

const known = new WeakMap<FunctionNode, FanOutHelper | null>();

/** What a function of the project does with its parameters, where it is `Promise.all(values.map(work))` in essence. */
export function fanOutHelperOf(context: IsolationContext, fn: FunctionValue): FanOutHelper | null {
  const answer = known.get(fn.node);
  if (answer !== undefined) return answer;
  known.set(fn.node, null);
  let found: FanOutHelper | null = null;
  const { module } = fn;
  walk(fn.node.body, module, (node) => {
    if (found) return false;
    if (node.type !== 'CallExpression' || !/^Promise\.all(?:Settled)?$/.test(module.text.slice(...node.callee.range)))
      return undefined;
    const [list] = node.arguments;
    const call = list && unwrap(list);
    const map = call?.type === 'CallExpression' ? unwrap(call.callee) : null;
    if (call?.type !== 'CallExpression' || map?.type !== 'MemberExpression' || memberName(map) !== 'map')
      return undefined;
    const collection = parameterOf(fn.node, map.object, module);
    const [callback] = call.arguments;
    const work = callback ? workOf(context, fn, callback) : null;
    if (collection !== null && work !== null) found = { collection, work };
    return undefined;
  });
  known.set(fn.node, found);
  return found;
}

/** The parameter that is called for each element, with nothing that limits it around. */
function workOf(context: IsolationContext, fn: FunctionValue, callback: TSESTree.Node): number | null {
  const direct = parameterOf(fn.node, callback, fn.module);
  if (direct !== null || !isFunction(callback)) return direct;
  let found: number | null = null;
  walk(callback.body, fn.module, (node) => {
    if (found !== null) return false;
    if (node.type !== 'CallExpression') return undefined;
    if (isLimited(context, node, fn.module)) return false;
    found = parameterOf(fn.node, node.callee, fn.module);
    return undefined;
  });
  return found;
}

function isLimited(context: IsolationContext, call: TSESTree.CallExpression, module: Module): boolean {
  if (policyRunAt(context, call, module)) return true;
  return possibilities(context.evaluator.callee(call.callee, module)).some(
    (value) => value.kind === 'function' && waitsForTurn(context.evaluator, value),
  );
}

/** The index of the parameter that an expression is, filters and copies apart. */
function parameterOf(fn: FunctionNode, node: TSESTree.Node, module: Module): number | null {
  let inner = unwrap(node);
  while (inner.type === 'CallExpression') {
    const callee = unwrap(inner.callee);
    if (callee.type !== 'MemberExpression' || !/^(?:filter|entries|reverse)$/.test(memberName(callee) ?? ''))
      return null;
    inner = unwrap(callee.object);
  }
  if (inner.type !== 'Identifier') return null;
  const name = variableOf(module, inner)?.identifiers[0];
  const index = fn.params.findIndex((parameter) => parameter === name);
  return index < 0 ? null : index;
}
