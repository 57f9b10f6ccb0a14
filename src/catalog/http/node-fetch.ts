import { allPhases, endless, keyHeader } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const signal: Bound = {
  option: 'signal',
  where: 'call',
  takes: 'signal',
  kind: 'total',
  phases: allPhases,
  none: [null],
  fix: 1,
  source: 'run, node-fetch 3.3.2 and cross-fetch 4.1.0: silent server 304 ms, stalled body 302 ms',
};

/** The `timeout` of version 2. */
const timeout: Bound = {
  option: 'timeout',
  where: 'call',
  takes: 'ms',
  kind: 'attempt',
  phases: allPhases,
  none: [0],
  source: 'run, 2.7.0: silent server 304 ms, stalled body 313 ms, trickled body 305 ms',
};

const client: ClientType = {
  types: ['fetch', 'default'],
  judged: 'call',
  options: 1,
  operations: [
    {
      name: '()',
      effect: { from: 'http-method', option: 'method', default: 'read' },
      target: 0,
      carrier: { argument: 0, type: 'Request', config: 1 },
      failure: 'status',
    },
  ],
  bounds: [
    signal,
    { ...timeout, versions: '<3' },
    {
      ...timeout,
      kind: 'no-effect',
      fault: 'ignored',
      none: [],
      versions: '>=3',
      source: 'run, 3.3.2: still pending',
    },
  ],
  limits: [endless('run, 3.3.2: still pending at 330 s; it sits on node:http, not on undici')],
  idempotencyKey: keyHeader,
};

export const nodeFetch: Library = {
  name: 'node-fetch',
  packages: ['node-fetch'],
  family: 'http',
  verified: ['3.3.2', '2.7.0'],
  exports: { default: { is: 'client', type: 'fetch' } },
  clients: { fetch: client },
  traps: [
    'It has no limit of its own, not even the 300 s of the built-in `fetch`.',
    '`timeout` worked in 2 and is ignored in 3.',
    'An answer of 500 resolves.',
  ],
};

/** On Node it is node-fetch 2 under the type of the platform's own `fetch`. */
export const crossFetch: Library = {
  name: 'cross-fetch',
  packages: ['cross-fetch'],
  family: 'http',
  verified: ['4.1.0 (node-fetch 2.7.0 inside)'],
  exports: {
    default: { is: 'client', type: 'fetch' },
    fetch: { is: 'client', type: 'fetch' },
  },
  clients: {
    fetch: {
      ...client,
      types: ['global#fetch', 'fetch'],
      bounds: [signal, { ...timeout, untyped: 'call' }],
      limits: [endless('run, 4.1.0: pending; it sits on node:http')],
    },
  },
  traps: [
    'Its type is the platform’s `fetch`, its behaviour on Node is node-fetch 2: no limit at all by default.',
    '`timeout` works at run time and is missing in the types.',
  ],
};
