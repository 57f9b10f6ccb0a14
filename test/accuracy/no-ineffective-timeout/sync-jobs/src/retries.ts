import axios from 'axios';
import pRetry from 'p-retry';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function pull(url: string): Promise<unknown> {
  const signal = AbortSignal.timeout(5000);
  return pRetry(
    async () => {
      // expect: no-ineffective-timeout/sharedSignal
      const response = await fetch(url, { signal });
      return response.json() as Promise<unknown>;
    },
    { retries: 4, randomize: true },
  );
}

export async function pullFresh(url: string): Promise<unknown> {
  return pRetry(
    async () => {
      const signal = AbortSignal.timeout(5000);
      // ok: no-ineffective-timeout -- a new signal for each attempt
      const response = await fetch(url, { signal });
      return response.json() as Promise<unknown>;
    },
    { retries: 4, randomize: true },
  );
}

export async function push(url: string, body: string): Promise<Response> {
  const limit = AbortSignal.timeout(3000);
  for (let attempt = 0; ; attempt += 1) {
    try {
      // expect: no-ineffective-timeout/sharedSignal
      return await fetch(url, { method: 'PUT', body, signal: limit });
    } catch (error) {
      if (attempt >= 3) throw error;
      await sleep(Math.random() * 200 * 2 ** attempt);
    }
  }
}

export async function pushWithBudget(url: string, body: string): Promise<Response> {
  const budget = AbortSignal.timeout(20_000);
  for (let attempt = 0; ; attempt += 1) {
    try {
      // ok: no-ineffective-timeout -- a total, and a limit of each attempt
      return await fetch(url, { method: 'PUT', body, signal: AbortSignal.any([budget, AbortSignal.timeout(3000)]) });
    } catch (error) {
      if (attempt >= 3 || budget.aborted) throw error;
      await sleep(Math.random() * 200 * 2 ** attempt);
    }
  }
}

export class Mirror {
  private readonly limit = AbortSignal.timeout(10_000);
  private readonly http = axios.create({
    baseURL: 'https://mirror.test',
    // expect: no-ineffective-timeout/sharedSignal
    signal: AbortSignal.timeout(5000),
  });

  async read(path: string): Promise<unknown> {
    // expect: no-ineffective-timeout/sharedSignal
    const response = await fetch(`https://mirror.test/${path}`, { signal: this.limit });
    return response.json();
  }

  async write(path: string, body: unknown): Promise<void> {
    // ok: require-timeout -- an attempt at the construction
    await this.http.put(path, body);
  }

  private get fresh(): AbortSignal {
    return AbortSignal.timeout(10_000);
  }

  async list(): Promise<unknown> {
    // ok: no-ineffective-timeout, require-timeout -- a getter makes a new one
    const response = await fetch('https://mirror.test', { signal: this.fresh });
    return response.json();
  }
}
