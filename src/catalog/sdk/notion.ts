import { undiciLimits, untilHeaders } from '../common.js';
import type { ClientType, Library } from '../schema.js';

const shared: Omit<ClientType, 'types' | 'operations'> = {
  judged: 'construction',
  bounds: [
    {
      option: 'timeoutMs',
      where: 'construction',
      takes: 'ms',
      kind: 'attempt',
      phases: untilHeaders,
      misread: [0],
      fix: 1,
      source: 'run, 5.26.0: silent server 303 ms; a stalled body stayed pending',
    },
  ],
  limits: [
    { phases: ['headers'], ms: 60_000, source: 'run, 5.26.0: 60.4 s' },
    ...undiciLimits
      .filter((limit) => limit.phases.includes('body'))
      .map((limit) => ({ ...limit, phases: ['body'] as const })),
  ],
};

export const notion: Library = {
  name: '@notionhq/client',
  packages: ['@notionhq/client'],
  family: 'sdk',
  verified: ['5.26.0'],
  exports: { Client: { is: 'class', type: 'Client', config: 0 } },
  clients: {
    Client: {
      ...shared,
      types: ['Client'],
      operations: [
        { name: 'request', effect: 'unknown', payload: 0 },
        { name: 'search', effect: 'read', payload: 0 },
      ],
      members: { '*': 'Group' },
      target: 'baseUrl',
    },
    Group: {
      ...shared,
      types: [],
      operations: [
        {
          name: '*',
          effect: {
            from: 'name',
            names: {
              retrieve: 'read',
              list: 'read',
              query: 'read',
              create: 'non-idempotent-write',
              append: 'non-idempotent-write',
              update: 'idempotent-write',
              delete: 'idempotent-write',
            },
            default: 'unknown',
          },
          payload: 0,
        },
      ],
      members: { '*': 'Group' },
    },
  },
  traps: ['The limit of 60 s is a race: the request itself goes on.', 'It ends with the headers.'],
};
