import { endless } from '../common.js';
import type { ClientType, Export, Library } from '../schema.js';

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    {
      option: 'timeout',
      where: 'construction',
      takes: 'ms',
      kind: 'attempt',
      phases: ['connect', 'handshake'],
      // Nothing of its own limits what is asked on a channel.
      tolerates: ['headers', 'body'],
      fix: 1,
      source: 'run, 2.3.1 and 0.10.9: second argument of connect, 1003 ms',
    },
  ],
  limits: [endless('run, 2.3.1 and 0.10.9: connect pending at 6.5 s', ['connect', 'handshake', 'headers'])],
};

const publish = {
  name: ['publish', 'sendToQueue'],
  effect: 'non-idempotent-write',
  target: 0,
} as const;

const channel: ClientType['operations'] = [
  publish,
  {
    name: ['assertQueue', 'assertExchange', 'bindQueue', 'deleteQueue', 'purgeQueue'],
    effect: 'idempotent-write',
    target: 0,
  },
  { name: ['checkQueue', 'checkExchange'], effect: 'read', target: 0 },
  // A message that is fetched comes again unless it is acknowledged.
  { name: 'get', effect: 'unknown', target: 0 },
  { name: 'consume', effect: 'read', target: 0, stream: true },
];

const exported: Readonly<Record<string, Export>> = {
  connect: { is: 'factory', type: 'ChannelModel', config: 1, target: 0 },
};

export const amqplib: Library = {
  name: 'amqplib',
  packages: ['amqplib'],
  family: 'queue',
  verified: ['2.3.1', '0.10.9'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  clients: {
    ChannelModel: {
      ...shared,
      types: ['ChannelModel', 'RecoveringChannelModel', 'Connection'],
      operations: [],
      derives: [
        { name: 'createChannel', type: 'Channel', inherits: true },
        { name: 'createConfirmChannel', type: 'ConfirmChannel', inherits: true },
      ],
    },
    Channel: { ...shared, types: ['Channel'], operations: channel },
    ConfirmChannel: {
      ...shared,
      types: ['ConfirmChannel'],
      operations: [...channel, { name: 'waitForConfirms', effect: 'read' }],
    },
  },
  traps: [
    'The limit of the connect is the second argument: `connect(url, { timeout })`; a heartbeat in the URL does not end it.',
    '`publish` and `sendToQueue` return a boolean: false is back-pressure, and nothing says whether the broker has it.',
    'There is no reconnect without `recovery`.',
  ],
};
