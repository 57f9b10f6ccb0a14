import { allPhases, undiciLimits } from '../common.js';
import type { Library } from '../schema.js';

export const trpcClient: Library = {
  name: '@trpc/client',
  packages: ['@trpc/client'],
  family: 'rpc',
  verified: ['11.25.2'],
  exports: {
    createTRPCClient: { is: 'factory', type: 'TRPCClient' },
    createTRPCProxyClient: { is: 'factory', type: 'TRPCClient' },
  },
  clients: {
    TRPCClient: {
      types: ['TRPCClient', 'TRPCDecoratedClient'],
      judged: 'call',
      operations: [],
      members: { '*': 'Procedure' },
      bounds: [],
      limits: [],
    },
    Procedure: {
      types: [],
      judged: 'call',
      operations: [
        { name: 'query', effect: 'read', options: 1, payload: 0 },
        { name: 'mutate', effect: 'non-idempotent-write', options: 1, payload: 0 },
        { name: 'subscribe', effect: 'read', options: 1, payload: 0, stream: true },
      ],
      members: { '*': 'Procedure' },
      bounds: [
        {
          option: 'signal',
          where: 'call',
          takes: 'signal',
          kind: 'total',
          phases: allPhases,
          fix: 1,
          source: 'run, 11.25.2: silent server 311 ms, stalled body 303 ms',
        },
      ],
      limits: undiciLimits,
    },
  },
  traps: [
    '`httpBatchLink` aborts only when all calls of the batch are aborted.',
    '`retryLink` repeats mutations too unless its callback looks at `op.type`, and without a wait by default.',
  ],
};
