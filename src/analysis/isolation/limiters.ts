/** Limiters without a limit. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import { unwrap, walk } from '../module.js';
import { absent, possibilities, type PolicyValue, type Value } from '../values.js';
import { configIndexOf } from '../evaluation/invocations.js';
import type { IsolationContext } from './facts.js';
import { policyRunAt } from './policies.js';
import { reachedFrom } from './reach.js';
import { workOf, type FanOutFact } from './fan-out.js';
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
  const direct = policy.policy.run === undefined && policy.policy.runs === undefined;
  if (direct) {
    const [collection] = node.arguments;
    const operation = node.arguments[policy.policy.operation ?? 1];
    if (!collection || !operation || collection.type === 'SpreadElement') return null;
    const size = sizeOf(context, collection, 0);
    if (size.kind === 'bounded') return null;
    const work = workOf(context, operation);
    if (!work) return null;
    const doubt = work.doubt ?? (size.kind === 'doubt' ? size.why : null);
    return {
      node,
      verdict: doubt === null ? 'limiterWithoutLimit' : 'unknown',
      size,
      why: doubt ?? '',
      call: work.call,
      shape: null,
      policy,
    };
  }
  const call = usedFor(context, node);
  return (
    call && { node, verdict: 'limiterWithoutLimit', size: { kind: 'unbounded' }, why: '', call, shape: null, policy }
  );
}

function isWithoutLimit({ evaluator }: IsolationContext, { policy }: PolicyValue, args: readonly Value[]): boolean {
  const { concurrency, options } = policy;
  if (concurrency?.default !== 'unbounded') return false;
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
      value.kind === 'absent' ||
      (value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === Infinity)),
  );
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
