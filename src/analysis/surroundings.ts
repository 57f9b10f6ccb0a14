/** What stands around a call and limits it: a race against a timer, a timeout policy, a helper that does either. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isTimer } from './controllers.js';
import { isSpecial, memberAt } from './members.js';
import type { Evaluator } from './evaluate.js';
import { configIndexOf } from './evaluation/invocations.js';
import { exposureOf } from './exposure.js';
import { enclosingFunction, isFunction, memberName, unwrap, variableOf, walk, wrapped, type Module } from './module.js';
import {
  absent,
  noEnv,
  possibilities,
  type FunctionNode,
  type FunctionValue,
  type ParameterValue,
  type PolicyValue,
  type Value,
} from './values.js';

/** How many functions a promise is followed through. */
const maxDepth = 4;

/** The expression around `node` that limits how long its caller waits for it, or `null`. */
export function limiterAround(evaluator: Evaluator, node: TSESTree.Node, module: Module): TSESTree.Node | null {
  let current = wrapped(node);
  for (let steps = 0; steps < 24; steps++) {
    // What is awaited takes its function's time.
    if (current.type === 'AwaitExpression') {
      const raced = limiterOf(evaluator, current, module);
      const fn: FunctionNode | null = enclosingFunction(current);
      if (raced || !fn) return raced;
      current = fn;
    }
    if (current.type === 'FunctionDeclaration') return isLimitedByName(evaluator, current, module) ? current : null;
    const parent: TSESTree.Node | undefined = current.parent;
    if (!parent) return null;
    switch (parent.type) {
      case 'ArrayExpression': {
        if (isRaceAgainstTimer(evaluator, parent, current, module)) return parent;
        current = parent;
        break;
      }
      case 'NewExpression': {
        // `new Promise((resolve, reject) => { setTimeout(reject, ms); work().then(resolve, reject) })`
        if (parent.callee.type === 'Identifier' && parent.callee.name === 'Promise') {
          if (startsTimer(evaluator, parent, module)) return parent;
          current = wrapped(parent);
          break;
        }
        const index = parent.arguments.indexOf(current as TSESTree.CallExpressionArgument);
        return index >= 0 && limits(evaluator, parent, index, module) ? parent : null;
      }
      case 'FunctionDeclaration':
        return isLimitedByName(evaluator, parent, module) ? parent : null;
      case 'CallExpression': {
        const index = parent.arguments.indexOf(current as TSESTree.CallExpressionArgument);
        if (index >= 0 && limits(evaluator, parent, index, module)) return parent;
        if (index >= 0 && !isPromiseCombinator(parent) && !isChainLink(parent)) return null;
        current = wrapped(parent);
        break;
      }
      case 'MemberExpression': {
        const call = parent.parent;
        if (parent.object !== current || call.type !== 'CallExpression' || call.callee !== parent) return null;
        const name = memberName(parent);
        if (name === 'pipe' && call.arguments.some((argument) => isTimeoutOperator(evaluator, argument, module)))
          return call;
        if (name !== 'then' && name !== 'catch' && name !== 'finally' && name !== 'pipe') return null;
        current = wrapped(call);
        break;
      }
      case 'VariableDeclarator': {
        // `const work = fetch(url); await Promise.race([work, timer])`
        if (parent.id.type !== 'Identifier') return null;
        if (isFunction(current)) return isLimitedByName(evaluator, current, module) ? parent : null;
        const uses = variableOf(module, parent.id)?.references.filter((reference) => reference.isRead()) ?? [];
        for (const { identifier } of uses) {
          const limiter =
            identifier.parent.type === 'ArrayExpression' || identifier.parent.type === 'CallExpression'
              ? limiterOf(evaluator, identifier, module)
              : null;
          if (limiter) return limiter;
        }
        const statement = parent.parent.parent;
        if (statement.type !== 'BlockStatement') return null;
        current = statement;
        break;
      }
      case 'ReturnStatement':
      case 'ExpressionStatement':
      case 'BlockStatement':
      case 'TryStatement':
      case 'IfStatement':
      case 'AssignmentExpression':
      case 'VariableDeclaration':
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'SequenceExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        current = parent;
        break;
      default:
        return null;
    }
  }
  return null;
}

function limiterOf(evaluator: Evaluator, use: TSESTree.Node, module: Module): TSESTree.Node | null {
  const parent = use.parent;
  if (parent?.type === 'ArrayExpression') return isRaceAgainstTimer(evaluator, parent, use, module) ? parent : null;
  if (parent?.type === 'CallExpression') {
    const index = parent.arguments.indexOf(use as TSESTree.CallExpressionArgument);
    return index >= 0 && limits(evaluator, parent, index, module) ? parent : null;
  }
  return null;
}

