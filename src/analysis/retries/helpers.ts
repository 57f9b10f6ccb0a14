/** Helpers: functions of the project that run again what they are given. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CallNode } from '../calls.js';
import { calleeOf } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { importOf } from '../imports.js';
import { contains, isFunction, keyName, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import {
  absent,
  noEnv,
  possibilities,
  type Env,
  type FunctionNode,
  type FunctionValue,
  type Value,
} from '../values.js';
import { policyScope, runsOfExpression } from './libraries.js';
import { loopsIn } from './loops.js';
import { recursionsIn } from './recursion.js';
import type { GivenPolicy, RetryScope, Run } from './scope.js';

/** What a helper runs again: which of its parameters, or which member of it. */
interface Helper {
  readonly index: number;
  readonly member: string | null;
  /** Where it is called, or handed on. */
  readonly use: TSESTree.Node;
  readonly scope: RetryScope;
}

const known = new WeakMap<FunctionNode, Helper | null>();
const inside = new WeakMap<TSESTree.Node, readonly RetryScope[]>();

/** The scopes that stand in a function, wherever it is. `env`: what it is called with; without, what it is by itself. */
export function scopesInFunction(
  evaluator: Evaluator,
  node: TSESTree.Node,
  module: Module,
  env: Env = noEnv,
): readonly RetryScope[] {
  const found = env === noEnv ? inside.get(node) : undefined;
  if (found) return found;
  if (env === noEnv) inside.set(node, []);
  const scopes: RetryScope[] = [
    ...loopsIn(evaluator, node, module, env),
    ...recursionsIn(evaluator, node, module, env),
  ];
  walk(node, module, (inner) => {
    if (inner.type !== 'CallExpression') return undefined;
    const scope = policyScope(evaluator, inner, module) ?? helperScope(evaluator, inner, module, env);
    if (scope) scopes.push(scope);
    return undefined;
  });
  if (env === noEnv) inside.set(node, scopes);
  return scopes;
}

/** How a function retries what it is given; `null` where it does not. */
function helperOf(evaluator: Evaluator, { node, module }: FunctionValue): Helper | null {
  const found = known.get(node);
  if (found !== undefined) return found;
  known.set(node, null);
  const helper = readHelper(evaluator, node, module, noEnv);
  known.set(node, helper);
  return helper;
}

