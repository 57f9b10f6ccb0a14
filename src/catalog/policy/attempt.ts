import type { Library } from '../schema.js';

export const attempt: Library = {
  name: '@lifeomic/attempt',
  packages: ['@lifeomic/attempt'],
  family: 'policy',
  verified: ['3.1.0'],
  exports: { retry: { is: 'policy', policy: 'retry' } },
  policies: {
    retry: {
      kind: 'retry',
      operation: 0,
      options: 1,
      retry: {
        default: [
          {
            attempts: 3,
            // It grows once `factor` is set.
            delay: 'exponential',
            baseMs: 200,
            factor: 1,
            jitter: 'none',
            source: 'run, 3.1.0: 3 calls, waits 200 ms each',
          },
        ],
        options: {
          attempts: { option: 'maxAttempts', counts: 'attempts' },
          delay: { option: 'delay', unit: 'ms' },
          factor: 'factor',
          cap: { option: 'maxDelay', unit: 'ms' },
          jitter: { option: 'jitter', on: [true] },
          off: 'maxAttempts: 1',
        },
      },
      source: '@lifeomic/attempt/dist/src/index.js',
    },
  },
  traps: [
    'The waits are constant unless `factor` is set, and have no jitter unless `jitter: true`.',
    '`maxAttempts: 0` never ends.',
    '`timeout` limits one attempt, and does not cancel it.',
  ],
};
