import type { Bound, ClientType, Effect, Export, Library, RetryBehaviour } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'requestHandler.socketTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'idle',
    phases: ['handshake', 'headers', 'body'],
    none: [0],
    fix: 1,
    source: 'run, S3 3.1169.0: silent server ended at 311 ms, stalled body at 323 ms, a hanging connect stayed pending',
  },
  {
    option: 'requestHandler.connectionTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect'],
    none: [0],
    fix: 2,
    source: 'run, S3 3.1169.0: hanging connect ended (3 attempts, 991 ms); a silent server stayed pending',
  },
  {
    option: 'requestHandler.requestTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers'],
    tolerates: ['body'],
    none: [0],
    requires: 'requestHandler.throwOnRequestTimeout',
    fault: 'wrongPhase',
    source:
      'run, S3 3.1169.0: with throwOnRequestTimeout silent server ended at 310 ms, stalled body pending; without it only a warning',
  },
  {
    option: 'abortSignal',
    where: 'call',
    takes: 'signal',
    kind: 'total',
    phases: ['connect', 'handshake', 'headers', 'body'],
    source: 'run, S3, SQS, SNS 3.1169.0, DynamoDB 3.1162.0: ended at 303 to 305 ms, all attempts',
  },
  {
    option: 'requestTimeout',
    where: 'call',
    takes: 'ms',
    kind: 'no-effect',
    fault: 'wrongPhase',
    phases: ['headers'],
    source: 'run, S3 3.1169.0: send(command, { requestTimeout: 300 }) stayed pending, one warning',
  },
];

const retry = (attempts: number, baseMs: number, source: string): RetryBehaviour => ({
  attempts,
  delay: 'exponential',
  baseMs,
  factor: 2,
  capMs: 20_000,
  jitter: 'yes',
  source,
});

/** Command names as the services use them; the rest is unknown. The aggregated clients have them as methods. */
const commands: Readonly<Record<string, Effect>> = {
  'Get*': 'read',
  'List*': 'read',
  'Describe*': 'read',
  'Head*': 'read',
  'Query*': 'read',
  'Scan*': 'read',
  'BatchGet*': 'read',
  'TransactGet*': 'read',
  'Select*': 'read',
  'BatchCheck*': 'read',
  'Filter*': 'read',
  'Lookup*': 'read',
  'Detect*': 'read',
  'Translate*': 'read',
  'Converse*': 'read',
  'InvokeModel*': 'read',
  'Encrypt*': 'read',
  'Decrypt*': 'read',
  'Verify*': 'read',
  'Assume*': 'read',
  'Receive*': 'read',
  'PutObject*': 'idempotent-write',
  'CopyObject*': 'idempotent-write',
  'UploadPart*': 'idempotent-write',
  'CompleteMultipartUpload*': 'idempotent-write',
  'AbortMultipartUpload*': 'idempotent-write',
  'BatchWrite*': 'idempotent-write',
  'ChangeMessageVisibility*': 'idempotent-write',
  'Purge*': 'idempotent-write',
  'Set*': 'idempotent-write',
  'Stop*': 'idempotent-write',
  'Cancel*': 'idempotent-write',
  'Terminate*': 'idempotent-write',
  'Delete*': 'idempotent-write',
  'Put*': 'idempotent-write',
  'Tag*': 'idempotent-write',
  'Untag*': 'idempotent-write',
  'Send*': 'non-idempotent-write',
  'Publish*': 'non-idempotent-write',
  'Create*': 'non-idempotent-write',
  // Named by the caller: the second one changes nothing, or is refused.
  'CreateBucket*': 'idempotent-write',
  'CreateQueue*': 'idempotent-write',
  'CreateTopic*': 'idempotent-write',
  'CreateTable*': 'idempotent-write',
  'CreateLog*': 'idempotent-write',
  'Run*': 'non-idempotent-write',
  'Invoke*': 'non-idempotent-write',
  'PutEvents*': 'non-idempotent-write',
  'PutRecord*': 'non-idempotent-write',
  'PutMetric*': 'non-idempotent-write',
  'PutLogEvents*': 'non-idempotent-write',
  'Start*': 'non-idempotent-write',
};

/** How the methods of the aggregated clients begin. */
const methods = [
  ...[
    'get*',
    'list*',
    'describe*',
    'head*',
    'query*',
    'scan*',
    'select*',
    'batch*',
    'transact*',
    'receive*',
    'put*',
    'copy*',
  ],
  ...[
    'upload*',
    'complete*',
    'abort*',
    'update*',
    'delete*',
    'create*',
    'send*',
    'publish*',
    'run*',
    'invoke*',
    'start*',
  ],
  ...['stop*', 'cancel*', 'terminate*', 'set*', 'tag*', 'untag*', 'change*', 'execute*'],
];

