import { allPhases, undiciLimits } from '../common.js';
import type { Library } from '../schema.js';

export const apolloClient: Library = {
  name: '@apollo/client',
  packages: ['@apollo/client'],
  family: 'http',
  verified: ['4.3.8'],
  exports: { ApolloClient: { is: 'class', type: 'ApolloClient', config: 0 } },
  clients: {
    ApolloClient: {
      types: ['ApolloClient'],
      judged: 'call',
      operations: [
        { name: 'query', effect: 'read', options: 0, payload: 0 },
        { name: 'mutate', effect: 'non-idempotent-write', options: 0, payload: 0 },
        { name: ['watchQuery', 'subscribe'], effect: 'read', options: 0, payload: 0, starts: 'subscribe' },
        { name: ['refetchQueries', 'reFetchObservableQueries'], effect: 'read' },
      ],
      bounds: [
        {
          option: 'context.fetchOptions.signal',
          where: 'call',
          takes: 'signal',
          kind: 'total',
          phases: allPhases,
          fix: 1,
          source: 'run, 4.3.8: silent server 307 ms, stalled body 302 ms',
        },
      ],
      limits: undiciLimits,
    },
  },
  traps: [
    'A limit goes into `context.fetchOptions.signal` of each call; a signal in `HttpLink` is shared by all of them.',
    '`RetryLink` repeats mutations too: 5 attempts.',
  ],
};
