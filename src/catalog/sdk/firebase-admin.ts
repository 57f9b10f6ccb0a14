import { allPhases } from '../common.js';
import type { ClientType, Library, RetryBehaviour } from '../schema.js';

const behaviour: RetryBehaviour = {
  attempts: 5,
  delay: 'exponential',
  baseMs: 500,
  factor: 2,
  jitter: 'none',
  source: 'firebase-admin/lib/utils/api-request.js, 14.5.1: 4 retries on 503, ECONNRESET, ETIMEDOUT, every method',
};

const fixed = (types: readonly string[], operations: ClientType['operations'], ms: number): ClientType => ({
  types,
  judged: 'construction',
  operations,
  bounds: [],
  limits: [{ phases: allPhases, ms, source: 'firebase-admin/lib, 14.5.1: fixed for each service, no option' }],
  retry: { default: [behaviour], where: 'construction' },
});

export const firebaseAdmin: Library = {
  name: 'firebase-admin',
  packages: ['firebase-admin'],
  family: 'sdk',
  verified: ['14.5.1'],
  exports: {
    getMessaging: { is: 'factory', type: 'Messaging' },
    getAuth: { is: 'factory', type: 'Auth' },
  },
  clients: {
    Messaging: fixed(
      ['Messaging'],
      [{ name: ['send', 'sendEach', 'sendEachForMulticast'], effect: 'non-idempotent-write', payload: 0 }],
      15_000,
    ),
    Auth: fixed(
      ['Auth', 'BaseAuth'],
      [
        { name: ['getUser*', 'listUsers', 'verify*'], effect: 'read' },
        { name: 'createUser', effect: 'non-idempotent-write', payload: 0 },
        {
          name: ['updateUser', 'deleteUser*', 'setCustomUserClaims', 'revokeRefreshTokens'],
          effect: 'idempotent-write',
        },
      ],
      25_000,
    ),
  },
  traps: ['Limits and retries are fixed for each service; FCM `send` is repeated on 503 and on a reset.'],
};
