/** What entries share: sets of phases, and the header that most services take a key in. */
import type { DefaultLimit, IdempotencyKey, Phase } from './schema.js';

/** Every phase after the wait for a pool. */
export const allPhases: readonly Phase[] = ['connect', 'handshake', 'headers', 'body'];

/** Every phase up to the headers. */
export const untilHeaders: readonly Phase[] = ['connect', 'handshake', 'headers'];

/** The answer, once there is a connection. */
export const answer: readonly Phase[] = ['headers', 'body'];

/** The header of the IETF's draft, which most services take. */
export const keyHeader: IdempotencyKey = { in: 'header', name: 'Idempotency-Key' };

/** Nothing ends these phases. */
export const endless = (source: string, phases: readonly Phase[] = allPhases): DefaultLimit => ({
  phases,
  ms: 'never',
  source,
});

/** What ends a call of everything that sits on undici, the platform's own `fetch` included, on Node. */
export const undiciLimits: readonly DefaultLimit[] = [
  { phases: ['connect', 'handshake'], ms: 10_000, source: 'undici connector; run: 10.2 s (7.30.2), 10.7 s (8.12.4)' },
  {
    phases: ['headers', 'body'],
    ms: 300_000,
    source: 'undici headersTimeout and bodyTimeout; run: ended at 301 s',
  },
];
