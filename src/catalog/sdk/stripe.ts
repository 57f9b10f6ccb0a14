import { endless } from '../common.js';
import type { Bound, ClientType, Effect, IdempotencyKey, Library } from '../schema.js';

const timeout: Bound = {
  option: 'timeout',
  where: 'construction',
  takes: 'ms',
  kind: 'idle',
  phases: ['handshake', 'headers', 'body'],
  none: [0],
  fix: 1,
  source:
    'run, 23.1.0: silent server 308 ms, stalled body 328 ms; a trickled body passed, a hanging connect stayed pending',
};

const names: Readonly<Record<string, Effect>> = {
  'retrieve*': 'read',
  'list*': 'read',
  search: 'read',
  'create*': 'non-idempotent-write',
  'del*': 'idempotent-write',
  cancel: 'idempotent-write',
  update: 'idempotent-write',
  'expire*': 'idempotent-write',
  'void*': 'idempotent-write',
  'finalize*': 'idempotent-write',
  // The object keeps its state: the second one is refused, or captures the rest.
  'capture*': 'unknown',
  'confirm*': 'unknown',
  pay: 'unknown',
};

const key: IdempotencyKey = { in: 'option', name: 'idempotencyKey', automatic: true };

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 'last',
  bounds: [timeout, { ...timeout, where: 'call', none: [], inherits: [0], fix: 2 }],
  limits: [
    endless('run, 23.1.0: pending; the timer is set after the connect', ['connect']),
    {
      phases: ['handshake', 'headers', 'body'],
      ms: 80_000,
      source: 'run, 23.1.0: 242.5 s over 3 attempts of 80 s each',
    },
  ],
  retry: {
    default: [
      {
        attempts: 3,
        delay: 'constant',
        baseMs: 500,
        jitter: 'none',
        source:
          'run, 23.1.0: 3 attempts, POST too, gaps 502 and 504 ms: the jitter of the first two is floored at 0.5 s',
      },
    ],
    options: { attempts: { option: 'maxNetworkRetries', counts: 'retries' }, off: 'maxNetworkRetries: 0' },
    where: 'both',
  },
  idempotencyKey: key,
};

export const stripe: Library = {
  name: 'stripe',
  packages: ['stripe'],
  family: 'sdk',
  verified: ['23.1.0'],
  exports: {
    default: { is: 'class', type: 'Stripe', config: 1 },
    Stripe: { is: 'class', type: 'Stripe', config: 1 },
  },
  clients: {
    Stripe: {
      ...shared,
      types: ['Stripe'],
      operations: [{ name: 'rawRequest', effect: 'unknown', options: 3 }],
      members: { webhooks: 'Webhooks', '*': 'Resource' },
    },
    // Checks signatures, without a request.
    Webhooks: { types: ['WebhookObject'], judged: 'construction', operations: [], bounds: [], limits: [] },
    Resource: {
      ...shared,
      types: ['StripeResource'],
      operations: [{ name: '*', effect: { from: 'name', names, default: 'unknown' } }],
      members: { '*': 'Resource' },
    },
  },
  traps: [
    'The default lets a silent server hold a call for four minutes: three attempts of 80 s.',
    '`timeout` restarts with each chunk and starts after the connect: a connect that hangs is not ended.',
    '`maxNetworkRetries: 0` still repeats once after a reset.',
    'The automatic key of a POST is the same for the SDK’s own attempts and new for each call: a retry around it needs its own `idempotencyKey`.',
  ],
};
