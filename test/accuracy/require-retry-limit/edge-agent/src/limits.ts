import asyncRetry from 'async-retry';
import axios from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';
import { backOff } from 'exponential-backoff';
import { ExponentialBackoff, handleAll, retry as policyOf } from 'cockatiel';
import { Effect, Schedule } from 'effect';
import fetchRetry from 'fetch-retry';
import got from 'got';
import { Redis } from 'ioredis';
import { Kafka } from 'kafkajs';
import ky from 'ky';
import pRetry from 'p-retry';
import promiseRetry from 'promise-retry';
import { operation } from 'retry';
import { defer, repeat, retry, timer } from 'rxjs';
import { retry as tsRetry } from 'ts-retry-promise';

const load = async (): Promise<string> => (await fetch('https://edge.test')).text();

// expect: require-retry-limit/unbounded
export const infinite = () => pRetry(load, { retries: Infinity, randomize: true, maxTimeout: 10_000 });

// expect: require-retry-limit/uncapped
export const long = () => pRetry(load, { retries: 10, randomize: true });

// expect: require-retry-limit/uncapped
export const longByDefault = () => pRetry(load);

// ok: require-retry-limit -- capped
export const capped = () => pRetry(load, { retries: 10, randomize: true, maxTimeout: 20_000 });

// ok: require-retry-limit -- 8 s at the most
export const few = () => pRetry(load, { retries: 3, randomize: true });

// expect: require-retry-limit/fatal
export const fatal = () => asyncRetry(load, { retries: Infinity });

// expect: require-retry-limit/unbounded
export const forEver = () => asyncRetry(load, { forever: true, maxTimeout: 5000 });

// expect: require-retry-limit/fatal
export const promiseFatal = () => promiseRetry((next) => load().catch(next), { retries: Number.POSITIVE_INFINITY });

// expect: require-retry-limit/unbounded
export const operated = operation({ forever: true, maxTimeout: 10_000, randomize: true });

// expect: require-retry-limit/unbounded
export const backed = () => backOff(load, { numOfAttempts: Number.POSITIVE_INFINITY, maxDelay: 5000, jitter: 'full' });

// expect: require-retry-limit/unbounded
export const tsInfinite = () => tsRetry(load, { retries: 'INFINITELY', timeout: 'INFINITELY' });

// expect: require-retry-limit/unbounded
export const policy = policyOf(handleAll, { backoff: new ExponentialBackoff() });

// ok: require-retry-limit -- five
export const limitedPolicy = policyOf(handleAll, { backoff: new ExponentialBackoff(), maxAttempts: 5 });

// expect: require-retry-limit/unbounded
export const stream = defer(load).pipe(retry());

// expect: require-retry-limit/unbounded
export const streamWithDelay = defer(load).pipe(retry({ delay: () => timer(Math.random() * 5000) }));

// ok: require-retry-limit -- three
export const streamWithCount = defer(load).pipe(
  retry({ count: 3, delay: (_, n) => timer(100 * 2 ** n * Math.random()) }),
);

// ok: require-retry-limit -- a poll
export const polled = defer(load).pipe(repeat({ delay: 5000 }));

// expect: require-retry-limit/unbounded
export const effect = Effect.retry(Effect.tryPromise(load), Schedule.exponential('100 millis').pipe(Schedule.jittered));

// ok: require-retry-limit -- three times
export const effectTimes = Effect.retry(Effect.tryPromise(load), {
  times: 3,
  schedule: Schedule.exponential('100 millis').pipe(Schedule.jittered),
});

export const http = axios.create({ timeout: 1000 });
// expect: require-retry-limit/unbounded
axiosRetry(http, { retries: Infinity, retryDelay: exponentialDelay });

// expect: require-retry-limit/unbounded
export const fetching = fetchRetry(fetch, { retryOn: () => true, retryDelay: (n) => Math.random() * 100 * 2 ** n });

// ok: require-retry-limit -- the function looks at the attempt
export const fetchingWell = fetchRetry(fetch, {
  retryOn: (attempt, error) => error !== null && attempt < 4,
  retryDelay: (n) => Math.random() * 100 * 2 ** n,
});

export const kied = () =>
  // expect: require-retry-limit/unbounded
  ky('https://edge.test', { retry: { limit: Infinity, backoffLimit: 5000, jitter: true } }).text();

export const gotten = () =>
  got('https://edge.test', {
    timeout: { request: 1000 },
    // ok: require-retry-limit -- five, and 16 s at the most
    retry: { limit: 5 },
  }).text();

// ok: require-retry-limit -- an endless reconnect, capped and with jitter
export const cache = new Redis({
  commandTimeout: 500,
  retryStrategy: (times) => Math.min(100 * 2 ** times, 5000) * Math.random(),
});

// ok: require-retry-limit -- ends
export const ending = new Redis({
  commandTimeout: 500,
  retryStrategy: (times) => (times > 5 ? null : 100 * 2 ** times * Math.random()),
});

// ok: require-retry-limit -- eight
export const kafka = new Kafka({ brokers: ['k.test:9092'], retry: { retries: 8 } });
