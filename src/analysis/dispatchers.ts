/** Clients that bound other clients' calls: a `dispatcher` given to a call, or set for the whole process. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from './evaluate.js';
import { walk, type Module } from './module.js';
import { possibilities, type ClientValue } from './values.js';

const globals = new WeakMap<Module, readonly ClientValue[]>();

/** The dispatchers that a module sets for the process (`setGlobalDispatcher(new Agent(…))`). */
export function globalDispatchers(evaluator: Evaluator, module: Module): readonly ClientValue[] {
  const known = globals.get(module);
  if (known) return known;
  const found: ClientValue[] = [];
  if (module.text.includes('setGlobalDispatcher')) {
    walk(module.ast, module, (node) => {
      if (node.type === 'CallExpression') found.push(...dispatcherSetBy(evaluator, node, module));
      return undefined;
    });
  }
  globals.set(module, found);
  return found;
}

function dispatcherSetBy(evaluator: Evaluator, call: TSESTree.CallExpression, module: Module): ClientValue[] {
  const callee = evaluator.callee(call.callee, module);
  const [argument] = call.arguments;
  if (callee.kind !== 'external' || callee.package !== 'undici' || !argument || argument.type === 'SpreadElement')
    return [];
  if (callee.path[callee.path.length - 1] !== 'setGlobalDispatcher') return [];
  return possibilities(evaluator.evaluate(argument, module)).filter((value) => value.kind === 'client');
}
