/** Waits: a promise that a timer settles, whatever the function that makes it is called, and for how long. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isTimer } from '../controllers.js';
import type { Evaluator } from '../evaluate.js';
import { isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities, type FunctionValue } from '../values.js';
import { bindArguments, noFrame, type Frame } from './numbers.js';

/** A wait: the expression that says how long, and what its names stand for. */
export interface WaitSite {
  /** The call or construction that gives the promise, in the code that was looked at. */
  readonly node: TSESTree.Node;
  /** Where the delay is written there; `null` where the callee knows it. */
  readonly argument: TSESTree.Node | null;
  readonly ms: TSESTree.Node | null;
  readonly module: Module;
  readonly frame: Frame;
}

const maxDepth = 4;

/** The wait that an expression is, or `null`. */
export function waitOf(evaluator: Evaluator, node: TSESTree.Node, module: Module): WaitSite | null {
  return find(evaluator, node, module, noFrame, 0);
}

function find(evaluator: Evaluator, node: TSESTree.Node, module: Module, frame: Frame, depth: number): WaitSite | null {
  if (depth > maxDepth) return null;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return find(evaluator, inner.argument, module, frame, depth);
    case 'YieldExpression':
      return inner.argument ? find(evaluator, inner.argument, module, frame, depth) : null;
    case 'ConditionalExpression':
      return (
        find(evaluator, inner.consequent, module, frame, depth) ??
        find(evaluator, inner.alternate, module, frame, depth)
      );
    case 'NewExpression': {
      if (inner.callee.type !== 'Identifier' || inner.callee.name !== 'Promise') return null;
      const timer = timerIn(evaluator, inner, module);
      const ms = timer?.arguments[1] ?? null;
      return timer && settles(timer, inner, module) ? { node: inner, argument: ms, ms, module, frame } : null;
    }
    case 'CallExpression':
      return ofCall(evaluator, inner, module, frame, depth);
    case 'Identifier': {
      const declarator = variableOf(module, inner)?.defs[0]?.node as TSESTree.Node | undefined;
      if (declarator?.type !== 'VariableDeclarator' || !declarator.init || declarator.id.type !== 'Identifier')
        return null;
      return find(evaluator, declarator.init, module, frame, depth + 1);
    }
    default:
      return null;
  }
}

function ofCall(
  evaluator: Evaluator,
  call: TSESTree.CallExpression,
  module: Module,
  frame: Frame,
  depth: number,
): WaitSite | null {
  const callee = unwrap(call.callee);
  const argument = (index: number): TSESTree.Node | null => {
    const found = call.arguments[index];
    return found && found.type !== 'SpreadElement' ? found : null;
  };
  const direct = (index: number): WaitSite => ({
    node: call,
    argument: argument(index),
    ms: argument(index),
    module,
    frame,
  });
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee) ?? '';
    if (/^(?:then|catch|finally)$/.test(name)) return find(evaluator, callee.object, module, frame, depth);
    if (callee.object.type === 'Identifier' && callee.object.name === 'Promise' && /^(?:race|all|any)$/.test(name)) {
      const list = argument(0);
      if (list?.type !== 'ArrayExpression') return null;
      for (const element of list.elements) {
        const found = element && find(evaluator, element, module, frame, depth + 1);
        if (found) return found;
      }
      return null;
    }
    if (callee.object.type === 'Identifier' && callee.object.name === 'Bun' && name === 'sleep') return direct(0);
    if (callee.object.type === 'Identifier' && callee.object.name === 'scheduler' && name === 'wait') return direct(0);
  }
  for (const value of possibilities(evaluator.evaluate(callee, module))) {
    if (value.kind === 'external') {
      const name = value.path.at(-1) ?? '';
      if (value.package === 'node:timers/promises' && /^(?:setTimeout|wait)$/.test(name)) return direct(0);
      if (value.package === 'node:timers' && value.path.join('.') === 'promises.setTimeout') return direct(0);
      if (/^(?:delay|sleep-promise|p-sleep|yoctodelay)$/.test(value.package)) return direct(0);
      if (
        /^(?:es-toolkit|radash|remeda|modern-async|type-fest|await-sleep)$/.test(value.package) &&
        /^(?:delay|sleep)$/.test(name)
      )
        return direct(0);
      continue;
    }
    if (value.kind === 'unknown' && value.site && isPromisifiedTimer(value.site.node, value.site.module))
      return direct(0);
    if (value.kind !== 'function') continue;
    const inside = bindArguments(value.node, value.module, call.arguments, module, frame);
    const found = inFunction(evaluator, value, inside, depth + 1);
    if (found) return { ...found, node: call, argument: argumentBehind(found, call, value) };
  }
  return null;
}

