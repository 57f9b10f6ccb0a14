import { allPhases, endless } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const timeout: Bound = {
  option: 'timeout',
  where: 'construction',
  takes: 'ms',
  kind: 'attempt',
  phases: ['connect', 'handshake', 'headers', 'body'],
  source: 'run, 7.22.0: 315 ms with autoRetry off',
};

const storageShared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    { ...timeout, versions: '<8' },
    {
      ...timeout,
      kind: 'no-effect',
      fault: 'ignored',
      versions: '>=8',
      source: 'run, 8.4.0: still pending: teeny-request 11 hands it to node-fetch 3, which ignores it',
    },
  ],
  limits: [{ ...endless('run, 8.4.0: still pending at 75 s', ['headers', 'body']), versions: '>=8' }],
  retry: {
    default: [
      {
        attempts: 4,
        delay: 'exponential',
        jitter: 'yes',
        source: 'run, 7.22.0 and 8.4.0: 2^n s and up to 1 s more, cap 64 s',
      },
    ],
    options: {
      attempts: { option: 'retryOptions.maxRetries', counts: 'retries' },
      factor: 'retryOptions.retryDelayMultiplier',
      cap: { option: 'retryOptions.maxRetryDelay', unit: 's' },
      off: 'retryOptions: { autoRetry: false }',
    },
    where: 'construction',
  },
};

export const googleCloudStorage: Library = {
  name: '@google-cloud/storage',
  packages: ['@google-cloud/storage'],
  family: 'sdk',
  verified: ['8.4.0', '7.22.0'],
  exports: { Storage: { is: 'class', type: 'Storage', config: 0 } },
  clients: {
    Storage: {
      ...storageShared,
      types: ['Storage'],
      operations: [
        { name: ['getBuckets', 'getServiceAccount'], effect: 'read' },
        { name: 'createBucket', effect: 'idempotent-write', target: 0 },
      ],
      derives: [{ name: 'bucket', type: 'Bucket', target: 0, inherits: true }],
    },
    Bucket: {
      ...storageShared,
      types: ['Bucket'],
      operations: [
        { name: ['get', 'getFiles', 'getMetadata', 'exists'], effect: 'read' },
        { name: 'upload', effect: 'idempotent-write', usualMs: 60_000 },
        { name: ['create', 'delete', 'deleteFiles', 'setMetadata', 'combine'], effect: 'idempotent-write' },
      ],
      derives: [{ name: 'file', type: 'File', target: 0, inherits: true }],
    },
    File: {
      ...storageShared,
      types: ['File'],
      operations: [
        { name: ['getMetadata', 'exists', 'get'], effect: 'read' },
        { name: 'download', effect: 'read', usualMs: 60_000 },
        { name: 'save', effect: 'idempotent-write', payload: 0, usualMs: 60_000 },
        { name: ['delete', 'copy', 'move', 'setMetadata'], effect: 'idempotent-write' },
        { name: ['createReadStream', 'createWriteStream'], effect: 'unknown', stream: true },
      ],
    },
  },
  traps: [
    'In 8 the option `timeout` has no effect at all, and nothing ends a call: race it, or stay on 7.',
    'It takes no AbortSignal.',
    '`retryOptions.totalTimeout` and `maxRetryDelay` are seconds.',
  ],
};

export const googleCloudPubsub: Library = {
  name: '@google-cloud/pubsub',
  packages: ['@google-cloud/pubsub'],
  family: 'queue',
  verified: ['6.3.0'],
  exports: { PubSub: { is: 'class', type: 'PubSub', config: 0 } },
  clients: {
    PubSub: {
      types: ['PubSub'],
      judged: 'construction',
      operations: [
        { name: ['getTopics', 'getSubscriptions'], effect: 'read' },
        { name: ['createTopic', 'createSubscription'], effect: 'idempotent-write' },
      ],
      derives: [{ name: 'topic', type: 'Topic', config: 1, target: 0 }],
      bounds: [],
      limits: [{ phases: allPhases, ms: 60_000, source: 'run, 6.3.0: publish 62.6 s, the total of gax' }],
    },
    Topic: {
      types: ['Topic'],
      judged: 'construction',
      operations: [{ name: ['publishMessage', 'publish', 'publishJSON'], effect: 'non-idempotent-write', payload: 0 }],
      bounds: [
        {
          option: 'gaxOpts.timeout',
          where: 'construction',
          takes: 'ms',
          kind: 'total',
          phases: allPhases,
          fix: 1,
          source: 'run, 6.3.0: 324 ms',
        },
      ],
      limits: [{ phases: allPhases, ms: 60_000, source: 'run, 6.3.0: publish 62.6 s, the total of gax' }],
    },
  },
  traps: [
    'A publish is repeated on DEADLINE_EXCEEDED and INTERNAL too, and takes no key: consumers must expect copies.',
    '`timeout` in `gaxOpts` replaces the limit of the whole call, not of one attempt.',
  ],
};
