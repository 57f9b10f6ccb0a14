/** Helpers: functions of the project that run again what they are given. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CallNode } from '../calls.js';
import { calleeOf } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { importOf } from '../imports.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';
import { policyScope, runsOfExpression } from './libraries.js';
import { loopsIn } from './loops.js';
import { recursionsIn } from './recursion.js';
import type { RetryScope, Run } from './scope.js';

/** What a helper runs again: which of its parameters, or which member of it. */
interface Helper {
  readonly index: number;
  readonly member: string | null;
  readonly scope: RetryScope;
}

const known = new WeakMap<FunctionNode, Helper | null>();
const inside = new WeakMap<TSESTree.Node, readonly RetryScope[]>();

/** The scopes that stand in a function, wherever it is. */
function scopesInFunction(evaluator: Evaluator, node: TSESTree.Node, module: Module): readonly RetryScope[] {
  const found = inside.get(node);
  if (found) return found;
  inside.set(node, []);
  const scopes: RetryScope[] = [...loopsIn(evaluator, node, module), ...recursionsIn(evaluator, node, module)];
  walk(node, module, (inner) => {
    if (inner.type !== 'CallExpression') return undefined;
    const scope = policyScope(evaluator, inner, module) ?? helperScope(evaluator, inner, module);
    if (scope) scopes.push(scope);
    return undefined;
  });
  inside.set(node, scopes);
  return scopes;
}

/** How a function retries what it is given; `null` where it does not. */
function helperOf(evaluator: Evaluator, { node, module }: FunctionValue): Helper | null {
  const found = known.get(node);
  if (found !== undefined) return found;
  known.set(node, null);
  const helper = readHelper(evaluator, node, module);
  known.set(node, helper);
  return helper;
}

function readHelper(evaluator: Evaluator, fn: FunctionNode, module: Module): Helper | null {
  // A function that calls nothing that it is given is none.
  const given = givenCalls(fn, module);
  if (given.length === 0) return null;
  for (const scope of scopesInFunction(evaluator, fn, module)) {
    for (const run of scope.runs) {
      const call = given.find(({ node }) => run.module === module && (contains(run.node, node) || run.node === node));
      if (call) return { index: call.index, member: call.member, scope };
    }
  }
  return null;
}

/** The uses of a function's parameters as functions: called, or handed on to be called. */
function givenCalls(
  fn: FunctionNode,
  module: Module,
): readonly { readonly node: TSESTree.Node; readonly index: number; readonly member: string | null }[] {
  const calls: { node: TSESTree.Node; index: number; member: string | null }[] = [];
  for (const [index, parameter] of fn.params.entries()) {
    const binding = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const names =
      binding.type === 'Identifier'
        ? [{ name: binding, member: null }]
        : binding.type === 'ObjectPattern'
          ? binding.properties.flatMap((property) =>
              property.type === 'Property' && property.value.type === 'Identifier' && property.key.type === 'Identifier'
                ? [{ name: property.value, member: property.key.name }]
                : [],
            )
          : [];
    for (const { name, member } of names) {
      for (const { identifier, init } of variableOf(module, name)?.references ?? []) {
        if (init === true || identifier === name) continue;
        const parent = identifier.parent;
        if (parent.type === 'CallExpression') calls.push({ node: identifier, index, member });
        else if (
          parent.type === 'MemberExpression' &&
          parent.object === identifier &&
          parent.parent.type === 'CallExpression' &&
          parent.parent.callee === parent
        ) {
          const method = memberName(parent);
          calls.push({ node: identifier, index, member: method === 'call' || method === 'apply' ? null : method });
        }
      }
    }
  }
  return calls;
}

