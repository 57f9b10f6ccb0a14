import type { Library } from '../schema.js';

export const opossum: Library = {
  name: 'opossum',
  packages: ['opossum'],
  family: 'policy',
  verified: ['10.0.0 (types: @types/opossum 8.1.9)'],
  exports: { default: { is: 'policy', policy: 'CircuitBreaker' } },
  policies: {
    CircuitBreaker: {
      kind: 'breaker',
      types: ['CircuitBreaker'],
      operation: 0,
      runs: ['fire', 'call'],
      options: 1,
      limit: { option: 'timeout', defaultMs: 10_000, none: [false, 0] },
      concurrency: { option: 'capacity', default: 'unbounded' },
      cancels: 'nothing',
      source: 'run, 10.0.0: a call that never ends was rejected at 10003 ms; the action went on',
    },
  },
  traps: [
    'One failure opens it: `volumeThreshold` is 0.',
    'The action goes on after the timeout, and is not given the `abortController`.',
    'A breaker made for each call never opens.',
    'An `errorFilter` that returns true counts a success, and still rejects.',
  ],
};
