import { allPhases, undiciLimits } from '../common.js';
import type { Bound, ClientType, Effect, Library } from '../schema.js';

const bounds: readonly Bound[] = [
  {
    option: 'timeout',
    where: 'construction',
    takes: 'ms',
    kind: 'attempt',
    phases: allPhases,
    none: [0],
    fix: 1,
    source: 'run, 8.2.0: silent server 307 ms, stalled body 303 ms, trickled body 302 ms with retryConfig.retries 0',
  },
];

const names: Readonly<Record<string, Effect>> = {
  list: 'read',
  info: 'read',
  history: 'read',
  replies: 'read',
  get: 'read',
  'get*': 'read',
  test: 'read',
  members: 'read',
  'lookup*': 'read',
  postMessage: 'non-idempotent-write',
  postEphemeral: 'non-idempotent-write',
  scheduleMessage: 'non-idempotent-write',
  create: 'non-idempotent-write',
  open: 'idempotent-write',
  update: 'idempotent-write',
  delete: 'idempotent-write',
  publish: 'idempotent-write',
  add: 'idempotent-write',
  remove: 'idempotent-write',
  join: 'idempotent-write',
  leave: 'idempotent-write',
  invite: 'idempotent-write',
  kick: 'idempotent-write',
  archive: 'idempotent-write',
  setTopic: 'idempotent-write',
  push: 'unknown',
  upload: 'non-idempotent-write',
};

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds,
  limits: undiciLimits,
  retry: {
    default: [
      {
        attempts: 11,
        delay: 'exponential',
        jitter: 'yes',
        source: 'run, 8.2.0: 10 retries over about 30 minutes, chat.postMessage too; first gaps 1.9, 2.0, 5.4 s',
      },
    ],
    options: {
      attempts: { option: 'retryConfig.retries', counts: 'retries' },
      delay: { option: 'retryConfig.minTimeout', unit: 'ms' },
      factor: 'retryConfig.factor',
      cap: { option: 'retryConfig.maxTimeout', unit: 'ms' },
      jitter: { option: 'retryConfig.randomize', on: [true] },
      forever: 'retryConfig.forever',
      off: 'retryConfig: { retries: 0 }',
    },
    where: 'construction',
  },
};

export const slack: Library = {
  name: '@slack/web-api',
  packages: ['@slack/web-api'],
  family: 'sdk',
  verified: ['8.2.0'],
  exports: { WebClient: { is: 'class', type: 'WebClient', config: 1 } },
  clients: {
    WebClient: {
      ...shared,
      types: ['WebClient', 'Methods'],
      operations: [
        { name: 'apiCall', effect: 'unknown', target: 0, payload: 1 },
        { name: 'paginate', effect: 'read', target: 0, payload: 1, starts: 'iterate' },
        { name: 'filesUploadV2', effect: 'non-idempotent-write', payload: 0, usualMs: 60_000 },
      ],
      members: { '*': 'Group' },
      target: 'slackApiUrl',
    },
    Group: {
      ...shared,
      types: [],
      operations: [{ name: '*', effect: { from: 'name', names, default: 'unknown' }, payload: 0 }],
      members: { '*': 'Group' },
    },
  },
  traps: [
    'There is no timeout by default, and no limit per call: it stands at the client.',
    'Every call is repeated up to 10 times within half an hour, `chat.postMessage` included.',
    'After a 429 the whole queue pauses, unless `rejectRateLimitedCalls` is set.',
  ],
};
