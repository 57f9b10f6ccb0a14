import type { Library } from '../schema.js';

export const sqsConsumer: Library = {
  name: 'sqs-consumer',
  packages: ['sqs-consumer'],
  family: 'queue',
  verified: ['15.0.3'],
  exports: { Consumer: { is: 'client', type: 'ConsumerFactory' } },
  clients: {
    ConsumerFactory: {
      types: ['Consumer'],
      judged: 'call',
      operations: [],
      derives: [{ name: 'create', type: 'Consumer', config: 0 }],
      bounds: [],
      limits: [],
    },
    Consumer: {
      types: ['Consumer'],
      judged: 'call',
      operations: [{ name: 'start', effect: 'read', stream: true }],
      bounds: [],
      limits: [],
      target: 'queueUrl',
    },
  },
  traps: [
    'There is no limit on the handler unless `handleMessageTimeout` (ms) is set; the limits of the calls are those of the SQS client.',
    'A handler that catches its failure and returns acknowledges the message.',
  ],
};
