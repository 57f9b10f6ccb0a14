import type { Library } from '../schema.js';

export const memjs: Library = {
  name: 'memjs',
  packages: ['memjs'],
  family: 'store',
  verified: ['1.3.2'],
  exports: { Client: { is: 'client', type: 'Factory' } },
  clients: {
    Factory: {
      types: ['Client'],
      judged: 'call',
      operations: [],
      derives: [{ name: 'create', type: 'Client', config: 1, target: 0 }],
      bounds: [],
      limits: [],
    },
    Client: {
      types: ['Client'],
      judged: 'construction',
      operations: [
        { name: ['get', 'stats'], effect: 'read' },
        { name: ['set', 'add', 'replace', 'delete', 'touch', 'flush'], effect: 'idempotent-write' },
        { name: ['increment', 'decrement', 'append', 'prepend'], effect: 'non-idempotent-write' },
      ],
      bounds: [
        {
          option: 'timeout',
          where: 'construction',
          takes: 's',
          kind: 'attempt',
          phases: ['headers'],
          source: 'run, 1.3.2: 0.5 s, twice, by default; the unit is seconds',
        },
        {
          option: 'conntimeout',
          where: 'construction',
          takes: 's',
          kind: 'attempt',
          phases: ['connect'],
          source: 'memjs/lib/memjs/server.js: seconds, by default twice the timeout',
        },
      ],
      limits: [
        { phases: ['headers'], ms: 500, source: 'run, 1.3.2: 1205 ms over two tries of 0.5 s and a wait of 0.2 s' },
      ],
      retry: {
        default: [
          { attempts: 2, delay: 'constant', baseMs: 200, jitter: 'none', source: 'run, 1.3.2: increment and set too' },
        ],
        options: {
          attempts: { option: 'retries', counts: 'attempts' },
          delay: { option: 'retry_delay', unit: 's' },
          off: 'retries: 1',
        },
        where: 'construction',
      },
    },
  },
  traps: [
    '`timeout` and `conntimeout` are seconds: 500 is more than eight minutes.',
    'Every command is sent twice on failure, `increment` included.',
  ],
};
