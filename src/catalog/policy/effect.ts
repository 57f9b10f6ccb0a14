import type { Library } from '../schema.js';

export const effect: Library = {
  name: 'effect',
  packages: ['effect'],
  family: 'policy',
  verified: ['4.1.0', '3.22.4'],
  exports: {
    Effect: {
      is: 'namespace',
      exports: {
        retry: { is: 'policy', policy: 'retry' },
        timeout: { is: 'policy', policy: 'timeout' },
        forEach: { is: 'policy', policy: 'forEach' },
        all: { is: 'policy', policy: 'all' },
      },
    },
  },
  policies: {
    retry: {
      kind: 'retry',
      operation: 0,
      options: [0, 1],
      retry: {
        default: [
          {
            attempts: 'unbounded',
            delay: 'none',
            jitter: 'none',
            source: 'run, 4.1.0: retry({}) passed 30 calls, no wait',
          },
        ],
        options: {
          attempts: { option: 'times', counts: 'retries' },
          composed: {
            option: 'schedule',
            limits: [
              'recurs',
              'once',
              'stop',
              'upTo',
              'recurUpTo',
              'during',
              'recurWhile',
              'recurUntil',
              'whileInput',
              'take',
            ],
          },
          shape: {
            option: 'schedule',
            values: {
              exponential: { delay: 'exponential', factor: 2 },
              fibonacci: { delay: 'exponential' },
              linear: { delay: 'linear' },
              spaced: { delay: 'constant' },
              fixed: { delay: 'constant' },
              recurs: { delay: 'none' },
            },
          },
          jitter: { option: 'schedule', on: ['jittered', 'jitteredWith'] },
          filter: 'while',
          off: 'times: 0',
        },
      },
      source: 'effect/dist/Effect.d.ts',
    },
    timeout: {
      kind: 'timeout',
      operation: 0,
      limit: { argument: 1 },
      cancels: 'signal',
      source: 'effect/dist/Effect.d.ts: interrupts the fiber',
    },
    forEach: {
      kind: 'limiter',
      operation: 1,
      options: 2,
      concurrency: { option: 'concurrency', default: 1 },
      source: 'effect/dist/Effect.d.ts: one after the other by default',
    },
    all: {
      kind: 'limiter',
      options: 1,
      concurrency: { option: 'concurrency', default: 1 },
      source: 'effect/dist/Effect.d.ts: one after the other by default',
    },
  },
  traps: [
    '`Effect.retry({})`, `{ while }` and `Effect.eventually` repeat without end and without a wait.',
    '`Schedule.exponential` has no cap and no jitter; `Schedule.jittered` adds a fifth.',
    '`Effect.tryPromise` is cancelled only if its function uses the signal that it is given.',
  ],
};
