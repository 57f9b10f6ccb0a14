import { allPhases, endless } from '../common.js';
import type { Export, Library } from '../schema.js';

const exported: Readonly<Record<string, Export>> = {
  connect: { is: 'factory', type: 'ClientHttp2Session', config: 1, target: 0 },
};

/** `http2.connect` and the requests of its session. */
export const nodeHttp2: Library = {
  name: 'node:http2',
  packages: ['node:http2', 'http2'],
  family: 'http',
  verified: ['Node 20.20.2', 'Node 24.21.0'],
  exports: { ...exported, default: { is: 'namespace', exports: exported } },
  clients: {
    ClientHttp2Session: {
      types: ['ClientHttp2Session'],
      judged: 'call',
      operations: [{ name: 'request', effect: 'unknown', options: 1, failure: 'status' }],
      bounds: [
        {
          option: 'signal',
          where: 'call',
          takes: 'signal',
          kind: 'total',
          phases: allPhases,
          fix: 1,
          source: 'run, Node 20.20.2: ended at 307 ms',
        },
      ],
      limits: [endless('run, Node 20.20.2: pending; nothing limits the connect either')],
    },
  },
  traps: ['`session.setTimeout` and `stream.setTimeout` only call back: nothing ends until the callback closes it.'],
};
