import { endless } from '../common.js';
import type { Bound, ClientType, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'extra.query_timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['headers', 'body'],
    none: [0],
    fix: 1,
    source: 'run, 1.1.1 over pg: the options of extra go to the driver',
  },
  {
    option: 'connectTimeoutMS',
    where: 'construction',
    takes: 'ms',
    kind: 'total',
    phases: ['connect', 'handshake'],
    none: [0],
    fix: 2,
    source: 'run, 1.1.1 over pg: a server that never writes 1004 ms',
  },
];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds,
  limits: [endless('run, 1.1.1 over pg: pending at 9 s', ['pool', 'connect', 'handshake', 'headers', 'body'])],
};

/** The operations of a repository; those of a manager take the entity first. `update`: where its values stand. */
const operations = (update: number): ClientType['operations'] => [
  {
    name: [
      ...[
        'find',
        'findBy',
        'findOne',
        'findOneBy',
        'findOneOrFail',
        'findOneByOrFail',
        'findAndCount',
        'findAndCountBy',
      ],
      ...['count', 'countBy', 'exists', 'existsBy', 'sum', 'average', 'minimum', 'maximum'],
    ],
    effect: 'read',
  },
  { name: 'insert', effect: 'non-idempotent-write' },
  { name: ['save', 'preload'], effect: 'unknown' },
  { name: 'update', effect: { from: 'update', default: 'unknown' }, payload: update },
  {
    name: ['delete', 'remove', 'softDelete', 'softRemove', 'restore', 'recover', 'upsert'],
    effect: 'idempotent-write',
  },
  { name: ['increment', 'decrement'], effect: 'non-idempotent-write' },
  { name: 'query', effect: { from: 'sql', default: 'unknown' }, payload: 0 },
];

export const typeorm: Library = {
  name: 'typeorm',
  packages: ['typeorm'],
  family: 'store',
  verified: ['1.1.1'],
  exports: { DataSource: { is: 'class', type: 'DataSource', config: 0 } },
  clients: {
    DataSource: {
      ...shared,
      types: ['DataSource'],
      operations: [
        { name: 'initialize', effect: 'read' },
        { name: 'query', effect: { from: 'sql', default: 'unknown' }, payload: 0 },
        { name: 'transaction', effect: 'unknown' },
      ],
      derives: [{ name: 'getRepository', type: 'Repository', target: 0, inherits: true }],
      members: { manager: 'EntityManager' },
    },
    Repository: { ...shared, types: ['Repository'], operations: operations(1) },
    EntityManager: {
      ...shared,
      types: ['EntityManager'],
      operations: [...operations(2), { name: 'transaction', effect: 'unknown' }],
      derives: [{ name: 'getRepository', type: 'Repository', target: 0, inherits: true }],
    },
    // What a query builder sends, by its type.
    SelectQueryBuilder: {
      ...shared,
      types: ['SelectQueryBuilder'],
      operations: [
        {
          name: [
            'getMany',
            'getOne',
            'getOneOrFail',
            'getRawMany',
            'getRawOne',
            'getRawAndEntities',
            'getManyAndCount',
            'getCount',
            'getExists',
          ],
          effect: 'read',
        },
        { name: 'stream', effect: 'read', stream: true },
      ],
    },
    InsertQueryBuilder: {
      ...shared,
      types: ['InsertQueryBuilder'],
      operations: [{ name: 'execute', effect: 'non-idempotent-write' }],
    },
    UpdateQueryBuilder: {
      ...shared,
      types: ['UpdateQueryBuilder'],
      operations: [{ name: 'execute', effect: 'unknown' }],
    },
    DeleteQueryBuilder: {
      ...shared,
      types: ['DeleteQueryBuilder', 'SoftDeleteQueryBuilder'],
      operations: [{ name: 'execute', effect: 'idempotent-write' }],
    },
  },
  traps: [
    'Its limits are those of the driver: `extra: { query_timeout, connectionTimeoutMillis }` for pg.',
    '`save` inserts or updates: repeated, it may insert twice.',
  ],
};
