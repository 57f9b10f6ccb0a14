import type { Bound, ClientType, Library, Retry } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'kafkaJS.requestTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['headers'],
    fix: 1,
    source: 'lib/kafkajs/_common.js, 1.10.1: becomes socket.timeout.ms, 30000 by default',
  },
  {
    option: 'kafkaJS.connectionTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake'],
    source:
      'lib/kafkajs/_common.js, 1.10.1: with authenticationTimeout (10 s) it becomes socket.connection.setup.timeout.ms',
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
      jitter: 'weak',
      source:
        'lib/kafkajs/_producer.js and _common.js, 1.10.1: retries 5, retry.backoff.ms 300, at most 30 s; librdkafka adds a fifth',
    },
  ],
  options: {
    attempts: { option: 'kafkaJS.retry.retries', counts: 'retries' },
    delay: { option: 'kafkaJS.retry.initialRetryTime', unit: 'ms' },
    cap: { option: 'kafkaJS.retry.maxRetryTime', unit: 'ms' },
    off: 'kafkaJS: { retry: { retries: 0 } }',
  },
  where: 'construction',
};

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds,
  limits: [
    { phases: ['connect', 'handshake'], ms: 11_000, source: 'lib/kafkajs/_common.js, 1.10.1: 1000 + 10000' },
    { phases: ['headers'], ms: 30_000, source: 'lib/kafkajs/_common.js, 1.10.1: socket.timeout.ms 30000' },
  ],
};

export const confluentKafka: Library = {
  name: '@confluentinc/kafka-javascript',
  packages: ['@confluentinc/kafka-javascript'],
  family: 'queue',
  verified: ['1.10.1'],
  exports: {
    KafkaJS: { is: 'namespace', exports: { Kafka: { is: 'class', type: 'Kafka', config: 0 } } },
  },
  clients: {
    Kafka: {
      ...shared,
      types: ['Kafka'],
      operations: [],
      derives: [
        { name: 'producer', type: 'Producer', config: 0, inherits: true },
        { name: 'consumer', type: 'Consumer', inherits: true },
        { name: 'admin', type: 'Admin', inherits: true },
      ],
      retry,
    },
    Producer: {
      judged: 'call',
      bounds: [],
      limits: [],
      types: ['Producer'],
      operations: [
        { name: 'connect', effect: 'read' },
        { name: ['send', 'sendBatch'], effect: 'non-idempotent-write', payload: 0 },
        { name: 'flush', effect: 'read' },
        { name: ['commit', 'abort'], effect: 'idempotent-write' },
      ],
      local: ['transaction', 'logger', 'dependentAdmin', 'isActive'],
      retry,
    },
    Consumer: {
      judged: 'call',
      bounds: [],
      limits: [],
      types: ['Consumer'],
      operations: [
        { name: 'connect', effect: 'read' },
        { name: ['subscribe', 'run'], effect: 'read', stream: true },
        { name: 'commitOffsets', effect: 'idempotent-write', payload: 0 },
      ],
    },
    Admin: {
      judged: 'call',
      bounds: [],
      limits: [],
      types: ['Admin'],
      operations: [
        { name: 'connect', effect: 'read' },
        { name: ['listTopics', 'fetchTopicMetadata', 'fetchOffsets', 'listGroups', 'describeGroups'], effect: 'read' },
        { name: ['createTopics', 'deleteTopics', 'deleteGroups'], effect: 'idempotent-write' },
      ],
    },
  },
  traps: [
    'The options of KafkaJS stand under `kafkaJS: { … }`; beside it are those of librdkafka, by their own names.',
    '`retry.factor`, `retry.multiplier` and `restartOnFailure` throw, and so do `acks` and `timeout` of a `send`.',
    'A producer is not idempotent unless `kafkaJS: { idempotent: true }`: a repeated `send` may write twice.',
    '`enforceRequestTimeout: false` makes the limit of a request five minutes.',
  ],
};
