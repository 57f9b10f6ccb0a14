import { endless } from '../common.js';
import type { Bound, ClientType, Export, Library } from '../schema.js';

const client: ClientType = {
  types: ['node:net#connect', 'node:net#createConnection', 'node:tls#connect'],
  judged: 'call',
  operations: [{ name: ['connect', 'createConnection'], effect: 'unknown', options: [0, 1, 2], stream: true }],
  bounds: [
    {
      option: 'timeout',
      where: 'call',
      takes: 'ms',
      kind: 'idle',
      phases: ['connect', 'headers'],
      none: [0],
      needsListener: true,
      source: 'run, Node 20.20.2: only emits; with a listener that destroys the socket it ends',
    },
    {
      option: 'signal',
      where: 'call',
      takes: 'signal',
      kind: 'total',
      phases: ['connect', 'headers'],
      source: 'node:net Socket; run in the proofs',
    },
  ],
  limits: [endless('run, Node 20.20.2: pending', ['connect', 'headers'])],
};

const net: Readonly<Record<string, Export>> = {
  connect: { is: 'operation', type: 'net', operation: 'connect' },
  createConnection: { is: 'operation', type: 'net', operation: 'createConnection' },
};

/** `net.connect`. */
export const nodeNet: Library = {
  name: 'node:net',
  packages: ['node:net', 'net'],
  family: 'rpc',
  verified: ['Node 20.20.2'],
  exports: { ...net, default: { is: 'namespace', exports: net } },
  clients: { net: client },
  traps: ['`timeout` only emits an event: a listener must destroy the socket.'],
};

const tls: Readonly<Record<string, Export>> = { connect: { is: 'operation', type: 'tls', operation: 'connect' } };

/** `tls.connect`. */
export const nodeTls: Library = {
  name: 'node:tls',
  packages: ['node:tls', 'tls'],
  family: 'rpc',
  verified: ['Node 20.20.2'],
  exports: { ...tls, default: { is: 'namespace', exports: tls } },
  clients: {
    tls: {
      ...client,
      operations: [{ name: 'connect', effect: 'unknown', options: [0, 1, 2], stream: true }],
      bounds: client.bounds.map((bound): Bound => ({
        ...bound,
        phases: ['connect', 'handshake'],
        ...(bound.option === 'signal' && { untyped: 'call' }),
      })),
      limits: [endless('run in the proofs: pending', ['connect', 'handshake'])],
    },
  },
  traps: ['A peer that accepts and never answers the handshake is waited for without end.'],
};