function readHelper(evaluator: Evaluator, fn: FunctionNode, module: Module, env: Env): Helper | null {
  // A function that calls nothing that it is given is none.
  const given = givenCalls(fn, module);
  if (given.length === 0) return null;
  for (const scope of scopesInFunction(evaluator, fn, module, env)) {
    for (const run of scope.runs) {
      const call = given.find(({ node }) => run.module === module && (contains(run.node, node) || run.node === node));
      if (call) return { index: call.index, member: call.member, use: call.node, scope };
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

/** Calls of helpers inside one another that are looked into with their arguments. */
const maxDepth = 4;

/** A call of a helper with something to run. `env`: what the functions around the call are called with. */
export function helperScope(evaluator: Evaluator, node: CallNode, module: Module, env: Env = noEnv): RetryScope | null {
  if (node.type !== 'CallExpression' || !node.arguments.some((argument) => mayRun(argument))) return null;
  const callee = calleeOf(node);
  if (env.depth > maxDepth || !mayBeHelper(evaluator, callee, module)) return null;
  for (const value of possibilities(evaluator.evaluate(callee, module, env))) {
    if (value.kind !== 'function') continue;
    const helper = helperOf(evaluator, value);
    const argument = helper && node.arguments[helper.index];
    if (!helper || !argument || argument.type === 'SpreadElement') continue;
    const args = evaluator.arguments(node.arguments, module, env);
    const runs = runsOf(argument, helper.member, evaluator, module).map((run) =>
      calledWith(run, evaluator, helper, value, args, env),
    );
    if (runs.length === 0) continue;
    const bound = boundTo(evaluator, value, args, env);
    return {
      ...(bound ?? helper.scope),
      kind: 'helper',
      module,
      node,
      head: { node: callee },
      name: `\`${module.text.slice(...callee.range)}\``,
      explicit: true,
      runs,
      loop: null,
      options: null,
      elsewhere: true,
      given: {
        base: helper.scope,
        parts: partsOf(node, args, helper.index, (changed) => boundTo(evaluator, value, changed, env)),
      },
    };
  }
  return null;
}

/** How a helper retries when it is called with these arguments. */
function boundTo(evaluator: Evaluator, fn: FunctionValue, args: readonly Value[], around: Env): RetryScope | null {
  const env: Env = {
    args: new Map([...around.args, ...fn.env.args, [fn.node, args]]),
    self: fn.env.self,
    depth: Math.max(around.depth, fn.env.depth) + 1,
  };
  return readHelper(evaluator, fn.node, fn.module, env)?.scope ?? null;
}

/** What of the arguments of a call may say how it is retried, each with what happens without it. */
export function partsOf(
  node: TSESTree.CallExpression,
  args: readonly Value[],
  operation: number | null,
  bind: (args: readonly Value[]) => RetryScope | null,
): GivenPolicy['parts'] {
  return node.arguments.flatMap((argument, index): GivenPolicy['parts'] => {
    if (index === operation || argument.type === 'SpreadElement') return [];
    const replaced = (value: Value): (() => RetryScope | null) => {
      return () => bind(args.map((other, at) => (at === index ? value : other)));
    };
    const inner = unwrap(argument);
    const value = args[index];
    if (inner.type !== 'ObjectExpression' || value?.kind !== 'object') {
      return [{ node: argument, without: replaced(absent) }];
    }
    return inner.properties.map((property) => ({
      node: property,
      without: replaced({
        ...value,
        parts: value.parts.filter((part) =>
          'key' in part
            ? property.type !== 'Property' || part.key !== keyName(property)
            : property.type !== 'SpreadElement',
        ),
      }),
    }));
  });
}

/** What a helper calls its operation with: `operation(...args)`. */
function calledWith(
  run: Run,
  evaluator: Evaluator,
  { use }: Helper,
  fn: FunctionValue,
  args: readonly Value[],
  around: Env,
): Run {
  const call = use.parent;
  if (call?.type !== 'CallExpression' || call.callee !== use || !isFunction(run.node)) return run;
  const env: Env = { ...around, args: new Map([...around.args, ...fn.env.args, [fn.node, args]]), self: fn.env.self };
  return {
    ...run,
    env: { ...env, args: new Map([...env.args, [run.node, evaluator.arguments(call.arguments, fn.module, env)]]) },
  };
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
  // Handed on to the helper by a function that is given it.
  if (inner.type === 'Identifier' && possibilities(value).some(({ kind }) => kind === 'parameter'))
    return [{ node: inner, module }];
  if (inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression') {
    const method = possibilities(value).some(({ kind }) => kind === 'method' || kind === 'client');
    return method ? runsOfExpression(argument, evaluator, module) : [];
  }
  return [];
}

/** Methods of lists, promises and frameworks that take a function, and never are helpers of the project. */
const everyday =
  /^(?:map|flatMap|filter|forEach|find\w*|some|every|reduce|sort|then|catch|finally|on|once|off|use|add\w*|set\w*|subscribe|pipe|push|replace|describe|it|test|before\w*|after\w*|expect|require|use[A-Z]\w*|create[A-Z]\w*|log|debug|info|warn|error)$/;

/** Whether a callee may be a helper at all, by its name and by a look at the text of the file that it comes from. */
function mayBeHelper(evaluator: Evaluator, callee: TSESTree.Node, module: Module): boolean {
  // `retryer(3)(operation)`
  if (callee.type === 'CallExpression') return mayBeHelper(evaluator, unwrap(callee.callee), module);
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return false;
  const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
  if (name === null || everyday.test(name)) return false;
  let root: TSESTree.Node = callee;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  // `new Retrier(options).run(operation)`
  if (root.type === 'NewExpression') root = unwrap(root.callee);
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
