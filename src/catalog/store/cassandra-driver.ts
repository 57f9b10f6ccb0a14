import type { Library } from '../schema.js';

export const cassandra: Library = {
  name: 'cassandra-driver',
  packages: ['cassandra-driver'],
  family: 'store',
  verified: ['4.10.0'],
  exports: { Client: { is: 'class', type: 'Client', config: 0 } },
  clients: {
    Client: {
      types: ['Client'],
      judged: 'construction',
      operations: [
        { name: 'execute', effect: { from: 'sql', default: 'unknown' }, options: 2, payload: 0 },
        { name: 'batch', effect: 'unknown', payload: 0 },
        {
          name: ['eachRow', 'stream'],
          effect: { from: 'sql', default: 'unknown' },
          options: 2,
          payload: 0,
          stream: true,
        },
        { name: 'connect', effect: 'read', phases: ['connect', 'handshake'] },
      ],
      bounds: [
        {
          option: 'socketOptions.readTimeout',
          where: 'construction',
          takes: 'ms',
          kind: 'attempt',
          phases: ['handshake', 'headers', 'body'],
          none: [0],
          fix: 1,
          source: 'run, 4.10.0: a server that never writes 1005 ms',
        },
        {
          option: 'readTimeout',
          where: 'call',
          takes: 'ms',
          kind: 'attempt',
          phases: ['headers', 'body'],
          none: [0],
          source: 'cassandra-driver/index.d.ts: QueryOptions.readTimeout',
        },
        {
          option: 'socketOptions.connectTimeout',
          where: 'construction',
          takes: 'ms',
          kind: 'attempt',
          phases: ['connect'],
          source: 'cassandra-driver/lib/connection.js: the TCP connect only',
        },
      ],
      limits: [
        { phases: ['connect'], ms: 5000, source: 'cassandra-driver: socketOptions.connectTimeout 5000' },
        { phases: ['handshake', 'headers', 'body'], ms: 12_000, source: 'run, 4.10.0: 12.0 s' },
      ],
    },
  },
  traps: ['A query is repeated after a timeout only with `isIdempotent: true`.'],
};
