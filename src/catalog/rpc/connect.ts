import { allPhases, endless } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const limits = [endless('run, connect-node 2.2.0 over HTTP/1.1: still pending at 330 s')];

const client: ClientType = {
  types: ['Client'],
  judged: 'construction',
  operations: [{ name: '*', effect: 'unknown', options: 1, payload: 0 }],
  bounds: [
    {
      option: 'timeoutMs',
      where: 'call',
      takes: 'ms',
      kind: 'total',
      phases: allPhases,
      none: [0],
      source: 'run, 2.2.0: silent server 305 ms, hanging connect 521 ms',
    },
    {
      option: 'signal',
      where: 'call',
      takes: 'signal',
      kind: 'total',
      phases: allPhases,
      source: '@connectrpc/connect/dist/esm/call-options.d.ts; run in the proofs',
    },
    {
      option: 'defaultTimeoutMs',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: allPhases,
      misread: [0],
      fix: 1,
      source: '@connectrpc/connect-node/dist/esm/connect-transport.d.ts; run in the proofs',
    },
  ],
  limits,
};

export const connect: Library = {
  name: '@connectrpc/connect',
  packages: ['@connectrpc/connect', '@connectrpc/connect-node'],
  family: 'rpc',
  verified: ['2.2.0'],
  exports: {
    createClient: { is: 'factory', type: 'Client', over: 1 },
    createConnectTransport: { is: 'factory', type: 'Transport', config: 0 },
    createGrpcTransport: { is: 'factory', type: 'Transport', config: 0 },
    createGrpcWebTransport: { is: 'factory', type: 'Transport', config: 0 },
  },
  clients: {
    Client: client,
    Transport: {
      types: ['Transport'],
      judged: 'construction',
      operations: [],
      bounds: client.bounds.filter((bound) => bound.where === 'construction'),
      limits,
      target: 'baseUrl',
    },
  },
  traps: ['Neither a client nor a transport has a limit of its own; `defaultTimeoutMs` stands at the transport.'],
};
