import { undiciLimits } from '../common.js';
import type { Library } from '../schema.js';

/** The platform's own `fetch`: undici inside Node. */
export const fetch: Library = {
  name: 'fetch',
  packages: ['global'],
  family: 'http',
  verified: ['Node 20.20.2 (undici 6.24.1)', 'Node 24.21.0 (undici 7.29.1)'],
  globals: { fetch: { is: 'client', type: 'fetch' } },
  exports: {},
  clients: {
    fetch: {
      types: ['global#fetch'],
      judged: 'call',
      options: 1,
      through: 'dispatcher',
      operations: [
        {
          name: '()',
          effect: { from: 'http-method', option: 'method', default: 'read' },
          target: 0,
          payload: 1,
          carrier: { argument: 0, type: 'Request', config: 1 },
          failure: 'status',
        },
      ],
      bounds: [
        {
          option: 'signal',
          where: 'call',
          takes: 'signal',
          kind: 'total',
          phases: ['connect', 'handshake', 'headers', 'body'],
          none: [null],
          fix: 1,
          source: 'run: AbortSignal.timeout(300) ended a silent server at 306 ms, a stalled body at 303 ms',
        },
        {
          option: 'timeout',
          where: 'call',
          takes: 'ms',
          kind: 'no-effect',
          fault: 'ignored',
          phases: ['headers', 'body'],
          source: 'run: init.timeout is not read',
        },
      ],
      limits: undiciLimits,
      idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
    },
  },
  traps: [
    '`init.timeout` is ignored.',
    'A timer that is cleared when the headers are there leaves the body without a limit.',
    'An answer of 500 resolves.',
  ],
};
