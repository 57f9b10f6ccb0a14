import type { Bound, ClientType, Library, Retry } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'requestTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['handshake', 'headers'],
    fix: 1,
    source: 'run, 2.2.4: producer.connect against a broker that never writes 1103 ms with retry.retries 0',
  },
  {
    option: 'connectionTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect'],
    fix: 2,
    source: 'run, 2.2.4: limits the TCP connect only',
  },
  {
    option: 'timeout',
    where: 'call',
    takes: 'ms',
    kind: 'server',
    phases: ['headers'],
    source: 'kafkajs/types/index.d.ts: how long the broker waits for its replicas',
  },
];

const retry: Retry = {
  default: [
    {
      attempts: 6,
      delay: 'exponential',
      baseMs: 300,
      factor: 2,
      capMs: 30_000,
      jitter: 'yes',
      source: 'kafkajs/src/retry/defaults.js, 2.2.4: retries 5, initialRetryTime 300, factor 0.2',
    },
  ],
  options: {
    attempts: { option: 'retry.retries', counts: 'retries' },
    delay: { option: 'retry.initialRetryTime', unit: 'ms' },
    factor: 'retry.multiplier',
    cap: { option: 'retry.maxRetryTime', unit: 'ms' },
    jitter: { option: 'retry.factor', on: [], above: 0 },
    off: 'retry: { retries: 0 }',
  },
  where: 'construction',
};

const shared: Omit<ClientType, 'types' | 'operations' | 'bounds'> = {
  judged: 'construction',
  limits: [
    { phases: ['connect'], ms: 1000, source: 'kafkajs, 2.2.4: connectionTimeout 1000' },
    { phases: ['handshake', 'headers'], ms: 30_000, source: 'run, 2.2.4: 30.4 s' },
  ],
};

export const kafkajs: Library = {
  name: 'kafkajs',
  packages: ['kafkajs'],
  family: 'queue',
  verified: ['2.2.4'],
  exports: { Kafka: { is: 'class', type: 'Kafka', config: 0 } },
  clients: {
    Kafka: {
      ...shared,
      bounds: bounds.filter((bound) => bound.where === 'construction'),
      types: ['Kafka'],
      operations: [],
      derives: [
        { name: 'producer', type: 'Producer', inherits: true },
        { name: 'consumer', type: 'Consumer', inherits: true },
        { name: 'admin', type: 'Admin', inherits: true },
      ],
      retry,
    },
    Producer: {
      ...shared,
      bounds,
      types: ['Producer', 'Sender'],
      operations: [
        { name: 'connect', effect: 'read', phases: ['connect', 'handshake'] },
        { name: ['send', 'sendBatch'], effect: 'non-idempotent-write', options: 0, payload: 0 },
      ],
      retry,
    },
    Consumer: {
      ...shared,
      bounds: [],
      types: ['Consumer'],
      operations: [
        { name: 'connect', effect: 'read' },
        { name: ['subscribe', 'run'], effect: 'read', stream: true },
      ],
      retry,
    },
    Admin: {
      ...shared,
      bounds: [],
      types: ['Admin'],
      operations: [
        { name: ['listTopics', 'fetchTopicMetadata', 'fetchOffsets', 'describeCluster'], effect: 'read' },
        { name: ['createTopics', 'deleteTopics', 'createPartitions'], effect: 'idempotent-write' },
      ],
      retry,
    },
  },
  traps: [
    '`connectionTimeout` limits the TCP connect only; `enforceRequestTimeout: false` switches the limit of a request off.',
    '`producer.connect()` may resolve although the broker never spoke; the next `send` fails.',
    'A producer is not idempotent unless `idempotent: true`: a repeated `send` may write twice.',
  ],
};
