import type { Library, Retry } from '../schema.js';

const retry: Retry = {
  default: [
    {
      attempts: 11,
      delay: 'exponential',
      baseMs: 1000,
      factor: 2,
      jitter: 'none',
      source: 'run, 4.6.2, 6.2.1, 7.1.1, 9.0.0: 11 calls, waits 1000, 2000, … 512000 ms, twice the same',
    },
  ],
  options: {
    attempts: { option: 'retries', counts: 'retries' },
    delay: { option: 'minTimeout', unit: 'ms' },
    factor: 'factor',
    cap: { option: 'maxTimeout', unit: 'ms' },
    jitter: { option: 'randomize', on: [true] },
    forever: 'forever',
    filter: 'shouldRetry',
    signal: 'signal',
    off: 'retries: 0',
  },
};

export const pRetry: Library = {
  name: 'p-retry',
  packages: ['p-retry'],
  family: 'policy',
  verified: ['9.0.0', '7.1.1', '6.2.1'],
  exports: {
    default: { is: 'policy', policy: 'pRetry' },
    makeRetriable: { is: 'policy', policy: 'makeRetriable' },
  },
  policies: {
    pRetry: { kind: 'retry', operation: 0, options: 1, retry, source: 'p-retry/index.js' },
    makeRetriable: {
      kind: 'retry',
      operation: 0,
      options: 1,
      makes: 'function',
      retry,
      source: 'p-retry/index.js, from 7',
    },
  },
  traps: [
    'The waits have no jitter unless `randomize: true`, and no cap: the tenth is 512 s.',
    '`retries: Infinity` ends the process up to 6; `forever: true` throws from 7.',
    '`shouldConsumeRetry` that returns false repeats without end and without a wait.',
    '`signal` ends only after the running attempt.',
  ],
};
