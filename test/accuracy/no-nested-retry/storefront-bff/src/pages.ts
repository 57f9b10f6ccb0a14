import { GetObjectCommand } from '@aws-sdk/client-s3';
import asyncRetry from 'async-retry';
import { ExponentialBackoff, handleAll, retry, wrap, circuitBreaker, ConsecutiveBreaker } from 'cockatiel';
import { backOff } from 'exponential-backoff';
import pRetry from 'p-retry';
import { fetch as undiciFetch } from 'undici';
import {
  Accounts,
  both,
  catalogue,
  dispatcher,
  files,
  filesOnce,
  model,
  plain,
  prices,
  pricesOnce,
  statusOf,
  stock,
  stripe,
  userOf,
} from './clients.js';
import { Resilient, Retry, withRetries } from './resilient.js';

const quick = { retries: 2, minTimeout: 50, randomize: true } as const;
const accounts = new Accounts();
const policy = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
const outer = wrap(policy, circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(5) }));

// expect: no-nested-retry/nested
export const product = (id: string) => pRetry(() => catalogue.get(`/products/${id}`), quick);

// ok: no-nested-retry -- this client does not retry
export const page = (id: string) => pRetry(() => plain.get(`/pages/${id}`), quick);

// expect: no-nested-retry/nested
export const price = (id: string) => withRetries(() => prices.get(`p/${id}`).json());

// ok: no-nested-retry -- switched off by the extended client
export const priceOnce = (id: string) => withRetries(() => pricesOnce.get(`p/${id}`).json());

// expect: no-nested-retry/nested
export const level = (id: string) => new Resilient().run(() => stock.get(`l/${id}`).json());

// ok: no-nested-retry -- switched off for this call
export const levelOnce = (id: string) =>
  new Resilient().run(() => stock.get(`l/${id}`, { retry: { limit: 0 } }).json());

// expect: no-nested-retry/nested (within 1)
export const summary = (text: string) =>
  backOff(() => model.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: text }] }), {
    numOfAttempts: 3,
    jitter: 'full',
  });

export const summaryOnce = (text: string) =>
  backOff(
    () =>
      // ok: no-nested-retry -- switched off for this call
      model.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: text }] }, { maxRetries: 0 }),
    { numOfAttempts: 3, jitter: 'full' },
  );

// expect: no-nested-retry/nested (within 1)
export const file = (key: string) =>
  asyncRetry(() => files.send(new GetObjectCommand({ Bucket: 'b', Key: key })), { retries: 2 });

// ok: no-nested-retry -- one attempt
export const fileOnce = (key: string) =>
  asyncRetry(() => filesOnce.send(new GetObjectCommand({ Bucket: 'b', Key: key })), { retries: 2 });

// ok: no-nested-retry -- the client's retries are off
export const customer = (id: string) => pRetry(() => stripe.customers.retrieve(id), quick);

// expect: no-nested-retry/nested
export const status = (id: string) => policy.execute(() => statusOf(id));

// expect: no-nested-retry/nested
export const guardedStatus = (id: string) => outer.execute(() => statusOf(id));

// expect: no-nested-retry/nested
export const account = (id: string) => pRetry(() => accounts.one(id), quick);

// ok: no-nested-retry -- that method does not retry
export const accountOnce = (id: string) => pRetry(() => accounts.once(id), quick);

// expect: no-nested-retry/nested
export const throughBoth = (id: string) => pRetry(() => both(id), quick);

export const sequence = (id: string) =>
  pRetry(async () => {
    // expect: no-nested-retry/nested
    const state = await statusOf(id);
    if (state !== 200) return null;
    // expect: no-nested-retry/nested
    return userOf(id);
  }, quick);

export async function shelf(ids: readonly string[]): Promise<unknown[]> {
  // ok: no-nested-retry -- a batch
  return Promise.all(ids.map((id) => withRetries(() => plain.get(`/shelf/${id}`))));
}

export async function search(text: string): Promise<unknown> {
  let attempt = 0;
  while (attempt < 3) {
    try {
      // expect: no-nested-retry/nested
      return await catalogue.get('/search', { params: { text } });
    } catch (error) {
      attempt++;
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
  return null;
}

export async function dispatched(id: string): Promise<unknown> {
  // expect: no-nested-retry/nested
  return pRetry(() => undiciFetch(`https://d.test/${id}`, { dispatcher }), quick);
}

export class Recommendations {
  @Retry({ attempts: 3 })
  async forUser(id: string): Promise<unknown> {
    // expect: no-nested-retry/nested
    return pRetry(() => plain.get(`/recommendations/${id}`), quick);
  }

  @Retry()
  async popular(): Promise<unknown> {
    // ok: no-nested-retry -- one layer
    const response = await plain.get('/popular');
    return response.data as unknown;
  }

  @Retry()
  async similar(id: string): Promise<unknown> {
    // expect: no-nested-retry/nested
    return withRetries(() => plain.get(`/similar/${id}`));
  }
}

export async function fallback(id: string): Promise<unknown> {
  try {
    // ok: no-nested-retry -- one after the other
    return await withRetries(() => plain.get(`/a/${id}`));
  } catch {
    // ok: no-nested-retry -- one after the other
    return withRetries(() => plain.get(`/b/${id}`));
  }
}

export const withCallback = (id: string) =>
  pRetry(() => plain.get(`/c/${id}`), {
    ...quick,
    onFailedAttempt: async () => {
      // ok: no-nested-retry -- what is said about a failure
      await withRetries(() => plain.put('/failures', { id }));
    },
  });

export async function pagesOf(id: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let number = 1; ; number++) {
    // ok: no-nested-retry -- pages
    const { data } = await withRetries(() => plain.get<unknown[]>(`/list/${id}?page=${number}`));
    if (data.length === 0) return all;
    all.push(...data);
  }
}

export async function settled(id: string, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    // ok: no-nested-retry -- a poll
    const { data } = await catalogue.get<{ state: string }>(`/jobs/${id}`);
    if (data.state === 'done') return true;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return false;
}

async function chunk(ids: readonly string[]): Promise<unknown> {
  return catalogue.post('/bulk', { ids }, { headers: { 'idempotency-key': ids.join() } });
}

export const many = (ids: readonly string[]) =>
  // expect: no-nested-retry/nested
  withRetries(() => chunk(ids));
