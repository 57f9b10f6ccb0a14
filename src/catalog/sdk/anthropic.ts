import { allPhases, keyHeader, undiciLimits, untilHeaders } from '../common.js';
import type { Bound, ClientType, Library, Operation } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: untilHeaders,
    misread: [0],
    fix: 1,
    source: 'run, 1.11.0: silent server 311 ms, hanging connect 847 ms; a stalled body stayed pending',
  },
  {
    option: 'signal',
    where: 'call',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    none: [null],
    source: '@anthropic-ai/sdk/internal/request-options.d.ts; run in the proofs',
  },
];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 'last',
  bounds,
  fetch: 'fetch',
  limits: undiciLimits,
  retry: {
    default: [
      {
        attempts: 3,
        delay: 'exponential',
        baseMs: 500,
        factor: 2,
        capMs: 8000,
        jitter: 'yes',
        source: 'run, 1.11.0: 3 attempts, POST too, gaps 433 and 935 ms; jitter up to a quarter',
      },
    ],
    options: { attempts: { option: 'maxRetries', counts: 'retries' }, off: 'maxRetries: 0' },
    where: 'both',
  },
  idempotencyKey: keyHeader,
};

const model: Omit<Operation, 'name'> = { effect: 'read', method: 'POST', payload: 0, usualMs: 60_000, maxMs: 600_000 };

export const anthropic: Library = {
  name: '@anthropic-ai/sdk',
  packages: ['@anthropic-ai/sdk'],
  family: 'sdk',
  verified: ['1.11.0'],
  exports: {
    default: { is: 'class', type: 'Anthropic', config: 0 },
    Anthropic: { is: 'class', type: 'Anthropic', config: 0 },
  },
  clients: {
    Anthropic: {
      ...shared,
      types: ['Anthropic', 'BaseAnthropic'],
      operations: [],
      derives: [{ name: 'withOptions', type: 'Anthropic', config: 0, inherits: true }],
      members: { messages: 'Messages', '*': 'Resource' },
      target: 'baseURL',
    },
    Messages: {
      ...shared,
      types: ['Messages'],
      operations: [
        { ...model, name: 'create', streamWhen: { in: 'payload', option: 'stream', is: true } },
        { ...model, name: 'stream', stream: true },
        { name: ['countTokens', 'parse'], effect: 'read', payload: 0 },
      ],
      members: { batches: 'Resource' },
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
              results: 'read',
              create: 'non-idempotent-write',
              'delete*': 'idempotent-write',
              cancel: 'idempotent-write',
            },
            default: 'unknown',
          },
        },
      ],
      members: { '*': 'Resource' },
    },
  },
  traps: [
    '`timeout` ends with the headers: the body has only the 300 s of undici.',
    'The default of 10 minutes is never reached on Node: undici ends an attempt after 300 s, and the client repeats it.',
    'The option `idempotencyKey` sends no header; only `headers` does.',
  ],
};
