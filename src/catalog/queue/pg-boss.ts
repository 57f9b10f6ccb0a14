import { endless } from '../common.js';
import type { ClientType, Library, Retry } from '../schema.js';

const retry: Retry = {
  default: [
    {
      attempts: 3,
      delay: 'none',
      jitter: 'none',
      source:
        'pg-boss/dist/plans.js, 12.38.0 and src/plans.js, 10.4.2: retry_limit 2, retry_delay 0, retry_backoff false',
    },
  ],
  options: {
    attempts: { option: 'retryLimit', counts: 'retries' },
    delay: { option: 'retryDelay', unit: 's' },
    shape: {
      option: 'retryBackoff',
      // Half of the wait is random.
      values: { true: { delay: 'exponential', factor: 2, jitter: 'yes' }, false: { jitter: 'none' } },
    },
    cap: { option: 'retryDelayMax', unit: 's' },
    off: 'retryLimit: 0',
  },
  where: 'call',
};

const client: ClientType = {
  types: ['PgBoss'],
  judged: 'construction',
  operations: [
    { name: 'start', effect: 'read' },
    {
      name: 'send',
      effect: 'non-idempotent-write',
      options: 2,
      target: 0,
      payload: 1,
      idempotencyKey: { in: 'option', name: 'singletonKey' },
    },
    {
      name: ['sendAfter', 'sendDebounced', 'sendThrottled'],
      effect: 'non-idempotent-write',
      options: 2,
      target: 0,
      payload: 1,
    },
    { name: 'insert', effect: 'non-idempotent-write', payload: 1 },
    { name: 'publish', effect: 'non-idempotent-write', options: 2, target: 0, payload: 1 },
    { name: 'upsert', effect: 'idempotent-write', target: 0, payload: 1, versions: '>=12' },
    // A job that is fetched is active from then on.
    { name: 'fetch', effect: 'unknown', target: 0 },
    { name: ['work', 'subscribe'], effect: 'read', target: 0, stream: true },
    { name: ['complete', 'fail', 'cancel', 'resume', 'retry', 'deleteJob'], effect: 'idempotent-write', target: 0 },
    {
      name: ['createQueue', 'updateQueue', 'deleteQueue', 'schedule', 'unschedule', 'offWork', 'unsubscribe'],
      effect: 'idempotent-write',
      target: 0,
    },
    { name: ['getJobById', 'getQueue', 'getQueues', 'getSchedules', 'isInstalled', 'schemaVersion'], effect: 'read' },
  ],
  bounds: [
    {
      option: 'query_timeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['headers', 'body'],
      none: [0],
      untyped: 'construction',
      source: 'run, 12.38.0 and 10.4.2: the whole configuration goes to the Pool of pg',
    },
    {
      option: 'connectionTimeoutMillis',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['connect', 'handshake'],
      none: [0],
      versions: '>=12',
      fix: 1,
      source: 'pg-boss/dist/db.js, 12.38.0; run in the proofs',
    },
    {
      option: 'connectionTimeoutMillis',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['connect', 'handshake'],
      none: [0],
      untyped: 'construction',
      versions: '<12',
      source: 'pg-boss/src/db.js, 10.4.2: the whole configuration goes to the Pool of pg; run in the proofs',
    },
  ],
  limits: [
    {
      phases: ['connect', 'handshake'],
      ms: 10_000,
      versions: '>=12',
      source: 'pg-boss/dist/db.js, 12.38.0: connectionTimeoutMillis 10000; run in the proofs',
    },
    { ...endless('run, 10.4.2: pending', ['connect', 'handshake']), versions: '<12' },
    endless('run, 12.38.0 and 10.4.2 over pg: pending', ['headers', 'body']),
  ],
  retry,
  target: 'host',
  address: 'connectionString',
};

export const pgBoss: Library = {
  name: 'pg-boss',
  packages: ['pg-boss'],
  family: 'queue',
  verified: ['12.38.0', '10.4.2'],
  exports: {
    // The class is a named export from 12 on, the module itself before.
    PgBoss: { is: 'class', type: 'PgBoss', config: 0 },
    default: { is: 'class', type: 'PgBoss', config: 0 },
  },
  clients: { PgBoss: client },
  traps: [
    '`retryDelay`, `retryDelayMax`, `expireInSeconds` and `startAfter` are **seconds**.',
    'A job is repeated twice without a wait unless `retryDelay` or `retryBackoff: true` is set.',
    'Nothing ends a statement: `query_timeout` reaches pg, and is missing in the types.',
    '`send` takes `singletonKey` (or `id`) to keep copies out.',
  ],
};
