import type { Bound, ClientType, Effect, Library, Operation } from '../schema.js';
import { pgBounds, pgLimits } from './pg.js';

/** Members of an update that count again when they are sent again. */
const counting: Readonly<Record<string, Effect>> = {
  increment: 'non-idempotent-write',
  decrement: 'non-idempotent-write',
  multiply: 'non-idempotent-write',
  divide: 'non-idempotent-write',
  push: 'non-idempotent-write',
  create: 'non-idempotent-write',
  createMany: 'non-idempotent-write',
};

const raw: readonly Operation[] = [
  {
    name: ['$queryRaw', '$queryRawUnsafe', '$executeRaw', '$executeRawUnsafe'],
    effect: { from: 'sql', default: 'unknown' },
    payload: 0,
    starts: 'await',
  },
];

const models: readonly Operation[] = [
  {
    name: [
      'findUnique',
      'findUniqueOrThrow',
      'findFirst',
      'findFirstOrThrow',
      'findMany',
      'count',
      'aggregate',
      'groupBy',
    ],
    effect: 'read',
    payload: 0,
    starts: 'await',
  },
  { name: 'create', effect: 'non-idempotent-write', payload: 0, starts: 'await' },
  {
    name: ['createMany', 'createManyAndReturn'],
    effect: 'non-idempotent-write',
    payload: 0,
    starts: 'await',
    // With a unique column the second run adds nothing.
    idempotencyKey: { in: 'payload', name: 'skipDuplicates' },
  },
  {
    name: ['update', 'updateMany', 'updateManyAndReturn'],
    effect: { from: 'update', option: 'data', names: counting, default: 'unknown' },
    payload: 0,
    starts: 'await',
  },
  {
    name: 'upsert',
    effect: { from: 'update', option: 'update', names: counting, default: 'idempotent-write' },
    payload: 0,
    starts: 'await',
  },
  { name: ['delete', 'deleteMany'], effect: 'idempotent-write', payload: 0, starts: 'await' },
];

const none = { judged: 'construction', bounds: [], limits: [] } as const;

const adapterBounds: readonly Bound[] = pgBounds.map((bound) => ({
  ...bound,
  where: 'construction',
  source: 'run, @prisma/adapter-pg 7.10.0: the options go to the Pool of pg',
}));

const adapter: ClientType = {
  types: ['@prisma/adapter-pg#PrismaPg'],
  judged: 'construction',
  operations: [],
  bounds: adapterBounds,
  limits: pgLimits,
  address: 'connectionString',
  target: 'host',
};

export const prisma: Library = {
  name: '@prisma/client',
  // The generator of 6 and older writes to node_modules/.prisma.
  packages: ['@prisma/client', '.prisma', '@prisma/adapter-pg'],
  family: 'store',
  verified: ['7.10.0 with @prisma/adapter-pg 7.10.0'],
  exports: {
    PrismaClient: { is: 'class', type: 'PrismaClient', config: 0 },
    // What the generated file of 7 makes its class with.
    getPrismaClient: { is: 'factory', type: 'PrismaClient' },
    PrismaPg: { is: 'class', type: 'PrismaPg', config: 0, over: 0 },
  },
  clients: {
    // Its limits are those of the adapter, or stand in the address of the schema, which is not visible here.
    PrismaClient: {
      ...none,
      // Its own name, that of the runtime, and that of a client with extensions.
      types: ['PrismaClient', 'Client', 'DynamicClientExtensionThis'],
      answers: ['PrismaPromise'],
      operations: [
        ...raw,
        { name: '$connect', effect: 'read', phases: ['connect', 'handshake'] },
        { name: '$transaction', effect: 'unknown' },
      ],
      local: ['$on', '$disconnect'],
      derives: [{ name: '$extends', type: 'PrismaClient', inherits: true }],
      members: { '*': 'Model' },
    },
    Model: { ...none, types: [], answers: ['PrismaPromise'], operations: models },
    PrismaPg: adapter,
  },
  traps: [
    'No option limits a query: from 7 on the limits are those of the adapter, `new PrismaPg({ connectionString, query_timeout, connectionTimeoutMillis })`.',
    'With the engine of 6 and older they stand in the address: `connect_timeout`, `pool_timeout` and `socket_timeout`, in **seconds**.',
    '`$transaction(work, { timeout })` limits interactive transactions, 5 s by default, and `maxWait`, 2 s, the wait for one.',
    'A query is lazy: it is sent on `await`.',
    '`update` with `{ increment: 1 }` counts again when it is repeated; `upsert` and `createMany({ skipDuplicates: true })` do not insert twice.',
  ],
};
