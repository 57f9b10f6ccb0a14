import type { Library } from '../schema.js';

export const fetchRetry: Library = {
  name: 'fetch-retry',
  packages: ['fetch-retry'],
  family: 'policy',
  verified: ['6.0.0'],
  exports: { default: { is: 'policy', policy: 'fetchRetry' } },
  policies: {
    fetchRetry: {
      kind: 'retry',
      operation: 0,
      options: 1,
      makes: 'function',
      retry: {
        default: [
          {
            attempts: 4,
            delay: 'constant',
            baseMs: 1000,
            jitter: 'none',
            source: 'run, 6.0.0: every method, rejected fetches only',
          },
        ],
        options: {
          attempts: { option: 'retries', counts: 'retries' },
          delay: { option: 'retryDelay', unit: 'ms' },
          delayFunction: 'retryDelay',
          filter: 'retryOn',
          off: 'retries: 0',
        },
      },
      source: 'fetch-retry/dist/fetch-retry.umd.js',
    },
  },
  traps: [
    'An answer of 503 is not repeated, an abort is.',
    'With a function as `retryOn` the number in `retries` is ignored.',
    'It has no option for jitter, only a `retryDelay` function of your own.',
  ],
};
