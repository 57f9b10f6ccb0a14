import { endless } from '../common.js';
import type { Library } from '../schema.js';

export const kysely: Library = {
  name: 'kysely',
  packages: ['kysely'],
  family: 'store',
  verified: ['0.29'],
  exports: {
    Kysely: { is: 'class', type: 'Kysely', over: 0, overPath: 'dialect.pool' },
    PostgresDialect: { is: 'options', argument: 0 },
    MysqlDialect: { is: 'options', argument: 0 },
  },
  clients: {
    Kysely: {
      types: ['Kysely', 'Transaction', 'QueryCreator'],
      judged: 'construction',
      operations: [
        { name: 'selectFrom', effect: 'read', target: 0, starts: 'await' },
        {
          name: 'insertInto',
          effect: 'non-idempotent-write',
          target: 0,
          starts: 'await',
          // What an update on conflict sets is not looked at.
          chain: {
            onConflict: 'unknown',
            ignore: 'idempotent-write',
            orIgnore: 'idempotent-write',
            orReplace: 'idempotent-write',
            onDuplicateKeyUpdate: 'unknown',
          },
        },
        { name: ['updateTable', 'mergeInto'], effect: 'unknown', target: 0, starts: 'await' },
        { name: ['deleteFrom', 'replaceInto'], effect: 'idempotent-write', target: 0, starts: 'await' },
        { name: 'executeQuery', effect: { from: 'sql', default: 'unknown' }, payload: 0 },
      ],
      bounds: [],
      limits: [
        endless('run, 0.28 and 0.29 over pg: pending; ended by the options of the Pool', [
          'pool',
          'connect',
          'handshake',
          'headers',
          'body',
        ]),
      ],
    },
  },
  traps: ['Its limits are those of the pool in its dialect.', 'Only `.execute…()` and `.stream()` send.'],
};
