/** Retries inside retries: what a scope runs again that tries again by itself. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { contains } from '../module.js';
import { helperScope } from './helpers.js';
import { totalWait } from './judge.js';
import { installedOn } from './installed.js';
import { implicitRetry, policyScope } from './libraries.js';
import { loopsIn } from './loops.js';
import type { Reach } from './reach.js';
import { recursionsIn } from './recursion.js';
import type { RetryScope } from './scope.js';

/** A retry that another one runs again. */
export interface Nested {
  readonly outer: RetryScope;
  /** Where it is reported: the inner one, or the call that leads to it. */
  readonly report: { readonly node: TSESTree.Node; readonly loc?: TSESTree.SourceLocation };
  readonly inner: string;
  /** The functions on the way. */
  readonly chain: readonly string[];
  /** Both are set up by the project's own code. */
  readonly explicit: boolean;
  /** Attempts of the inner one; `null`: not known. */
  readonly attempts: number | null;
  /** All attempts together; `null`: not known. */
  readonly product: number | null;
  /** All waits together when everything fails, ms; `null`: not known. */
  readonly waitMs: number | null;
  /** The call whose client tries again, where it is one. */
  readonly call: DownstreamCall | null;
}

/** The retries that `outer` runs again, each place once. */
export function nestedIn(
  evaluator: Evaluator,
  outer: RetryScope,
  reach: Reach,
  retries: readonly RetryScope[],
): readonly Nested[] {
  if (outer.kind === 'client' && !outer.transaction) return [];
  const found = new Map<TSESTree.Node, Nested>();
  const add = (
    inner: Pick<Nested, 'inner' | 'explicit' | 'attempts' | 'chain' | 'report'> & {
      readonly innerWait: number | null;
      readonly call?: DownstreamCall;
    },
  ): void => {
    if (found.has(inner.report.node) || (inner.attempts !== null && inner.attempts < 2)) return;
    const { attempts } = outer;
    const outerWait = totalWait(outer);
    found.set(inner.report.node, {
      outer,
      report: inner.report,
      inner: inner.inner,
      chain: inner.chain,
      explicit: inner.explicit,
      attempts: inner.attempts,
      product: attempts === null || inner.attempts === null ? null : attempts * inner.attempts,
      waitMs:
        attempts === null || outerWait === null || inner.innerWait === null
          ? null
          : outerWait + attempts * inner.innerWait,
      call: inner.call ?? null,
    });
  };
  const addScope = (inner: RetryScope, report: Nested['report'], chain: readonly string[]): void => {
    if (inner.node === outer.node || (contains(inner.node, outer.node) && inner.module === outer.module)) return;
    add({ inner: inner.name, explicit: true, attempts: inner.attempts, chain, report, innerWait: totalWait(inner) });
  };

  for (const led of reach.led) {
    const inner =
      (led.module === outer.module ? retries.find((scope) => scope.node === led.node) : undefined) ??
      policyScope(evaluator, led.node, led.module) ??
      helperScope(evaluator, led.node, led.module, led.env);
    if (inner && isRunner(inner)) addScope(inner, { node: led.report }, led.chain);
  }
  for (const region of reach.regions) {
    const inside =
      region.module === outer.module && region.chain.length === 0
        ? retries.filter(
            (scope) => isHandWritten(scope) && scope.module === outer.module && contains(region.node, scope.node),
          )
        : [...loopsIn(evaluator, region.node, region.module), ...recursionsIn(evaluator, region.node, region.module)];
    for (const inner of inside) addScope(inner, region.report ? { node: region.report } : inner.head, region.chain);
  }
  for (const { call, report, chain, env } of reach.calls) {
    if (outer.installed === true || outer.transaction === call.library) continue;
    const installed =
      retries.find(
        (scope) => scope.installed === true && scope !== outer && scope.runs.some((run) => run.node === call.node),
      ) ?? installedOn(evaluator, call.client);
    if (installed) {
      addScope(installed, { node: report }, chain);
      continue;
    }
    const retry = implicitRetry(evaluator, call, env);
    if (!retry) continue;
    add({
      inner: call.library.name,
      explicit: retry.explicit,
      attempts: retry.attempts,
      chain,
      report: { node: report },
      innerWait:
        retry.attempts === null ? null : retry.waits.slice(0, retry.attempts - 1).reduce((sum, ms) => sum + ms, 0),
      call,
    });
  }
  return [...found.values()];
}

/** Whether a scope runs its operation where it stands: making a policy runs nothing. */
function isRunner(scope: RetryScope): boolean {
  return scope.runs.length > 0 && scope.installed !== true;
}

const isHandWritten = ({ kind }: RetryScope): boolean => kind === 'loop' || kind === 'recursion' || kind === 'chain';
