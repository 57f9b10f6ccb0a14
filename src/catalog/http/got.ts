import type { Bound, ClientType, Library, Operation } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'timeout.request',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers', 'body'],
    none: ['Infinity'],
    misread: [0],
    versions: '>=16',
    fix: 1,
    source: 'run, 16.1.0: silent server, stalled and trickled body ended at 303 to 308 ms with retry.limit 0',
  },
  {
    option: 'timeout.request',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers', 'body'],
    misread: [0, 'Infinity'],
    versions: '<16',
    fix: 1,
    source: 'run, 14.6.6: silent server and stalled body ended; Infinity fires at once',
  },
  {
    option: 'timeout.response',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['headers'],
    misread: [0],
    source: 'run, 16.1.0: silent server ended at 308 ms; a connect that hangs and a stalled body stayed pending',
  },
  {
    option: 'timeout.socket',
    where: 'both',
    takes: 'ms',
    kind: 'idle',
    phases: ['headers', 'body'],
    none: [0],
    source: 'got/dist/source/core/timed-out.js: socket.setTimeout on the connected socket; run in the proofs',
  },
  {
    option: 'signal',
    where: 'both',
    takes: 'signal',
    kind: 'total',
    phases: ['connect', 'handshake', 'headers', 'body'],
    source: 'got/dist/source/core/index.js',
  },
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers', 'body'],
    versions: '<12',
    source: 'got/dist/source/core/index.js, 11.8.6: a number is taken for `timeout.request`',
  },
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'no-effect',
    fault: 'misread',
    phases: ['headers', 'body'],
    misread: ['number'],
    versions: '>=12',
    source: 'run, 14.6.6 and 16.1.0: a number rejects at once, the option takes an object',
  },
];

const verbs: readonly Operation[] = [
  {
    name: '()',
    effect: { from: 'http-method', option: 'method', default: 'read' },
    options: [0, 1],
    target: 0,
  },
  { name: ['get', 'head'], effect: 'read', options: [0, 1], target: 0 },
  { name: 'query', effect: 'read', method: 'QUERY', options: [0, 1], target: 0, versions: '>=16' },
  { name: 'post', effect: 'non-idempotent-write', method: 'POST', options: [0, 1], target: 0 },
  { name: 'patch', effect: 'unknown', method: 'PATCH', options: [0, 1], target: 0 },
  { name: ['put', 'delete'], effect: 'idempotent-write', options: [0, 1], target: 0 },
];

const client: ClientType = {
  types: ['Got', 'GotRequestFunction'],
  judged: 'construction',
  operations: verbs,
  derives: [{ name: 'extend', type: 'Got', config: 0, merges: true, inherits: true }],
  lenient: { option: 'throwHttpErrors', is: [false], source: 'run, 14.6.6: a 500 resolves' },
  members: { stream: 'GotStream', paginate: 'GotPaginate' },
  defaults: 'defaults.options',
  target: 'prefixUrl',
  bounds,
  limits: [
    {
      phases: ['connect', 'handshake', 'headers', 'body'],
      ms: 'never',
      source: 'run, 14.6.6 and 16.1.0: pending; still pending at 330 s with retry.limit 0',
    },
  ],
  retry: {
    default: [
      {
        attempts: 3,
        delay: 'exponential',
        baseMs: 1000,
        factor: 2,
        jitter: 'weak',
        methods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'],
        source: 'run, 16.1.0: 3 attempts, gaps 1096 and 2098 ms; POST 1; noise at most 100 ms',
      },
    ],
    options: {
      attempts: { option: 'retry.limit', counts: 'retries' },
      cap: { option: 'retry.backoffLimit', unit: 'ms' },
      delayFunction: 'retry.calculateDelay',
      off: 'retry: { limit: 0 }',
    },
    where: 'both',
  },
  idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
};

export const got: Library = {
  name: 'got',
  packages: ['got'],
  family: 'http',
  verified: ['16.1.0', '14.6.6'],
  exports: {
    default: { is: 'client', type: 'Got' },
    create: { is: 'factory', type: 'Got' },
  },
  clients: {
    Got: client,
    GotStream: {
      ...client,
      types: ['GotStream', 'GotStreamFunction'],
      operations: verbs.map((operation) => ({ ...operation, stream: true })),
      derives: [],
      members: {},
    },
    GotPaginate: {
      ...client,
      types: ['GotPaginate'],
      operations: [
        {
          name: ['()', 'each'],
          effect: { from: 'http-method', option: 'method', default: 'read' },
          options: [0, 1],
          target: 0,
          starts: 'iterate',
        },
        {
          name: 'all',
          effect: { from: 'http-method', option: 'method', default: 'read' },
          options: [0, 1],
          target: 0,
        },
      ],
      derives: [],
      members: {},
    },
  },
  traps: [
    '`timeout.request` limits one attempt, and a timed-out attempt is repeated: 300 ms against a silent server took 4.1 s.',
    '`timeout: 300` rejects: the option takes an object.',
    '`timeout.response` limits neither the connect nor the body.',
    'In 14 `timeout: { request: Infinity }` fires at once, in 16 it means no limit.',
    'In 14 a `calculateDelay` that always returns a number ignores `retry.limit` (`enforceRetryRules` is off).',
  ],
};
