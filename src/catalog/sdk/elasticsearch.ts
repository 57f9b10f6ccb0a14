import { endless, untilHeaders } from '../common.js';
import type { Bound, ClientType, Effect, Library, Retry } from '../schema.js';

const names: Readonly<Record<string, Effect>> = {
  'get*': 'read',
  'mget*': 'read',
  'search*': 'read',
  'msearch*': 'read',
  'count*': 'read',
  'exists*': 'read',
  'explain*': 'read',
  'scroll*': 'read',
  ping: 'read',
  info: 'read',
  index: 'non-idempotent-write',
  bulk: 'non-idempotent-write',
  update: 'unknown',
  'updateByQuery*': 'non-idempotent-write',
  'reindex*': 'non-idempotent-write',
  create: 'idempotent-write',
  'put*': 'idempotent-write',
  'delete*': 'idempotent-write',
};

const operation = { name: '*', effect: { from: 'name', names, default: 'unknown' }, payload: 0 } as const;

/** With an `id` the second one replaces the first. */
const index = {
  name: 'index',
  effect: 'non-idempotent-write',
  payload: 0,
  idempotencyKey: { in: 'payload', name: 'id' },
} as const;

const timeout: Bound = {
  option: 'requestTimeout',
  where: 'construction',
  takes: 'ms',
  kind: 'attempt',
  phases: ['headers'],
  tolerates: ['handshake', 'body'],
  fix: 1,
  source: 'run, 9.5.1: silent server 1008 ms; a stalled body stayed pending, a hanging connect took 49.5 s',
};

const signal: Bound = {
  option: 'signal',
  where: 'call',
  takes: 'signal',
  kind: 'total',
  phases: ['headers', 'body'],
  source: '@elastic/transport/lib/Transport.d.ts; run in the proofs',
};

const retry: Retry = {
  default: [
    {
      attempts: 4,
      delay: 'none',
      jitter: 'none',
      source: 'run, elasticsearch 9.5.1, opensearch 3.9.0: 4 attempts of every method on 502, 503, 504, no wait',
    },
  ],
  options: { attempts: { option: 'maxRetries', counts: 'retries' }, off: 'maxRetries: 0' },
  where: 'both',
};

const elastic: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 1,
  bounds: [
    timeout,
    {
      ...timeout,
      where: 'call',
      takes: 'ms-or-text',
      none: [null],
      misread: [0],
      source: 'run, 9.5.1: silent server 306 ms; 0 fails at once, null means none',
    },
    signal,
  ],
  limits: [
    { phases: ['connect', 'handshake'], ms: 10_000, source: 'run, 9.5.1: 49.5 s over 4 attempts of 10 s' },
    {
      ...endless('run, 9.5.1: still pending at 330 s: the transport turns the limits of undici off', [
        'headers',
        'body',
      ]),
      versions: '>=9',
    },
    {
      phases: ['headers'],
      ms: 600_000,
      versions: '<9',
      source: 'elasticsearch/lib/client.js, 8.19: requestTimeout 600000',
    },
  ],
  retry,
};

export const elasticsearch: Library = {
  name: '@elastic/elasticsearch',
  packages: ['@elastic/elasticsearch'],
  family: 'store',
  verified: ['9.5.1'],
  exports: { Client: { is: 'class', type: 'Client', config: 0 } },
  clients: {
    Client: {
      ...elastic,
      types: ['Client', 'API'],
      operations: [index, operation],
      local: ['child', 'close', 'diagnostic', 'helpers', 'transport'],
      derives: [{ name: 'child', type: 'Client', config: 0, inherits: true }],
      members: { '*': 'Group' },
      target: 'node',
    },
    Group: { ...elastic, types: [], operations: [operation] },
  },
  traps: [
    'From 9 on nothing ends a call by default, and the 300 s of undici are switched off too.',
    '`requestTimeout` ends with the headers, and does not end a connect.',
    'Every method is repeated three times without a wait, `index` without an id included.',
    'Per call `requestTimeout: 0` fails at once; `null` means no limit.',
  ],
};

const openTimeout: Bound = {
  ...timeout,
  phases: untilHeaders,
  source: 'run, 3.9.0: silent server 1229 ms over 4 attempts',
};

const opensearchShared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 1,
  bounds: [
    { ...openTimeout, none: [0] },
    { ...openTimeout, where: 'call', takes: 'ms-or-text', inherits: [0] },
  ],
  limits: [
    { phases: untilHeaders, ms: 30_000, source: 'run, 3.9.0: 121.0 s over 4 attempts of 30 s' },
    endless('run, 3.9.0: a stalled body stayed pending', ['body']),
  ],
  retry,
};

export const opensearch: Library = {
  name: '@opensearch-project/opensearch',
  packages: ['@opensearch-project/opensearch'],
  family: 'store',
  verified: ['3.9.0'],
  exports: { Client: { is: 'class', type: 'Client', config: 0 } },
  clients: {
    Client: {
      ...opensearchShared,
      types: ['Client', 'OpenSearchAPI'],
      operations: [index, operation],
      local: ['child', 'close', 'helpers', 'transport'],
      members: { '*': 'Group' },
      target: 'node',
    },
    Group: { ...opensearchShared, types: [], operations: [operation] },
  },
  traps: [
    'A timed-out attempt is repeated: 30 s by default become two minutes.',
    '`requestTimeout` ends with the headers.',
    'It takes no AbortSignal.',
  ],
};
