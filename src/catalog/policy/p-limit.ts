import type { Library } from '../schema.js';

export const pLimit: Library = {
  name: 'p-limit',
  packages: ['p-limit'],
  family: 'policy',
  verified: ['7.3.3'],
  exports: { default: { is: 'policy', policy: 'pLimit' } },
  policies: {
    pLimit: {
      kind: 'limiter',
      types: ['LimitFunction'],
      run: ['()'],
      operation: 0,
      concurrency: { argument: 0, default: 'unbounded' },
      source: 'p-limit/index.js; the number is required',
    },
  },
  traps: ['A limiter made inside the loop limits nothing.', '`pLimit(Infinity)` is accepted.'],
};

export const pMap: Library = {
  name: 'p-map',
  packages: ['p-map'],
  family: 'policy',
  verified: ['7.1.1'],
  exports: { default: { is: 'policy', policy: 'pMap' } },
  policies: {
    pMap: {
      kind: 'limiter',
      operation: 1,
      options: 2,
      concurrency: { option: 'concurrency', default: 'unbounded' },
      source: 'run, 7.1.1: 200 tasks at once without `concurrency`',
    },
  },
  traps: ['Without `concurrency` everything runs at once.'],
};

export const pQueue: Library = {
  name: 'p-queue',
  packages: ['p-queue'],
  family: 'policy',
  verified: ['10.0.0'],
  exports: { default: { is: 'policy', policy: 'PQueue' } },
  policies: {
    PQueue: {
      kind: 'limiter',
      types: ['PQueue'],
      run: ['add', 'addAll'],
      operation: 0,
      options: 0,
      concurrency: { option: 'concurrency', default: 'unbounded' },
      limit: { option: 'timeout', defaultMs: 'never' },
      cancels: 'nothing',
      source: 'run, 10.0.0: 200 tasks at once without `concurrency`',
    },
  },
  traps: [
    'Without `concurrency` everything runs at once.',
    'Up to 8 a `timeout` without `throwOnTimeout` resolves with undefined: a result that nobody misses.',
  ],
};
