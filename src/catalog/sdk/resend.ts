import { allPhases, undiciLimits } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'signal',
    where: 'call',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    fix: 1,
    source: 'run, 6.38.0: silent server 306 ms, stalled body 303 ms; the promise resolves with { error }',
  },
];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'call',
  bounds,
  limits: undiciLimits,
};

export const resend: Library = {
  name: 'resend',
  packages: ['resend'],
  family: 'sdk',
  verified: ['6.38.0'],
  exports: { Resend: { is: 'class', type: 'Resend', config: 1 } },
  clients: {
    Resend: {
      ...shared,
      types: ['Resend'],
      operations: [],
      members: { emails: 'Emails', batch: 'Emails' },
    },
    Emails: {
      ...shared,
      types: ['Emails', 'Batch', 'Batch$1'],
      operations: [
        {
          name: ['send', 'create'],
          effect: 'non-idempotent-write',
          options: 1,
          payload: 0,
          failure: 'status',
          idempotencyKey: { in: 'option', name: 'idempotencyKey' },
        },
      ],
    },
  },
  traps: ['It never rejects on an answer of 500 or a dead network: it resolves with `{ error }`.'],
};
