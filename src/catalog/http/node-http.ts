import type { ClientType, Library } from '../schema.js';

const client: ClientType = {
  types: ['node:http#request', 'node:http#get', 'node:https#request', 'node:https#get'],
  judged: 'call',
  options: [0, 1],
  operations: [
    {
      name: ['request', 'get'],
      effect: { from: 'http-method', option: 'method', default: 'read' },
      target: 0,
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
      source: 'run: ended at 305 ms, also while connecting and while reading the body',
    },
    {
      option: 'timeout',
      where: 'call',
      takes: 'ms',
      kind: 'idle',
      phases: ['connect', 'handshake', 'headers', 'body'],
      none: [0],
      needsListener: true,
      fault: 'ignored',
      source: "run: only emits 'timeout'; with a listener that destroys the request it ended at 304 ms",
    },
  ],
  limits: [
    {
      phases: ['connect', 'handshake', 'headers', 'body'],
      ms: 'never',
      source: 'run: still pending at 330 s',
    },
  ],
  idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
};

/** `http.request` and `https.request`. */
export const nodeHttp: Library = {
  name: 'node:http',
  packages: ['node:http', 'node:https', 'http', 'https'],
  family: 'http',
  verified: ['Node 20.20.2', 'Node 24.21.0'],
  exports: {
    request: { is: 'operation', type: 'http', operation: 'request' },
    get: { is: 'operation', type: 'http', operation: 'get' },
    default: {
      is: 'namespace',
      exports: {
        request: { is: 'operation', type: 'http', operation: 'request' },
        get: { is: 'operation', type: 'http', operation: 'get' },
      },
    },
  },
  clients: { http: client },
  traps: [
    'The `timeout` option only emits an event: nothing ends until a listener destroys the request.',
    '`request.setTimeout(ms, destroy)` starts after the connect: a peer that drops packets is waited for.',
  ],
};
