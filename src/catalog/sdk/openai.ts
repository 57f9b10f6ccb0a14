import type { Bound, ClientType, Library, Operation } from '../schema.js';
import { undiciLimits } from '../common.js';

const bounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers', 'body'],
    misread: [0, 'Infinity', 'negative'],
    versions: '>=7',
    fix: 1,
    source: 'run, 7.55.0: silent server 312 ms, stalled body 305 ms, trickled body 306 ms with maxRetries 0',
  },
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake', 'headers'],
    misread: [0, 'Infinity', 'negative'],
    versions: '<7',
    fix: 1,
    source: 'run, 6.49.0: silent server ended, stalled body still pending at 8 s',
  },
  {
    option: 'signal',
    where: 'call',
    takes: 'signal',
    kind: 'total',
    phases: ['connect', 'handshake', 'headers', 'body'],
    none: [null],
    source: 'openai/internal/request-options.d.ts; run in the proofs',
  },
];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 'last',
  bounds,
  fetch: 'fetch',
  limits: undiciLimits.map((limit) => ({
    ...limit,
    source: 'run, 7.55.0: a second connection at 301 s: undici ends an attempt before the 600 s of the client do',
  })),
  retry: {
    default: [
      {
        attempts: 3,
        delay: 'exponential',
        baseMs: 500,
        factor: 2,
        capMs: 8000,
        jitter: 'yes',
        source: 'run, 6.49.0 and 7.55.0: 3 attempts, POST too, gaps 406 and 947 ms; jitter up to a quarter',
      },
    ],
    options: { attempts: { option: 'maxRetries', counts: 'retries' }, off: 'maxRetries: 0' },
    where: 'both',
  },
  idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
};

const model: Omit<Operation, 'name'> = {
  effect: 'read',
  method: 'POST',
  options: 'last',
  payload: 0,
  usualMs: 60_000,
  maxMs: 600_000,
  streamWhen: { in: 'payload', option: 'stream', is: true },
};

export const openai: Library = {
  name: 'openai',
  packages: ['openai'],
  family: 'sdk',
  verified: ['7.55.0', '6.49.0'],
  exports: {
    default: { is: 'class', type: 'OpenAI', config: 0 },
    OpenAI: { is: 'class', type: 'OpenAI', config: 0 },
    AzureOpenAI: { is: 'class', type: 'OpenAI', config: 0 },
  },
  clients: {
    OpenAI: {
      ...shared,
      types: ['OpenAI', 'AzureOpenAI'],
      operations: [
        {
          name: ['get', 'delete', 'post', 'put', 'patch'],
          effect: {
            from: 'name',
            names: { get: 'read', delete: 'idempotent-write', put: 'idempotent-write' },
            default: 'unknown',
          },
          options: 1,
          target: 0,
        },
      ],
      derives: [{ name: 'withOptions', type: 'OpenAI', config: 0, inherits: true }],
      members: {
        chat: 'Group',
        completions: 'Models',
        responses: 'Models',
        embeddings: 'Models',
        moderations: 'Models',
        images: 'Models',
        audio: 'Group',
        '*': 'Resource',
      },
      target: 'baseURL',
    },
    Models: {
      ...shared,
      types: [
        'Completions',
        'Responses',
        'Embeddings',
        'Moderations',
        'Images',
        'Speech',
        'Transcriptions',
        'Translations',
      ],
      operations: [
        { ...model, name: ['create', 'generate', 'edit', 'createVariation', 'parse'] },
        { ...model, name: ['stream', 'runTools'], stream: true },
        { name: ['retrieve', 'list'], effect: 'read', options: 'last' },
        { name: ['delete', 'cancel'], effect: 'idempotent-write', options: 'last' },
        { name: ['update', 'compact'], effect: 'unknown', options: 'last' },
      ],
    },
    // `chat.completions`, `audio.speech`
    Group: {
      types: ['Chat', 'Audio'],
      judged: 'construction',
      operations: [],
      members: { '*': 'Models' },
      bounds: [],
      limits: [],
    },
    Resource: {
      ...shared,
      types: ['APIResource'],
      operations: [
        {
          name: '*',
          effect: {
            from: 'name',
            names: {
              'retrieve*': 'read',
              'list*': 'read',
              content: 'read',
              search: 'read',
              'delete*': 'idempotent-write',
              cancel: 'idempotent-write',
              create: 'non-idempotent-write',
              'createAnd*': 'non-idempotent-write',
            },
            default: 'unknown',
          },
          options: 'last',
        },
      ],
      members: { '*': 'Resource' },
    },
  },
  traps: [
    'The default of 10 minutes is never reached on Node: undici ends an attempt after 300 s, and the client repeats it.',
    '`timeout` limits one attempt; with the default of two retries a call takes three times as long, and the waits.',
    'Before 7 the limit ends with the headers.',
    'The option `idempotencyKey` sends no header; only `headers: { "Idempotency-Key": key }` does.',
    '`timeout: 0` fires at once, `Infinity` throws.',
  ],
};
