import { endless } from '../common.js';
import type { ClientType, DefaultLimit, Export, Library } from '../schema.js';

const limits: readonly DefaultLimit[] = [
  { phases: ['connect', 'handshake'], ms: 10_000, source: 'run, 3.24.5: 10.0 s' },
  endless('run, 3.24.5: query pending at 6.5 s, an exhausted pool too', ['pool', 'headers', 'body']),
];

const client: ClientType = {
  types: ['Connection', 'PoolConnection'],
  judged: 'call',
  operations: [
    {
      name: ['query', 'execute'],
      effect: { from: 'sql', default: 'unknown' },
      options: 0,
      payload: 0,
      phases: ['headers', 'body'],
    },
    { name: ['beginTransaction', 'commit', 'rollback'], effect: 'unknown', phases: ['headers'] },
    { name: 'ping', effect: 'read', phases: ['headers'] },
  ],
  bounds: [
    {
      option: 'timeout',
      where: 'call',
      takes: 'ms',
      kind: 'idle',
      phases: ['headers', 'body'],
      none: [0],
      fix: 1,
      source: 'run, 3.24.5: query({ sql, timeout: 1000 }) 1012 ms; it closes the connection',
    },
    {
      option: 'connectTimeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['connect', 'handshake'],
      none: [0],
      source: 'run, 3.24.5: a server that never writes 1003 ms; 0 stayed pending at 12 s',
    },
  ],
  limits,
  target: 'host',
};

const exported: Readonly<Record<string, Export>> = {
  createConnection: { is: 'factory', type: 'Connection', config: 0 },
  createPool: { is: 'factory', type: 'Pool', config: 0 },
};

export const mysql2: Library = {
  name: 'mysql2',
  packages: ['mysql2'],
  family: 'store',
  verified: ['3.24.5'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  clients: {
    Connection: client,
    Pool: {
      ...client,
      types: ['Pool'],
      operations: client.operations.filter(
        (operation) => Array.isArray(operation.name) && operation.name.includes('query'),
      ),
      derives: [{ name: 'getConnection', type: 'Connection', inherits: true }],
    },
  },
  traps: [
    'No option of a connection or a pool limits a query: `timeout` stands in `query({ sql, timeout })`.',
    'An exhausted pool is waited for without end: there is no limit for acquiring.',
  ],
};
