import type { Bound, Library } from '../schema.js';

const bound = (option: string, phases: Bound['phases'], fix: number): Bound => ({
  option,
  where: 'both',
  takes: 'ms',
  kind: 'attempt',
  phases,
  fix,
  source: 'run, 5.64.0: silent server 302 ms, stalled body 310 ms, trickled body 307 ms with all three at 300',
});

export const algoliasearch: Library = {
  name: 'algoliasearch',
  packages: ['algoliasearch'],
  family: 'sdk',
  verified: ['5.64.0'],
  exports: { algoliasearch: { is: 'factory', type: 'Algoliasearch', config: 2 } },
  clients: {
    Algoliasearch: {
      types: ['Algoliasearch'],
      judged: 'construction',
      options: 1,
      operations: [
        {
          name: 'saveObject',
          effect: 'non-idempotent-write',
          payload: 0,
          // With an `objectID` the second one replaces the first.
          idempotencyKey: { in: 'payload', name: 'body.objectID' },
        },
        {
          name: '*',
          effect: {
            from: 'name',
            names: {
              'get*': 'read',
              'search*': 'read',
              'list*': 'read',
              'browse*': 'read',
              'has*': 'read',
              'add*': 'non-idempotent-write',
              'saveObjects*': 'idempotent-write',
              'partialUpdate*': 'unknown',
              'delete*': 'idempotent-write',
              'clear*': 'idempotent-write',
              'set*': 'idempotent-write',
            },
            default: 'unknown',
          },
          payload: 0,
        },
      ],
      local: ['addAlgoliaAgent', 'clearCache', 'setClientApiKey', 'transporter'],
      bounds: [
        bound('timeouts.connect', ['connect', 'handshake', 'headers'], 1),
        bound('timeouts.read', ['body'], 2),
        { ...bound('timeouts.write', ['body'], 3) },
      ],
      limits: [
        { phases: ['connect', 'handshake', 'headers'], ms: 2000, source: 'run, 5.64.0: 2.1 s with one host' },
        { phases: ['body'], ms: 5000, source: '@algolia/client-search: read 5000 (write 30000)' },
      ],
    },
  },
  traps: [
    'At the constructor `timeouts` needs all three: one that is left out fires at once.',
    '`connect` really ends with the headers.',
    'After a timeout the next host is tried, up to four; the limits grow with each.',
    '`saveObject` without an `objectID` makes a new record each time.',
  ],
};
