import { allPhases, endless } from '../common.js';
import type { Library } from '../schema.js';

export const grpcJs: Library = {
  name: '@grpc/grpc-js',
  packages: ['@grpc/grpc-js'],
  family: 'rpc',
  verified: ['1.14.7'],
  exports: { Client: { is: 'class', type: 'Client', config: 2, target: 0 } },
  clients: {
    Client: {
      types: ['Client', 'ServiceClient'],
      judged: 'call',
      operations: [
        { name: ['makeUnaryRequest', 'makeClientStreamRequest'], effect: 'unknown', options: 'last' },
        {
          name: ['makeServerStreamRequest', 'makeBidiStreamRequest'],
          effect: 'unknown',
          options: 'last',
          stream: true,
        },
        {
          name: '*',
          effect: {
            from: 'name',
            names: { 'get*': 'read', 'Get*': 'read', 'list*': 'read', 'List*': 'read', check: 'read', Check: 'read' },
            default: 'unknown',
          },
          options: 'last',
        },
      ],
      local: ['close', 'getChannel', 'waitForReady'],
      bounds: [
        {
          option: 'deadline',
          where: 'call',
          takes: 'epoch',
          kind: 'total',
          phases: allPhases,
          none: ['Infinity'],
          misread: ['number'],
          fix: 1,
          source: 'run, 1.14.7: silent server 303 ms, hanging connect 303 ms; `deadline: 300` failed after 3 ms',
        },
      ],
      limits: [endless('run, 1.14.7: still pending at 330 s')],
    },
  },
  traps: [
    '`deadline` is a point in time: `Date.now() + 5000`, not `5000`, which has passed since 1970.',
    'Without a deadline a call waits without end, the connect included.',
    'The options are the argument before the callback.',
  ],
};
