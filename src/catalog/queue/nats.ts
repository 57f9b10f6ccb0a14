import type { Library } from '../schema.js';

export const nats: Library = {
  name: 'nats',
  packages: ['nats', '@nats-io/transport-node', '@nats-io/nats-core'],
  family: 'queue',
  verified: ['nats 2.29.3', '@nats-io/transport-node 3.4.0'],
  exports: { connect: { is: 'factory', type: 'NatsConnection', config: 0 } },
  clients: {
    NatsConnection: {
      types: ['NatsConnection', 'NatsConnectionImpl'],
      judged: 'construction',
      operations: [
        {
          name: 'request',
          effect: 'unknown',
          options: 2,
          target: 0,
          payload: 1,
          phases: ['headers'],
        },
        { name: 'publish', effect: 'non-idempotent-write', target: 0, payload: 1, phases: [] },
        { name: 'subscribe', effect: 'read', target: 0, stream: true, phases: [] },
        { name: ['flush', 'rtt'], effect: 'read', phases: ['headers'] },
      ],
      bounds: [
        {
          option: 'timeout',
          where: 'construction',
          takes: 'ms',
          kind: 'total',
          phases: ['connect', 'handshake'],
          fix: 1,
          source: 'run, 2.29.3: a server that never writes 1002 ms',
        },
        {
          option: 'timeout',
          where: 'call',
          takes: 'ms',
          kind: 'total',
          phases: ['headers'],
          source: 'run, 2.29.3: a request without an answer',
        },
      ],
      limits: [
        { phases: ['connect', 'handshake'], ms: 20_000, source: 'run, 2.29.3: 20.0 s' },
        { phases: ['headers'], ms: 1000, source: 'run, 2.29.3: request 1006 ms; JetStream publish 5005 ms' },
      ],
      target: 'servers',
    },
  },
  traps: [
    '`waitOnFirstConnect: true` waits for a dead server without end.',
    'JetStream `publish(…, { retries })` repeats after a timeout: it needs a `msgID`.',
  ],
};
