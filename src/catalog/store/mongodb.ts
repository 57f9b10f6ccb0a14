import { endless } from '../common.js';
import type { Bound, Effect, EffectRule, Library, Operation } from '../schema.js';

/** The limits of every connection of the driver; mongoose hands the same options on. */
export const mongoBounds: readonly Bound[] = [
  {
    option: 'socketTimeoutMS',
    where: 'construction',
    takes: 'ms',
    kind: 'idle',
    phases: ['headers', 'body'],
    none: [0],
    fix: 1,
    source: 'run, 7.8.0: insert 1010 ms; find 2023 ms, since a read is sent twice',
  },
  {
    option: 'serverSelectionTimeoutMS',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['connect', 'handshake'],
    fix: 2,
    source: 'run, 7.8.0: a server that never writes 1005 ms',
  },
  {
    option: 'connectTimeoutMS',
    where: 'construction',
    takes: 'ms',
    kind: 'no-effect',
    fault: 'wrongPhase',
    phases: ['connect', 'handshake'],
    source: 'run, 7.8.0: it reconnects until the server selection ends',
  },
];

/** The operators of an update: those that count again when they are sent again, and those that do not. */
const operators: Readonly<Record<string, Effect>> = {
  $inc: 'non-idempotent-write',
  $mul: 'non-idempotent-write',
  $push: 'non-idempotent-write',
  $pop: 'non-idempotent-write',
  $bit: 'unknown',
  $set: 'idempotent-write',
  $setOnInsert: 'idempotent-write',
  $unset: 'idempotent-write',
  $addToSet: 'idempotent-write',
  $pull: 'idempotent-write',
  $pullAll: 'idempotent-write',
  $min: 'idempotent-write',
  $max: 'idempotent-write',
  $rename: 'idempotent-write',
  $currentDate: 'idempotent-write',
};

/** What an update of the driver or of mongoose does. */
export const mongoUpdate: EffectRule = { from: 'update', names: operators, default: 'unknown' };

const timeoutMs: Bound = {
  option: 'timeoutMS',
  where: 'both',
  takes: 'ms',
  kind: 'total',
  phases: ['headers', 'body'],
  versions: '<6.22 || >=7 <7.8',
  source: 'run, 7.7.0: client and call 1008 to 1039 ms',
};

const bounds: readonly Bound[] = [
  ...mongoBounds,
  timeoutMs,
  {
    ...timeoutMs,
    kind: 'no-effect',
    fault: 'wrongPhase',
    versions: '>=6.22 <7 || >=7.8',
    source: 'run, 7.8.0 and 6.22.0: still pending, with a warning of the driver (bisected: it worked in 7.7.0)',
  },
  {
    option: 'maxTimeMS',
    where: 'call',
    takes: 'ms',
    kind: 'server',
    phases: ['headers', 'body'],
    source: 'run, 7.8.0: still pending; the limit is kept by the server',
  },
];

const limits = [
  { phases: ['connect', 'handshake'], ms: 30_000, source: 'run, 7.8.0: 30.0 s (server selection)' },
  endless('run, 7.8.0: a command without an answer pending at 36 s', ['headers', 'body']),
] as const;

const signal: Bound = {
  option: 'signal',
  where: 'call',
  takes: 'signal',
  kind: 'total',
  phases: ['headers', 'body'],
  versions: '>=6.15',
  source: 'run, 7.8.0: 1010 ms',
};

const cursor: Omit<Operation, 'name' | 'options'> = {
  effect: 'read',
  payload: 0,
  starts: 'iterate',
  bounds: [...bounds, signal],
};

const shared = { judged: 'construction', bounds, limits } as const;

export const mongodb: Library = {
  name: 'mongodb',
  packages: ['mongodb'],
  family: 'store',
  verified: ['7.8.0', '7.7.0', '6.22.0'],
  exports: { MongoClient: { is: 'class', type: 'MongoClient', config: 1, target: 0 } },
  clients: {
    MongoClient: {
      ...shared,
      types: ['MongoClient'],
      operations: [
        { name: 'connect', effect: 'read', phases: ['connect', 'handshake'] },
        { name: 'withSession', effect: 'unknown' },
      ],
      derives: [{ name: 'db', type: 'Db', target: 0, inherits: true }],
    },
    Db: {
      ...shared,
      types: ['Db'],
      operations: [
        {
          name: 'command',
          effect: 'unknown',
          options: 1,
          payload: 0,
          bounds: bounds.filter((bound) => bound.option !== 'maxTimeMS'),
        },
        { name: ['dropDatabase', 'dropCollection', 'createCollection', 'createIndex'], effect: 'idempotent-write' },
      ],
      derives: [{ name: 'collection', type: 'Collection', target: 0, inherits: true }],
    },
    Collection: {
      ...shared,
      types: ['Collection'],
      operations: [
        { name: ['find', 'aggregate'], ...cursor, options: 1 },
        { name: ['findOne', 'countDocuments'], effect: 'read', options: 1, payload: 0, bounds: [...bounds, signal] },
        { name: 'distinct', effect: 'read', options: 2, payload: 1 },
        { name: 'estimatedDocumentCount', effect: 'read', options: 0 },
        { name: ['insertOne', 'insertMany', 'bulkWrite'], effect: 'non-idempotent-write', options: 1, payload: 0 },
        { name: ['updateOne', 'updateMany', 'findOneAndUpdate'], effect: mongoUpdate, options: 2, payload: 1 },
        { name: ['replaceOne', 'findOneAndReplace'], effect: 'idempotent-write', options: 2, payload: 1 },
        { name: ['deleteOne', 'deleteMany'], effect: 'idempotent-write', options: 1, payload: 0 },
        // The next one that fits is taken as well.
        { name: 'findOneAndDelete', effect: 'unknown', options: 1, payload: 0 },
        { name: ['createIndex', 'dropIndex'], effect: 'idempotent-write', options: 1 },
      ],
    },
    ClientSession: {
      types: ['ClientSession'],
      judged: 'call',
      operations: [
        {
          name: 'withTransaction',
          effect: 'unknown',
          reruns: {
            argument: 0,
            retry: {
              default: [
                {
                  attempts: 'unbounded',
                  delay: 'exponential',
                  jitter: 'yes',
                  source: 'mongodb/lib/sessions.js, 7.8.0: runs the function again for up to 120 s, waits 5 to 500 ms',
                },
              ],
            },
          },
        },
      ],
      bounds: [],
      limits: [],
    },
  },
  traps: [
    '`timeoutMS` works up to 7.7 (6.21) and does nothing from 7.8 (6.22) on; it still type-checks.',
    '`maxTimeMS` is kept by the server: a dead one never ends the call.',
    '`connectTimeoutMS` limits one try of many; `serverSelectionTimeoutMS` is what ends.',
    'A read is sent twice by default, so `socketTimeoutMS` counts twice.',
    '`withTransaction` runs its function again: what it does outside the transaction is repeated.',
  ],
};
