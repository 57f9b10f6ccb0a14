import { allPhases, undiciLimits } from '../common.js';
import type { Bound, ClientType, Library, Retry } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'request.signal',
    where: 'both',
    takes: 'signal',
    kind: 'total',
    phases: allPhases,
    fix: 1,
    source:
      'run, @octokit/rest 22.0.1: silent server 309 ms; during the body the call resolves with the part that is there',
  },
  {
    option: 'request.timeout',
    where: 'both',
    takes: 'ms',
    kind: 'no-effect',
    fault: 'ignored',
    phases: ['headers', 'body'],
    source: 'run, @octokit/request 10.0.16: still pending',
  },
];

/** The groups of methods that stand at the client itself too, as they did before `rest`. */
const scopes = Object.fromEntries(
  ['actions', 'activity', 'apps', 'checks', 'codeScanning', 'codespaces', 'dependabot', 'gists', 'git', 'issues']
    .concat(['licenses', 'markdown', 'meta', 'migrations', 'orgs', 'packages', 'projects', 'pulls', 'rateLimit'])
    .concat(['reactions', 'repos', 'search', 'secretScanning', 'teams', 'users'])
    .map((name) => [name, 'Scope']),
);

const client: ClientType = {
  types: ['Octokit'],
  judged: 'call',
  operations: [
    {
      name: 'request',
      effect: { from: 'http-method', option: 'method', default: 'unknown' },
      options: [0, 1],
      target: 0,
    },
    { name: 'graphql', effect: { from: 'graphql', default: 'unknown' }, options: 1, payload: 0 },
    { name: 'paginate', effect: 'read', options: 1, target: 0 },
  ],
  members: { rest: 'Rest', ...scopes },
  bounds,
  limits: undiciLimits,
  target: 'baseUrl',
  fetch: 'request.fetch',
};

/** `octokit.rest`: a group of methods for each area. */
const rest: ClientType = {
  types: ['@octokit/plugin-rest-endpoint-methods#RestEndpointMethods'],
  judged: 'call',
  operations: [],
  members: { '*': 'Scope' },
  bounds: [],
  limits: [],
};

const scope: ClientType = {
  ...client,
  types: [],
  operations: [
    {
      name: '*',
      effect: {
        from: 'name',
        names: {
          'get*': 'read',
          'list*': 'read',
          'check*': 'read',
          'create*': 'non-idempotent-write',
          'createOrUpdate*': 'idempotent-write',
          'add*': 'idempotent-write',
          'update*': 'idempotent-write',
          'set*': 'idempotent-write',
          'delete*': 'idempotent-write',
          'remove*': 'idempotent-write',
          merge: 'idempotent-write',
        },
        default: 'unknown',
      },
      options: 0,
    },
  ],
  members: {},
};

/** Octokit without plugins that retry. */
export const octokitRest: Library = {
  name: '@octokit/rest',
  packages: ['@octokit/rest', '@octokit/core', '@octokit/request'],
  family: 'sdk',
  verified: ['@octokit/rest 22.0.1', '@octokit/request 10.0.16'],
  exports: { Octokit: { is: 'class', type: 'Octokit', config: 0 } },
  clients: { Octokit: client, Rest: rest, Scope: scope },
  traps: [
    '`request: { timeout }` is ignored; `request: { signal }` works.',
    'A signal that fires during the body makes the call resolve with part of the answer.',
  ],
};

const retry: Retry = {
  default: [
    {
      attempts: 4,
      delay: 'exponential',
      jitter: 'none',
      source: 'run, octokit 5.0.5 (plugin-retry 8.1.1): 4 attempts, POST too, waits 1, 4, 9 s',
    },
  ],
  options: { attempts: { option: 'retry.retries', counts: 'retries' }, off: 'retry: { enabled: false }' },
  where: 'construction',
};

/** The whole of it, with the plugins for retries and throttling. */
export const octokit: Library = {
  name: 'octokit',
  packages: ['octokit'],
  family: 'sdk',
  verified: ['5.0.5'],
  exports: { Octokit: { is: 'class', type: 'Octokit', config: 0 } },
  clients: {
    // Here the groups of methods stand below `rest` only.
    Octokit: { ...client, members: { rest: 'Rest' }, retry },
    Rest: rest,
    Scope: { ...scope, retry },
  },
  traps: [
    'It repeats every method three times, POST too, after 1, 4 and 9 s without jitter.',
    'An abort counts as a failure and is repeated: `AbortSignal.timeout(300)` ended after 14.5 s.',
    '`request: { timeout }` is ignored.',
  ],
};
