/** What a retry scope runs again: the downstream calls in it, directly or through functions of the project. */
import type { TSESTree } from '@typescript-eslint/utils';
import { countCutOff } from '../budget.js';
import { calleeOf, type CallNode, type DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, walk, type Module } from '../module.js';
import { noEnv, possibilities, type Env } from '../values.js';
import { nameOf } from './causes.js';
import type { RetryScope } from './scope.js';

/** A downstream call that a scope runs again. */
export interface Reached {
  readonly call: DownstreamCall;
  /** Where it is reported: its callee, or what in the scope leads to it. */
  readonly report: TSESTree.Node;
  /** The functions on the way, outermost first; empty for a call that stands in the scope. */
  readonly chain: readonly string[];
  /** What the functions on the way are called with. */
  readonly env: Env;
}

/** A call of a function of the project that a scope runs again. */
export interface Led {
  readonly node: TSESTree.CallExpression;
  readonly module: Module;
  readonly report: TSESTree.Node;
  readonly chain: readonly string[];
  readonly env: Env;
}

/** What is reached, and by which calls. */
export interface Reach {
  readonly calls: readonly Reached[];
  /** Every call on the way, of functions and of libraries: what may be a retry itself. */
  readonly led: readonly Led[];
  /** The code that is run, its functions included: what is made anew in each attempt. */
  readonly regions: readonly {
    readonly node: TSESTree.Node;
    readonly module: Module;
    readonly chain: readonly string[];
    readonly report: TSESTree.Node | null;
  }[];
}

const maxDepth = 5;
const maxCalls = 200;

/** What a scope runs again. */
export function reachOf(
  evaluator: Evaluator,
  scope: RetryScope,
  identify: (node: CallNode, module: Module) => DownstreamCall | null,
): Reach {
  const calls: Reached[] = [];
  const led: Led[] = [];
  const regions: { node: TSESTree.Node; module: Module; chain: readonly string[]; report: TSESTree.Node | null }[] = [];
  const entered = new Set<TSESTree.Node>();
  let steps = 0;

  const visit = (
    root: TSESTree.Node,
    module: Module,
    chain: readonly string[],
    report: TSESTree.Node | null,
    depth: number,
    env: Env,
  ): void => {
    if (entered.has(root)) return;
    entered.add(root);
    regions.push({ node: root, module, chain, report });
    const start = isFunction(root) ? root.body : root;
    walk(start, module, (node) => {
      // What handles the failure is no part of the operation.
      if (node.type === 'CatchClause') return false;
      // A function that is only made here, and called by others.
      if (node !== start && node.type === 'FunctionDeclaration') return false;
      if (node.type !== 'CallExpression' && node.type !== 'TaggedTemplateExpression') return undefined;
      if ((node === scope.node && scope.kind !== 'client') || ++steps > maxCalls) return undefined;
      const found = identify(node, module);
      const place = report ?? calleeOf(node);
      if (found) {
        calls.push({ call: found, report: place, chain, env });
        return undefined;
      }
      if (node.type !== 'CallExpression') return undefined;
      led.push({ node, module, report: place, chain, env });
      if (depth >= maxDepth) return undefined;
      for (const value of possibilities(evaluator.callee(node.callee, module, env))) {
        if (value.kind !== 'function' || (value.module === scope.module && contains(value.node, scope.node))) continue;
        // What is handed over as a function stands where it is written.
        if (value.node === start || contains(start, value.node)) continue;
        const name = nameOf(value.node) ?? module.text.slice(...node.callee.range);
        const inside: Env = {
          args: new Map([
            ...env.args,
            ...value.env.args,
            [value.node, evaluator.arguments(node.arguments, module, env)],
          ]),
          self: value.env.self ?? env.self,
          depth: Math.max(env.depth, value.env.depth) + 1,
        };
        visit(value.node, value.module, [...chain, name], place, depth + 1, inside);
      }
      return undefined;
    });
    entered.delete(root);
  };

  for (const run of scope.runs) {
    const inside =
      scope.installed === true ||
      scope.kind === 'decorator' ||
      (run.module === scope.module &&
        !isFunction(run.node) &&
        run.node.type !== 'Identifier' &&
        run.node.type !== 'MemberExpression') ||
      (run.module === scope.module && contains(scope.node, run.node));
    if (inside) {
      visit(run.node, run.module, [], null, 0, run.env ?? noEnv);
      continue;
    }
    const lead = argumentThatLeads(scope) ?? scope.head.node;
    const method = run.node.type === 'MemberExpression' || run.node.type === 'Identifier' ? null : run.node;
    if (method) visit(method, run.module, [nameOf(method) ?? 'a function'], lead, 1, run.env ?? noEnv);
  }
  if (steps > maxCalls) countCutOff();
  return { calls, led, regions };
}

/** What of a scope's call names the function that is run. */
function argumentThatLeads(scope: RetryScope): TSESTree.Node | null {
  const { node } = scope;
  if (node.type !== 'CallExpression') return null;
  return (
    node.arguments.find(
      (argument) =>
        argument.type === 'Identifier' || argument.type === 'MemberExpression' || argument.type === 'CallExpression',
    ) ?? null
  );
}

/** What is run in each attempt: what is made in there is made anew. */
export function regionsOf(
  scope: RetryScope,
  reach: Reach,
): readonly { readonly node: TSESTree.Node; readonly module: Module }[] {
  const own =
    scope.kind === 'loop' || scope.kind === 'recursion' || scope.kind === 'timer'
      ? [{ node: scope.node, module: scope.module }]
      : [];
  return [...own, ...reach.regions];
}
