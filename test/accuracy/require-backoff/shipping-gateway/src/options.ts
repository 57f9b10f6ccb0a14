import asyncRetry from 'async-retry';
import axios from 'axios';
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from 'axios-retry';
import { backOff } from 'exponential-backoff';
import fetchRetry from 'fetch-retry';
import { Redis } from 'ioredis';
import { ofetch } from 'ofetch';
import pRetry from 'p-retry';
import promiseRetry from 'promise-retry';
import * as rax from 'retry-axios';
import retry from 'retry';
import { defer, retry as again, timer } from 'rxjs';
import { retry as tsRetry } from 'ts-retry-promise';
import { createClient } from 'redis';
import { ConstantBackoff, ExponentialBackoff, handleAll, retry as policyOf } from 'cockatiel';
import { Effect, Schedule } from 'effect';
import got from 'got';
import ky from 'ky';
import { Queue } from 'bullmq';
import { PgBoss } from 'pg-boss';

const load = async (): Promise<string> => {
  const response = await fetch('https://carriers.test');
  if (!response.ok) throw new Error('carriers');
  return response.text();
};

export const flat = axios.create({ timeout: 3000 });
// expect: require-backoff/none
axiosRetry(flat, { retries: 4 });

export const growing = axios.create({ timeout: 3000 });
// ok: require-backoff -- the library's own growth
axiosRetry(growing, { retries: 4, retryDelay: exponentialDelay, retryCondition: isNetworkOrIdempotentRequestError });

export const fixed = axios.create({ timeout: 3000 });
axiosRetry(fixed, {
  retries: 4,
  // expect: require-backoff/constant
  retryDelay: () => 1000,
});

export const counted = axios.create({ timeout: 3000 });
axiosRetry(counted, {
  retries: 3,
  // unknown: require-backoff/weak
  retryDelay: (retryCount) => retryCount * 1000,
});

export const hand = axios.create({ timeout: 3000 });
axiosRetry(hand, {
  retries: 5,
  // ok: require-backoff -- grows
  retryDelay: (retryCount) => 2 ** retryCount * 100 + Math.random() * 100,
});

export const attached = axios.create({ timeout: 3000 });
rax.attach(attached);
attached.defaults.raxConfig = {
  retry: 4,
  // expect: require-backoff/constant (within 1)
  backoffType: 'static',
  retryDelay: 500,
};

// expect: require-backoff/constant
export const patient = fetchRetry(fetch, { retries: 5, retryDelay: 800 });

export const doubling = fetchRetry(fetch, {
  retries: 5,
  // ok: require-backoff -- grows
  retryDelay: (attempt) => Math.pow(2, attempt) * 1000 * Math.random(),
});

// expect: require-backoff/constant
export const flatFactor = (): Promise<string> => pRetry(load, { retries: 5, factor: 1, randomize: true });

// ok: require-backoff -- doubles by default
export const byDefault = (): Promise<string> => pRetry(load, { retries: 5, randomize: true });

// expect: require-backoff/constant
export const asyncFlat = (): Promise<string> => asyncRetry(load, { retries: 4, factor: 1, minTimeout: 300 });

// expect: require-backoff/constant (within 3)
export const samePause = (): Promise<string> =>
  pRetry(load, {
    retries: 6,
    minTimeout: 2000,
    maxTimeout: 2000,
    randomize: true,
  });

// expect: require-backoff/constant
export const started = (): Promise<string> => backOff(load, { numOfAttempts: 5, timeMultiple: 1, jitter: 'full' });

// expect: require-backoff/constant
export const tsFixed = (): Promise<string> => tsRetry(load, { retries: 4, delay: 500 });

// ok: require-backoff -- exponential
export const tsGrowing = (): Promise<string> => tsRetry(load, { retries: 3, delay: 500, backoff: 'EXPONENTIAL' });

// ok: require-backoff -- promise-retry doubles
export const promised = (): Promise<string> =>
  promiseRetry({ retries: 3, randomize: true }, (next) => load().catch(next));

export function operated(done: (error: Error | null) => void): void {
  // expect: require-backoff/constant
  const operation = retry.operation({ retries: 5, factor: 1, minTimeout: 1000 });
  operation.attempt(() => {
    load().then(
      () => done(null),
      (error: Error) => {
        if (operation.retry(error)) return;
        done(operation.mainError());
      },
    );
  });
}

