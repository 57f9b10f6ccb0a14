import type { Bound, ClientType, Library, Retry } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'connection.commandTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['headers', 'body'],
    source: 'run, 6.7.0: goes to ioredis; a Redis that does not get ready is waited for before any command is sent',
  },
];

const retry: Retry = {
  default: [
    {
      attempts: 1,
      delay: 'none',
      jitter: 'none',
      source: 'bullmq/dist/esm/classes/job.js, 6.7.0: attempts 0, which means one run; without backoff at once',
    },
  ],
  options: {
    attempts: { option: 'attempts', counts: 'attempts' },
    delay: { option: 'backoff.delay', unit: 'ms' },
    shape: {
      option: 'backoff.type',
      values: { fixed: { delay: 'constant' }, exponential: { delay: 'exponential', factor: 2 } },
    },
    jitter: { option: 'backoff.jitter', on: [], above: 0 },
    off: 'attempts: 1',
  },
  where: 'call',
  below: 'defaultJobOptions',
};

const queue: ClientType = {
  types: ['Queue', 'QueueBase'],
  judged: 'construction',
  operations: [
    {
      name: 'add',
      effect: 'non-idempotent-write',
      target: 0,
      payload: 1,
      options: 2,
      idempotencyKey: { in: 'option', name: 'jobId' },
    },
    { name: 'addBulk', effect: 'non-idempotent-write', payload: 0 },
    { name: 'upsertJobScheduler', effect: 'idempotent-write', payload: 2 },
    { name: ['get*', 'count*', 'is*'], effect: 'read' },
    { name: ['remove*', 'pause', 'resume', 'drain', 'clean', 'obliterate'], effect: 'idempotent-write' },
    { name: ['retryJobs', 'promoteJobs'], effect: 'unknown' },
  ],
  bounds,
  limits: [
    {
      phases: ['connect', 'handshake', 'headers', 'body'],
      ms: 'never',
      source: 'run, 6.7.0: queue.add with Redis down still pending at 9 s',
    },
  ],
  retry,
};

export const bullmq: Library = {
  name: 'bullmq',
  packages: ['bullmq'],
  family: 'queue',
  verified: ['6.7.0'],
  exports: {
    Queue: { is: 'class', type: 'Queue', config: 1, target: 0 },
    FlowProducer: { is: 'class', type: 'FlowProducer', config: 0 },
  },
  clients: {
    Queue: queue,
    FlowProducer: {
      ...queue,
      types: ['FlowProducer'],
      operations: [{ name: ['add', 'addBulk'], effect: 'non-idempotent-write', payload: 0 }],
    },
  },
  traps: [
    '`attempts` without `backoff` repeats a job at once.',
    '`exponential` has no cap, and jitter is off unless `backoff.jitter` is set.',
    'A stalled job runs again even with `attempts: 1`.',
    '`jobId` keeps copies out only while the first job is still in Redis.',
    '`queue.add` waits without end while Redis is away; `enableOfflineQueue: false` does not change that.',
  ],
};
