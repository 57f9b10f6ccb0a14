import { setTimeout as hold } from 'node:timers/promises';
import asyncRetry from 'async-retry';
import axios, { AxiosError } from 'axios';
import axiosRetry, { exponentialDelay, isRetryableError } from 'axios-retry';
import { ExponentialBackoff, handleAll, handleResultType, handleWhen, retry } from 'cockatiel';
import { backOff } from 'exponential-backoff';
import fetchRetry from 'fetch-retry';
import got, { HTTPError } from 'got';
import ky from 'ky';
import pRetry, { AbortError } from 'p-retry';
import promiseRetry from 'promise-retry';
import { defer, retry as again, throwError, timer } from 'rxjs';

const http = axios.create({ baseURL: 'https://crm.test', timeout: 2000 });
const quick = { retries: 3, randomize: true } as const;

class RateLimited extends Error {
  constructor(readonly seconds: number) {
    super('rate limited');
  }
}

class Permanent extends Error {}

async function contact(id: string): Promise<unknown> {
  const response = await fetch(`https://crm.test/contacts/${id}`);
  if (!response.ok) throw new Error(`contact ${id}: ${response.status}`);
  return response.json();
}

async function deal(id: string): Promise<unknown> {
  const response = await fetch(`https://crm.test/deals/${id}`);
  if (response.status === 404 || response.status === 400) throw new Permanent(id);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

// unknown: no-indiscriminate-retry/everything
export const viaAsyncRetry = (id: string) => asyncRetry(() => http.get(`/${id}`), { retries: 3 });

export const bailing = (id: string) =>
  // ok: no-indiscriminate-retry -- what is final is said so
  asyncRetry(
    async (bail) => {
      const response = await fetch(`https://crm.test/${id}`);
      if (response.status === 403) {
        bail(new Error('forbidden'));
        return undefined;
      }
      if (!response.ok) throw new Error(String(response.status));
      return response.json() as Promise<unknown>;
    },
    { retries: 3 },
  );

// unknown: no-indiscriminate-retry/everything
export const through = (id: string) => pRetry(() => contact(id), quick);

// ok: no-indiscriminate-retry -- a filter on the type
export const filteredByType = (id: string) =>
  pRetry(() => deal(id), { ...quick, shouldRetry: ({ error }) => !(error instanceof Permanent) });

// unknown: no-indiscriminate-retry/everything
export const backed = (id: string) => backOff(() => http.get(`/${id}`), { numOfAttempts: 3, jitter: 'full' });

// ok: no-indiscriminate-retry -- a predicate
export const backedWell = (id: string) =>
  backOff(() => http.get(`/${id}`), {
    numOfAttempts: 3,
    jitter: 'full',
    retry: (error: unknown) => error instanceof AxiosError && (error.response?.status ?? 500) >= 500,
  });

// unknown: no-indiscriminate-retry/everything (within 1)
export const backedBadly = (id: string) =>
  backOff(() => http.get(`/${id}`), { numOfAttempts: 3, jitter: 'full', retry: () => true });

// unknown: no-indiscriminate-retry/everything (within 1)
export const promised = (id: string) =>
  promiseRetry((next) => http.get(`/${id}`).catch(next), { retries: 3, randomize: true });

export const promisedWell = (id: string) =>
  // ok: no-indiscriminate-retry -- only what may pass
  promiseRetry(
    (next) =>
      http.get(`/${id}`).catch((error: AxiosError) => {
        if (error.response?.status === 503) next(error);
        throw error;
      }),
    { retries: 3, randomize: true },
  );

export const everything = axios.create({ timeout: 1000 });
// unknown: no-indiscriminate-retry/everything (within 4)
axiosRetry(everything, {
  retries: 3,
  retryDelay: exponentialDelay,
  retryCondition: () => true,
});

export const some = axios.create({ timeout: 1000 });
// ok: no-indiscriminate-retry -- the library's own filter
axiosRetry(some, { retries: 3, retryDelay: exponentialDelay, retryCondition: isRetryableError });

export const byDefault = axios.create({ timeout: 1000 });
// ok: no-indiscriminate-retry -- the library's default
axiosRetry(byDefault, { retries: 3, retryDelay: exponentialDelay });

// unknown: no-indiscriminate-retry/everything (within 3)
export const eager = fetchRetry(fetch, {
  retries: 3,
  retryOn: [400, 404, 503],
});

// ok: no-indiscriminate-retry -- what may pass
export const choosy = fetchRetry(fetch, { retries: 3, retryOn: [429, 502, 503, 504] });

// ok: no-indiscriminate-retry -- the library's own list
export const kied = () => ky.get('https://crm.test', { retry: { limit: 3, jitter: true } });

// unknown: no-indiscriminate-retry/everything (within 1)
export const kiedBadly = () =>
  ky.get('https://crm.test', { retry: { limit: 3, jitter: true, statusCodes: [400, 404, 422, 500] } });

// ok: no-indiscriminate-retry -- the library's own list
export const gotten = () => got.get('https://crm.test', { timeout: { request: 1000 }, retry: { limit: 3 } });

// unknown: no-indiscriminate-retry/everything
export const all = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });

// ok: no-indiscriminate-retry -- a condition
export const gotErrors = retry(
  handleWhen((error) => !(error instanceof HTTPError) || error.response.statusCode >= 500),
  {
    maxAttempts: 3,
    backoff: new ExponentialBackoff(),
  },
);

// ok: no-indiscriminate-retry -- a condition on the result
export const results = retry(
  handleResultType(Response, (response) => response.status === 503),
  {
    maxAttempts: 3,
    backoff: new ExponentialBackoff(),
  },
);

