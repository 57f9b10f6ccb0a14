/** What a retry is like as a whole: the questions that rules ask. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Reach } from './reach.js';
import type { RetryScope, Wait } from './scope.js';

/** The waits of a scope that are judged here; a wait of nothing is none. */
export function realWaits(scope: RetryScope): readonly Wait[] {
  return scope.waits.filter(({ growth }) => growth !== 'none');
}

/** Whether a scope makes one single further attempt. */
export const isSingle = ({ attempts }: RetryScope): boolean => attempts === 2;

/** Whether nothing is waited for between attempts, as far as can be told. */
export function waitsForNothing(scope: RetryScope): boolean {
  return realWaits(scope).length === 0 && !scope.waitsUnknown;
}

/** A wait that grows, differs each time, and stops growing: what an endless reconnect may have. */
export function isWellPaced(scope: RetryScope): boolean {
  const waits = realWaits(scope);
  return (
    waits.length > 0 &&
    waits.every(
      ({ growth, jitter, capped }) =>
        /^(?:linear|exponential|server|unknown)$/.test(growth) &&
        /^(?:yes|weak|unknown)$/.test(jitter) &&
        capped !== false,
    )
  );
}

/** Operations that open something which lasts: to open it again for as long as it takes is right. */
const lasting = /^(?:connect|open|start|listen|subscribe|psubscribe|consume|run|watch|monitor|init)/i;

/** Whether a scope runs a request that somebody waits for, and no connection or stream that is to last. */
export function runsRequest(scope: RetryScope, reach: Reach): boolean {
  // What a policy that is made here will run cannot be seen: it may be anything.
  if (scope.kind === 'library' && scope.runs.length === 0) return scope.options?.policy !== null;
  const iterates = reach.regions.some(({ node, module }) => /\bfor await\b/.test(module.text.slice(...node.range)));
  return (
    !iterates &&
    reach.calls.length > 0 &&
    reach.calls.every(({ call }) => call.operation.stream !== true && !lasting.test(call.name.split('.').at(-1) ?? ''))
  );
}

/**
 * Where a caller of a helper is to blame: the argument, or the member of one, without which the problem would not be there.
 * `null`: there is none, or the helper has it by itself.
 */
export function blamed(scope: RetryScope, isProblem: (scope: RetryScope) => boolean): TSESTree.Node | null {
  const { given } = scope;
  if (!given || !isProblem(scope) || isProblem(given.base)) return null;
  const guilty = given.parts.find(({ without }) => {
    const other = without();
    return other !== null && !isProblem(other);
  });
  return guilty?.node ?? null;
}

/** The longest single wait that the attempts allow, ms; `null`: not known. */
export function longestWait(wait: Wait): number | null {
  return wait.samples.length === 0 ? null : Math.max(...wait.samples);
}

/** Whether a wait grows, within the attempts, past what is acceptable. */
export function growsTooLong({ attempts }: RetryScope, wait: Wait, maxWaitMs: number): boolean {
  if (!/^(?:linear|exponential)$/.test(wait.growth) || attempts === null) return false;
  const longest = longestWait(wait);
  return longest !== null && longest > maxWaitMs;
}

/** All waits of a scope together when every attempt fails, ms; `null`: not known. */
export function totalWait({ waits, attempts }: RetryScope): number | null {
  if (waits.length === 0) return 0;
  const [wait] = waits;
  if (!wait || wait.samples.length === 0 || attempts === null) return null;
  return wait.samples.slice(0, attempts - 1).reduce((sum, ms) => sum + ms, 0);
}

/** A duration for messages: `250 ms`, `8 s`, `17 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 6000) / 10} min` : `${Math.round(ms / 360_000) / 10} h`;
}
