/** Guards: which downstream calls run under a circuit breaker, and the ways in which a breaker guards nothing. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Family } from '../../catalog/schema.js';
import { calleeOf, type DownstreamCall } from '../calls.js';
import { downstreamOfCall } from '../downstreams.js';
import { exposureOf } from '../exposure.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { nearestManifest } from '../packages.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';
import type { IsolationContext } from './facts.js';
import { partsOfPolicy, policyRunAt, policyRunsIn } from './policies.js';
import { nameOfFunction } from './reach.js';

/** A downstream that is called outside any guard. */
export interface UnguardedFact {
  readonly downstream: string | null;
  readonly client: string;
  readonly family: Family;
  /** The construction of the client in this file, else its first use without a guard. */
  readonly report: TSESTree.Node;
  /** Every use without a guard. */
  readonly calls: readonly DownstreamCall[];
  readonly verdict: 'unguarded' | 'unknown';
}

const maxDepth = 3;
const guardLike = /guard|breaker|circuit|resilien|protect|shield|bulkhead|policy|failsafe/i;

/** Whether the project shows that it guards its calls: by a library, or by its settings. */
export function knowsPolicy({ module, settings }: IsolationContext): boolean {
  if (settings.policy || settings.guards.length > 0) return true;
  const dependencies = nearestManifest(module.path)?.dependencies ?? {};
  return ['cockatiel', 'opossum', 'mollitia'].some((name) => dependencies[name] !== undefined);
}

// Guarded or not

/** The downstreams of a file that are called outside any guard. */
export function unguardedOf(context: IsolationContext): readonly UnguardedFact[] {
  const groups = new Map<unknown, DownstreamCall[]>();
  for (const call of context.calls) {
    const key = call.client.site?.node ?? downstreamOfCall(context.evaluator, call) ?? call.library.name;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const facts: UnguardedFact[] = [];
  for (const calls of groups.values()) {
    const states = calls.map((call) => guardOfCall(context, call));
    const open = calls.filter((_, index) => states[index] === 'none');
    const [first] = open.length > 0 ? open : calls.filter((_, index) => states[index] === 'unknown');
    if (!first) continue;
    const built = context.constructions.find(({ node }) => node === first.client.site?.node);
    facts.push({
      downstream: downstreamOfCall(context.evaluator, first),
      client: first.library.name,
      family: first.library.family,
      report: calleeOf(built ? built.node : first.node),
      calls: open,
      verdict: open.length > 0 ? 'unguarded' : 'unknown',
    });
  }
  return facts;
}

/** A client that may bring a guard along: its construction, or what it is built with, is not visible. */
function mayGuardItself({ client }: DownstreamCall): boolean {
  if (client.origin === 'injected') return client.library.name !== 'fetch';
  if (client.origin === 'shared' || !client.site) return false;
  const { node, module } = client.site;
  // A subclass: what it is built with is up to those who build it.
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return true;
  if (node.type === 'CallExpression' && node.callee.type === 'Super') return true;
  if (guardLike.test(module.text.slice(...node.range)) || /\badapter\b/.test(module.text.slice(...node.range)))
    return true;
  return client.configs.some((config) =>
    possibilities(config).some(({ kind }) => kind === 'parameter' || kind === 'unknown'),
  );
}

/** Whether a circuit breaker is around a call. */
export type Guarded = 'guarded' | 'none' | 'unknown';

/** Whether a call can only be reached through a guard. */
export function guardOfCall(context: IsolationContext, call: DownstreamCall): Guarded {
  const state = guardOf(context, call.node, call.module, 0);
  return state === 'none' && mayGuardItself(call) ? 'unknown' : state;
}

/** Whether a node can only be reached through a guard. */
function guardOf(context: IsolationContext, node: TSESTree.Node, module: Module, depth: number): Guarded {
  let doubt = false;
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      const run = parent.callee === child ? null : policyRunAt(context, parent, module);
      if (run && contains(run.operation, child)) {
        if (run.guard) return 'guarded';
      } else if (
        parent.callee !== child &&
        isFunction(unwrap(child)) &&
        guardLike.test(module.text.slice(...parent.callee.range))
      ) {
        doubt = true;
      }
    }
    if (isFunction(parent) && isNamed(parent)) {
      if (isDecorated(context, parent, module)) return 'guarded';
      const callers = depth < maxDepth ? referencesOf(parent, module) : null;
      if (callers && callers.length > 0) {
        const states = callers.map((use) => guardOfUse(context, use, module, depth + 1));
        if (states.every((state) => state === 'guarded')) return 'guarded';
        if (states.every((state) => state !== 'none')) doubt = true;
      }
      return doubt ? 'unknown' : 'none';
    }
  }
  return doubt ? 'unknown' : 'none';
}

