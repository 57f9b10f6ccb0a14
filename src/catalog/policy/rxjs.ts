import type { Library } from '../schema.js';

export const rxjs: Library = {
  name: 'rxjs',
  packages: ['rxjs'],
  family: 'policy',
  verified: ['7.8.2'],
  exports: {
    retry: { is: 'policy', policy: 'retry' },
    timeout: { is: 'policy', policy: 'timeout' },
    mergeMap: { is: 'policy', policy: 'mergeMap' },
  },
  policies: {
    retry: {
      kind: 'retry',
      options: 0,
      retry: {
        default: [
          {
            attempts: 'unbounded',
            delay: 'none',
            jitter: 'none',
            source: 'run, 7.8.2: retry() passed 60 calls, no wait',
          },
        ],
        options: {
          attempts: { option: 'count', counts: 'retries', bare: true },
          delay: { option: 'delay', unit: 'ms' },
          delayFunction: 'delay',
          off: 'count: 0',
        },
      },
      source: 'rxjs/internal/operators/retry.js',
    },
    timeout: {
      kind: 'timeout',
      limit: { argument: 0 },
      source: 'rxjs/internal/operators/timeout.js: between emissions; it unsubscribes',
    },
    mergeMap: {
      kind: 'limiter',
      operation: 0,
      concurrency: { argument: 1, default: 'unbounded' },
      source: 'run, 7.8.2: 200 of 200 at once by default',
    },
  },
  traps: [
    '`retry()` repeats without end and without a wait; `retry({ delay: 1000 })` without end.',
    '`timeout(ms)` counts between emissions, not the whole.',
    'A `delay` notifier that completes ends the stream as if it had succeeded.',
  ],
};
