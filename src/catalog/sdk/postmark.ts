import { allPhases } from '../common.js';
import type { Library } from '../schema.js';

export const postmark: Library = {
  name: 'postmark',
  packages: ['postmark'],
  family: 'sdk',
  verified: ['5.1.0'],
  exports: { ServerClient: { is: 'class', type: 'ServerClient', config: 1 } },
  clients: {
    ServerClient: {
      types: ['ServerClient'],
      judged: 'construction',
      operations: [
        {
          name: ['sendEmail', 'sendEmailBatch', 'sendEmailWithTemplate', 'sendEmailBatchWithTemplates'],
          effect: 'non-idempotent-write',
          payload: 0,
        },
        {
          name: ['get*', 'search*'],
          effect: 'read',
        },
        { name: ['create*', 'activate*'], effect: 'non-idempotent-write', payload: 0 },
        { name: ['edit*', 'delete*', 'archive*', 'unarchive*'], effect: 'idempotent-write' },
      ],
      bounds: [
        {
          option: 'timeout',
          where: 'construction',
          takes: 's',
          kind: 'attempt',
          phases: allPhases,
          source: 'run, 5.1.0: 1 ended a silent server at 1006 ms, a stalled body at 1003 ms: seconds',
        },
      ],
      limits: [
        { phases: ['connect', 'handshake'], ms: 10_000, source: 'undici connector' },
        { phases: ['headers', 'body'], ms: 180_000, source: 'run, 5.1.0: 180.4 s' },
      ],
      target: 'requestHost',
    },
  },
  traps: [
    '`timeout` is **seconds**: 5000 is more than an hour. 0 means 60.',
    'It takes no idempotency key: a mail that timed out may have been sent.',
  ],
};