/** `promise.then(callback)`: what the callback does takes the chain's time. */
function isChainLink(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(memberName(callee) ?? '');
}

function isPromiseCombinator(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    /^(?:all|allSettled|any|race|resolve)$/.test(memberName(callee) ?? '')
  );
}

/** Whether an array is what `Promise.race` gets, with a timer among its other members. */
function isRaceAgainstTimer(
  evaluator: Evaluator,
  array: TSESTree.ArrayExpression,
  member: TSESTree.Node,
  module: Module,
): boolean {
  const call = array.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== array) return false;
  const callee = evaluator.evaluate(call.callee, module);
  if (callee.kind !== 'external' || callee.package !== 'global' || callee.path.join('.') !== 'Promise.race')
    return false;
  return array.elements.some(
    (element) =>
      element &&
      element !== member &&
      element.type !== 'SpreadElement' &&
      isTimerPromise(evaluator, element, module, 0),
  );
}

/** Whether an expression is a promise that a timer settles. */
export function isTimerPromise(evaluator: Evaluator, node: TSESTree.Node, module: Module, depth: number): boolean {
  if (depth > maxDepth) return false;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return isTimerPromise(evaluator, inner.argument, module, depth);
    case 'Identifier': {
      const definition = variableOf(module, inner)?.defs[0];
      const declarator = definition?.node;
      return declarator?.type === 'VariableDeclarator' && declarator.init
        ? isTimerPromise(evaluator, declarator.init, module, depth + 1)
        : false;
    }
    case 'NewExpression':
      return (
        inner.callee.type === 'Identifier' && inner.callee.name === 'Promise' && startsTimer(evaluator, inner, module)
      );
    case 'MemberExpression':
      return isTimerPromise(evaluator, inner.object, module, depth + 1);
    case 'CallExpression': {
      const callee = unwrap(inner.callee);
      if (callee.type === 'MemberExpression' && /^(?:then|catch|finally)$/.test(memberName(callee) ?? '')) {
        return isTimerPromise(evaluator, callee.object, module, depth);
      }
      return possibilities(evaluator.evaluate(callee, module)).some((value) => {
        if (value.kind === 'external') {
          return value.package === 'node:timers/promises' || /^(?:delay|@types\/delay)$/.test(value.package);
        }
        return value.kind === 'function' && returnsTimer(evaluator, value, depth + 1);
      });
    }
    default:
      return false;
  }
}

function returnsTimer(evaluator: Evaluator, { node, module }: FunctionValue, depth: number): boolean {
  if (depth > maxDepth) return false;
  if (node.body.type !== 'BlockStatement') return isTimerPromise(evaluator, node.body, module, depth);
  let found = false;
  walk(
    node.body,
    module,
    (inner) => {
      if (inner.type === 'ReturnStatement' && inner.argument)
        found ||= isTimerPromise(evaluator, inner.argument, module, depth);
      if (inner.type === 'AwaitExpression') found ||= isTimerPromise(evaluator, inner.argument, module, depth + 1);
      return !found;
    },
    { intoFunctions: false },
  );
  return found;
}

function startsTimer(evaluator: Evaluator, node: TSESTree.Node, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'CallExpression') found ||= isTimer(inner, module, evaluator);
    return !found;
  });
  return found;
}

function isTimeoutOperator(evaluator: Evaluator, argument: TSESTree.Node, module: Module): boolean {
  return possibilities(evaluator.evaluate(argument, module)).some((value) => {
    if (value.kind === 'policy') return value.policy.kind === 'timeout';
    const call = unwrap(argument);
    if (call.type !== 'CallExpression') return false;
    const callee = evaluator.evaluate(call.callee, module);
    return callee.kind === 'policy'
      ? callee.policy.kind === 'timeout'
      : callee.kind === 'external' &&
          /^rxjs/.test(callee.package) &&
          /^timeout(?:With)?$/.test(callee.path.at(-1) ?? '');
  });
}

/** Whether a call limits what it gets as its argument `index`: a timeout policy, or a function that races it. */
function limits(
  evaluator: Evaluator,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  module: Module,
): boolean {
  const callee = evaluator.evaluate(call.callee, module);
  return possibilities(callee).some((value) => {
    if (value.kind === 'function') return limitsParameter(evaluator, value, index, 0);
    if (value.kind !== 'policy' || value.policy.operation !== index) return false;
    // The policy itself when the operation is handed over as it is made, or when there is nothing to make.
    const args = value.built ? value.args : evaluator.arguments(call.arguments, module, noEnv);
    return policyLimits(evaluator, { ...value, args });
  });
}

