import { endless } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';
import { mongoBounds, mongoUpdate } from './mongodb.js';

const bounds: readonly Bound[] = [
  ...mongoBounds,
  {
    option: 'bufferTimeoutMS',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['pool'],
    untyped: 'construction',
    source: 'run, 9.12.1: a model used without a connection 10006 ms by default',
  },
  {
    option: 'maxTimeMS',
    where: 'chain',
    takes: 'ms',
    kind: 'server',
    phases: ['headers', 'body'],
    source: 'run, 9.12.1: still pending; the limit is kept by the server',
  },
];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds,
  limits: [
    { phases: ['connect', 'handshake'], ms: 30_000, source: 'the driver’s server selection' },
    endless('run, 9.12.1: pending at 9 s', ['headers', 'body']),
  ],
};

export const mongoose: Library = {
  name: 'mongoose',
  packages: ['mongoose'],
  family: 'store',
  verified: ['9.12.1 (mongodb 7.8)'],
  exports: {
    connect: { is: 'factory', type: 'Mongoose', config: 1, target: 0 },
    createConnection: { is: 'factory', type: 'Connection', config: 1, target: 0 },
  },
  clients: {
    Mongoose: {
      ...shared,
      types: ['Mongoose', 'mongoose'],
      operations: [],
      derives: [{ name: 'model', type: 'Model', inherits: true }],
    },
    Connection: {
      ...shared,
      types: ['Connection'],
      operations: [{ name: 'asPromise', effect: 'read', phases: ['connect', 'handshake'] }],
      derives: [{ name: 'model', type: 'Model', inherits: true }],
    },
    Model: {
      ...shared,
      types: ['Model'],
      operations: [
        {
          name: ['find', 'findOne', 'findById', 'countDocuments', 'distinct', 'exists', 'aggregate'],
          effect: 'read',
          payload: 0,
          starts: 'await',
        },
        { name: 'estimatedDocumentCount', effect: 'read', starts: 'await' },
        { name: ['create', 'insertMany', 'bulkWrite'], effect: 'non-idempotent-write', payload: 0 },
        {
          name: ['updateOne', 'updateMany', 'findOneAndUpdate', 'findByIdAndUpdate'],
          effect: mongoUpdate,
          payload: 1,
          starts: 'await',
        },
        {
          name: ['deleteOne', 'deleteMany', 'findByIdAndDelete', 'replaceOne', 'findOneAndReplace'],
          effect: 'idempotent-write',
          starts: 'await',
        },
        // The next one that fits is taken as well.
        { name: 'findOneAndDelete', effect: 'unknown', starts: 'await' },
      ],
    },
    // What a model makes, and what it finds: a new one is inserted, one that was found is updated.
    Document: {
      judged: 'construction',
      bounds: [],
      limits: [],
      types: ['Document'],
      operations: [
        { name: 'save', effect: 'unknown' },
        { name: 'updateOne', effect: { ...mongoUpdate }, payload: 0, starts: 'await' },
        { name: 'deleteOne', effect: 'idempotent-write', starts: 'await' },
      ],
    },
  },
  traps: [
    'A query is lazy: it is sent on `await`, `.exec()` or `.then()`; a second `await` throws.',
    '`.maxTimeMS()` is kept by the server.',
    '`timeoutMS` does nothing (mongodb 7.8).',
  ],
};
