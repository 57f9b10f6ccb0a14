import { allPhases } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    {
      option: 'timeout',
      where: 'construction',
      takes: 'ms',
      kind: 'attempt',
      phases: allPhases,
      idleIn: ['body'],
      inherits: [0],
      fix: 1,
      source: 'run, 6.2.0: silent server 308 ms, stalled body 309 ms; a trickled body passed',
    },
  ],
  limits: [{ phases: ['headers', 'body'], ms: 30_000, source: 'run, 6.2.0: 30.2 s' }],
  retry: {
    default: [{ attempts: 1, delay: 'none', jitter: 'none', source: 'run, 6.2.0: one attempt unless autoRetry' }],
    options: { attempts: { option: 'maxRetries', counts: 'retries' } },
    where: 'construction',
  },
};

export const twilio: Library = {
  name: 'twilio',
  packages: ['twilio'],
  family: 'sdk',
  verified: ['6.2.0'],
  exports: {
    default: { is: 'factory', type: 'Twilio', config: 2 },
    Twilio: { is: 'class', type: 'Twilio', config: 2 },
  },
  clients: {
    Twilio: {
      ...shared,
      types: ['Twilio'],
      operations: [{ name: 'request', effect: 'unknown', payload: 0 }],
      members: { '*': 'Resource' },
    },
    Resource: {
      ...shared,
      types: [],
      operations: [
        { name: 'create', effect: 'non-idempotent-write', payload: 0 },
        { name: ['fetch', 'list', 'each', 'page'], effect: 'read' },
        { name: 'update', effect: 'idempotent-write', payload: 0 },
        { name: 'remove', effect: 'idempotent-write' },
      ],
      members: { '*': 'Resource' },
    },
  },
  traps: [
    'There is no limit per call: `timeout` stands at the client, and 0 means the default of 30 s.',
    'It takes no idempotency key: a message that timed out may have been sent.',
  ],
};