/** A call of a helper with something to run. */
export function helperScope(evaluator: Evaluator, node: CallNode, module: Module): RetryScope | null {
  if (node.type !== 'CallExpression' || !node.arguments.some((argument) => mayRun(argument))) return null;
  const callee = calleeOf(node);
  if (!mayBeHelper(evaluator, callee, module)) return null;
  for (const value of possibilities(evaluator.evaluate(callee, module))) {
    if (value.kind !== 'function') continue;
    const helper = helperOf(evaluator, value);
    const argument = helper && node.arguments[helper.index];
    if (!helper || !argument || argument.type === 'SpreadElement') continue;
    const runs = runsOf(argument, helper.member, evaluator, module);
    if (runs.length === 0) continue;
    return {
      ...helper.scope,
      kind: 'helper',
      module,
      node,
      head: { node: callee },
      name: `\`${module.text.slice(...callee.range)}\``,
      explicit: true,
      runs,
      attempts:
        node.arguments.length > helper.index + 1
          ? attemptsGiven(node, helper, evaluator, module)
          : helper.scope.attempts,
      loop: null,
      options: null,
      elsewhere: true,
    };
  }
  return null;
}

function mayRun(argument: TSESTree.CallExpressionArgument): boolean {
  const inner = argument.type === 'SpreadElement' ? argument : unwrap(argument);
  return (
    isFunction(inner) ||
    inner.type === 'ObjectExpression' ||
    inner.type === 'Identifier' ||
    inner.type === 'MemberExpression' ||
    inner.type === 'CallExpression'
  );
}

/** What a call of a helper hands over to be run. */
function runsOf(argument: TSESTree.Node, member: string | null, evaluator: Evaluator, module: Module): readonly Run[] {
  const value = evaluator.evaluate(argument, module);
  const target = member === null ? value : evaluator.property(value, member, null);
  const functions = possibilities(target).filter((found) => found.kind === 'function');
  if (functions.length > 0) return functions.map((found) => ({ node: found.node, module: found.module }));
  if (member !== null) return [];
  const inner = unwrap(argument);
  if (inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression') {
    const method = possibilities(value).some(({ kind }) => kind === 'method' || kind === 'client');
    return method ? runsOfExpression(argument, evaluator, module) : [];
  }
  return [];
}

/** The number of attempts where a call of a helper says one; counts are what the helper takes them for. */
function attemptsGiven(
  node: TSESTree.CallExpression,
  helper: Helper,
  evaluator: Evaluator,
  module: Module,
): number | null {
  for (const argument of node.arguments.slice(helper.index + 1)) {
    if (argument.type === 'SpreadElement') continue;
    const value = evaluator.evaluate(argument, module);
    for (const name of ['attempts', 'maxAttempts', 'retries', 'maxRetries', 'times', 'tries', 'count']) {
      const member = value.kind === 'object' ? evaluator.property(value, name, null) : null;
      if (member?.kind === 'literal' && typeof member.value === 'number')
        return member.value + (/retries/i.test(name) ? 1 : 0);
    }
    if (value.kind === 'literal' && typeof value.value === 'number' && value.value > 1 && value.value <= 20)
      return value.value;
  }
  return helper.scope.attempts;
}

/** Methods of lists, promises and frameworks that take a function, and never are helpers of the project. */
const everyday =
  /^(?:map|flatMap|filter|forEach|find\w*|some|every|reduce|sort|then|catch|finally|on|once|off|use|add\w*|set\w*|subscribe|pipe|push|replace|describe|it|test|before\w*|after\w*|expect|require|use[A-Z]\w*|create[A-Z]\w*|log|debug|info|warn|error)$/;

/** Whether a callee may be a helper at all, by its name and by a look at the text of the file that it comes from. */
function mayBeHelper(evaluator: Evaluator, callee: TSESTree.Node, module: Module): boolean {
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return false;
  const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
  if (name === null || everyday.test(name)) return false;
  let root: TSESTree.Node = callee;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  if (root.type === 'ThisExpression') return true;
  const definition = root.type === 'Identifier' ? variableOf(module, root)?.defs[0] : undefined;
  if (!definition) return false;
  if ((definition.type as string) !== 'ImportBinding') {
    if (callee.type === 'Identifier') return (definition.type as string) !== 'Parameter';
    // A member of an object that is made in this file.
    const init = definition.node.type === 'VariableDeclarator' ? definition.node.init : null;
    return /^(?:NewExpression|ObjectExpression)$/.test(init?.type ?? '') || (definition.type as string) === 'ClassName';
  }
  const { source } = importOf(definition.node);
  const resolution = source && evaluator.modules.resolve(source, module);
  return resolution?.kind === 'module' && resolution.mayLeadToRetry();
}