/** A use of a function's name: called, or handed to a guard. */
function guardOfUse(context: IsolationContext, use: TSESTree.Node, module: Module, depth: number): Guarded {
  const { parent } = use;
  if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== use) {
    const run = policyRunAt(context, parent, module);
    if (run && contains(run.operation, use)) return run.guard ? 'guarded' : guardOf(context, parent, module, depth);
    return guardLike.test(module.text.slice(...parent.callee.range)) ? 'unknown' : guardOf(context, use, module, depth);
  }
  return guardOf(context, use, module, depth);
}

function isNamed(fn: FunctionNode): boolean {
  return (
    fn.type === 'FunctionDeclaration' ||
    /^(?:VariableDeclarator|MethodDefinition|PropertyDefinition)$/.test(fn.parent.type)
  );
}

/** `@usePolicy(policy)`, and decorators of the project that run the method under a breaker. */
function isDecorated(context: IsolationContext, fn: FunctionNode, module: Module): boolean {
  const { evaluator } = context;
  const member = fn.parent;
  if (member.type !== 'MethodDefinition') return false;
  return member.decorators.some(({ expression }) => {
    const call = expression.type === 'CallExpression' ? expression : null;
    const decorators = possibilities(evaluator.evaluate(call ? call.callee : expression, module));
    if (decorators.some((value) => value.kind === 'external' && value.package === 'cockatiel')) {
      const [argument] = call?.arguments ?? [];
      return argument !== undefined && argument.type !== 'SpreadElement' && isBreaker(context, argument, module);
    }
    const own = decorators.filter((value): value is FunctionValue => value.kind === 'function');
    if (own.length > 0)
      return own.some((value) => policyRunsIn(context, value.node.body, value.module).some(({ guard }) => guard));
    // A decorator of a package: its name is all that there is.
    return /circuit|breaker|resilien/i.test(module.text.slice(...expression.range));
  });
}

function isBreaker({ evaluator }: IsolationContext, node: TSESTree.Node, module: Module): boolean {
  return possibilities(evaluator.evaluate(node, module)).some(
    (value) =>
      value.kind === 'policy' && partsOfPolicy(evaluator, value).some(({ policy }) => policy.kind === 'breaker'),
  );
}

/** Every use of a function that only this file can reach; `null` where others can. */
export function referencesOf(fn: FunctionNode, module: Module): readonly TSESTree.Node[] | null {
  if (exposureOf(fn, module) !== 'local') return null;
  const { parent } = fn;
  const name = fn.type === 'FunctionDeclaration' ? fn.id : parent.type === 'VariableDeclarator' ? parent.id : null;
  if (name?.type === 'Identifier') {
    return (variableOf(module, name)?.references ?? []).flatMap(({ identifier, init }) =>
      init === true ? [] : [identifier],
    );
  }
  if (parent.type !== 'MethodDefinition' && parent.type !== 'PropertyDefinition') return null;
  const own = nameOfFunction(fn);
  const uses: TSESTree.Node[] = [];
  walk(parent.parent, module, (node) => {
    if (
      node.type === 'MemberExpression' &&
      node.object.type === 'ThisExpression' &&
      memberName(node)?.replace(/^#/, '') === own
    ) {
      uses.push(node);
    }
    return undefined;
  });
  return uses;
}
