import rule from '../../rules/require-backoff.js';
import { ruleTester } from '../support/rule-tester.js';

const sleep = `const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));`;

ruleTester(rule).run({
  valid: [
    {
      name: 'waits that double',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 4) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'a delay that is multiplied on the way',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  let delay = 100;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (delay > 5000) throw error;
      await sleep(delay);
      delay *= 2;
    }
  }
}`,
    },
    {
      name: 'a table of waits that grows',
      code: `${sleep}
const waits = [100, 500, 2000];
export async function load(url: string): Promise<Response | null> {
  for (const wait of waits) {
    try {
      return await fetch(url);
    } catch {
      await sleep(wait);
    }
  }
  return null;
}`,
    },
    {
      name: 'a linear wait is weak, and a matter of strict',
      code: `${sleep}
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(attempt * 200);
    }
  }
  return null;
}`,
    },
    {
      name: 'one single further attempt',
      code: `export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 1) throw error;
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'pages: a failure ends the loop',
      code: `export async function all(url: string): Promise<unknown[]> {
  const items: unknown[] = [];
  let next: string | null = url;
  while (next) {
    const response: Response = await fetch(next);
    const page = (await response.json()) as { items: unknown[]; next: string | null };
    items.push(...page.items);
    next = page.next;
  }
  return items;
}`,
    },
    {
      name: 'a batch: a failed item is left out, and the next one is another',
      code: `export async function all(urls: string[]): Promise<Response[]> {
  const found: Response[] = [];
  for (const url of urls) {
    try {
      found.push(await fetch(url));
    } catch (error) {
      console.warn(error);
      continue;
    }
  }
  return found;
}`,
    },
    {
      name: 'failover to another host',
      code: `export async function first(hosts: string[]): Promise<Response> {
  for (const host of hosts) {
    try {
      return await fetch(\`https://\${host}/v1\`);
    } catch (error) {
      console.warn(host, error);
    }
  }
  throw new Error('no host answers');
}`,
    },
    {
      name: 'failover by an index',
      code: `export async function first(hosts: string[]): Promise<Response> {
  for (let index = 0; index < hosts.length; index++) {
    const host = hosts[index];
    try {
      return await fetch(\`https://\${host}/v1\`);
    } catch (error) {
      console.warn(host, error);
    }
  }
  throw new Error('no host answers');
}`,
    },
    {
      name: 'polling until done: errors end it',
      code: `${sleep}
export async function finished(url: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(url);
    const job = (await response.json()) as { status: string };
    if (job.status === 'done') return job;
    await sleep(1000);
  }
}`,
    },
    {
      name: 'polling with 202: the answer is there, and says that it is too early',
      code: `${sleep}
export async function report(url: string): Promise<Response> {
  while (true) {
    const response = await fetch(url);
    if (response.status === 202) {
      await sleep(500);
      continue;
    }
    return response;
  }
}`,
    },
    {
      name: 'a worker that goes on with the next message',
      code: `${sleep}
export async function work(url: string, state: { stopped: boolean }): Promise<void> {
  while (!state.stopped) {
    try {
      const response = await fetch(url);
      console.log(await response.text());
    } catch (error) {
      console.error(error);
    }
    await sleep(1000);
  }
}`,
    },
    {
      name: 'a token is refreshed, and the request sent once more',
      code: `declare function refresh(): Promise<void>;
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await fetch(url);
    if (response.status === 401) {
      await refresh();
      continue;
    }
    return response;
  }
  throw new Error('unauthorized');
}`,
    },
    {
      name: 'a name that is taken is changed',
      code: `declare function insert(name: string): Promise<string>;
export async function create(base: string): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await insert(attempt === 0 ? base : \`\${base}-\${attempt}\`);
    } catch (error) {
      if ((error as { code?: string }).code !== '23505') throw error;
    }
  }
  throw new Error('no free name');
}`,
    },
    {
      name: 'an optimistic lock',
      code: `declare function update(id: string): Promise<void>;
declare function isConflict(error: unknown): boolean;
export async function bump(id: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await update(id);
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}`,
    },
    {
      name: 'waiting until a service is up',
      code: `${sleep}
export async function waitForServer(url: string): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt++) {
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(1000);
    }
  }
  throw new Error('not up');
}`,
    },
    {
      name: 'a stream that is read to its end',
      code: `export async function read(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = '';
  while (true) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
}`,
    },
    {
      name: 'a button that tries again',
      code: `declare function showError(options: { onRetry: () => void }): void;
export async function load(url: string): Promise<void> {
  try {
    await fetch(url);
  } catch {
    showError({ onRetry: () => void load(url) });
  }
}`,
    },
    {
      name: 'recursion to the next page',
      code: `export async function all(url: string): Promise<unknown[]> {
  const response = await fetch(url);
  const page = (await response.json()) as { items: unknown[]; next: string | null };
  return page.next === null ? page.items : [...page.items, ...(await all(page.next))];
}`,
    },
    {
      name: 'recursion to a fallback',
      code: `export async function load(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    return load('https://fallback.example.com');
  }
}`,
    },
    {
      name: 'a file that is read again is no downstream',
      code: `import { readFile } from 'node:fs/promises';
export async function settings(path: string): Promise<string> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await readFile(path, 'utf8');
    } catch {
      continue;
    }
  }
  return '';
}`,
    },
    {
      name: 'p-retry doubles its waits by default',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3 });`,
    },
    {
      name: 'the wait that the other side asks for',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(url);
    if (response.status === 429) {
      await sleep(Number(response.headers.get('retry-after')) * 1000);
      continue;
    }
    return response;
  }
  throw new Error('busy');
}`,
    },
    {
      name: 'a wait that comes from elsewhere',
      code: `export async function load(url: string, backoff: { next(): Promise<void> }): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await backoff.next();
    }
  }
  throw new Error('failed');
}`,
    },
    {
      name: 'a call of a helper: its waits are judged inside it',
      code: `import { withRetry } from './retry.js';
export const load = (url: string) => withRetry(() => fetch(url));`,
      files: {
        'retry.ts': `export async function withRetry<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}`,
      },
    },
  ],
  invalid: [
    {
      name: 'no wait',
      code: `export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
  throw new Error('unreachable');
}`,
      errors: [{ messageId: 'none', on: 'for (let attempt = 0; attempt < 5; attempt++) ', message: '5 times' }],
      output: `export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(30_000, 1000 * 2 ** attempt)));
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'an empty handler',
      code: `export async function load(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(url);
    } catch {}
  }
  throw new Error('failed');
}`,
      errors: [{ messageId: 'none' }],
      output: `export async function load(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(30_000, 1000 * 2 ** (attempt - 1))));
    }
  }
  throw new Error('failed');
}`,
    },
    {
      name: 'a status that is not right leads to the next round',
      code: `export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(url);
    if (response.status === 503) {
      continue;
    }
    return response;
  }
  throw new Error('failed');
}`,
      errors: [{ messageId: 'none' }],
      output: `export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(url);
    if (response.status === 503) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(30_000, 1000 * 2 ** attempt)));
      continue;
    }
    return response;
  }
  throw new Error('failed');
}`,
    },
    {
      name: 'a constant wait',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(error);
      await sleep(500); // let it breathe
    }
  }
  throw new Error('failed');
}`,
      errors: [{ messageId: 'constant', on: '500', message: '500 ms' }],
      output: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(error);
      await sleep(Math.random() * Math.min(30_000, 500 * 2 ** attempt)); // let it breathe
    }
  }
  throw new Error('failed');
}`,
    },
    {
      name: 'random about a constant mean',
      code: `import { setTimeout as pause } from 'node:timers/promises';
