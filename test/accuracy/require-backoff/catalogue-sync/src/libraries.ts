import { ConstantBackoff, ExponentialBackoff, handleAll, retry } from 'cockatiel';
import got from 'got';
import { lastValueFrom, retry as retryOperator, timer, type Observable } from 'rxjs';
import pRetry from 'p-retry';
import superagent from 'superagent';

// expect: require-backoff/none
export const eager = retry(handleAll, { maxAttempts: 4 });

// expect: require-backoff/constant
export const steady = retry(handleAll, { maxAttempts: 4, backoff: new ConstantBackoff(250) });

// ok: require-backoff -- doubles
export const patient = retry(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });

// ok: require-backoff -- p-retry doubles by default
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3, randomize: true });

// expect: require-backoff/constant
export const flat = (url: string) => pRetry(() => fetch(url), { retries: 3, factor: 1, minTimeout: 500 });

// ok: require-backoff -- got doubles
export const page = (url: string) => got(url, { timeout: { request: 1000 }, retry: { limit: 4 } }).json();

// expect: require-backoff/none
export const quick = (url: string) => superagent.get(url).timeout(1000).retry(3);

export const values = (source: Observable<number>): Promise<number> =>
  // expect: require-backoff/none
  lastValueFrom(source.pipe(retryOperator(3)));

export const spaced = (source: Observable<number>): Promise<number> =>
  // expect: require-backoff/constant
  lastValueFrom(source.pipe(retryOperator({ count: 3, delay: 1000 })));

export const growingValues = (source: Observable<number>): Promise<number> =>
  // ok: require-backoff -- a notifier of its own
  lastValueFrom(
    source.pipe(retryOperator({ count: 3, delay: (_error, count) => timer(100 * 2 ** count * Math.random()) })),
  );
