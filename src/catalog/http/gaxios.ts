import { allPhases, endless, keyHeader } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

/** The bounds of every gaxios request; googleapis hands the same options on. */
export const gaxiosBounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: allPhases,
    none: [0],
    fix: 1,
    source: 'run, 8.3.3: silent server 303 ms, stalled body 304 ms, trickled body 301 ms, hanging connect 309 ms',
  },
  {
    option: 'signal',
    where: 'both',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    source: 'gaxios/build/esm/src/gaxios.js; run in the proofs',
  },
];

const client: ClientType = {
  types: ['Gaxios'],
  judged: 'construction',
  operations: [{ name: 'request', effect: { from: 'http-method', option: 'method', default: 'read' }, options: 0 }],
  bounds: gaxiosBounds,
  limits: [endless('run, 8.3.3: still pending at 330 s; it sits on node-fetch')],
  retry: {
    default: [{ attempts: 1, delay: 'none', jitter: 'none', source: 'run, 8.3.3: one attempt unless retry is set' }],
    options: {
      attempts: { option: 'retryConfig.retry', counts: 'retries' },
      delay: { option: 'retryConfig.retryDelay', unit: 'ms' },
      factor: 'retryConfig.retryDelayMultiplier',
      cap: { option: 'retryConfig.maxRetryDelay', unit: 'ms' },
      filter: 'retryConfig.shouldRetry',
      off: 'retry: false',
    },
    where: 'both',
  },
  idempotencyKey: keyHeader,
};

export const gaxios: Library = {
  name: 'gaxios',
  packages: ['gaxios'],
  family: 'http',
  verified: ['8.3.3'],
  exports: {
    Gaxios: { is: 'class', type: 'Gaxios', config: 0 },
    instance: { is: 'client', type: 'Gaxios' },
    request: { is: 'operation', type: 'Gaxios', operation: 'request' },
  },
  clients: { Gaxios: client },
  traps: [
    'It has no limit of its own, not even the 300 s of the built-in `fetch`.',
    '`retry: true` repeats three times, after 0.1, 0.5 and 1.5 s, without jitter.',
  ],
};
