/** Limiters without a limit. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import { memberName, unwrap, walk, type Module } from '../module.js';
import { absent, possibilities, type PolicyValue, type Value } from '../values.js';
import { configIndexOf } from '../evaluation/invocations.js';
import type { IsolationContext } from './facts.js';
import { policyRunAt } from './policies.js';
import { reachedFrom } from './reach.js';
import { judgeSources, sourcesOf, type FanOutFact } from './fan-out.js';
import { sizeOf } from './sizes.js';

export function judgeLimiter(
  context: IsolationContext,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): FanOutFact | null {
  const { evaluator, module } = context;
  const policy = possibilities(evaluator.callee(unwrap(node.callee), module)).find(
    (value): value is PolicyValue => value.kind === 'policy' && value.policy.kind === 'limiter' && !value.built,
  );
  if (!policy?.policy.concurrency) return null;
  const args = evaluator.arguments(node.arguments, module, { args: new Map(), self: null, depth: 0 });
  if (!isWithoutLimit(context, policy, args)) return null;
  if (policy.policy.run === undefined && policy.policy.runs === undefined) {
    return node.type === 'CallExpression' ? judgeSources(context, node, piecesOf(context, node, policy), policy) : null;
  }
  const call = usedFor(context, node);
  return (
    call && { node, verdict: 'limiterWithoutLimit', size: { kind: 'unbounded' }, why: '', call, shape: null, policy }
  );
}

/** What a call that limits by itself starts: `pMap(ids, load)`, `Effect.all(effects)`, `from(ids).pipe(mergeMap(load))`. */
function piecesOf(
  context: IsolationContext,
  node: TSESTree.CallExpression,
  { policy }: PolicyValue,
): ReturnType<typeof sourcesOf> {
  const [collection] = node.arguments;
  if (!collection || collection.type === 'SpreadElement') return [];
  if (policy.operation === undefined) return sourcesOf(context, collection, 0);
  const work = node.arguments[policy.operation];
  const source = policy.operation === 0 ? pipedInto(node, context.module) : collection;
  return work && source ? [{ size: sizeOf(context, source, 0), work, mapped: null }] : [];
}

/** `ids` of `from(ids).pipe(operator)`. */
function pipedInto(operator: TSESTree.CallExpression, module: Module): TSESTree.Node | null {
  const { parent } = operator;
  const callee = parent.type === 'CallExpression' ? unwrap(parent.callee) : null;
  if (callee?.type !== 'MemberExpression' || memberName(callee) !== 'pipe') return null;
  const from = unwrap(callee.object);
  const [source] = from.type === 'CallExpression' ? from.arguments : [];
  return from.type === 'CallExpression' && /^(?:\w+\.)?from$/.test(module.text.slice(...from.callee.range)) && source
    ? source
    : null;
}

function isWithoutLimit({ evaluator }: IsolationContext, { policy }: PolicyValue, args: readonly Value[]): boolean {
  const { concurrency, options } = policy;
  if (!concurrency) return false;
  const given =
    concurrency.argument === undefined
      ? evaluator.property(
          options === undefined ? absent : (args[configIndexOf(args, options)] ?? absent),
          concurrency.option ?? '',
          null,
        )
      : (args[concurrency.argument] ?? absent);
  // A limit per time is one as well.
  if (options !== undefined && typeof options === 'number') {
    const object = args[options] ?? absent;
    for (const name of ['intervalCap', 'minTime', 'reservoir', 'interval', 'datastore']) {
      if (evaluator.property(object, name, null).kind !== 'absent') return false;
    }
    if (!possibilities(object).every(({ kind }) => kind === 'object' || kind === 'absent' || kind === 'literal'))
      return false;
  }
  return possibilities(given).every(
    (value) =>
      (concurrency.default === 'unbounded' && isLeftOut(value)) ||
      (value.kind === 'literal' && (value.value === Infinity || value.value === 'unbounded')),
  );
}

function isLeftOut(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'literal' && (value.value === undefined || value.value === null));
}

/** The downstream call that a limiter of this file runs. */
function usedFor(context: IsolationContext, construction: TSESTree.Node): DownstreamCall | null {
  const { module } = context;
  let found: DownstreamCall | null = null;
  walk(module.ast, module, (node) => {
    if (found) return false;
    if (node.type !== 'CallExpression') return undefined;
    const run = policyRunAt(context, node, module);
    if (run?.policy?.site?.node !== construction) return undefined;
    const [reached] = reachedFrom(context, run.operation, module);
    if (reached && /^(?:http|rpc|sdk)$/.test(reached.call.library.family)) found = reached.call;
    return undefined;
  });
  return found;
}