// expect: require-backoff/constant
export const stream = defer(load).pipe(again({ count: 4, delay: 1000 }));

// expect: require-backoff/none
export const tight = defer(load).pipe(again(4));

// ok: require-backoff -- a notifier that grows
export const notified = defer(load).pipe(again({ count: 4, delay: (_, n) => timer(200 * 2 ** n * Math.random()) }));

// expect: require-backoff/none
export const tightPolicy = policyOf(handleAll, { maxAttempts: 4 });

// expect: require-backoff/constant
export const flatPolicy = policyOf(handleAll, { maxAttempts: 4, backoff: new ConstantBackoff(500) });

// ok: require-backoff -- exponential
export const goodPolicy = policyOf(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });

// expect: require-backoff/none
export const effectTight = Effect.retry(Effect.tryPromise(load), { times: 4 });

export const effectFixed = Effect.tryPromise(load).pipe(
  // expect: require-backoff/constant
  Effect.retry({ times: 4, schedule: Schedule.spaced('1 second') }),
);

export const effectGrowing = Effect.tryPromise(load).pipe(
  // ok: require-backoff -- exponential
  Effect.retry({ times: 4, schedule: Schedule.exponential('100 millis').pipe(Schedule.jittered) }),
);

// expect: require-backoff/none
export const ofetched = (): Promise<unknown> => ofetch('https://carriers.test', { retry: 3, timeout: 1000 });

export const ofetchedFixed = (): Promise<unknown> =>
  // expect: require-backoff/constant
  ofetch('https://carriers.test', { retry: 3, retryDelay: 500, timeout: 1000 });

// ok: require-backoff -- ky doubles
export const kyed = (): Promise<string> => ky('https://carriers.test', { retry: { limit: 4, jitter: true } }).text();

export const kyFixed = (): Promise<string> =>
  // expect: require-backoff/constant
  ky('https://carriers.test', { retry: { limit: 4, delay: () => 1000 } }).text();

export const gotFixed = (): Promise<string> =>
  got('https://carriers.test', {
    timeout: { request: 2000 },
    retry: {
      limit: 4,
      // expect: require-backoff/constant
      calculateDelay: ({ computedValue }) => (computedValue === 0 ? 0 : 1000),
    },
  }).text();

// expect: require-backoff/constant
export const cache = new Redis({ commandTimeout: 500, retryStrategy: () => 3000 });

// ok: require-backoff -- grows with the times
export const growingCache = new Redis({
  commandTimeout: 500,
  retryStrategy: (times) => Math.min(2 ** times * 50, 10_000) * (0.5 + Math.random() / 2),
});

// expect: require-backoff/constant
export const store = createClient({ socket: { reconnectStrategy: 5000, socketTimeout: 2000 } });

// ok: require-backoff -- grows, and ends
export const endingStore = createClient({
  socket: {
    socketTimeout: 2000,
    reconnectStrategy: (retries) =>
      retries > 10 ? new Error('gone') : Math.min(2 ** retries * 50, 3000) + Math.random() * 2000,
  },
});

const queue = new Queue('labels');

export async function enqueue(id: string): Promise<void> {
  // expect: require-backoff/none
  await queue.add('print', { id }, { jobId: id, attempts: 5 });
  // expect: require-backoff/constant
  await queue.add('print', { id }, { jobId: id, attempts: 5, backoff: 1000 });
  // expect: require-backoff/constant
  await queue.add('print', { id }, { jobId: id, attempts: 5, backoff: { type: 'fixed', delay: 1000 } });
  // ok: require-backoff -- exponential
  await queue.add(
    'print',
    { id },
    { jobId: id, attempts: 5, backoff: { type: 'exponential', delay: 1000, jitter: 1 } },
  );
}

// expect: require-backoff/none (within 2)
export const defaulted = new Queue('mails', {
  connection: { host: 'redis.test' },
  defaultJobOptions: { attempts: 4 },
});

const boss = new PgBoss('postgres://db.test/jobs');

export async function enqueueInDatabase(id: string): Promise<void> {
  // expect: require-backoff/none
  await boss.send('print', { id }, { retryLimit: 5 });
  // expect: require-backoff/constant
  await boss.send('print', { id }, { retryLimit: 5, retryDelay: 30 });
  // ok: require-backoff -- exponential, with its own noise
  await boss.send('print', { id }, { retryLimit: 5, retryDelay: 5, retryBackoff: true });
}
