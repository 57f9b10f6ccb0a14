import type { Bound, ClientType, DefaultLimit, Export, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'connectionTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['connect', 'handshake'],
    source: 'run, 12.7.14: a server that never writes 15013 ms by default',
  },
  {
    option: 'requestTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['headers', 'body'],
    none: [0, 'negative', 'Infinity'],
    source: 'mssql/lib/tedious/request.js, 12.7.14',
  },
];

const limits: readonly DefaultLimit[] = [
  { phases: ['connect', 'handshake'], ms: 15_000, source: 'run, 12.7.14: 15.0 s' },
  { phases: ['headers', 'body'], ms: 15_000, source: 'mssql, 12.7.14: requestTimeout 15000' },
];

const client: ClientType = {
  types: ['ConnectionPool', 'Request', 'Transaction'],
  judged: 'construction',
  operations: [{ name: ['query', 'batch'], effect: { from: 'sql', default: 'unknown' }, payload: 0 }],
  bounds,
  limits,
  target: 'server',
};

const exported: Readonly<Record<string, Export>> = {
  connect: { is: 'factory', type: 'ConnectionPool', config: 0 },
  ConnectionPool: { is: 'class', type: 'ConnectionPool', config: 0 },
};

export const mssql: Library = {
  name: 'mssql',
  packages: ['mssql'],
  family: 'store',
  verified: ['12.7.14'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  clients: {
    ConnectionPool: {
      ...client,
      types: ['ConnectionPool'],
      operations: [...client.operations, { name: 'connect', effect: 'read', phases: ['connect', 'handshake'] }],
      derives: [{ name: 'request', type: 'Request', inherits: true }],
    },
    Request: {
      ...client,
      types: ['Request'],
      operations: [...client.operations, { name: ['execute', 'bulk'], effect: 'unknown', payload: 0 }],
    },
  },
  traps: [
    'In a connection string `connection timeout` is seconds, `request timeout` milliseconds.',
    '`requestTimeout: 0`, a negative number and `Infinity` switch the limit off.',
  ],
};
