import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import pRetry from 'p-retry';
import { lastValueFrom, retry as retryOperator, type Observable } from 'rxjs';

// expect: require-retry-limit/unbounded
export const endless = retry(handleAll, {}); // expect: require-backoff/none

// expect: require-retry-limit/unbounded
export const paced = retry(handleAll, { backoff: new ExponentialBackoff() });

// ok: require-retry-limit -- limited
export const limited = retry(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });

// expect: require-retry-limit/unbounded (within 3)
export const infinite = (url: string) =>
  pRetry(() => fetch(url), { retries: Number.POSITIVE_INFINITY, randomize: true });

// expect: require-retry-limit/uncapped
export const plain = (url: string) => pRetry(() => fetch(url), { randomize: true });

// ok: require-retry-limit -- five retries, the last wait is 16 s
export const few = (url: string) => pRetry(() => fetch(url), { retries: 5, randomize: true });

// ok: require-retry-limit -- capped
export const capped = (url: string) => pRetry(() => fetch(url), { randomize: true, maxTimeout: 20_000 });

// ok: require-retry-limit -- the environment says how often
export const configured = (url: string) =>
  pRetry(() => fetch(url), { retries: Number(process.env.RETRIES), randomize: true });

// ok: require-retry-limit -- a limit in time
export const timed = (url: string) =>
  pRetry(() => fetch(url), { retries: Infinity, maxRetryTime: 60_000, maxTimeout: 5000, randomize: true });

export const values = (source: Observable<number>): Promise<number> =>
  // expect: require-retry-limit/unbounded
  lastValueFrom(source.pipe(retryOperator())); // expect: require-backoff/none

export const someValues = (source: Observable<number>): Promise<number> =>
  // ok: require-retry-limit -- three
  lastValueFrom(source.pipe(retryOperator({ count: 3, delay: 100 }))); // expect: require-backoff/constant
