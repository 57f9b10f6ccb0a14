import { settle } from './wait.js';

interface Job {
  readonly state: 'queued' | 'running' | 'done' | 'failed';
}

/** Polls until it is done: a failure is the caller's. */
export async function untilDone(url: string): Promise<Job> {
  for (let round = 0; round < 60; round++) {
    const response = await fetch(url);
    const job = (await response.json()) as Job;
    if (job.state === 'done' || job.state === 'failed') return job;
    // ok: require-backoff -- a poll
    await settle(1000);
  }
  throw new Error('took too long');
}

/** Polls, and a round that fails does not end it. */
export async function untilBuilt(url: string, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url);
      const { state } = (await response.json()) as Job;
      if (state === 'done') return true;
      if (state === 'failed') return false;
    } catch (error) {
      console.warn('status not known yet', error);
    }
    // ok: require-backoff -- a poll, whose rounds may fail
    await settle(2000);
  }
  return false;
}

export async function allPages(url: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const response: Response = await fetch(`${url}?cursor=${cursor}`);
    const page = (await response.json()) as { items: unknown[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
    // ok: require-backoff -- pages, politely
    await settle(100);
  }
  return items;
}

export async function inBatches(urls: readonly string[]): Promise<number> {
  let failed = 0;
  for (let start = 0; start < urls.length; start += 10) {
    const batch = urls.slice(start, start + 10);
    const results = await Promise.allSettled(batch.map((url) => fetch(url)));
    failed += results.filter((result) => result.status === 'rejected').length;
    // ok: require-backoff -- batches
    await settle(500);
  }
  return failed;
}

export async function eachOnItsOwn(urls: readonly string[]): Promise<void> {
  // ok: require-backoff -- the next turn is another one
  for (const url of urls) {
    try {
      await fetch(url, { method: 'DELETE' });
    } catch (error) {
      console.error(`${url} stays`, error);
    }
  }
}

export async function mirrors(path: string, hosts: readonly string[]): Promise<Response> {
  let failure: unknown;
  // ok: require-backoff -- another target each time
  for (const host of hosts) {
    try {
      return await fetch(`${host}/${path}`);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

export async function mirrorsByIndex(path: string, hosts: readonly string[]): Promise<Response> {
  // ok: require-backoff -- another target each time
  for (let i = 0; i < hosts.length; i++) {
    try {
      return await fetch(`${hosts[i]}/${path}`);
    } catch (error) {
      console.warn(`${hosts[i]} failed`, error);
    }
  }
  throw new Error('no mirror answered');
}

export async function withToken(url: string, token: () => Promise<string>): Promise<Response> {
  const send = async (): Promise<Response> => fetch(url, { headers: { authorization: `Bearer ${await token()}` } });
  let response = await send();
  if (response.status === 401) {
    // ok: require-backoff -- a token that had run out, once
    response = await send();
  }
  return response;
}

export class Worker {
  #stopped = false;

  constructor(
    private readonly take: () => Promise<string | undefined>,
    private readonly url: string,
  ) {}

  async run(): Promise<void> {
    // ok: require-backoff -- a worker that takes the next job
    while (!this.#stopped) {
      const job = await this.take();
      if (job === undefined) {
        await settle(1000);
        continue;
      }
      try {
        await fetch(this.url, { method: 'PUT', body: job });
      } catch (error) {
        console.error('job failed', error);
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}

export async function* lines(url: string): AsyncGenerator<string> {
  const response = await fetch(url);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  // ok: require-backoff -- a reader
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

export async function freeName(name: string): Promise<string> {
  // ok: require-backoff -- other input each time
  for (let suffix = 0; suffix < 20; suffix++) {
    const candidate = suffix === 0 ? name : `${name}-${suffix}`;
    const response = await fetch(`https://names.test/${candidate}`, { method: 'PUT' });
    if (response.status !== 409) return candidate;
  }
  throw new Error('no name is free');
}

export async function ready(url: string): Promise<void> {
  for (let round = 0; round < 30; round++) {
    try {
      const response = await fetch(`${url}/healthz`);
      if (response.ok) return;
    } catch {
      // it is not up yet
    }
    // ok: require-backoff -- waits for a service to come up
    await settle(1000);
  }
  throw new Error(`${url} is not up`);
}

export function every(url: string, signal: AbortSignal): void {
  const tick = async (): Promise<void> => {
    try {
      await fetch(url, { signal });
    } catch (error) {
      console.warn('heartbeat', error);
    }
    // ok: require-backoff -- a heartbeat: it goes on, failed or not
    if (!signal.aborted) setTimeout(() => void tick(), 10_000);
  };
  void tick();
}
