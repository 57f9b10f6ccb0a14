import type { Library } from '../schema.js';

export const mollitia: Library = {
  name: 'mollitia',
  packages: ['mollitia'],
  family: 'policy',
  verified: ['0.1.1'],
  exports: {
    Circuit: { is: 'policy', policy: 'Circuit' },
    Retry: { is: 'policy', policy: 'Retry' },
    Timeout: { is: 'policy', policy: 'Timeout' },
    Bulkhead: { is: 'policy', policy: 'Bulkhead' },
    Fallback: { is: 'policy', policy: 'Fallback' },
    SlidingCountBreaker: { is: 'policy', policy: 'SlidingCountBreaker' },
    SlidingTimeBreaker: { is: 'policy', policy: 'SlidingTimeBreaker' },
  },
  policies: {
    Circuit: { kind: 'wrap', types: ['Circuit'], run: ['fn'], operation: 0, options: 0, source: 'mollitia/dist' },
    Retry: {
      kind: 'retry',
      types: ['Retry'],
      options: 0,
      retry: {
        default: [{ attempts: 3, delay: 'none', jitter: 'none', source: 'run, 0.1.1: 3 calls, waits 0' }],
        options: {
          attempts: { option: 'attempts', counts: 'retries' },
          delay: { option: 'interval', unit: 'ms' },
          cap: { option: 'maxInterval', unit: 'ms' },
          factor: 'factor',
          shape: {
            option: 'mode',
            values: {
              CONSTANT: { delay: 'constant', jitter: 'none' },
              LINEAR: { delay: 'linear', jitter: 'none' },
              EXPONENTIAL: { delay: 'exponential', factor: 2, jitter: 'none' },
              JITTER: { delay: 'exponential', factor: 2, jitter: 'weak' },
            },
          },
          off: 'attempts: 0',
        },
      },
      source: 'mollitia/dist, run through a Circuit',
    },
    Timeout: {
      kind: 'timeout',
      types: ['Timeout'],
      options: 0,
      limit: { option: 'delay', defaultMs: 60_000 },
      cancels: 'nothing',
      source: 'mollitia/dist, run through a Circuit',
    },
    Bulkhead: { kind: 'bulkhead', types: ['Bulkhead'], options: 0, source: 'mollitia/dist' },
    Fallback: { kind: 'fallback', types: ['Fallback'], options: 0, source: 'mollitia/dist' },
    SlidingCountBreaker: { kind: 'breaker', types: ['SlidingCountBreaker'], options: 0, source: 'mollitia/dist' },
    SlidingTimeBreaker: { kind: 'breaker', types: ['SlidingTimeBreaker'], options: 0, source: 'mollitia/dist' },
  },
  traps: [
    '`new Retry()` repeats without a wait; jitter of a tenth comes with `RetryMode.JITTER` only.',
    'A module does nothing until it stands in the `modules` of a `Circuit`.',
  ],
};
