import { allPhases, endless, keyHeader, untilHeaders } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'chain',
    takes: 'ms',
    kind: 'total',
    phases: allPhases,
    none: [0, false],
    fix: 1,
    source: 'run, 10.4.2: silent server 303 ms, stalled body 302 ms, trickled body 301 ms',
  },
  {
    option: 'timeout.deadline',
    where: 'chain',
    takes: 'ms',
    kind: 'total',
    phases: allPhases,
    none: [0, false],
    source: 'superagent/lib/request-base.js; run in the proofs',
  },
  {
    option: 'timeout.response',
    where: 'chain',
    takes: 'ms',
    kind: 'attempt',
    phases: untilHeaders,
    none: [0, false],
    source: 'run, 10.4.2: silent server 303 ms; a stalled body stayed pending',
  },
];

const client: ClientType = {
  types: ['SuperAgentStatic', 'SuperAgent', 'SAgent', 'Agent'],
  judged: 'call',
  operations: [
    { name: ['get', 'head', 'options'], effect: 'read', target: 0, starts: 'await' },
    { name: 'post', effect: 'non-idempotent-write', method: 'POST', target: 0, starts: 'await' },
    { name: 'patch', effect: 'unknown', method: 'PATCH', target: 0, starts: 'await' },
    { name: ['put', 'delete', 'del'], effect: 'idempotent-write', target: 0, starts: 'await' },
  ],
  bounds,
  limits: [endless('run, 10.4.2: still pending at 330 s')],
  retry: {
    default: [{ attempts: 1, delay: 'none', jitter: 'none', source: 'run, 10.4.2: one attempt' }],
    options: { attempts: { option: 'retry', counts: 'retries', bare: true }, off: 'retry: 0' },
    where: 'chain',
  },
  idempotencyKey: keyHeader,
};

export const superagent: Library = {
  name: 'superagent',
  packages: ['superagent'],
  family: 'http',
  verified: ['10.4.2 (types: @types/superagent 8.1.11)'],
  exports: {
    default: { is: 'client', type: 'SuperAgent' },
    agent: { is: 'factory', type: 'Agent' },
  },
  clients: {
    SuperAgent: {
      ...client,
      operations: [{ name: '()', effect: 'unknown', target: 0, starts: 'await' }, ...client.operations],
      derives: [{ name: 'agent', type: 'Agent' }],
    },
    Agent: client,
  },
  traps: [
    '`.retry(n)` repeats every method, POST too, and without a wait.',
    '`.timeout({ response })` ends with the headers; `.timeout(ms)` and `deadline` limit the whole call.',
    'It takes no AbortSignal.',
  ],
};
