import type { Bound, ClientType, DefaultLimit, Library, Operation } from '../schema.js';

/** The bounds of a connection and of a pool; Prisma's adapter and pg-boss hand the same options on. */
export const pgBounds: readonly Bound[] = [
  {
    option: 'connectionTimeoutMillis',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['pool', 'connect', 'handshake'],
    none: [0],
    fix: 2,
    source: 'run, 8.23.1: connect to a server that never writes ended at 1003 ms, an exhausted pool at 1002 ms',
  },
  {
    option: 'query_timeout',
    where: 'both',
    takes: 'ms',
    kind: 'total',
    phases: ['headers', 'body'],
    none: [0],
    untyped: 'call',
    fix: 1,
    source: 'run, 8.23.1: query without an answer ended at 1003 ms (per query it is missing in the types)',
  },
  {
    option: 'statement_timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'server',
    phases: ['headers', 'body'],
    none: [0, false],
    source: 'run, 8.23.1: still pending; the limit is kept by the server',
  },
];

/** What ends them by default: nothing. */
export const pgLimits: readonly DefaultLimit[] = [
  { phases: ['pool', 'connect', 'handshake', 'headers', 'body'], ms: 'never', source: 'run, 8.23.1: pending' },
];

const query: Operation = {
  name: 'query',
  effect: { from: 'sql', default: 'unknown' },
  options: 0,
  payload: 0,
  phases: ['headers', 'body'],
};

const connect: Operation = { name: 'connect', effect: 'read', phases: ['connect', 'handshake'] };

const client: ClientType = {
  types: ['Client', 'ClientBase', 'PoolClient'],
  judged: 'construction',
  operations: [query, connect],
  bounds: pgBounds,
  limits: pgLimits,
  target: 'host',
  address: 'connectionString',
};

const pool: ClientType = {
  ...client,
  types: ['Pool'],
  derives: [{ name: 'connect', type: 'Client', inherits: true }],
};

export const pg: Library = {
  name: 'pg',
  packages: ['pg', 'pg-pool'],
  family: 'store',
  verified: ['8.23.1'],
  exports: {
    Client: { is: 'class', type: 'Client', config: 0 },
    Pool: { is: 'class', type: 'Pool', config: 0 },
    default: {
      is: 'namespace',
      exports: {
        Client: { is: 'class', type: 'Client', config: 0 },
        Pool: { is: 'class', type: 'Pool', config: 0 },
      },
    },
  },
  clients: { Client: client, Pool: pool },
  traps: [
    '`statement_timeout` is kept by the server: a dead one never ends the query.',
    '`query_timeout` in the constructor does not limit the connect; `connectionTimeoutMillis` does not limit the query.',
  ],
};
