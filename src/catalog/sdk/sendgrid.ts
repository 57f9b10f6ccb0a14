import { allPhases, endless } from '../common.js';
import type { Library } from '../schema.js';

export const sendgrid: Library = {
  name: '@sendgrid/mail',
  packages: ['@sendgrid/mail'],
  family: 'sdk',
  verified: ['8.1.6'],
  exports: {
    default: { is: 'client', type: 'MailService' },
    MailService: { is: 'class', type: 'MailService' },
  },
  clients: {
    MailService: {
      types: ['MailService'],
      judged: 'construction',
      operations: [{ name: ['send', 'sendMultiple'], effect: 'non-idempotent-write', payload: 0 }],
      local: ['setApiKey', 'setClient', 'setTimeout', 'setSubstitutionWrappers', 'setTwilioEmailAuth'],
      bounds: [
        {
          option: 'setTimeout',
          where: 'method',
          takes: 'ms',
          kind: 'attempt',
          phases: allPhases,
          idleIn: ['body'],
          none: [0],
          source: 'run, 8.1.6: silent server 311 ms, stalled body 313 ms; a trickled body passed',
        },
      ],
      limits: [endless('run, 8.1.6: pending (axios, timeout 0)')],
    },
  },
  traps: ['Its only limit is `sgMail.setTimeout(ms)`, and by default there is none.', 'It takes no idempotency key.'],
};
