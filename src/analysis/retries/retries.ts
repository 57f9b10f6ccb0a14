/** The retries of a file: every scope in it, in the order in which they stand. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CallNode, DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { walk, type Module } from '../module.js';
import type { ClientValue } from '../values.js';
import { decoratorsIn } from './decorators.js';
import { helperScope } from './helpers.js';
import { installedElsewhere } from './installed.js';
import { interceptorsIn } from './interceptors.js';
import { callScope, constructionScope, madeCallScope, policyScope, rerunScope } from './libraries.js';
import { loopsIn } from './loops.js';
import { recursionsIn } from './recursion.js';
import type { RetryScope } from './scope.js';

/** What is looked at together. */
export interface RetryContext {
  readonly evaluator: Evaluator;
  readonly module: Module;
  readonly calls: readonly DownstreamCall[];
  readonly constructions: readonly { readonly node: CallNode; readonly client: ClientValue }[];
  /** Calls that are neither. */
  readonly otherCalls: readonly CallNode[];
}

/** Every retry scope of a file. */
export function retriesOf(context: RetryContext): readonly RetryScope[] {
  const { evaluator, module } = context;
  const scopes: (RetryScope | null)[] = [
    ...interceptorsIn(evaluator, module),
    ...loopsIn(evaluator, module.ast, module),
    ...recursionsIn(evaluator, module.ast, module),
    ...decoratorsIn(evaluator, module),
  ];
  for (const node of context.otherCalls) {
    scopes.push(policyScope(evaluator, node, module, context.calls) ?? helperScope(evaluator, node, module));
  }
  for (const node of handingOver(context)) scopes.push(helperScope(evaluator, node, module));
  for (const { node, client } of context.constructions) scopes.push(constructionScope(evaluator, node, client, module));
  for (const call of context.calls)
    scopes.push(
      rerunScope(evaluator, call, module) ??
        madeCallScope(evaluator, call, module) ??
        callScope(evaluator, call, module),
    );
  scopes.push(...installedElsewhere(evaluator, context.calls, module));
  return withoutTwins(scopes.filter((scope) => scope !== null)).sort((a, b) => a.node.range[0] - b.node.range[0]);
}

/** A function that both loops and calls itself, or a construct found twice, is one scope. */
function withoutTwins(scopes: readonly RetryScope[]): RetryScope[] {
  const seen = new Set<TSESTree.Node>();
  return scopes.filter(({ node }) => !seen.has(node) && Boolean(seen.add(node)));
}

/** Calls of functions of the project that are given a function by its name: `retryable(createOrder)`. */
function handingOver({ module, otherCalls, calls }: RetryContext): readonly TSESTree.CallExpression[] {
  const known = new Set<TSESTree.Node>([...otherCalls, ...calls.map(({ node }) => node)]);
  const found: TSESTree.CallExpression[] = [];
  if (!/\b\w*(?:retr|attempt|backoff|resilien)/i.test(module.text)) return found;
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' || known.has(node) || found.length >= 64) return undefined;
    if (node.arguments.some(({ type }) => type === 'Identifier' || type === 'MemberExpression')) found.push(node);
    return undefined;
  });
  return found;
}
