/** Bounds that an interceptor sets on every request of a client: `client.interceptors.request.use((c) => { c.timeout ??= 5000; … })`. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from './evaluate.js';
import { isFunction, keyName, memberName, someInside, walk, type Module } from './module.js';
import { possibilities, type ClientValue } from './values.js';

const interceptors = new WeakMap<Module, readonly TSESTree.CallExpression[]>();

/** Whether an interceptor of a client, in this file, sets one of its bounds. */
export function isBoundByInterceptor(evaluator: Evaluator, client: ClientValue, module: Module): boolean {
  const options = client.type.bounds.filter((bound) => bound.where === 'both').map((bound) => bound.option);
  return interceptorsIn(module).some((use) => {
    const [callback] = use.arguments;
    if (!callback || !setsOneOf(evaluator, callback, options, module)) return false;
    const receiver = clientBehind(use);
    return possibilities(evaluator.evaluate(receiver, module)).some(
      (value) => value.kind === 'client' && value.library === client.library && value.site?.node === client.site?.node,
    );
  });
}

/** The calls of `….interceptors.request.use(…)` in a module. */
function interceptorsIn(module: Module): readonly TSESTree.CallExpression[] {
  const known = interceptors.get(module);
  if (known) return known;
  const found: TSESTree.CallExpression[] = [];
  if (module.text.includes('interceptors')) {
    walk(module.ast, module, (node) => {
      if (node.type === 'CallExpression' && isRequestInterceptor(node)) found.push(node);
      return undefined;
    });
  }
  interceptors.set(module, found);
  return found;
}

function isRequestInterceptor({ callee }: TSESTree.CallExpression): boolean {
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'use') return false;
  const request = callee.object;
  if (request.type !== 'MemberExpression' || memberName(request) !== 'request') return false;
  return request.object.type === 'MemberExpression' && memberName(request.object) === 'interceptors';
}

/** What stands before `.interceptors.request.use`. */
function clientBehind(use: TSESTree.CallExpression): TSESTree.Node {
  let node: TSESTree.Node = use.callee;
  for (let steps = 0; steps < 3 && node.type === 'MemberExpression'; steps++) node = node.object;
  return node;
}

/** Whether a function assigns one of the options, or returns an object that has it. */
function setsOneOf(evaluator: Evaluator, callback: TSESTree.Node, options: readonly string[], module: Module): boolean {
  return possibilities(evaluator.evaluate(callback, module)).some((value) => {
    if (value.kind !== 'function' || !isFunction(value.node)) return false;
    return someInside(value.node.body, value.module, (inner) => {
      if (inner.type === 'AssignmentExpression' && inner.left.type === 'MemberExpression') {
        return options.includes(memberName(inner.left) ?? '');
      }
      return inner.type === 'Property' && options.includes(keyName(inner) ?? '');
    });
  });
}
