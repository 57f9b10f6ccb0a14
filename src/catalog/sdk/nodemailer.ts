import { answer } from '../common.js';
import type { Bound, Library } from '../schema.js';

const bound = (option: string, phases: Bound['phases'], fix: number, source: string): Bound => ({
  option,
  where: 'construction',
  takes: 'ms',
  kind: 'attempt',
  phases,
  inherits: [0],
  fix,
  source,
});

export const nodemailer: Library = {
  name: 'nodemailer',
  packages: ['nodemailer'],
  family: 'sdk',
  verified: ['10.6.0'],
  exports: {
    createTransport: { is: 'factory', type: 'Mail', config: 0 },
    default: { is: 'namespace', exports: { createTransport: { is: 'factory', type: 'Mail', config: 0 } } },
  },
  clients: {
    Mail: {
      types: ['Mail', 'Transporter'],
      judged: 'construction',
      operations: [
        { name: 'sendMail', effect: 'non-idempotent-write', payload: 0 },
        { name: 'verify', effect: 'read' },
      ],
      bounds: [
        {
          ...bound(
            'socketTimeout',
            answer,
            1,
            'run, 10.6.0: silence after DATA ended at 307 ms; a connect stayed pending',
          ),
          kind: 'idle',
        },
        bound(
          'greetingTimeout',
          ['handshake'],
          2,
          'run, 10.6.0: silent server 305 ms; a hanging connect stayed pending',
        ),
        bound('connectionTimeout', ['connect'], 3, 'run, 10.6.0: hanging connect 309 ms'),
      ],
      limits: [
        { phases: ['connect'], ms: 120_000, source: 'nodemailer/dist/esm/smtp-connection/index.js' },
        { phases: ['handshake'], ms: 30_000, source: 'run, 10.6.0: 31.5 s' },
        { phases: answer, ms: 600_000, source: 'nodemailer/dist/esm/smtp-connection/index.js: socketTimeout' },
      ],
      target: 'host',
      handsOver: ['SES', 'sendmail', 'streamTransport', 'jsonTransport'],
    },
  },
  traps: [
    'There is no limit per call: all of them stand at the transport.',
    'Each limits its own part only: after DATA nothing but `socketTimeout` helps, which is 10 minutes by default.',
    'With `pool: true` a message is queued again up to 5 times when a connection closes.',
    'A mail that timed out may have been sent: `sendMail` takes no key.',
  ],
};
