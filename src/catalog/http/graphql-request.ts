import { allPhases, undiciLimits } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'signal',
    where: 'both',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    fix: 1,
    source: 'run, 7.4.0: silent server 305 ms, stalled body 302 ms; only in the form with one object',
  },
];

const client: ClientType = {
  types: ['GraphQLClient'],
  judged: 'call',
  operations: [
    {
      name: ['request', 'rawRequest', 'batchRequests'],
      effect: { from: 'graphql', default: 'unknown' },
      options: 0,
      payload: 0,
    },
  ],
  bounds,
  limits: undiciLimits,
  fetch: 'fetch',
};

export const graphqlRequest: Library = {
  name: 'graphql-request',
  packages: ['graphql-request'],
  family: 'http',
  verified: ['7.4.0'],
  exports: {
    GraphQLClient: { is: 'class', type: 'GraphQLClient', config: 1, target: 0 },
    default: { is: 'operation', type: 'functions', operation: 'request' },
    request: { is: 'operation', type: 'functions', operation: 'request' },
    rawRequest: { is: 'operation', type: 'functions', operation: 'rawRequest' },
    batchRequests: { is: 'operation', type: 'functions', operation: 'batchRequests' },
  },
  clients: {
    GraphQLClient: client,
    functions: {
      ...client,
      types: ['request', 'rawRequest', 'batchRequests'],
      operations: [
        {
          name: ['request', 'rawRequest', 'batchRequests'],
          effect: { from: 'graphql', default: 'unknown' },
          options: 0,
          target: 0,
          payload: 1,
        },
      ],
      bounds: bounds.map((bound) => ({ ...bound, where: 'call' })),
    },
  },
  traps: [
    'The positional form takes no signal; only `request({ document, variables, signal })` does.',
    'A signal given to the client’s constructor is shared: once its timer has fired, every later call is rejected.',
  ],
};
