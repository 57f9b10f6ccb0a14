import { endless } from '../common.js';
import type { Library } from '../schema.js';

export const postgres: Library = {
  name: 'postgres',
  packages: ['postgres'],
  family: 'store',
  verified: ['3.4.9'],
  exports: { default: { is: 'factory', type: 'Sql', config: [0, 1] } },
  clients: {
    Sql: {
      types: ['Sql', 'ISql', 'TransactionSql', 'ReservedSql'],
      judged: 'call',
      operations: [
        { name: '()', effect: { from: 'sql', default: 'unknown' }, payload: 0, starts: 'await' },
        { name: 'unsafe', effect: { from: 'sql', default: 'unknown' }, payload: 0, starts: 'await' },
        { name: 'file', effect: 'unknown', payload: 0, starts: 'await' },
        { name: 'begin', effect: 'unknown' },
        { name: ['listen', 'subscribe'], effect: 'read', stream: true },
      ],
      bounds: [
        {
          option: 'connect_timeout',
          where: 'construction',
          takes: 's',
          kind: 'attempt',
          phases: ['connect', 'handshake'],
          source: 'run, 3.4.9: a server that never writes 1004 ms with 1: seconds',
        },
        {
          option: 'connection.statement_timeout',
          where: 'construction',
          takes: 'ms',
          kind: 'server',
          phases: ['headers', 'body'],
          source: 'run, 3.4.9: still pending; the limit is kept by the server',
        },
      ],
      limits: [
        { phases: ['connect', 'handshake'], ms: 30_000, source: 'run, 3.4.9: 30.0 s' },
        endless('run, 3.4.9: query pending at 6.5 s', ['headers', 'body']),
      ],
      target: 'host',
    },
  },
  traps: [
    'Nothing limits the answer of a query: race it.',
    '`connect_timeout`, `idle_timeout` and `max_lifetime` are seconds.',
    'A query is lazy: it is sent on `await`.',
  ],
};
