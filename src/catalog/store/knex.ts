import { endless } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const client: ClientType = {
  types: ['Knex', 'QueryBuilder'],
  judged: 'construction',
  operations: [
    { name: '()', effect: 'unknown', target: 0, starts: 'await' },
    { name: ['select', 'first', 'count'], effect: 'read', starts: 'await' },
    {
      name: 'insert',
      effect: 'non-idempotent-write',
      payload: 0,
      starts: 'await',
      chain: { ignore: 'idempotent-write', merge: 'idempotent-write' },
    },
    { name: 'upsert', effect: 'idempotent-write', payload: 0, starts: 'await' },
    { name: 'update', effect: { from: 'update', default: 'unknown' }, payload: 0, starts: 'await' },
    { name: ['delete', 'del'], effect: 'idempotent-write', starts: 'await' },
    { name: ['increment', 'decrement'], effect: 'non-idempotent-write', starts: 'await' },
    { name: 'raw', effect: { from: 'sql', default: 'unknown' }, payload: 0, starts: 'await' },
    { name: 'transaction', effect: 'unknown', payload: 0 },
  ],
  bounds: [
    {
      option: 'connection.query_timeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['headers', 'body'],
      none: [0],
      untyped: 'construction',
      fix: 1,
      source: 'run, 3.3.0 over pg: 1004 ms; the options go to the driver',
    },
    {
      option: 'acquireConnectionTimeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['pool', 'connect', 'handshake'],
      fix: 2,
      source: 'run, 3.3.0: a server that never writes 1002 ms',
    },
    {
      option: 'timeout',
      where: 'chain',
      takes: 'ms',
      kind: 'total',
      phases: ['headers', 'body'],
      source: 'run, 3.3.0: 1056 ms; acquiring is not limited, and with { cancel: true } it stayed pending',
    },
  ],
  limits: [
    {
      phases: ['connect', 'handshake'],
      ms: 30_000,
      source: 'run, 3.3.0: 30.1 s (tarn), acquireConnectionTimeout 60000',
    },
    endless('run, 3.3.0 over pg: pending', ['headers', 'body']),
  ],
};

export const knex: Library = {
  name: 'knex',
  packages: ['knex'],
  family: 'store',
  verified: ['3.3.0'],
  exports: {
    default: { is: 'factory', type: 'Knex', config: 0 },
    knex: { is: 'factory', type: 'Knex', config: 0 },
  },
  clients: {
    Knex: {
      ...client,
      operations: client.operations.filter((operation) => !['increment'].includes([operation.name].flat()[0] ?? '')),
    },
  },
  traps: [
    '`.timeout(ms)` does not limit acquiring a connection, and `{ cancel: true }` needs a second connection that may hang too.',
    'A builder is lazy, and each `await` of it sends again: an INSERT awaited twice is two rows.',
  ],
};
