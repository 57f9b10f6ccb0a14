import { allPhases, keyHeader, untilHeaders } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const timeout: Bound = {
  option: 'timeout',
  where: 'both',
  takes: 'ms',
  kind: 'attempt',
  phases: allPhases,
  none: [false],
  misread: [0, 'Infinity'],
  fix: 1,
  source: 'run: silent server ended at 303 ms (1.14.3, 2.1.0)',
};

const client: ClientType = {
  types: ['KyInstance'],
  judged: 'construction',
  options: 1,
  operations: [
    { name: '()', effect: { from: 'http-method', option: 'method', default: 'read' }, target: 0 },
    { name: ['get', 'head'], effect: 'read', target: 0 },
    { name: 'query', effect: 'read', method: 'QUERY', target: 0, versions: '>=2' },
    { name: 'post', effect: 'non-idempotent-write', method: 'POST', target: 0 },
    { name: 'patch', effect: 'unknown', method: 'PATCH', target: 0 },
    { name: ['put', 'delete'], effect: 'idempotent-write', target: 0 },
  ],
  lenient: { option: 'throwHttpErrors', is: [false], source: 'run, 1.14.3: a 500 resolves' },
  derives: [
    { name: 'create', type: 'KyInstance', config: 0 },
    { name: 'extend', type: 'KyInstance', config: 0, inherits: true },
  ],
  bounds: [
    { ...timeout, versions: '>=2', source: `${timeout.source}; stalled body 320 ms with .text()` },
    {
      ...timeout,
      phases: untilHeaders,
      versions: '<2',
      source: `${timeout.source}; a stalled body stayed pending in 1.14.3`,
    },
    {
      option: 'totalTimeout',
      where: 'both',
      takes: 'ms',
      kind: 'total',
      phases: allPhases,
      none: [false],
      versions: '>=2',
      source: 'ky/distribution/types/options.d.ts; run in the proofs',
    },
    {
      option: 'signal',
      where: 'both',
      takes: 'signal',
      kind: 'total',
      phases: allPhases,
      source: 'ky/distribution/core/Ky.js; run in the proofs',
    },
  ],
  limits: [
    { phases: allPhases, ms: 10_000, versions: '>=2', source: 'run: 10.0 s (2.1.0)' },
    { phases: untilHeaders, ms: 10_000, versions: '<2', source: 'run: 10.1 s (1.14.3)' },
    { phases: ['body'], ms: 300_000, versions: '<2', source: 'undici bodyTimeout' },
  ],
  retry: {
    default: [
      {
        attempts: 3,
        delay: 'exponential',
        baseMs: 300,
        factor: 2,
        jitter: 'none',
        methods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'],
        source: 'run, 1.14.3 and 2.1.0: 3 attempts, gaps 303 and 603 ms; POST 1; a timeout is not repeated',
      },
    ],
    options: {
      attempts: { option: 'retry.limit', counts: 'retries', bare: true },
      cap: { option: 'retry.backoffLimit', unit: 'ms' },
      jitter: { option: 'retry.jitter', on: [true] },
      filter: 'retry.shouldRetry',
      delayFunction: 'retry.delay',
      off: 'retry: 0',
    },
    where: 'both',
  },
  idempotencyKey: keyHeader,
};

export const ky: Library = {
  name: 'ky',
  packages: ['ky'],
  family: 'http',
  verified: ['2.1.0', '1.14.3'],
  exports: { default: { is: 'client', type: 'KyInstance' } },
  clients: { KyInstance: client },
  traps: [
    'In 1.x `timeout` ends with the headers: the body has only the 300 s of undici.',
    'The waits between attempts have no jitter unless `retry: { jitter: true }`.',
    '`timeout: 0` fires at once, `Infinity` throws; `false` means none.',
  ],
};
