import type { Export, Library, Retry } from '../schema.js';

const retryOptions: Retry = {
  default: [
    {
      attempts: 11,
      delay: 'exponential',
      baseMs: 1000,
      factor: 2,
      jitter: 'none',
      source: 'run, retry 0.13.1 and promise-retry 2.0.1: 11 calls, waits 1000 … 512000 ms, twice the same',
    },
  ],
  options: {
    attempts: { option: 'retries', counts: 'retries' },
    delay: { option: 'minTimeout', unit: 'ms' },
    factor: 'factor',
    cap: { option: 'maxTimeout', unit: 'ms' },
    jitter: { option: 'randomize', on: [true] },
    forever: 'forever',
    off: 'retries: 0',
  },
};

const exported: Readonly<Record<string, Export>> = { operation: { is: 'policy', policy: 'operation' } };

export const retry: Library = {
  name: 'retry',
  packages: ['retry'],
  family: 'policy',
  verified: ['0.13.1 (types: @types/retry)'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  policies: {
    operation: {
      kind: 'retry',
      types: ['RetryOperation'],
      run: ['attempt'],
      operation: 0,
      options: 0,
      retry: retryOptions,
      source: 'retry/lib/retry.js',
    },
  },
  traps: [
    'An operation that never calls `operation.retry(error)` is not repeated.',
    '`retries: Infinity` ends the process before the first attempt.',
  ],
};

export const promiseRetry: Library = {
  name: 'promise-retry',
  packages: ['promise-retry'],
  family: 'policy',
  verified: ['2.0.1 (types: @types/promise-retry)'],
  exports: { default: { is: 'policy', policy: 'promiseRetry' } },
  policies: {
    promiseRetry: { kind: 'retry', operation: 0, options: 1, retry: retryOptions, source: 'promise-retry/index.js' },
  },
  traps: [
    'An operation that never calls its argument `retry(error)` is not repeated.',
    'The options may stand before the operation.',
    '`retries: Infinity` ends the process before the first attempt.',
  ],
};
