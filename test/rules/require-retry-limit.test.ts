import rule from '../../rules/require-retry-limit.js';
import { ruleTester } from '../support/rule-tester.js';

const sleep = `const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));`;

ruleTester(rule).run({
  valid: [
    {
      name: 'a counted loop',
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
      name: 'a counter that ends an endless loop',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  let attempt = 0;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (++attempt >= 5) throw error;
      await sleep(100);
    }
  }
}`,
    },
    {
      name: 'a limit that the caller gives',
      code: `${sleep}
export async function withRetry<T>(operation: () => Promise<T>, options: { retries: number }): Promise<T> {
  let attempt = 0;
  while (true) {
    try {
      return await operation();
    } catch (error) {
      if (attempt >= options.retries) throw error;
      attempt++;
      await sleep(100);
    }
  }
}`,
    },
    {
      name: 'a deadline',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  const deadline = Date.now() + 30_000;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}`,
    },
    {
      name: 'an endless reconnect at a pace that nobody minds',
      code: `${sleep}
export async function connect(client: { open(): Promise<void> }): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await client.open();
    } catch {
      await sleep(Math.random() * Math.min(30_000, 500 * 2 ** attempt));
    }
  }
}`,
    },
    {
      name: 'recursion that counts down',
      code: `export async function load(url: string, left = 3): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left <= 0) throw error;
    return load(url, left - 1);
  }
}`,
    },
    {
      name: 'the signal of the caller ends it',
      code: `${sleep}
export async function load(url: string, signal: AbortSignal): Promise<Response> {
  while (!signal.aborted) {
    try {
      return await fetch(url, { signal });
    } catch {
      await sleep(1000);
    }
  }
  throw new Error('aborted');
}`,
    },
    {
      name: 'p-retry with a few retries and a cap',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 5, maxTimeout: 10_000 });`,
    },
    {
      name: 'p-retry with a limit that is not known',
      code: `import pRetry from 'p-retry';
export const load = (url: string, retries: number) => pRetry(() => fetch(url), { retries });`,
    },
    {
      name: 'cockatiel with attempts',
      code: `import { handleAll, retry } from 'cockatiel';
export const policy = retry(handleAll, { maxAttempts: 3 });`,
    },
  ],
  invalid: [
    {
      name: 'an endless loop',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(error);
      await sleep(1000);
    }
  }
}`,
      errors: [{ messageId: 'unbounded', on: 'while (true) ' }],
    },
    {
      name: 'a test of the error is no limit',
      code: `${sleep}
declare function isTransient(error: unknown): boolean;
export async function load(url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (!isTransient(error)) throw error;
      await sleep(1000);
    }
  }
}`,
      errors: [{ messageId: 'unbounded', on: 'for (;;) ' }],
    },
    {
      name: 'a continue that skips the counter',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  let attempt = 0;
  while (attempt < 5) {
    let response: Response;
    try {
      response = await fetch(url);
    } catch (error) {
      console.warn(error);
      await sleep(1000);
      continue;
    }
    if (response.ok) return response;
    attempt++;
    await sleep(1000);
  }
  throw new Error('failed');
}`,
      errors: [{ messageId: 'unreachable', on: 'while (attempt < 5) ' }],
    },
    {
      name: 'recursion without a count',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    await sleep(2000);
    return load(url);
  }
}`,
      errors: [{ messageId: 'unbounded', on: 'load(url)' }],
    },
    {
      name: 'recursion that hands on the same count',
      code: `export async function load(url: string, left = 3): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left === 0) throw error;
    return load(url, left);
  }
}`,
      errors: [{ messageId: 'unbounded' }],
    },
    {
      name: 'a timer that connects again at once, for ever',
      code: `import { createConnection, type Socket } from 'node:net';
export function connect(port: number): Socket {
  const socket = createConnection(port);
  socket.on('close', () => {
    setTimeout(() => connect(port), 1000);
  });
  return socket;
}`,
      errors: [{ messageId: 'unbounded', on: 'connect(port)' }],
    },
    {
      name: 'p-retry for ever',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: Infinity });`,
      errors: [{ messageId: 'unbounded', on: 'Infinity' }],
      output: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3 });`,
    },
    {
      name: 'p-retry by default: ten retries, the last wait takes minutes',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url));`,
      errors: [{ messageId: 'uncapped', on: 'pRetry', message: '8.5 min' }],
      output: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { maxTimeout: 30_000 });`,
    },
    {
      name: 'waits that grow too long',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 9) throw error;
      await sleep(Math.random() * 1000 * 2 ** attempt);
    }
  }
  throw new Error('unreachable');
}`,
      errors: [{ messageId: 'uncapped', on: 'Math.random() * 1000 * 2 ** attempt' }],
      output: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 9) throw error;
      await sleep(Math.random() * Math.min(30_000, 1000 * 2 ** attempt));
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'cockatiel without a number of attempts',
      code: `import { handleAll, retry } from 'cockatiel';
export const endless = retry(handleAll, {});`,
      errors: [{ messageId: 'unbounded', on: 'retry' }],
      output: `import { handleAll, retry } from 'cockatiel';
export const endless = retry(handleAll, { maxAttempts: 3 });`,
    },
    {
      name: 'a limit of which nothing is known, in strict',
      code: `import pRetry from 'p-retry';
export const load = (url: string, retries: number) => pRetry(() => fetch(url), { retries, maxTimeout: 1000 });`,
      options: { reportUnknown: true },
      errors: [{ messageId: 'unknown' }],
    },
  ],
});
