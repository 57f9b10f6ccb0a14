import { endless } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    {
      option: 'dialectOptions.query_timeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['headers', 'body'],
      none: [0],
      fix: 1,
      source: 'run, 6.37.8 over pg: 1003 ms',
    },
    {
      option: 'dialectOptions.connectionTimeoutMillis',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['connect', 'handshake'],
      none: [0],
      fix: 2,
      source: 'run, 6.37.8 over pg: 1005 ms',
    },
    {
      option: 'pool.acquire',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['pool'],
      source: 'run, 6.37.8: alone it does not end the first connect, which bypasses the pool',
    },
  ],
  limits: [
    { phases: ['pool'], ms: 60_000, source: 'sequelize 6.37.8: pool.acquire 60000' },
    endless('run, 6.37.8 over pg: authenticate() pending at 70 s', ['connect', 'handshake', 'headers', 'body']),
  ],
  retry: {
    default: [
      { attempts: 1, delay: 'none', jitter: 'none', source: 'sequelize 6.37.8: retries on SQLITE_BUSY only, up to 5' },
    ],
    options: { attempts: { option: 'retry.max', counts: 'attempts' } },
    where: 'construction',
  },
};

export const sequelize: Library = {
  name: 'sequelize',
  packages: ['sequelize'],
  family: 'store',
  verified: ['6.37.8'],
  exports: { Sequelize: { is: 'class', type: 'Sequelize', config: [0, 1, 2, 3] } },
  clients: {
    Sequelize: {
      ...shared,
      types: ['Sequelize'],
      operations: [
        { name: 'query', effect: { from: 'sql', default: 'unknown' }, payload: 0 },
        { name: 'authenticate', effect: 'read' },
        { name: ['sync', 'drop', 'truncate'], effect: 'idempotent-write' },
        { name: 'transaction', effect: 'unknown' },
      ],
      derives: [{ name: 'define', type: 'Model', target: 0, inherits: true }],
    },
    Model: {
      ...shared,
      types: ['Model', 'ModelStatic', 'ModelCtor'],
      operations: [
        {
          name: ['findAll', 'findOne', 'findByPk', 'findAndCountAll', 'count', 'sum', 'min', 'max'],
          effect: 'read',
        },
        { name: ['create', 'bulkCreate'], effect: 'non-idempotent-write', payload: 0 },
        { name: ['increment', 'decrement'], effect: 'non-idempotent-write' },
        {
          name: ['upsert', 'findOrCreate', 'findCreateFind', 'destroy', 'restore', 'truncate'],
          effect: 'idempotent-write',
        },
        { name: 'update', effect: { from: 'update', default: 'unknown' }, payload: 0 },
        // Of a row, by its type: a new one is inserted, one that was found is updated.
        { name: 'save', effect: 'unknown' },
        { name: 'reload', effect: 'read' },
      ],
    },
  },
  traps: [
    '`pool.acquire` does not limit the first connect: `authenticate()` was pending after 70 s.',
    'A `retry.match` of your own makes every query repeat, INSERTs too.',
  ],
};
