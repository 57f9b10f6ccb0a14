import { allPhases, keyHeader, undiciLimits, untilHeaders } from '../common.js';
import type { Bound, Library } from '../schema.js';

const effect = { from: 'http-method', option: 'method', default: 'read' } as const;

const signal: Bound = {
  option: 'signal',
  where: 'both',
  takes: 'signal',
  kind: 'total',
  phases: allPhases,
  none: [null],
  fix: 1,
  source: 'ofetch hands it to fetch; run in the proofs',
};

export const ofetch: Library = {
  name: 'ofetch',
  packages: ['ofetch'],
  family: 'http',
  verified: ['1.5.1'],
  exports: {
    ofetch: { is: 'client', type: 'Fetch' },
    $fetch: { is: 'client', type: 'Fetch' },
    createFetch: { is: 'factory', type: 'Fetch' },
  },
  clients: {
    Fetch: {
      types: ['$Fetch'],
      judged: 'construction',
      options: 1,
      operations: [
        { name: ['()', 'raw'], effect, target: 0 },
        { name: 'native', effect, target: 0, failure: 'status', bounds: [{ ...signal, where: 'call' }] },
      ],
      derives: [{ name: 'create', type: 'Fetch', config: 0, inherits: true }],
      lenient: { option: 'ignoreResponseError', is: [true], source: 'run, 1.5.1: a 500 resolves' },
      bounds: [
        signal,
        {
          option: 'timeout',
          where: 'both',
          takes: 'ms',
          kind: 'attempt',
          phases: untilHeaders,
          none: [0],
          misread: ['Infinity'],
          droppedBy: 'signal',
          source: 'run, 1.5.1: silent server 308 ms; a stalled body stayed pending, so did a call with another signal',
        },
      ],
      limits: undiciLimits,
      retry: {
        default: [
          {
            attempts: 2,
            delay: 'none',
            jitter: 'none',
            methods: ['GET', 'HEAD', 'OPTIONS', 'TRACE'],
            source: 'run, 1.5.1: 2 attempts, gap 3 ms; POST 1',
          },
        ],
        options: {
          attempts: { option: 'retry', counts: 'retries', bare: true },
          delay: { option: 'retryDelay', unit: 'ms' },
          delayFunction: 'retryDelay',
          off: 'retry: 0',
        },
        where: 'both',
      },
      target: 'baseURL',
      idempotencyKey: keyHeader,
    },
  },
  traps: [
    '`timeout` is dropped when a `signal` is given, ends with the headers, and is gone in the second attempt.',
    'It repeats a GET once, without a wait.',
    '`timeout: Infinity` fires at once.',
  ],
};
