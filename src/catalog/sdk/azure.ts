import { allPhases, endless, untilHeaders } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const abortSignal: Bound = {
  option: 'abortSignal',
  where: 'call',
  takes: 'signal',
  kind: 'total',
  phases: allPhases,
  fix: 1,
  source: 'run, storage-blob 12.34.0: silent server 315 ms, stalled body 304 ms',
};

const blobShared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'call',
  options: 'last',
  bounds: [
    abortSignal,
    {
      option: 'retryOptions.tryTimeoutInMs',
      where: 'construction',
      takes: 'ms',
      kind: 'server',
      phases: ['headers', 'body'],
      source: 'run, storage-blob 12.34.0: still pending: it only becomes ?timeout= in whole seconds',
    },
  ],
  limits: [endless('run, storage-blob 12.34.0: still pending at 330 s')],
  retry: {
    default: [
      {
        attempts: 4,
        delay: 'exponential',
        jitter: 'none',
        capMs: 120_000,
        source: 'run, storage-blob 12.34.0: 4 attempts of every method, waits 0, 4, 12 s; cap in StorageRetryPolicyV2',
      },
    ],
    options: {
      attempts: { option: 'retryOptions.maxTries', counts: 'attempts' },
      delay: { option: 'retryOptions.retryDelayInMs', unit: 'ms' },
      cap: { option: 'retryOptions.maxRetryDelayInMs', unit: 'ms' },
      off: 'retryOptions: { maxTries: 1 }',
    },
    where: 'construction',
  },
};

const names = {
  'get*': 'read',
  'list*': 'read',
  exists: 'read',
  'download*': 'read',
  'find*': 'read',
  'upload*': 'idempotent-write',
  'set*': 'idempotent-write',
  'delete*': 'idempotent-write',
  'create*': 'idempotent-write',
} as const;

export const azureStorageBlob: Library = {
  name: '@azure/storage-blob',
  packages: ['@azure/storage-blob'],
  family: 'sdk',
  verified: ['12.34.0'],
  exports: {
    BlobServiceClient: { is: 'class', type: 'BlobServiceClient', config: 2, target: 0 },
    ContainerClient: { is: 'class', type: 'ContainerClient', config: [2, 3], target: 0 },
    BlobClient: { is: 'class', type: 'BlobClient', config: [2, 3], target: 0 },
    BlockBlobClient: { is: 'class', type: 'BlobClient', config: [2, 3], target: 0 },
  },
  clients: {
    BlobServiceClient: {
      ...blobShared,
      types: ['BlobServiceClient'],
      operations: [
        { name: ['getProperties', 'getStatistics', 'listContainers', 'findBlobsByTags'], effect: 'read' },
        { name: ['createContainer', 'deleteContainer', 'setProperties'], effect: 'idempotent-write' },
      ],
      derives: [{ name: 'getContainerClient', type: 'ContainerClient', inherits: true }],
    },
    ContainerClient: {
      ...blobShared,
      types: ['ContainerClient'],
      operations: [
        { name: 'uploadBlockBlob', effect: 'idempotent-write', usualMs: 60_000 },
        { name: '*', effect: { from: 'name', names, default: 'unknown' } },
      ],
      local: ['getBlobClient', 'getBlockBlobClient', 'getAppendBlobClient', 'getPageBlobClient', 'getBlobBatchClient'],
      derives: ['getBlobClient', 'getBlockBlobClient', 'getAppendBlobClient', 'getPageBlobClient'].map((name) => ({
        name,
        type: 'BlobClient',
        inherits: true,
      })),
    },
    BlobClient: {
      ...blobShared,
      types: ['BlobClient', 'BlockBlobClient', 'AppendBlobClient', 'PageBlobClient'],
      operations: [
        { name: ['upload*', 'download*'], effect: { from: 'name', names, default: 'unknown' }, usualMs: 60_000 },
        { name: '*', effect: { from: 'name', names, default: 'unknown' } },
      ],
      local: ['withSnapshot', 'withVersion', 'generateSasUrl'],
    },
  },
  traps: [
    '`tryTimeoutInMs` is sent to the server and limits nothing here.',
    'Every method is repeated three times, after 0, 4 and 12 s, without jitter.',
  ],
};

export const azureCoreRestPipeline: Library = {
  name: '@azure/core-rest-pipeline',
  packages: ['@azure/core-rest-pipeline'],
  family: 'http',
  verified: ['1.25.0'],
  exports: { createDefaultHttpClient: { is: 'factory', type: 'HttpClient' } },
  clients: {
    HttpClient: {
      types: ['HttpClient'],
      judged: 'call',
      operations: [
        {
          name: 'sendRequest',
          effect: { from: 'http-method', option: 'method', default: 'read' },
          options: 0,
          failure: 'status',
        },
      ],
      bounds: [
        {
          option: 'timeout',
          where: 'call',
          takes: 'ms',
          kind: 'attempt',
          phases: untilHeaders,
          none: [0],
          fix: 1,
          source: 'run, 1.25.0: silent server 305 ms, hanging connect 401 ms; a stalled body stayed pending',
        },
        { ...abortSignal, fix: 2, source: '@azure/core-rest-pipeline/dist/esm/interfaces.d.ts; run in the proofs' },
      ],
      limits: [endless('run, 1.25.0: still pending at 330 s')],
    },
  },
  traps: ['`timeout` ends with the headers.'],
};
