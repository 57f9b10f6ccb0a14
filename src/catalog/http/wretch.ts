import { allPhases, keyHeader, undiciLimits } from '../common.js';
import type { Library } from '../schema.js';

export const wretch: Library = {
  name: 'wretch',
  packages: ['wretch'],
  family: 'http',
  verified: ['3.0.9', '2.11.1'],
  exports: { default: { is: 'factory', type: 'Wretch', config: 1, target: 0 } },
  clients: {
    Wretch: {
      types: ['Wretch'],
      judged: 'call',
      operations: [
        { name: ['get', 'head', 'opts'], effect: 'read', target: 0 },
        { name: 'post', effect: 'non-idempotent-write', method: 'POST', target: 1, payload: 0 },
        { name: 'patch', effect: 'unknown', method: 'PATCH', target: 1, payload: 0 },
        { name: 'put', effect: 'idempotent-write', method: 'PUT', target: 1, payload: 0 },
        { name: 'delete', effect: 'idempotent-write', method: 'DELETE', target: 0 },
        { name: 'fetch', effect: 'unknown', target: 1, payload: 2 },
      ],
      derives: ['url', 'options', 'headers', 'auth', 'accept', 'content', 'addon', 'middlewares'].map((name) => ({
        name,
        type: 'Wretch',
        inherits: true,
      })),
      bounds: [
        {
          option: 'setTimeout',
          where: 'chain',
          takes: 'ms',
          kind: 'total',
          phases: allPhases,
          source: 'run, 3.0.9: silent server 306 ms, stalled body 304 ms; needs the abort addon',
        },
        {
          option: 'signal',
          where: 'construction',
          takes: 'signal',
          kind: 'total',
          phases: allPhases,
          source: 'wretch hands its options to fetch; run in the proofs',
        },
      ],
      limits: undiciLimits,
      idempotencyKey: keyHeader,
    },
  },
  traps: [
    '`.setTimeout()` comes with the abort addon, and has no effect when `.signal(controller)` was set before.',
    'The `retry` middleware repeats every method up to 10 times, with waits that grow by 500 ms and have no jitter.',
    '`retry({ maxAttempts: 0 })` never ends.',
  ],
};