const client = (key: ClientType['idempotencyKey'], behaviour: RetryBehaviour): ClientType => ({
  types: ['Client', '@smithy/core#Client', '@smithy/smithy-client#Client'],
  judged: 'construction',
  operations: [
    {
      name: 'send',
      effect: { from: 'command', names: commands, default: 'unknown' },
      options: 1,
      payload: 0,
      ...(key && { idempotencyKey: key }),
    },
    // `s3.putObject(input, options)`: the aggregated form has a method for each command.
    {
      name: methods,
      effect: { from: 'name', names: commands, default: 'unknown' },
      options: 1,
      payload: 0,
      ...(key && { idempotencyKey: key }),
    },
  ],
  local: ['destroy', 'config', 'middlewareStack'],
  bounds,
  limits: [
    {
      phases: ['connect', 'handshake', 'headers', 'body'],
      ms: 'never',
      source: 'run, S3 3.1169.0: still pending at 330 s; DEFAULT_REQUEST_TIMEOUT 0 in @smithy/node-http-handler',
    },
  ],
  retry: {
    default: [behaviour],
    options: {
      attempts: { option: 'maxAttempts', counts: 'attempts' },
      off: 'maxAttempts: 1',
    },
    where: 'construction',
  },
  target: 'endpoint',
});

const general = client(
  undefined,
  retry(3, 50, 'run, S3, SQS, SNS 3.1169.0: 3 attempts of every operation on 503 and reset, full jitter'),
);

const traps = [
  '`requestTimeout` only logs a warning unless `throwOnRequestTimeout` is set; per call it never binds.',
  '`requestTimeout` ends with the headers: the body of `GetObject` is limited by `socketTimeout` only.',
  'A timed-out attempt is repeated: 300 ms against a silent server took 985 ms over three attempts.',
  'Every operation is repeated, `SendMessage` and `Publish` included.',
  '`defaultsMode` sets a connect limit only, and only if no `requestHandler` is given.',
];

/** The class of one service, and its aggregated form. */
const service = (name: string, type: string): Readonly<Record<string, Export>> => ({
  [`${name}Client`]: { is: 'class', type, config: 0 },
  [name]: { is: 'class', type, config: 0 },
});

/** Version 3 of the AWS SDK: every `@aws-sdk/client-*` that has no file of its own below. */
export const aws: Library = {
  name: 'the AWS SDK',
  packages: ['@aws-sdk/client-*', '@smithy/node-http-handler', '@aws-sdk/node-http-handler'],
  family: 'sdk',
  verified: ['client-s3 3.1169.0', 'client-sns 3.1169.0', 'client-lambda 3.1164.0'],
  exports: {
    '*Client': { is: 'class', type: 'Client', config: 0 },
    ...Object.fromEntries(
      ['S3', 'SNS', 'Lambda'].map((name): [string, Export] => [name, { is: 'class', type: 'Client', config: 0 }]),
    ),
    NodeHttpHandler: { is: 'options', argument: 0 },
  },
  clients: { Client: general },
  traps,
};

/** DynamoDB: four attempts, and a token for its transactions. */
export const awsDynamoDb: Library = {
  name: 'the AWS SDK for DynamoDB',
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  family: 'store',
  verified: ['client-dynamodb 3.1162.0'],
  exports: {
    ...service('DynamoDB', 'Client'),
    DynamoDBDocumentClient: { is: 'client', type: 'DocumentClientFactory' },
    DynamoDBDocument: { is: 'client', type: 'DocumentClientFactory' },
  },
  clients: {
    Client: client(
      { in: 'payload', name: 'ClientRequestToken', automatic: true },
      retry(4, 25, 'run, DynamoDB 3.1162.0: 4 attempts of PutItem on 503 and reset, full jitter'),
    ),
    DocumentClientFactory: {
      types: [],
      judged: 'call',
      operations: [],
      derives: [{ name: 'from', type: 'Client', over: 0 }],
      bounds: [],
      limits: [],
    },
  },
  traps: [
    ...traps,
    'The token that the SDK fills in for `TransactWriteItems` is new for every `send`: a retry around it needs its own.',
  ],
};

/** SQS. */
export const awsSqs: Library = {
  name: 'the AWS SDK for SQS',
  packages: ['@aws-sdk/client-sqs'],
  family: 'queue',
  verified: ['client-sqs 3.1169.0'],
  exports: service('SQS', 'Client'),
  clients: {
    Client: client(
      { in: 'payload', name: 'MessageDeduplicationId' },
      retry(3, 50, 'run, SQS 3.1169.0: SendMessage sent 3 times on 503 and on reset, full jitter'),
    ),
  },
  traps: [...traps, '`MessageDeduplicationId` works for FIFO queues only; a standard queue keeps the copies.'],
};