/** The argument of a call that becomes the delay inside the function. */
function argumentBehind(
  found: WaitSite,
  call: TSESTree.CallExpression,
  { node, module }: FunctionValue,
): TSESTree.Node | null {
  const ms = found.ms && unwrap(found.ms);
  if (!ms) return null;
  const named = ms.type === 'Identifier' ? [ms] : [];
  walk(ms, module, (inner) => {
    if (inner.type === 'Identifier') named.push(inner);
    return undefined;
  });
  for (const name of named) {
    const variable = variableOf(module, name);
    const index = node.params.findIndex((parameter) => {
      const binding = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      return binding.type === 'Identifier' && variableOf(module, binding) === variable;
    });
    const argument = index < 0 ? undefined : call.arguments[index];
    // Only a delay that is handed on as it is may be changed at the call.
    if (argument && argument.type !== 'SpreadElement') return ms.type === 'Identifier' ? argument : null;
  }
  return null;
}

/** The wait that a function of the project is: what it returns, or what it awaits and nothing else. */
function inFunction(evaluator: Evaluator, fn: FunctionValue, frame: Frame, depth: number): WaitSite | null {
  const { node, module } = fn;
  if (node.body.type !== 'BlockStatement') return find(evaluator, node.body, module, frame, depth);
  let found: WaitSite | null = null;
  let others = 0;
  walk(node.body, module, (inner) => {
    if (isFunction(inner)) return false;
    if (inner.type === 'ReturnStatement' && inner.argument)
      found ??= find(evaluator, inner.argument, module, frame, depth);
    if (inner.type === 'AwaitExpression') {
      const wait = find(evaluator, inner.argument, module, frame, depth);
      if (wait) found ??= wait;
      else others++;
      return false;
    }
    return undefined;
  });
  return others > 0 ? null : found;
}

function timerIn(evaluator: Evaluator, node: TSESTree.Node, module: Module): TSESTree.CallExpression | null {
  let found: TSESTree.CallExpression | null = null;
  walk(node, module, (inner) => {
    if (found) return false;
    if (inner.type === 'CallExpression' && isTimer(inner, module, evaluator)) found = inner;
    return undefined;
  });
  return found;
}

/** Whether a timer inside `new Promise((resolve, reject) => …)` resolves it: one that rejects is a time limit. */
function settles(timer: TSESTree.CallExpression, promise: TSESTree.NewExpression, module: Module): boolean {
  const executor = promise.arguments[0];
  if (!isFunction(executor)) return false;
  const [resolve, reject] = executor.params;
  const [callback] = timer.arguments;
  if (!callback || resolve?.type !== 'Identifier') return false;
  const text = module.text.slice(...callback.range);
  const names = new RegExp(`\\b${resolve.name.replace(/\$/g, '\\$')}\\b`);
  if (names.test(text)) return true;
  // A named callback: `const done = () => resolve()`.
  if (callback.type === 'Identifier') return !(reject?.type === 'Identifier' && callback.name === reject.name);
  return false;
}

/** What `promisify(setTimeout)` gives. */
function isPromisifiedTimer(node: TSESTree.Node, module: Module): boolean {
  const made = unwrap(node);
  const [argument] = made.type === 'CallExpression' ? made.arguments : [];
  return (
    made.type === 'CallExpression' &&
    argument?.type === 'Identifier' &&
    argument.name === 'setTimeout' &&
    /promisify$/.test(module.text.slice(...made.callee.range))
  );
}
