import type { Library, Retry } from '../schema.js';

const retry: Retry = {
  default: [
    {
      attempts: 11,
      delay: 'constant',
      baseMs: 100,
      jitter: 'none',
      source: 'run, 0.8.1: 11 calls, waits 100 ms each',
    },
  ],
  options: {
    attempts: { option: 'retries', counts: 'retries' },
    delay: { option: 'delay', unit: 'ms' },
    cap: { option: 'maxBackOff', unit: 'ms' },
    shape: {
      option: 'backoff',
      values: {
        FIXED: { delay: 'constant', jitter: 'none' },
        LINEAR: { delay: 'linear', jitter: 'none' },
        EXPONENTIAL: { delay: 'exponential', jitter: 'none' },
      },
    },
    filter: 'retryIf',
    off: 'retries: 0',
  },
};

export const tsRetryPromise: Library = {
  name: 'ts-retry-promise',
  packages: ['ts-retry-promise'],
  family: 'policy',
  verified: ['0.8.1'],
  exports: {
    retry: { is: 'policy', policy: 'retry' },
    retryDecorator: { is: 'policy', policy: 'retryDecorator' },
  },
  policies: {
    retry: { kind: 'retry', operation: 0, options: 1, retry, source: 'ts-retry-promise/dist/retry-promise.js' },
    retryDecorator: {
      kind: 'retry',
      operation: 0,
      options: 1,
      makes: 'function',
      retry,
      source: 'ts-retry-promise/dist/retry-promise.js',
    },
  },
  traps: [
    'It has no option for jitter, only a `backoff` function of your own.',
    "`backoff: 'EXPONENTIAL'` is the delay to the power of the attempt: 100 ms, 10 s, 300 s.",
    '`timeout`, 60 s by default, covers all attempts and does not cancel.',
  ],
};
