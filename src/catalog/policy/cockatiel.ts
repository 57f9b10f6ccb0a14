import type { Library } from '../schema.js';

const run = ['execute'] as const;

export const cockatiel: Library = {
  name: 'cockatiel',
  packages: ['cockatiel'],
  family: 'policy',
  verified: ['4.0.0', '3.2.1'],
  exports: {
    retry: { is: 'policy', policy: 'retry' },
    timeout: { is: 'policy', policy: 'timeout' },
    circuitBreaker: { is: 'policy', policy: 'circuitBreaker' },
    bulkhead: { is: 'policy', policy: 'bulkhead' },
    fallback: { is: 'policy', policy: 'fallback' },
    wrap: { is: 'policy', policy: 'wrap' },
  },
  policies: {
    retry: {
      kind: 'retry',
      types: ['RetryPolicy'],
      options: 1,
      run,
      operation: 0,
      retry: {
        default: [
          {
            attempts: 'unbounded',
            delay: 'none',
            jitter: 'none',
            source: 'run, 3.2.1 and 4.0.0: retry(handleAll, {}) passed 60 calls, waits 0',
          },
        ],
        options: {
          attempts: { option: 'maxAttempts', counts: 'retries' },
          shape: {
            option: 'backoff',
            values: {
              ConstantBackoff: { delay: 'constant', jitter: 'none' },
              ExponentialBackoff: { delay: 'exponential', baseMs: 128, factor: 2, capMs: 30_000, jitter: 'yes' },
              IterableBackoff: { delay: 'exponential', jitter: 'none' },
            },
          },
          delay: { option: 'backoff.initialDelay', unit: 'ms' },
          factor: 'backoff.exponent',
          cap: { option: 'backoff.maxDelay', unit: 'ms' },
          jitter: {
            option: 'backoff.generator',
            on: ['fullJitterGenerator', 'halfJitterGenerator', 'decorrelatedJitterGenerator'],
          },
          off: 'maxAttempts: 0',
        },
      },
      source: 'cockatiel/dist/Policy.d.ts, RetryPolicy.js',
    },
    timeout: {
      kind: 'timeout',
      types: ['TimeoutPolicy'],
      options: 1,
      run,
      operation: 0,
      limit: { argument: 0 },
      races: { argument: 1, option: 'strategy', values: ['aggressive', 'Aggressive'] },
      cancels: 'signal',
      source: 'run: aggressive ended a 700 ms call at 201 ms, cooperative only aborted the signal',
    },
    circuitBreaker: {
      kind: 'breaker',
      types: ['CircuitBreakerPolicy'],
      options: 1,
      run,
      operation: 0,
      cancels: 'nothing',
      source: 'cockatiel/dist/CircuitBreakerPolicy.d.ts',
    },
    bulkhead: {
      kind: 'bulkhead',
      types: ['BulkheadPolicy'],
      run,
      operation: 0,
      concurrency: { argument: 0, default: 'unbounded' },
      source: 'cockatiel/dist/BulkheadPolicy.d.ts',
    },
    fallback: {
      kind: 'fallback',
      types: ['FallbackPolicy'],
      run,
      operation: 0,
      source: 'cockatiel/dist/FallbackPolicy.d.ts',
    },
    wrap: {
      kind: 'wrap',
      types: ['IMergedPolicy', 'IPolicy'],
      run,
      operation: 0,
      source: 'cockatiel/dist/Policy.d.ts',
    },
  },
  traps: [
    '`retry(handleAll, {})` repeats without end and without a wait: `maxAttempts` and `backoff` have no defaults that limit.',
    '`maxAttempts` counts the retries, not the attempts.',
    'A cooperative timeout only aborts the signal: an operation that ignores it runs on, and the caller waits.',
    '`wrap(retry, breaker)` repeats the breaker’s own rejections.',
    'A retry that gives up on `handleWhenResult` resolves with the bad result.',
  ],
};
