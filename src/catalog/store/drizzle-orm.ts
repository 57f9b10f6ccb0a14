import { endless } from '../common.js';
import type { Library } from '../schema.js';

export const drizzle: Library = {
  name: 'drizzle-orm',
  packages: ['drizzle-orm'],
  family: 'store',
  verified: ['0.45.4'],
  exports: { drizzle: { is: 'factory', type: 'Database', over: 0 } },
  clients: {
    Database: {
      types: ['PgDatabase', 'MySqlDatabase', 'NodePgDatabase', 'PostgresJsDatabase', 'MySql2Database'],
      judged: 'construction',
      operations: [
        { name: ['select', 'selectDistinct'], effect: 'read', starts: 'await' },
        { name: 'insert', effect: 'non-idempotent-write', target: 0, starts: 'await' },
        { name: ['update', 'delete'], effect: 'unknown', target: 0, starts: 'await' },
        { name: 'execute', effect: { from: 'sql', default: 'unknown' }, payload: 0, starts: 'await' },
        { name: 'transaction', effect: 'unknown' },
      ],
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
    },
  },
  traps: [
    'Its limits are those of the driver under it: `connectionTimeoutMillis` and `query_timeout` of the `Pool`.',
    'A builder is lazy, and each `await` of it sends again: an INSERT awaited twice is two rows.',
  ],
};
