import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import got from 'got';
import ky from 'ky';
import OpenAI from 'openai';
import pRetry from 'p-retry';
import { again } from './again.js';
import { loadPlainly, loadStubbornly } from './profiles.js';

const openai = new OpenAI({ timeout: 5000 });
const patient = new OpenAI({ timeout: 5000, maxRetries: 4 });
const single = new OpenAI({ timeout: 5000, maxRetries: 0 });
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
const options = { retries: 2, randomize: true } as const;

// expect: no-nested-retry/nested
export const twoFiles = (id: string) => pRetry(() => loadStubbornly(id), options);

// ok: no-nested-retry -- one layer
export const oneFile = (id: string) => pRetry(() => loadPlainly(id), options);

// expect: no-nested-retry/nested
export const twoLibraries = (url: string) => pRetry(() => policy.execute(() => fetch(url)), options);

// expect: no-nested-retry/nested
export const helperInLibrary = (url: string) => pRetry(() => again(() => fetch(url)), options);

// expect: no-nested-retry/nested
export const libraryInHelper = (url: string) => again(() => pRetry(() => fetch(url), options));

// expect: no-nested-retry/nested
export const statedInClient = (url: string) => again(() => ky.get(url, { retry: { limit: 2, jitter: true } }));

// unknown: no-nested-retry/implicitNested
export const byDefault = (url: string) => pRetry(() => ky.get(url), { retries: 1, minTimeout: 50, randomize: true });

// ok: no-nested-retry -- switched off
export const switchedOff = (url: string) => pRetry(() => ky.get(url, { retry: 0 }), options);

// ok: no-nested-retry -- switched off
export const gotOff = (url: string) =>
  pRetry(() => got(url, { timeout: { request: 1000 }, retry: { limit: 0 } }), options);

// ok: no-nested-retry -- ky repeats no POST
export const post = (url: string) => pRetry(() => ky.post(url, { headers: { 'idempotency-key': url } }), options);

// expect: no-nested-retry/nested
export const tooMany = (url: string) => pRetry(() => ky.get(url), { retries: 8, maxTimeout: 100, randomize: true });

// expect: no-nested-retry/nested
export const model = () => pRetry(() => patient.models.list(), { retries: 1, minTimeout: 50, randomize: true });

// unknown: no-nested-retry/implicitNested
export const modelByDefault = () => pRetry(() => openai.models.list(), { retries: 1, minTimeout: 50, randomize: true });

// ok: no-nested-retry -- the client does not retry
export const modelOnce = () => pRetry(() => single.models.list(), options);

export async function loopInLoop(url: string): Promise<Response | null> {
  for (let outer = 0; outer < 3; outer++) {
    try {
      // expect: no-nested-retry/nested
      return await again(() => fetch(url));
    } catch (error) {
      console.warn(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** outer));
    }
  }
  return null;
}

export async function beside(url: string): Promise<Response[]> {
  // ok: no-nested-retry -- one after the other
  const first = await again(() => fetch(url));
  // ok: no-nested-retry -- one after the other
  const second = await again(() => fetch(url));
  return [first, second];
}

export async function batch(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    // ok: no-nested-retry -- the loop is a batch
    await again(() => fetch(url));
  }
}

export async function polling(url: string): Promise<unknown> {
  for (;;) {
    // ok: no-nested-retry -- the loop polls
    const response = await again(() => fetch(url));
    const job = (await response.json()) as { state: string };
    if (job.state === 'done') return job;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

export async function inHandler(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: no-nested-retry -- a handler tells somebody else
      await again(() => fetch('https://alerts.test'));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
  return null;
}
