import { endless } from '../common.js';
import type { Bound, ClientType, DefaultLimit, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'socketTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'idle',
    phases: ['headers', 'body'],
    none: [0],
    fix: 1,
    source: 'mariadb/lib/connection.js, 3.5.4',
  },
  {
    option: 'connectTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['connect', 'handshake'],
    source: 'run, 3.5.4: a server that never writes ended',
  },
  {
    option: 'queryTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'server',
    phases: ['headers', 'body'],
    source: 'mariadb, 3.5.4: becomes max_statement_time, which the server keeps',
  },
];

const limits: readonly DefaultLimit[] = [
  { phases: ['connect', 'handshake'], ms: 1000, source: 'run, 3.5.4: 1006 ms' },
  endless('mariadb/lib/config/connection-options.js, 3.5.4: socketTimeout 0; run in the proofs', ['headers', 'body']),
];

const client: ClientType = {
  types: ['Connection', 'PoolConnection'],
  judged: 'construction',
  operations: [
    {
      name: ['query', 'execute', 'batch', 'queryStream'],
      effect: { from: 'sql', default: 'unknown' },
      payload: 0,
      phases: ['headers', 'body'],
    },
    { name: ['beginTransaction', 'commit', 'rollback'], effect: 'unknown', phases: ['headers'] },
    { name: 'ping', effect: 'read', phases: ['headers'] },
  ],
  bounds,
  limits,
  target: 'host',
};

export const mariadb: Library = {
  name: 'mariadb',
  packages: ['mariadb'],
  family: 'store',
  verified: ['3.5.4'],
  exports: {
    createConnection: { is: 'factory', type: 'Connection', config: 0 },
    createPool: { is: 'factory', type: 'Pool', config: 0 },
  },
  clients: {
    Connection: client,
    Pool: {
      ...client,
      types: ['Pool'],
      operations: [{ name: ['query', 'execute', 'batch'], effect: { from: 'sql', default: 'unknown' }, payload: 0 }],
      derives: [{ name: 'getConnection', type: 'Connection', inherits: true }],
      bounds: [
        ...bounds,
        {
          option: 'acquireTimeout',
          where: 'construction',
          takes: 'ms',
          kind: 'total',
          phases: ['pool', 'connect', 'handshake'],
          source: 'run, 3.5.4: pool.query against a server that never writes 10003 ms by default',
        },
      ],
      limits: [{ phases: ['pool'], ms: 10_000, source: 'run, 3.5.4: pool.query 10003 ms (acquireTimeout)' }, ...limits],
    },
  },
  traps: ['`queryTimeout` is kept by the server; `socketTimeout`, 0 by default, is what ends a call here.'],
};
