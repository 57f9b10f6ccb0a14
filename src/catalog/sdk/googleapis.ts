import { allPhases, endless } from '../common.js';
import type { ClientType, Effect, Library } from '../schema.js';
import { gaxios, gaxiosBounds } from '../http/gaxios.js';

/** Methods of the APIs; the rest is unknown. */
const names: Readonly<Record<string, Effect>> = {
  'get*': 'read',
  'list*': 'read',
  'batchGet*': 'read',
  'search*': 'read',
  'query*': 'read',
  export: 'read',
  'generate*': 'read',
  'insert*': 'non-idempotent-write',
  'create*': 'non-idempotent-write',
  'append*': 'non-idempotent-write',
  'send*': 'non-idempotent-write',
  'import*': 'non-idempotent-write',
  'copy*': 'non-idempotent-write',
  quickAdd: 'non-idempotent-write',
  'publish*': 'non-idempotent-write',
  'update*': 'idempotent-write',
  'delete*': 'idempotent-write',
  'batchDelete*': 'idempotent-write',
  'clear*': 'idempotent-write',
  'modify*': 'idempotent-write',
  'trash*': 'idempotent-write',
  'untrash*': 'idempotent-write',
  'set*': 'idempotent-write',
  stop: 'idempotent-write',
  'batchUpdate*': 'unknown',
  'patch*': 'unknown',
};

const gaxiosClient = gaxios.clients?.['Gaxios'];

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  options: 1,
  bounds: gaxiosBounds.map((bound) => ({
    ...bound,
    source:
      bound.option === 'timeout'
        ? 'run, googleapis 188.0.0 and @googleapis/drive 22.0.0: silent server 1509 ms over 3 tries, stalled body too'
        : 'gaxios takes the options of the call; run in the proofs',
  })),
  limits: [endless('run, googleapis 188.0.0: still pending at 330 s; it sits on gaxios', allPhases)],
  retry: {
    default: [
      {
        attempts: 4,
        delay: 'exponential',
        jitter: 'none',
        methods: ['GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE'],
        source: 'run, googleapis 188.0.0: 4 attempts, gaps 106, 506, 1504 ms; POST 1 (googleapis-common: retry true)',
      },
    ],
    ...(gaxiosClient?.retry?.options && { options: gaxiosClient.retry.options }),
    where: 'both',
  },
};

/** Google's generated APIs: all of them in `googleapis`, one a package in `@googleapis/*`. Their requests are gaxios'. */
export const googleapis: Library = {
  name: 'googleapis',
  packages: ['googleapis', '@googleapis/*'],
  family: 'sdk',
  verified: ['188.0.0', '@googleapis/drive 22.0.0 (googleapis-common 8)'],
  exports: {
    google: { is: 'client', type: 'GoogleApis' },
    GoogleApis: { is: 'class', type: 'GoogleApis' },
    auth: { is: 'namespace', exports: {} },
    AuthPlus: { is: 'namespace', exports: {} },
    // `drive({ version: 'v3' })` of `@googleapis/drive`
    '*': { is: 'factory', type: 'Api', config: 0 },
  },
  clients: {
    GoogleApis: {
      types: ['GoogleApis'],
      judged: 'call',
      operations: [],
      derives: [{ name: '*', type: 'Api', config: 0 }],
      local: ['auth', 'options', 'addScope', 'getSupportedAPIs', 'discover', 'discoverAPI'],
      bounds: [],
      limits: [],
    },
    Api: { ...shared, types: [], operations: [], members: { '*': 'Resource' }, local: ['context'] },
    Resource: {
      ...shared,
      types: ['Resource$*'],
      operations: [{ name: '*', effect: { from: 'name', names, default: 'unknown' }, payload: 0 }],
      local: ['context'],
      members: { '*': 'Resource' },
    },
  },
  traps: [
    'Nothing ends a call by default, not even the 300 s of the built-in `fetch`.',
    'The parameters come first: options such as `timeout` and `signal` stand in the second argument.',
    'It repeats GET, PUT and DELETE three times, after 0.1, 0.5 and 1.5 s, without jitter; a timed-out attempt too.',
    '`google.options({ timeout })` sets a default for every API that is built from `google`.',
  ],
};
