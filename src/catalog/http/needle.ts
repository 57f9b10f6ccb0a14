import { allPhases, endless, keyHeader } from '../common.js';
import type { Bound, Library } from '../schema.js';

const connect: Bound = {
  option: 'open_timeout',
  where: 'both',
  takes: 'ms',
  kind: 'attempt',
  phases: ['connect'],
  none: [0],
  source: 'run, 3.5.0: limits the TCP connect only (306 ms); a silent server stayed pending',
};

export const needle: Library = {
  name: 'needle',
  packages: ['needle'],
  family: 'http',
  verified: ['3.5.0 (types: @types/needle 3.3.0)'],
  exports: { default: { is: 'client', type: 'needle' } },
  clients: {
    needle: {
      types: ['needle'],
      judged: 'call',
      operations: [
        { name: '()', effect: 'unknown', options: 'last', target: 1, failure: 'status' },
        { name: ['get', 'head'], effect: 'read', options: 1, target: 0, failure: 'status' },
        {
          name: 'post',
          effect: 'non-idempotent-write',
          method: 'POST',
          options: 2,
          target: 0,
          payload: 1,
          failure: 'status',
        },
        { name: 'patch', effect: 'unknown', method: 'PATCH', options: 2, target: 0, payload: 1, failure: 'status' },
        { name: ['put', 'delete'], effect: 'idempotent-write', options: 2, target: 0, payload: 1, failure: 'status' },
        { name: 'request', effect: 'unknown', options: 3, target: 1, payload: 2, failure: 'status' },
      ],
      local: ['defaults'],
      bounds: [
        {
          option: 'response_timeout',
          where: 'both',
          takes: 'ms',
          kind: 'attempt',
          phases: ['handshake', 'headers'],
          none: [0],
          fix: 1,
          source: 'run, 3.5.0: silent server 305 ms; counts from the connect on',
        },
        {
          option: 'read_timeout',
          where: 'both',
          takes: 'ms',
          kind: 'attempt',
          phases: ['body'],
          none: [0],
          fix: 2,
          source: 'run, 3.5.0: stalled body 306 ms, trickled body 308 ms',
        },
        {
          option: 'signal',
          where: 'call',
          takes: 'signal',
          kind: 'total',
          phases: allPhases,
          source: 'needle/lib/needle.js; run in the proofs',
        },
        connect,
        { ...connect, option: 'timeout', fault: 'wrongPhase', source: `alias of open_timeout; ${connect.source}` },
      ],
      limits: [
        { phases: ['connect'], ms: 10_000, source: 'run, 3.5.0: 10.0 s' },
        endless('run, 3.5.0: still pending at 330 s', ['handshake', 'headers', 'body']),
      ],
      idempotencyKey: keyHeader,
    },
  },
  traps: ['`timeout` is another name of `open_timeout`: a silent server is waited for without end.'],
};
