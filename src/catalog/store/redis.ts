import { endless } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';
import { redisCommands } from './ioredis.js';

const bounds: readonly Bound[] = [
  {
    option: 'socket.socketTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'idle',
    phases: ['handshake', 'headers', 'body'],
    versions: '>=6',
    fix: 1,
    source: 'run, 6.3.1: connect to a server that never writes 1030 ms, a command without an answer 1032 ms',
  },
  {
    option: 'socket.socketTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'idle',
    phases: ['headers', 'body'],
    versions: '>=5 <6',
    fix: 1,
    source: 'run, 5.12.1: a command without an answer 1032 ms; during connect() it reconnects without end',
  },
  {
    option: 'socket.connectTimeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: ['connect'],
    source: 'run, 4.7.1, 5.12.1, 6.3.1: limits the TCP connect only; a server that never writes stayed pending',
  },
  {
    option: 'commandOptions.timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'no-effect',
    fault: 'wrongPhase',
    phases: ['headers'],
    versions: '>=6',
    source: 'run, 6.3.1: limits the time in the local queue only; once written, the command stayed pending',
  },
];

const client: ClientType = {
  types: ['RedisClientType', 'RedisClient'],
  judged: 'construction',
  operations: [{ name: '*', effect: { from: 'name', names: redisCommands, default: 'unknown' } }],
  local: [
    'on',
    'once',
    'off',
    'emit',
    'addListener',
    'removeListener',
    'removeAllListeners',
    'multi',
    'duplicate',
    'destroy',
    'unref',
    'ref',
    'withCommandOptions',
    'withTypeMapping',
  ],
  derives: [{ name: 'duplicate', type: 'RedisClientType', config: 0, inherits: true }],
  bounds,
  limits: [
    {
      phases: ['connect'],
      ms: 5000,
      source: '@redis/client/dist/lib/client/socket.js: connectTimeout 5000, then again',
    },
    endless('run, 4.7.1, 5.12.1, 6.3.1: connect() pending at 12 s, a command at 7.5 s', [
      'handshake',
      'headers',
      'body',
    ]),
  ],
  retry: {
    default: [
      {
        attempts: 'unbounded',
        delay: 'exponential',
        baseMs: 50,
        factor: 2,
        capMs: 2000,
        jitter: 'yes',
        source: '@redis/client/dist/lib/client/socket.js: min(2 ** n * 50, 2000) and up to 200 ms of noise, for ever',
      },
    ],
    options: {
      delay: { option: 'socket.reconnectStrategy', unit: 'ms' },
      delayFunction: 'socket.reconnectStrategy',
    },
    where: 'construction',
  },
  target: 'url',
};

export const redis: Library = {
  name: 'redis',
  packages: ['redis', '@redis/client'],
  family: 'store',
  verified: ['6.3.1', '5.12.1', '4.7.1'],
  exports: {
    createClient: { is: 'factory', type: 'RedisClientType', config: 0 },
    createCluster: { is: 'factory', type: 'RedisClusterType' },
    createClientPool: { is: 'factory', type: 'RedisClientPoolType', config: 0 },
  },
  clients: {
    RedisClientType: client,
    RedisClusterType: {
      ...client,
      types: ['RedisClusterType', 'RedisCluster'],
      local: [],
      derives: [],
      bounds: bounds.map((bound) => ({ ...bound, option: `defaults.${bound.option}` })),
    },
    RedisClientPoolType: { ...client, types: ['RedisClientPoolType', 'RedisClientPool'], local: [], derives: [] },
  },
  traps: [
    '`socket.connectTimeout` limits the TCP connect only.',
    '`commandOptions.timeout` and `withAbortSignal` limit the time in the local queue: a command that was written waits without end.',
    'Before 5 there is no limit for an answer at all.',
    'The default strategy reconnects for ever: `connect()` to a dead port never settles.',
  ],
};
