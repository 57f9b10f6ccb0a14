import type { Export, Library } from '../schema.js';

const exported: Readonly<Record<string, Export>> = {
  connect: { is: 'factory', type: 'MqttClient', config: [0, 1] },
  connectAsync: { is: 'factory', type: 'MqttClient', config: [0, 1] },
};

export const mqtt: Library = {
  name: 'mqtt',
  packages: ['mqtt'],
  family: 'queue',
  verified: ['5.16.0'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  clients: {
    MqttClient: {
      types: ['MqttClient'],
      judged: 'construction',
      operations: [
        { name: ['publish', 'publishAsync'], effect: 'non-idempotent-write', target: 0, payload: 1 },
        {
          name: ['subscribe', 'subscribeAsync', 'unsubscribe', 'unsubscribeAsync'],
          effect: 'idempotent-write',
          target: 0,
        },
      ],
      bounds: [
        {
          option: 'connectTimeout',
          where: 'construction',
          takes: 'ms',
          kind: 'attempt',
          phases: ['connect', 'handshake'],
          fix: 1,
          source: 'run, 5.16.0: connectAsync to a server that never writes 1005 ms',
        },
      ],
      limits: [{ phases: ['connect', 'handshake'], ms: 30_000, source: 'run, 5.16.0: 30.1 s' }],
    },
  },
  traps: [
    '`connect()` reconnects each second for ever, without jitter.',
    'A QoS 1 publish while the broker is away waits without end.',
    '`keepalive` is seconds.',
  ],
};