// unknown: no-indiscriminate-retry/everything (within 3)
export const observed = defer(() => http.get('/')).pipe(
  again({ count: 3, delay: (_, n) => timer(Math.random() * 100 * 2 ** n) }),
);

export const observedWell = defer(() => http.get('/')).pipe(
  // ok: no-indiscriminate-retry -- what is final is thrown again
  again({
    count: 3,
    delay: (error: AxiosError, n) =>
      (error.response?.status ?? 500) < 500 ? throwError(() => error) : timer(Math.random() * 100 * 2 ** n),
  }),
);

export async function loopOverAll(id: string): Promise<unknown> {
  let tries = 0;
  // unknown: no-indiscriminate-retry/everything
  while (true) {
    try {
      return await contact(id);
    } catch (error) {
      if (++tries > 3) throw error;
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
}

export async function loopByKind(id: string): Promise<unknown> {
  let tries = 0;
  // ok: no-indiscriminate-retry -- what is final ends it
  while (true) {
    try {
      return await deal(id);
    } catch (error) {
      if (error instanceof Permanent || ++tries > 3) throw error;
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
}

const TRANSIENT = new Set(['ECONNRESET', 'ETIMEDOUT']);
const isTransient = (error: unknown): boolean => TRANSIENT.has((error as NodeJS.ErrnoException).code ?? '');

export async function loopByPredicate(id: string): Promise<unknown> {
  // ok: no-indiscriminate-retry -- a predicate of this file
  for (let tries = 0; ; tries++) {
    try {
      return await contact(id);
    } catch (error) {
      if (tries === 3 || !isTransient(error)) throw error;
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
}

export async function loopByStatus(id: string): Promise<Response> {
  // ok: no-indiscriminate-retry -- a client's fault is given back
  for (let tries = 0; tries < 4; tries++) {
    const response = await fetch(`https://crm.test/${id}`);
    if (response.ok || (response.status >= 400 && response.status < 500)) return response;
    await hold(Math.random() * 100 * 2 ** tries);
  }
  throw new Error('gave up');
}

export async function loopOverEveryStatus(id: string): Promise<Response> {
  // unknown: no-indiscriminate-retry/everything
  for (let tries = 0; tries < 4; tries++) {
    const response = await fetch(`https://crm.test/${id}`);
    if (response.ok) return response;
    await hold(Math.random() * 100 * 2 ** tries);
  }
  throw new Error('gave up');
}

export async function limitedAgain(id: string): Promise<unknown> {
  // unknown: no-indiscriminate-retry/ignoresRetryAfter
  for (let tries = 0; tries < 4; tries++) {
    const response = await fetch(`https://crm.test/${id}`);
    if (response.status !== 429 && response.status !== 503) return response;
    await hold(Math.random() * 1000 * 2 ** tries);
  }
  return undefined;
}

async function politely(id: string): Promise<Response> {
  const response = await fetch(`https://crm.test/${id}`);
  if (response.status === 429) throw new RateLimited(Number(response.headers.get('retry-after') ?? 1));
  return response;
}

export async function limitedPolitely(id: string): Promise<Response> {
  // ok: no-indiscriminate-retry -- as long as it is asked to
  for (let tries = 0; ; tries++) {
    try {
      return await politely(id);
    } catch (error) {
      if (!(error instanceof RateLimited) || tries === 5) throw error;
      await hold(error.seconds * 1000);
    }
  }
}

export async function ownTimeout(id: string): Promise<unknown> {
  const signal = AbortSignal.timeout(10_000);
  // unknown: no-indiscriminate-retry/retriesAbort
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await fetch(`https://crm.test/${id}`, { signal });
    } catch {
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
  return undefined;
}

export async function perAttempt(id: string): Promise<unknown> {
  // ok: no-indiscriminate-retry -- each attempt has its own limit
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await fetch(`https://crm.test/${id}`, { signal: AbortSignal.timeout(1000) });
    } catch {
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
  return undefined;
}

export async function endedByAbort(id: string, signal: AbortSignal): Promise<unknown> {
  // ok: no-indiscriminate-retry -- throwIfAborted ends it
  for (let tries = 0; tries < 5; tries++) {
    signal.throwIfAborted();
    try {
      return await fetch(`https://crm.test/${id}`, { signal });
    } catch {
      await hold(Math.random() * 100 * 2 ** tries);
    }
  }
  return undefined;
}

export async function endedByWait(id: string, signal: AbortSignal): Promise<unknown> {
  // ok: no-indiscriminate-retry -- the wait rejects
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await fetch(`https://crm.test/${id}`, { signal });
    } catch {
      await hold(Math.random() * 100 * 2 ** tries, undefined, { signal });
    }
  }
  return undefined;
}

export async function recursion(id: string, left = 3): Promise<unknown> {
  try {
    return await contact(id);
  } catch (error) {
    if (left === 0) throw error;
    await hold(Math.random() * 1000);
    // unknown: no-indiscriminate-retry/everything
    return recursion(id, left - 1);
  }
}

export async function choosyRecursion(id: string, left = 3): Promise<unknown> {
  try {
    const { data } = await http.get<unknown>(`/${id}`);
    return data;
  } catch (error) {
    const status = axios.isAxiosError(error) ? error.response?.status : undefined;
    if (left > 0 && (status === undefined || status >= 500)) {
      await hold(Math.random() * 1000);
      // ok: no-indiscriminate-retry -- only what may pass
      return choosyRecursion(id, left - 1);
    }
    throw error;
  }
}

export const stopping = (id: string) =>
  // ok: no-indiscriminate-retry -- what is final is said so, in a function that it calls
  pRetry(async () => final(await fetch(`https://crm.test/${id}`)), quick);

function final(response: Response): Response {
  if (response.status >= 400 && response.status < 500) throw new AbortError(`${response.status}`);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}
