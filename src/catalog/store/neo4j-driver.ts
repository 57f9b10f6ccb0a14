import { endless } from '../common.js';
import type { ClientType, Library, Operation } from '../schema.js';

const reruns: Operation['reruns'] = {
  argument: 0,
  retry: {
    default: [
      {
        attempts: 'unbounded',
        delay: 'exponential',
        baseMs: 1000,
        factor: 2,
        jitter: 'yes',
        source: 'neo4j-driver-core/lib/internal/transaction-executor.js: for up to 30 s, jitter a fifth',
      },
    ],
  },
};

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    {
      option: 'connectionAcquisitionTimeout',
      where: 'construction',
      takes: 'ms',
      kind: 'total',
      phases: ['pool', 'connect', 'handshake'],
      fix: 1,
      source: 'run, 6.3.0: a server that never writes 1008 ms',
    },
    {
      option: 'connectionTimeout',
      where: 'construction',
      takes: 'ms',
      kind: 'attempt',
      phases: ['connect'],
      source: 'run, 6.3.0: limits the TCP connect only; a server that never writes stayed pending',
    },
  ],
  limits: [
    { phases: ['pool', 'handshake'], ms: 60_000, source: 'run, 6.3.0: 60.0 s' },
    endless('neo4j-driver 6.3.0: a transaction timeout is kept by the server', ['headers', 'body']),
  ],
};

export const neo4j: Library = {
  name: 'neo4j-driver',
  packages: ['neo4j-driver'],
  family: 'store',
  verified: ['6.3.0'],
  exports: {
    driver: { is: 'factory', type: 'Driver', config: 2, target: 0 },
    default: { is: 'namespace', exports: { driver: { is: 'factory', type: 'Driver', config: 2, target: 0 } } },
  },
  clients: {
    Driver: {
      ...shared,
      types: ['Driver'],
      operations: [
        { name: ['verifyConnectivity', 'getServerInfo'], effect: 'read' },
        { name: 'executeQuery', effect: 'unknown', payload: 0 },
      ],
      derives: [{ name: 'session', type: 'Session', inherits: true }],
    },
    Session: {
      ...shared,
      types: ['Session'],
      operations: [
        { name: 'run', effect: 'unknown', payload: 0, starts: 'await' },
        { name: 'executeRead', effect: 'read', reruns },
        { name: 'executeWrite', effect: 'unknown', reruns },
      ],
    },
  },
  traps: [
    '`connectionTimeout` limits the TCP connect only.',
    '`executeRead`, `executeWrite` and `executeQuery` run the work again for up to 30 s: calls inside are repeated.',
  ],
};
