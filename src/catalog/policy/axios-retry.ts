import type { Library } from '../schema.js';

export const axiosRetry: Library = {
  name: 'axios-retry',
  packages: ['axios-retry'],
  family: 'policy',
  verified: ['4.5.0'],
  exports: { default: { is: 'policy', policy: 'axiosRetry' } },
  policies: {
    axiosRetry: {
      kind: 'retry',
      installs: 0,
      options: 1,
      retry: {
        default: [
          {
            attempts: 4,
            delay: 'none',
            jitter: 'none',
            source: 'run, 4.5.0: 4 attempts, gaps 4 ms; POST too after a reset, not after 503',
          },
        ],
        options: {
          attempts: { option: 'retries', counts: 'retries' },
          filter: 'retryCondition',
          delayFunction: 'retryDelay',
          shape: {
            option: 'retryDelay',
            values: {
              exponentialDelay: { delay: 'exponential', baseMs: 200, factor: 2, jitter: 'yes' },
              linearDelay: { delay: 'linear', baseMs: 100, jitter: 'none' },
            },
          },
          off: 'retries: 0',
        },
      },
      source: 'axios-retry/dist/cjs/index.js',
    },
  },
  traps: [
    'There is no wait between attempts unless `retryDelay` is set.',
    'A network error is repeated for every method, POST and PATCH included.',
    'The `timeout` of the request is shared by all attempts unless `shouldResetTimeout`.',
    'A timeout of axios (`ECONNABORTED`) is never repeated.',
  ],
};

export const retryAxios: Library = {
  name: 'retry-axios',
  packages: ['retry-axios'],
  family: 'policy',
  verified: ['4.0.3'],
  exports: { attach: { is: 'policy', policy: 'attach' } },
  policies: {
    attach: {
      kind: 'retry',
      installs: 0,
      retry: {
        default: [
          {
            attempts: 4,
            delay: 'exponential',
            jitter: 'none',
            methods: ['GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'],
            source: 'run, 4.0.3: waits 50, 150, 350 ms',
          },
        ],
        options: {
          attempts: { option: 'raxConfig.retry', counts: 'retries' },
          delay: { option: 'raxConfig.retryDelay', unit: 'ms' },
          cap: { option: 'raxConfig.maxRetryDelay', unit: 'ms' },
          shape: {
            option: 'raxConfig.backoffType',
            values: {
              exponential: { delay: 'exponential' },
              linear: { delay: 'linear' },
              static: { delay: 'constant' },
            },
          },
          jitter: { option: 'raxConfig.jitter', on: ['full', 'equal'] },
          filter: 'raxConfig.shouldRetry',
          off: 'raxConfig: { retry: 0 }',
        },
      },
      source: 'retry-axios/build/src/index.js',
    },
  },
  traps: [
    'The waits have no jitter unless `jitter` is set.',
    'A `shouldRetry` of your own replaces the check of the method.',
    'Its options stand in the configuration of axios, under `raxConfig`.',
  ],
};
