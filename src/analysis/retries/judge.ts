/** What a retry is like as a whole: the questions that rules ask. */
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

/** The longest single wait that the attempts allow, ms; `null`: not known. */
export function longestWait(wait: Wait): number | null {
  return wait.samples.length === 0 ? null : Math.max(...wait.samples);
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
