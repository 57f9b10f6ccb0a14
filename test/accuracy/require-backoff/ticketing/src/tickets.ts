import axios, { type AxiosRequestConfig } from 'axios';
import got from 'got';
import pg from 'pg';

const http = axios.create({ baseURL: 'https://tickets.test', timeout: 2000 });
const pool = new pg.Pool({ query_timeout: 2000, connectionTimeoutMillis: 1000 });

const MAX = 4;
const PAUSE_MS = 750;

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve();
    }, ms);
  });
}

/** An options object, with the defaults of the module. */
export async function request<T>(
  config: AxiosRequestConfig,
  options: { tries?: number; pause?: number } = {},
): Promise<T> {
  const { tries = MAX, pause = PAUSE_MS } = options;
  let last: unknown;
  for (let n = 1; n <= tries; n++) {
    try {
      const { data } = await http.request<T>(config);
      return data;
    } catch (error) {
      last = error;
      if (n < tries) {
        // expect: require-backoff/constant
        await later(pause);
      }
    }
  }
  throw last;
}

/** Attempts left in a field of the object. */
export class Poller {
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    void this.once();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async once(): Promise<void> {
    try {
      await http.put('/heartbeat');
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures > 10) throw error;
      const wait = Math.min(30_000, 500 * 2 ** this.failures) * (0.5 + Math.random() / 2);
      // ok: require-backoff, require-jitter -- grows with the failures, half of it random
      this.timer = setTimeout(() => void this.once(), wait);
    }
  }
}

/** A switch over the status. */
export async function bySwitch(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`https://tickets.test/${id}`);
    switch (response.status) {
      case 200:
        return response.json();
      case 502:
      case 503:
        // expect: require-backoff/constant
        await later(1000);
        continue;
      default:
        throw new Error(`status ${response.status}`);
    }
  }
  throw new Error('gave up');
}

/** A result object in place of exceptions. */
async function attempt(id: string): Promise<{ ok: true; value: unknown } | { ok: false; error: unknown }> {
  try {
    const { data } = await http.get<unknown>(`/tickets/${id}`);
    return { ok: true, value: data };
  } catch (error) {
    return { ok: false, error };
  }
}

export async function byResult(id: string): Promise<unknown> {
  for (let n = 0; n < 3; n++) {
    const result = await attempt(id);
    if (result.ok) return result.value;
    // expect: require-backoff/constant
    await later(400);
  }
  return undefined;
}

/** An error that is null at the end. */
export async function byError(sql: string): Promise<pg.QueryResult> {
  let error: Error | null = null;
  let attempts = 0;
  do {
    error = null;
    try {
      return await pool.query('SELECT 1 FROM tickets WHERE name = $1', [sql]);
    } catch (caught) {
      error = caught as Error;
      attempts++;
      // ok: require-backoff, require-jitter -- doubles, with noise
      await later(100 * 2 ** attempts + Math.floor(Math.random() * 100));
    }
  } while (error && attempts < 5);
  throw error;
}

/** A labelled loop. */
export async function labelled(ids: readonly string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  next: for (const id of ids) {
    for (let n = 0; n < 3; n++) {
      try {
        found.push(await got(`https://tickets.test/${id}`, { timeout: { request: 1000 }, retry: { limit: 0 } }).json());
        continue next;
      } catch (error) {
        console.warn(id, error);
        // expect: require-backoff/constant
        await later(250);
      }
    }
  }
  return found;
}

/** The wait is the caller's. */
export async function withWait(id: string, wait: (attempt: number) => Promise<void>): Promise<unknown> {
  for (let n = 0; n < 4; n++) {
    try {
      return await http.get(`/tickets/${id}`);
    } catch {
      // ok: require-backoff -- whatever the caller waits for
      await wait(n);
    }
  }
  return undefined;
}

/** Recursion by default arguments that double. */
export async function doubling(id: string, tries = 5, wait = 200): Promise<unknown> {
  try {
    return await http.get(`/tickets/${id}`);
  } catch (error) {
    if (tries <= 1) throw error;
    // ok: require-backoff -- doubled by the call
    // expect: require-jitter/missing
    await later(wait);
    return doubling(id, tries - 1, wait * 2);
  }
}

export async function same(id: string, tries = 5, wait = 200): Promise<unknown> {
  try {
    return await http.get(`/tickets/${id}`);
  } catch (error) {
    if (tries <= 1) throw error;
    // expect: require-backoff/constant
    await later(wait);
    return same(id, tries - 1, wait);
  }
}

export const chain = (id: string, n = 3): Promise<unknown> =>
  http.get(`/tickets/${id}`).catch((error: unknown) =>
    // expect: require-backoff/constant (within 1)
    n > 1 ? later(500).then(() => chain(id, n - 1)) : Promise.reject(error),
  );

/** An object of options that is made once. */
const POLICY = { attempts: 4, waitMs: (n: number) => 150 * n * n } as const;

export async function byPolicy(id: string): Promise<unknown> {
  for (let n = 1; n <= POLICY.attempts; n++) {
    try {
      return await http.get(`/tickets/${id}`);
    } catch {
      // ok: require-backoff -- grows by the square
      // expect: require-jitter/missing
      await later(POLICY.waitMs(n));
    }
  }
  return undefined;
}

/** Uploads, part by part: each round is another part. */
export async function upload(parts: readonly Uint8Array[]): Promise<void> {
  // ok: require-backoff -- another part each time
  for (const [index, part] of parts.entries()) {
    const response = await fetch(`https://files.test/parts/${index}`, { method: 'PUT', body: part.slice() });
    if (!response.ok) throw new Error(`part ${index}`);
  }
}

/** A long poll: as soon as one ends, the next begins. */
export async function longPoll(handle: (event: unknown) => void, signal: AbortSignal): Promise<void> {
  let since = 0;
  // ok: require-backoff -- the next answer, from another place
  while (!signal.aborted) {
    const { data } = await http.get<{ events: unknown[]; at: number }>('/events', { params: { since }, signal });
    data.events.forEach(handle);
    since = data.at;
  }
}

/** A drain: until the list is empty. */
export async function drain(take: () => Promise<string[]>): Promise<number> {
  let total = 0;
  // ok: require-backoff -- until nothing is left
  for (let batch = await take(); batch.length > 0; batch = await take()) {
    await http.post('/bulk', { batch });
    total += batch.length;
  }
  return total;
}

/** Two regions, one after the other. */
export async function failOver(path: string): Promise<unknown> {
  try {
    return await got(`https://eu.tickets.test/${path}`, { timeout: { request: 900 }, retry: { limit: 0 } }).json();
  } catch {
    // ok: require-backoff -- another target
    return got(`https://us.tickets.test/${path}`, { timeout: { request: 900 }, retry: { limit: 0 } }).json();
  }
}
