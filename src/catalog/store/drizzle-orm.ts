import { endless } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [],
  limits: [
    endless('run, 0.45.4 over pg: pending; ended by the options of the Pool', [
      'pool',
      'connect',
      'handshake',
      'headers',
      'body',
    ]),
  ],
};

export const drizzle: Library = {
  name: 'drizzle-orm',
  packages: ['drizzle-orm'],
  family: 'store',
  verified: ['0.45.4'],
  exports: { drizzle: { is: 'factory', type: 'Database', over: 0 } },
  clients: {
    Database: {
      types: ['PgDatabase', 'MySqlDatabase', 'NodePgDatabase', 'PostgresJsDatabase', 'MySql2Database'],
      operations: [
        { name: ['select', 'selectDistinct'], effect: 'read', starts: 'await' },
        {
          name: 'insert',
          effect: 'non-idempotent-write',
          target: 0,
          starts: 'await',
          // An update on conflict may count: what it sets is not looked at.
          chain: {
            onConflictDoNothing: 'idempotent-write',
            onConflictDoUpdate: 'unknown',
            onDuplicateKeyUpdate: 'unknown',
            ignore: 'idempotent-write',
          },
        },
        { name: 'update', effect: 'unknown', target: 0, starts: 'await' },
        { name: 'delete', effect: 'idempotent-write', target: 0, starts: 'await' },
        { name: '$count', effect: 'read', target: 0, starts: 'await' },
        { name: 'execute', effect: { from: 'sql', default: 'unknown' }, payload: 0, starts: 'await' },
        { name: 'transaction', effect: 'unknown' },
      ],
      ...shared,
    },
    // `db.query.users.findMany()`, by its type.
    Relational: {
      ...shared,
      types: ['RelationalQueryBuilder'],
      operations: [{ name: ['findMany', 'findFirst'], effect: 'read', starts: 'await' }],
    },
  },
  traps: [
    'Its limits are those of the driver under it: `connectionTimeoutMillis` and `query_timeout` of the `Pool`.',
    'A builder is lazy, and each `await` of it sends again: an INSERT awaited twice is two rows.',
  ],
};
