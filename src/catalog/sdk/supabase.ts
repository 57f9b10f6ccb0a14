import { allPhases, undiciLimits, untilHeaders } from '../common.js';
import type { Bound, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'abortSignal',
    where: 'chain',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    fix: 1,
    source: 'run, 2.119.0: silent server 308 ms, stalled body 302 ms; the promise resolves with { error }',
  },
  {
    option: 'db.timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: untilHeaders,
    none: [0],
    source: 'run, 2.119.0: silent server 312 ms; a stalled body stayed pending; for PostgREST only',
  },
];

export const supabase: Library = {
  name: '@supabase/supabase-js',
  packages: ['@supabase/supabase-js'],
  family: 'store',
  verified: ['2.119.0'],
  exports: { createClient: { is: 'factory', type: 'SupabaseClient', config: 2, target: 0 } },
  clients: {
    SupabaseClient: {
      types: ['SupabaseClient'],
      judged: 'call',
      operations: [{ name: 'rpc', effect: 'unknown', target: 0, payload: 1, starts: 'await', failure: 'status' }],
      derives: [{ name: 'from', type: 'Query', inherits: true }],
      bounds,
      fetch: 'global.fetch',
      limits: undiciLimits,
    },
    Query: {
      types: ['PostgrestQueryBuilder'],
      judged: 'call',
      operations: [
        { name: 'select', effect: 'read', starts: 'await', failure: 'status' },
        { name: 'insert', effect: 'non-idempotent-write', payload: 0, starts: 'await', failure: 'status' },
        { name: ['upsert', 'update', 'delete'], effect: 'idempotent-write', starts: 'await', failure: 'status' },
      ],
      bounds,
      fetch: 'global.fetch',
      limits: undiciLimits,
      retry: {
        default: [
          {
            attempts: 4,
            delay: 'exponential',
            baseMs: 1000,
            factor: 2,
            jitter: 'none',
            methods: ['GET', 'HEAD', 'OPTIONS'],
            source: 'run, 2.119.0: reads 4 attempts, waits 1006, 2002, 4003 ms; writes 1',
          },
        ],
        where: 'construction',
      },
    },
  },
  traps: [
    '`db.timeout` limits PostgREST only, and ends with the headers: auth, storage and functions have none.',
    'A query is lazy: it is sent on `await`.',
    'Failures resolve as `{ error }` unless `.throwOnError()`.',
    'Reads are repeated three times without jitter.',
  ],
};
