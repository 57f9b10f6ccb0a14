import type { Library } from '../schema.js';

export const exponentialBackoff: Library = {
  name: 'exponential-backoff',
  packages: ['exponential-backoff'],
  family: 'policy',
  verified: ['3.1.3'],
  exports: { backOff: { is: 'policy', policy: 'backOff' } },
  policies: {
    backOff: {
      kind: 'retry',
      operation: 0,
      options: 1,
      retry: {
        default: [
          {
            attempts: 10,
            delay: 'exponential',
            baseMs: 100,
            factor: 2,
            jitter: 'none',
            source: 'run, 3.1.3: 10 calls, waits 100 … 25600 ms, twice the same',
          },
        ],
        options: {
          attempts: { option: 'numOfAttempts', counts: 'attempts' },
          delay: { option: 'startingDelay', unit: 'ms' },
          factor: 'timeMultiple',
          cap: { option: 'maxDelay', unit: 'ms' },
          jitter: { option: 'jitter', on: ['full'] },
          filter: 'retry',
          off: 'numOfAttempts: 1',
        },
      },
      source: 'exponential-backoff/dist/backoff.js',
    },
  },
  traps: ['The waits have no jitter unless `jitter: "full"`.', '`retry` is the filter, not the number.'],
};
