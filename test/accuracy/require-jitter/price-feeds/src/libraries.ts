import { ExponentialBackoff, fullJitterGenerator, handleAll, noJitterGenerator, retry } from 'cockatiel';
import got from 'got';
import ky from 'ky';
import pRetry from 'p-retry';
import { Agent, RetryAgent } from 'undici';

const shared = { retries: 3 };
const spread = { ...shared, randomize: true };

// expect: require-jitter/missing
export const byDefault = (url: string) => pRetry(() => fetch(url), { retries: 3 });

// expect: require-jitter/missing
export const byName = (url: string) => pRetry(() => fetch(url), shared);

// ok: require-jitter -- randomize, through a spread
export const bySpread = (url: string) => pRetry(() => fetch(url), spread);

// ok: require-jitter -- options of the caller
export const byCaller = (url: string, options: { retries: number; randomize?: boolean }) =>
  pRetry(() => fetch(url), options);

// expect: require-jitter/missing
export const falseNow = (url: string) => pRetry(() => fetch(url), { retries: 3, randomize: false });

// expect: require-jitter/missing
export const client = ky.create({ retry: 4 });

// ok: require-jitter -- jitter is on
export const jittered = ky.create({ retry: { limit: 4, jitter: true } });

// ok: require-jitter -- nobody asked for a retry
export const quiet = ky.create({ prefixUrl: 'https://prices.test' });

// ok: require-jitter -- no retry
export const none = ky.create({ retry: 0 });

// expect: require-jitter/missing
export const agent = new RetryAgent(new Agent({ headersTimeout: 1000, bodyTimeout: 1000 }), { maxRetries: 3 });

// unknown: require-jitter/weak
export const page = (url: string) => got(url, { timeout: { request: 1000 }, retry: { limit: 4 } }).json();

// ok: require-jitter -- decorrelated by default
export const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });

// ok: require-jitter -- full jitter
export const fullPolicy = retry(handleAll, {
  maxAttempts: 3,
  backoff: new ExponentialBackoff({ generator: fullJitterGenerator }),
});

// expect: require-jitter/missing (within 3)
export const stiff = retry(handleAll, {
  maxAttempts: 3,
  backoff: new ExponentialBackoff({ generator: noJitterGenerator }),
});