export async function load(url: string): Promise<Response> {
  let attempt = 0;
  while (attempt < 5) {
    try {
      return await fetch(url);
    } catch {
      attempt += 1;
      await pause(500 + Math.random() * 500);
    }
  }
  throw new Error('failed');
}`,
      errors: [{ messageId: 'constant', on: '500 + Math.random() * 500' }],
      output: `import { setTimeout as pause } from 'node:timers/promises';
export async function load(url: string): Promise<Response> {
  let attempt = 0;
  while (attempt < 5) {
    try {
      return await fetch(url);
    } catch {
      attempt += 1;
      await pause(Math.random() * Math.min(30_000, 1000 * 2 ** (attempt - 1)));
    }
  }
  throw new Error('failed');
}`,
    },
    {
      name: 'a delay that has a name keeps it',
      code: `import { setTimeout as pause } from 'node:timers/promises';
export async function withRetry<T>(operation: () => Promise<T>, retries = 3, delayMs = 200): Promise<T> {
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === retries) throw error;
      await pause(delayMs);
    }
  }
  throw new Error('unreachable');
}`,
      errors: [{ messageId: 'constant', on: 'delayMs' }],
      output: `import { setTimeout as pause } from 'node:timers/promises';
export async function withRetry<T>(operation: () => Promise<T>, retries = 3, delayMs = 200): Promise<T> {
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === retries) throw error;
      await pause(Math.random() * Math.min(30_000, delayMs * 2 ** attempt));
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'recursion in a handler',
      code: `export async function load(url: string, retries = 3): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (retries === 0) throw error;
    return load(url, retries - 1);
  }
}`,
      errors: [{ messageId: 'none', on: 'load(url, retries - 1)' }],
    },
    {
      name: 'recursion in a chain, by a timer',
      code: `export function load(url: string, left = 5): Promise<Response> {
  return fetch(url).catch((error: unknown) => {
    if (left === 0) throw error;
    return new Promise<Response>((resolve) => setTimeout(() => resolve(load(url, left - 1)), 1000));
  });
}`,
      errors: [{ messageId: 'constant', on: '1000' }],
    },
    {
      name: 'a connection that is opened again by a timer',
      code: `import { createConnection, type Socket } from 'node:net';
export function connect(port: number): Socket {
  const socket = createConnection(port);
  socket.on('close', () => setTimeout(() => connect(port), 3000));
  return socket;
}`,
      errors: [{ messageId: 'constant', on: '3000' }],
    },
    {
      name: 'a reconnect by another method',
      code: `export class Feed {
  private stopped = false;

  constructor(private readonly url: string) {}

  async connect(): Promise<void> {
    try {
      await fetch(this.url);
    } catch (error) {
      console.warn(error);
      this.scheduleReconnect();
    }
  }

  private scheduleReconnect(): void {
    if (this.stopped) return;
    setTimeout(() => void this.connect(), 5000);
  }
}`,
      errors: [{ messageId: 'constant' }],
    },
    {
      name: 'cockatiel waits for nothing by default',
      code: `import { handleAll, retry } from 'cockatiel';
export const policy = retry(handleAll, { maxAttempts: 3 });`,
      errors: [{ messageId: 'none', on: 'retry' }],
    },
    {
      name: 'p-retry with a factor of one',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3, factor: 1, randomize: true });`,
      errors: [{ messageId: 'constant', on: '1' }],
      output: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3, factor: 2, randomize: true });`,
    },
    {
      name: 'a linear wait, in strict',
      code: `${sleep}
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(attempt * 100);
    }
  }
  return null;
}`,
      options: { weak: true },
      errors: [{ messageId: 'weak', on: 'attempt * 100' }],
      output: `${sleep}
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(Math.random() * Math.min(30_000, 100 * 2 ** (attempt - 1)));
    }
  }
  return null;
}`,
    },
    {
      name: 'one further attempt at once, in strict',
      code: `export async function load(url: string, again = true): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (!again) throw error;
    return load(url, false);
  }
}`,
      options: { single: true },
      errors: [{ messageId: 'single', on: 'load(url, false)' }],
    },
  ],
});
