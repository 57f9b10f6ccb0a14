import { undiciLimits } from '../common.js';
import type { Bound, ClientType, Library, Operation } from '../schema.js';
import { fetch } from './fetch.js';

const callBounds: readonly Bound[] = [
  {
    option: 'headersTimeout',
    where: 'both',
    takes: 'ms',
    kind: 'attempt',
    phases: ['headers'],
    none: [0],
    misread: ['Infinity', 'negative'],
    inherits: [null],
    fix: 1,
    source: 'run, 7.30.2 and 8.12.4: silent server ended at 618 to 647 ms; a stalled body stayed pending',
  },
  {
    option: 'bodyTimeout',
    where: 'both',
    takes: 'ms',
    kind: 'idle',
    phases: ['body'],
    none: [0],
    misread: ['Infinity', 'negative'],
    inherits: [null],
    fix: 2,
    source: 'run, 7.30.2 and 8.12.4: stalled body ended at about 1 s, a trickled one passed',
  },
];

const signal: Bound = {
  option: 'signal',
  where: 'call',
  takes: 'signal',
  kind: 'total',
  phases: ['headers', 'body'],
  none: [null],
  source:
    'run, 7.30.2 and 8.12.4: ends the answer and the body; a connect that hangs stays pending until the connector gives up',
};

const constructionBounds: readonly Bound[] = [
  ...callBounds.flatMap((bound): readonly Bound[] => [
    { ...bound, where: 'construction', none: [0, 'Infinity'], misread: ['negative'] },
    { ...bound, where: 'call' },
  ]),
  {
    option: 'connectTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake'],
    none: [0],
    source: 'undici/lib/core/connect.js; run in the proofs',
  },
  {
    option: 'connect.timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect', 'handshake'],
    none: [0],
    source: 'undici/lib/core/connect.js',
  },
  signal,
];

const effect = { from: 'http-method', option: 'method', default: 'read' } as const;

const operations: readonly Operation[] = [
  { name: 'request', effect, options: 1, target: 0, failure: 'status' },
  { name: ['stream', 'pipeline'], effect, options: 1, target: 0, failure: 'status', stream: true },
];

const dispatcher: ClientType = {
  handedOn: true,
  types: ['Dispatcher', 'Client', 'Pool', 'BalancedPool', 'RoundRobinPool', 'Agent', 'ProxyAgent', 'EnvHttpProxyAgent'],
  judged: 'construction',
  operations: [
    { name: 'request', effect, options: 0, failure: 'status' },
    { name: ['stream', 'pipeline'], effect, options: 0, failure: 'status', stream: true },
  ],
  derives: [{ name: 'compose', type: 'Dispatcher', inherits: true }],
  bounds: constructionBounds,
  limits: undiciLimits,
  idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
};

const retryAgent: ClientType = {
  ...dispatcher,
  types: ['RetryAgent'],
  bounds: constructionBounds.filter((bound) => bound.where === 'call'),
  retry: {
    default: [
      {
        attempts: 6,
        delay: 'exponential',
        baseMs: 500,
        factor: 2,
        capMs: 30_000,
        jitter: 'none',
        methods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'QUERY'],
        source: 'run, 7.30.2 and 8.12.4: 6 requests, gaps 505, 1002, 2005, 4003, 8005 ms; POST 1',
      },
    ],
    options: {
      attempts: { option: 'maxRetries', counts: 'retries' },
      delay: { option: 'minTimeout', unit: 'ms' },
      factor: 'timeoutFactor',
      cap: { option: 'maxTimeout', unit: 'ms' },
      delayFunction: 'retry',
      off: 'maxRetries: 0',
    },
    where: 'construction',
  },
};

/** npm's undici: `request`, its dispatchers, its own `fetch`. */
export const undici: Library = {
  name: 'undici',
  packages: ['undici'],
  family: 'http',
  verified: ['8.12.4', '7.30.2'],
  exports: {
    request: { is: 'operation', type: 'undici', operation: 'request' },
    stream: { is: 'operation', type: 'undici', operation: 'stream' },
    pipeline: { is: 'operation', type: 'undici', operation: 'pipeline' },
    fetch: { is: 'client', type: 'fetch' },
    Client: { is: 'class', type: 'Dispatcher', config: 1, target: 0 },
    Pool: { is: 'class', type: 'Dispatcher', config: 1, target: 0 },
    BalancedPool: { is: 'class', type: 'Dispatcher', config: 1, target: 0 },
    RoundRobinPool: { is: 'class', type: 'Dispatcher', config: 1, target: 0 },
    Agent: { is: 'class', type: 'Dispatcher', config: 0 },
    ProxyAgent: { is: 'class', type: 'Dispatcher', config: 0 },
    EnvHttpProxyAgent: { is: 'class', type: 'Dispatcher', config: 0 },
    RetryAgent: { is: 'class', type: 'RetryAgent', config: 1, over: 0 },
  },
  clients: {
    undici: {
      types: ['request', 'stream', 'pipeline'],
      judged: 'call',
      through: 'dispatcher',
      operations,
      bounds: [...callBounds.map((bound): Bound => ({ ...bound, where: 'call' })), signal],
      limits: undiciLimits,
      idempotencyKey: { in: 'header', name: 'Idempotency-Key' },
    },
    Dispatcher: dispatcher,
    RetryAgent: retryAgent,
    ...(fetch.clients?.['fetch'] && { fetch: { ...fetch.clients['fetch'], types: ['fetch'] } }),
  },
  traps: [
    'Header and body timers have a resolution of about half a second: 300 ms ended after 620 to 1000 ms.',
    'A `signal` does not end `request` while it connects: the connector does, after 10 s.',
    '`headersTimeout` does not limit the connect (10 s by default), `bodyTimeout` restarts with each chunk.',
    '`setGlobalDispatcher` changes the built-in `fetch` too; an `Agent` of undici 8 as `dispatcher` of Node 24 fails.',
    '`RetryAgent` has no jitter, and does not repeat a request whose headers or body timed out.',
  ],
};
