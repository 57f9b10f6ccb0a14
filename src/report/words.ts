/** Words that renderings share. */
import { durationText } from '../analysis/retries/judge.js';
import type { Answer, PracticeName, Protection, Worst } from './inventory.js';

export const practiceNames: Readonly<Record<PracticeName, string>> = {
  timeout: 'Timeout',
  retry: 'Retry',
  idempotency: 'Idempotency',
  guard: 'Circuit breaker',
  bulkhead: 'Bulkhead',
  fallback: 'Fallback',
  failureTest: 'Failure test',
  runbook: 'Runbook',
};

export const protectionNames: Readonly<Record<Protection, string>> = {
  exposed: 'Exposed',
  'at-risk': 'At risk',
  unknown: 'Unknown',
  bounded: 'Bounded',
  guarded: 'Guarded',
};

export const protectionTexts: Readonly<Record<Protection, string>> = {
  exposed: 'a call that nothing ends',
  'at-risk': 'each call ends, but a retry or a write goes wrong',
  unknown: 'whether each call ends cannot be told',
  bounded: 'each call ends',
  guarded: 'each call ends, in a circuit breaker',
};

export const answerNames: Readonly<Record<Answer, string>> = {
  yes: 'yes',
  no: 'no',
  unknown: 'unknown',
  'not-needed': 'not needed',
};

/** How long an entry point may take. */
export function worstText({ ms, atLeast }: Worst): string {
  if (ms === 'never') return 'no limit';
  if (ms === null) return 'not known';
  return `${atLeast ? '≥ ' : ''}${durationText(ms)}`;
}

/** How many requests an entry point may make. */
export function attemptsText({ attempts, atLeast }: Worst): string {
  return attempts === null ? 'no end' : `${atLeast ? '≥ ' : ''}${attempts}`;
}

/** `1 call`, `2 calls` */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
