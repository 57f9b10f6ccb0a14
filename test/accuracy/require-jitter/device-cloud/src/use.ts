import asyncRetry from 'async-retry';
import axios from 'axios';
import axiosRetry from 'axios-retry';
import { backOff } from 'exponential-backoff';
import { Queue } from 'bullmq';
import { ExponentialBackoff, IterableBackoff, handleAll, noJitterGenerator, retry } from 'cockatiel';
import { Effect, Schedule } from 'effect';
import fetchRetry from 'fetch-retry';
import got from 'got';
import { Redis } from 'ioredis';
import ky from 'ky';
import { Kafka } from 'kafkajs';
import { Octokit } from '@octokit/rest';
import pRetry, { makeRetriable } from 'p-retry';
import * as rax from 'retry-axios';
import { operation } from 'retry';
import { defer, retry as again, retryWhen, mergeMap, throwError, timer } from 'rxjs';
import { Agent, RetryAgent, interceptors } from 'undici';
import { insist, insistLong, persist, stubborn, withRetry } from './with-retry.js';
import promiseRetry from 'promise-retry';

const load = async (): Promise<string> => (await fetch('https://devices.test')).text();

// ok: require-jitter -- the helper's fault, reported there
export const helped = () => withRetry(load);

// ok: require-jitter -- switched on here
export const helpedWell = () => withRetry(load, { retries: 5, jitter: true });

// expect: require-jitter/missing (within 1)
export const switchedOff = () => persist(load, { jitter: false });

// ok: require-jitter -- the helper's default
export const persisted = () => persist(load, { retries: 6 });

// expect: require-jitter/missing (within 1)
export const insistedOff = () => insist(load, { jitter: false, retries: 2 });

// ok: require-jitter -- the helper's default
export const insisted = () => insistLong(load);

// ok: require-jitter -- the helper's fault, reported there
export const stubbornly = () => stubborn(load, { attempts: 3 });

// expect: require-jitter/missing
export const plainRetry = () => pRetry(load, { retries: 3 });

// expect: require-jitter/missing
export const bare = () => pRetry(load);

// expect: require-jitter/missing
export const spelledOut = () => pRetry(load, { retries: 4, minTimeout: 200, factor: 3, randomize: false });

const shared = { retries: 4, randomize: true };

// ok: require-jitter -- options of a constant
export const sharedOptions = () => pRetry(load, shared);

// ok: require-jitter -- spread and added to
export const spreadOptions = () => pRetry(load, { ...shared, retries: 2 });

// expect: require-jitter/missing
export const made = makeRetriable(load, { retries: 3 });

// ok: require-jitter -- async-retry randomises by default
export const byDefault = () => asyncRetry(load, { retries: 4 });

// expect: require-jitter/missing
export const notRandom = () => asyncRetry(load, { retries: 4, randomize: false });

// expect: require-jitter/missing
export const promised = () => promiseRetry((next) => load().catch(next), { retries: 4 });

// expect: require-jitter/missing
export const operated = operation({ retries: 3, minTimeout: 100, maxTimeout: 2000 });

// expect: require-jitter/missing
export const backed = () => backOff(load, { numOfAttempts: 6, startingDelay: 200 });

// expect: require-jitter/missing
export const backedNone = () => backOff(load, { numOfAttempts: 6, jitter: 'none' });

// ok: require-jitter -- full
export const backedFull = () => backOff(load, { numOfAttempts: 6, jitter: 'full' });

// expect: require-jitter/missing
export const kied = () => ky('https://devices.test', { retry: 4 }).text();

// ok: require-jitter -- on
export const kiedWell = () => ky('https://devices.test', { retry: { limit: 4, jitter: true } }).text();

const client = ky.create({
  prefixUrl: 'https://devices.test',
  retry: { limit: 3, jitter: (delay) => delay * Math.random() },
});

// ok: require-jitter -- a function of the client
export const kiedByClient = () => client.get('a').text();

export const noisyGot = got.extend({
  timeout: { request: 2000 },
  retry: { limit: 3, calculateDelay: ({ computedValue }) => computedValue * (0.5 + Math.random()) },
});

