import axios, { isAxiosError } from 'axios';
import { ExponentialBackoff, handleAll, handleType, handleWhen, retry } from 'cockatiel';
import pRetry, { AbortError } from 'p-retry';

const http = axios.create({ baseURL: 'https://billing.test', timeout: 2000 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const options = { retries: 3, randomize: true } as const;

class Unavailable extends Error {}

// unknown: no-indiscriminate-retry/everything
export const load = (id: string) => pRetry(() => http.get(`/${id}`), options);

// ok: no-indiscriminate-retry -- a fetch that is refused resolves
export const fetchOnly = (id: string) => pRetry(() => fetch(`https://billing.test/${id}`), options);

// unknown: no-indiscriminate-retry/everything (within 3)
export const fetchThrowing = (id: string) =>
  pRetry(async () => {
    const response = await fetch(`https://billing.test/${id}`);
    if (!response.ok) throw new Error(String(response.status));
    return response;
  }, options);

// ok: no-indiscriminate-retry -- what is final is said so
export const fetchFinal = (id: string) =>
  pRetry(async () => {
    const response = await fetch(`https://billing.test/${id}`);
    if (response.status >= 400 && response.status < 500) throw new AbortError(String(response.status));
    if (!response.ok) throw new Error(String(response.status));
    return response;
  }, options);

// ok: no-indiscriminate-retry -- a filter
export const filtered = (id: string) =>
  pRetry(() => http.get(`/${id}`), {
    ...options,
    shouldRetry: ({ error }) => isAxiosError(error) && error.response === undefined,
  });

// unknown: no-indiscriminate-retry/everything
export const all = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });

// ok: no-indiscriminate-retry -- one type
export const typed = retry(handleType(Unavailable), { maxAttempts: 3, backoff: new ExponentialBackoff() });

// ok: no-indiscriminate-retry -- a condition
export const conditional = retry(
  handleWhen((error) => isAxiosError(error) && error.response === undefined),
  { maxAttempts: 3, backoff: new ExponentialBackoff() },
);

export async function loop(id: string): Promise<unknown> {
  // unknown: no-indiscriminate-retry/everything
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await http.get(`/${id}`);
    } catch (error) {
      console.warn(error);
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }
  return null;
}

export async function discerning(id: string): Promise<unknown> {
  // ok: no-indiscriminate-retry -- a look at the status
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await http.get(`/${id}`);
    } catch (error) {
      if (isAxiosError(error) && error.response && error.response.status < 500) throw error;
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }
  return null;
}

export async function byStatus(id: string): Promise<Response | null> {
  // ok: no-indiscriminate-retry -- only 503
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(`https://billing.test/${id}`);
    if (response.status !== 503) return response;
    await pause(Math.random() * 100 * 2 ** attempt);
  }
  return null;
}

export async function aborted(id: string, signal: AbortSignal): Promise<unknown> {
  // unknown: no-indiscriminate-retry/retriesAbort
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await http.get(`/${id}`, { signal });
    } catch {
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }
  return null;
}

export async function abortable(id: string, signal: AbortSignal): Promise<unknown> {
  // ok: no-indiscriminate-retry -- an abort ends it
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await http.get(`/${id}`, { signal });
    } catch (error) {
      if (signal.aborted || !isAxiosError(error)) throw error;
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }
  return null;
}

export async function busy(id: string): Promise<Response | null> {
  // unknown: no-indiscriminate-retry/ignoresRetryAfter
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(`https://billing.test/${id}`);
    if (response.status === 429) {
      await pause(Math.random() * 100 * 2 ** attempt);
      continue;
    }
    return response;
  }
  return null;
}

export async function polite(id: string): Promise<Response | null> {
  // ok: no-indiscriminate-retry -- as long as the other side asks
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(`https://billing.test/${id}`);
    if (response.status === 429) {
      const seconds = Number(response.headers.get('Retry-After') ?? 2 ** attempt);
      await pause(seconds * 1000 + Math.random() * 500);
      continue;
    }
    return response;
  }
  return null;
}