/** Whether a policy ends its caller's wait by itself. */
function policyLimits(evaluator: Evaluator, { policy, args }: PolicyValue): boolean {
  if (policy.kind === 'wrap')
    return args.some((arg) =>
      possibilities(arg).some((inner) => inner.kind === 'policy' && policyLimits(evaluator, inner)),
    );
  if (policy.limit === undefined) return policy.kind === 'timeout';
  if (policy.races) {
    const strategy = args[policy.races.argument] ?? absent;
    const named = [
      strategy,
      policy.races.option === undefined ? absent : evaluator.property(strategy, policy.races.option, null),
    ];
    return named.flatMap(possibilities).some((value) => policy.races?.values.includes(nameOf(value) ?? '') === true);
  }
  const { option, argument, none, defaultMs } = policy.limit;
  const options = policy.options === undefined ? absent : (args[configIndexOf(args, policy.options)] ?? absent);
  const value = option === undefined ? (args[argument ?? -1] ?? absent) : memberAt(evaluator, options, option);
  if (possibilities(value).some((member) => isSpecial(member, none))) return false;
  return (
    possibilities(value).some(({ kind }) => kind !== 'absent') || (defaultMs !== undefined && defaultMs !== 'never')
  );
}

/** A string, or the last name of an imported constant: `TimeoutStrategy.Aggressive`. */
function nameOf(value: Value): string | null {
  if (value.kind === 'literal') return String(value.value);
  return value.kind === 'external' ? (value.path[value.path.length - 1] ?? null) : null;
}

/** Whether a parameter is a signal that a timeout policy hands to the function that it runs. */
export function isPolicySignal(evaluator: Evaluator, parameter: ParameterValue): boolean {
  const fn = parameter.function;
  const call = fn.parent;
  if (call?.type !== 'CallExpression' || parameter.path[parameter.path.length - 1] !== 'signal') return false;
  const index = call.arguments.indexOf(fn as TSESTree.CallExpressionArgument);
  return possibilities(evaluator.evaluate(call.callee, parameter.module)).some(
    (value) => value.kind === 'policy' && value.policy.operation === index && handsSignal(value),
  );
}

function handsSignal({ policy, args }: PolicyValue): boolean {
  if (policy.kind === 'wrap')
    return args.some((arg) => possibilities(arg).some((inner) => inner.kind === 'policy' && handsSignal(inner)));
  return policy.kind === 'timeout' && policy.cancels === 'signal';
}

/** Whether a function is reached only as the operation of something that limits it. */
function isLimitedByName(evaluator: Evaluator, fn: FunctionNode, module: Module): boolean {
  const name =
    fn.type === 'FunctionDeclaration'
      ? fn.id
      : fn.parent.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier'
        ? fn.parent.id
        : null;
  if (!name || exposureOf(fn, module) !== 'local') return false;
  const uses = (variableOf(module, name)?.references ?? []).filter((reference) => reference.isRead());
  return (
    uses.length > 0 &&
    uses.every(({ identifier }) => {
      const call = identifier.parent;
      if (call.type !== 'CallExpression' && call.type !== 'NewExpression') return false;
      const index = call.arguments.indexOf(identifier as TSESTree.Identifier);
      return index >= 0 && limits(evaluator, call, index, module);
    })
  );
}

const racing = new WeakMap<TSESTree.Node, Map<number, boolean>>();

/** Whether a function races its parameter `index` (a promise, or a function that it calls) against a timer. */
function limitsParameter(evaluator: Evaluator, fn: FunctionValue, index: number, depth: number): boolean {
  const known = racing.get(fn.node) ?? new Map<number, boolean>();
  racing.set(fn.node, known);
  const answer = known.get(index);
  if (answer !== undefined) return answer;
  known.set(index, false);
  const result = findRace(evaluator, fn, index, depth);
  known.set(index, result);
  return result;
}

function findRace(evaluator: Evaluator, { node, module }: FunctionValue, index: number, depth: number): boolean {
  const parameter = node.params[index];
  const binding = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (binding?.type !== 'Identifier' || depth > maxDepth) return false;
  const variable = variableOf(module, binding);
  for (const { identifier } of variable?.references ?? []) {
    let use: TSESTree.Node = identifier;
    if (use.parent.type === 'CallExpression' && use.parent.callee === use) use = use.parent;
    if (limiterAround(evaluator, use, module)) return true;
    // `new Promise((resolve, reject) => { setTimeout(reject, ms); work.then(resolve, reject) })`
    for (let outer: TSESTree.Node | undefined = use.parent; outer && outer !== node; outer = outer.parent) {
      if (outer.type === 'NewExpression' && isTimerPromise(evaluator, outer, module, depth + 1)) return true;
    }
  }
  return false;
}