export const http = axios.create({ timeout: 2000 });
axiosRetry(http, {
  retries: 3,
  // expect: require-jitter/missing
  retryDelay: (count) => 2 ** count * 1000,
});

export const linear = axios.create({ timeout: 2000 });
// expect: require-jitter/missing (within 1)
axiosRetry(linear, { retries: 3, retryDelay: axiosRetry.linearDelay(500) });

export const noisy = axios.create({ timeout: 2000 });
// ok: require-jitter -- has noise of its own
axiosRetry(noisy, { retries: 3, retryDelay: axiosRetry.exponentialDelay });

export const attached = axios.create({
  timeout: 2000,
  raxConfig: { retry: 3, backoffType: 'exponential', jitter: 'full' },
});
// ok: require-jitter -- full
rax.attach(attached);

export const fetching = fetchRetry(fetch, {
  retries: 4,
  // expect: require-jitter/missing
  retryDelay: (attempt) => Math.pow(2, attempt) * 500,
});

// expect: require-jitter/missing
export const agent = new RetryAgent(new Agent({ headersTimeout: 3000, bodyTimeout: 3000 }), { maxRetries: 3 });

export const composed = new Agent({ headersTimeout: 3000, bodyTimeout: 3000 }).compose(
  // expect: require-jitter/missing
  interceptors.retry({ maxRetries: 3, minTimeout: 200 }),
);

// ok: require-jitter -- decorrelated by default
export const policy = retry(handleAll, { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 100 }) });

export const quiet = retry(handleAll, {
  maxAttempts: 5,
  // expect: require-jitter/missing
  backoff: new ExponentialBackoff({ generator: noJitterGenerator }),
});

// expect: require-jitter/missing
export const listed = retry(handleAll, { maxAttempts: 3, backoff: new IterableBackoff([100, 500, 2000]) });

export const effect = Effect.tryPromise(load).pipe(
  // expect: require-jitter/missing
  Effect.retry({ times: 5, schedule: Schedule.exponential('100 millis') }),
);

const schedule = Schedule.exponential('100 millis').pipe(Schedule.jittered);

// ok: require-jitter -- a schedule of a constant
export const jittered = Effect.retry(Effect.tryPromise(load), { times: 5, schedule });

export const observed = defer(load).pipe(
  again({
    count: 5,
    // expect: require-jitter/missing
    delay: (_error, count) => timer(2 ** count * 100),
  }),
);

export const when = defer(load).pipe(
  retryWhen((errors) =>
    errors.pipe(
      mergeMap((error: unknown, index) =>
        // expect: require-jitter/missing
        index >= 4 ? throwError(() => error) : timer(2 ** index * 1000),
      ),
    ),
  ),
);

// expect: require-jitter/missing
export const cache = new Redis({ commandTimeout: 500, retryStrategy: (times) => Math.min(times * 50, 2000) });

// ok: require-jitter -- its own default (version 6)
export const cacheByDefault = new Redis({ commandTimeout: 500 });

// ok: require-jitter -- kafkajs has a factor
export const kafka = new Kafka({ brokers: ['k.test:9092'], retry: { retries: 8, initialRetryTime: 100 } });

// expect: require-jitter/missing (within 3)
export const flatKafka = new Kafka({
  brokers: ['k.test:9092'],
  retry: { retries: 8, initialRetryTime: 100, factor: 0 },
});

const queue = new Queue('devices');

export async function enqueue(id: string): Promise<void> {
  // expect: require-jitter/missing
  await queue.add('sync', { id }, { jobId: id, attempts: 5, backoff: { type: 'exponential', delay: 500 } });
  // ok: require-jitter -- on
  await queue.add(
    'sync',
    { id },
    { jobId: id, attempts: 5, backoff: { type: 'exponential', delay: 500, jitter: 0.5 } },
  );
}

/** Nothing of this is a retry. */
export async function issues(octokit: Octokit): Promise<number> {
  let count = 0;
  for (let page = 1; page < 10; page++) {
    const { data } = await octokit.rest.issues.listForRepo({ owner: 'a', repo: 'b', page });
    count += data.length;
    // ok: require-jitter -- pages, slower and slower
    await new Promise((resolve) => setTimeout(resolve, page * 100));
  }
  return count;
}
