import type { Library } from '../schema.js';

export const asyncRetry: Library = {
  name: 'async-retry',
  packages: ['async-retry'],
  family: 'policy',
  verified: ['1.3.3'],
  exports: { default: { is: 'policy', policy: 'retry' } },
  policies: {
    retry: {
      kind: 'retry',
      operation: 0,
      options: 1,
      retry: {
        default: [
          {
            attempts: 11,
            delay: 'exponential',
            baseMs: 1000,
            factor: 2,
            jitter: 'yes',
            source: 'run, 1.3.3: 11 calls, waits 1256, 3500, 6655 … 673048 ms: once to twice 1000 · 2^n',
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
      },
      source: 'async-retry/lib/index.js',
    },
  },
  traps: [
    '`retries: Infinity` ends the process before the first attempt.',
    'The waits have no cap: the tenth may be 17 minutes.',
    'It writes `randomize: true` into the options object that it is given.',
    '`bail(error)` does not throw: the code after it still runs.',
  ],
};
