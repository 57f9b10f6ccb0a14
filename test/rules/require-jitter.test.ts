import rule from '../../rules/require-jitter.js';
import { ruleTester } from '../support/rule-tester.js';

const sleep = `const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));`;

/** A loop of five attempts that waits as `delay` says. */
const loop = (delay: string, before = ''): string => `${sleep}
export async function load(url: string): Promise<Response> {
  ${before}for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(error);
      await sleep(${delay});
    }
  }
  throw new Error('failed');
}`;

ruleTester(rule).run({
  valid: [
    { name: 'full jitter', code: loop('Math.random() * Math.min(30_000, 100 * 2 ** attempt)') },
    { name: 'equal jitter', code: loop('100 * 2 ** attempt * (0.5 + Math.random() / 2)') },
    { name: 'jitter beside the cap', code: loop('Math.min(800, 100 * 2 ** attempt) + Math.random() * 400') },
    {
      name: 'a cap that the attempts do not reach',
      code: loop('Math.min(60_000, 100 * 2 ** attempt + Math.random() * 1000)'),
    },
    { name: 'a constant wait is the business of require-backoff', code: loop('1000') },
    { name: 'no wait is the business of require-backoff', code: loop('0') },
    {
      name: 'jitter in a function of the project',
      code: `${sleep}
const jitter = (ms: number): number => ms / 2 + (Math.random() * ms) / 2;
const backoff = (attempt: number): number => jitter(Math.min(10_000, 100 * 2 ** attempt));
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      const delay = backoff(attempt);
      await sleep(delay);
    }
  }
  return null;
}`,
    },
    {
      name: 'jitter inside the helper that waits',
      code: `const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await pause(attempt);
    }
  }
  return null;
}`,
    },
    {
      name: 'jitter from node:crypto',
      code: `import { randomInt } from 'node:crypto';
${loop('100 * 2 ** attempt + randomInt(100 * 2 ** attempt)')}`,
    },
    {
      name: 'the only wait of two attempts',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 2) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
  throw new Error('unreachable');
}`,
    },
    {
      name: 'a delay of which nothing is known',
      code: `declare function delayFor(attempt: number): number;
${loop('delayFor(attempt)')}`,
    },
    {
      name: 'p-retry with randomize',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3, randomize: true });`,
    },
    {
      name: 'the exponential backoff of cockatiel has jitter',
      code: `import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
export const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });`,
    },
    {
      name: 'what ky does by default is a matter of strict',
      code: `import ky from 'ky';
export const load = (url: string) => ky.get(url).json();`,
    },
  ],
  invalid: [
    {
      name: 'waits that double',
      code: loop('100 * 2 ** attempt'),
      errors: [{ messageId: 'missing', on: '100 * 2 ** attempt', message: '(100, 200, 400, … ms)' }],
      output: loop('Math.random() * (100 * 2 ** attempt)'),
    },
    {
      name: 'capped waits that double',
      code: loop('Math.min(5000, 100 * Math.pow(2, attempt))'),
      errors: [{ messageId: 'missing' }],
      output: loop('Math.random() * Math.min(5000, 100 * Math.pow(2, attempt))'),
    },
    {
      name: 'a delay in a variable: the argument of the wait',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  let delay = 200;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (delay > 10_000) throw error;
      await sleep(delay);
      delay = Math.min(delay * 2, 20_000);
    }
  }
}`,
      errors: [{ messageId: 'missing', on: 'delay' }],
      output: `${sleep}
export async function load(url: string): Promise<Response> {
  let delay = 200;
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (delay > 10_000) throw error;
      await sleep(Math.random() * delay);
      delay = Math.min(delay * 2, 20_000);
    }
  }
}`,
    },
    {
      name: 'a table of waits',
      code: `${sleep}
const waits = [100, 500, 2000];
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(waits[attempt] ?? 5000);
    }
  }
  return null;
}`,
      errors: [{ messageId: 'missing', on: 'waits[attempt] ?? 5000' }],
      output: `${sleep}
const waits = [100, 500, 2000];
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(Math.random() * (waits[attempt] ?? 5000));
    }
  }
  return null;
}`,
    },
    {
      name: 'a function of the project that only doubles',
      code: `import { setTimeout as pause } from 'node:timers/promises';
const backoff = (attempt: number): number => Math.min(8000, 250 * 2 ** attempt);
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await pause(backoff(attempt));
    }
  }
  return null;
}`,
      errors: [{ messageId: 'missing', on: 'backoff(attempt)' }],
      output: `import { setTimeout as pause } from 'node:timers/promises';
const backoff = (attempt: number): number => Math.min(8000, 250 * 2 ** attempt);
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await pause(Math.random() * backoff(attempt));
    }
  }
  return null;
}`,
    },
    {
      name: 'jitter that the cap clips away',
      code: loop('Math.min(500, 100 * 2 ** attempt + Math.random() * 100)'),
      errors: [
        {
          messageId: 'clipped',
          on: 'Math.min(500, 100 * 2 ** attempt + Math.random() * 100)',
          suggestions: [
            {
              messageId: 'addJitter',
              output: loop('Math.random() * Math.min(500, 100 * 2 ** attempt + Math.random() * 100)'),
            },
          ],
        },
      ],
    },
    {
      name: 'linear growth',
      code: loop('1000 * (attempt + 1)'),
      errors: [{ messageId: 'missing' }],
      output: loop('Math.random() * (1000 * (attempt + 1))'),
    },
    {
      name: 'p-retry, by default',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3 });`,
      errors: [{ messageId: 'missing', on: 'pRetry' }],
      output: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3, randomize: true });`,
    },
    {
      name: 'p-retry without options',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url));`,
      errors: [{ messageId: 'missing', on: 'pRetry' }],
      output: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { randomize: true });`,
    },
    {
      name: 'ky with a number of retries',
      code: `import ky from 'ky';
export const load = (url: string) => ky.get(url, { retry: 4 }).json();`,
      errors: [{ messageId: 'missing', on: 'retry: 4' }],
      output: `import ky from 'ky';
export const load = (url: string) => ky.get(url, { retry: { limit: 4, jitter: true } }).json();`,
    },
    {
      name: 'ky with options, where the client is made',
      code: `import ky from 'ky';
export const api = ky.create({ prefixUrl: 'https://api.example.com', retry: { limit: 5, backoffLimit: 3000 } });`,
      errors: [{ messageId: 'missing', on: '3000' }],
      output: `import ky from 'ky';
export const api = ky.create({ prefixUrl: 'https://api.example.com', retry: { limit: 5, backoffLimit: 3000, jitter: true } });`,
    },
    {
      name: 'cockatiel with a generator without jitter',
      code: `import { ExponentialBackoff, handleAll, noJitterGenerator, retry } from 'cockatiel';
export const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff({ generator: noJitterGenerator, initialDelay: 100 }) });`,
      errors: [
        { messageId: 'missing', on: 'new ExponentialBackoff({ generator: noJitterGenerator, initialDelay: 100 })' },
      ],
    },
    {
      name: 'noise below a tenth, in strict',
      code: loop('1000 * 2 ** attempt + Math.random() * 50'),
      options: { weak: true },
      errors: [
        {
          messageId: 'weak',
          suggestions: [
            { messageId: 'addJitter', output: loop('Math.random() * (1000 * 2 ** attempt + Math.random() * 50)') },
          ],
        },
      ],
    },
    {
      name: 'a delay of which nothing is known, in strict',
      code: `declare function delayFor(attempt: number): number;
${loop('delayFor(attempt)')}`,
      options: { reportUnknown: true },
      errors: [{ messageId: 'unknown', on: 'delayFor(attempt)' }],
    },
    {
      name: 'fixes as suggestions, where the settings say so',
      code: loop('50 * 3 ** attempt'),
      settings: { fix: 'suggest' },
      errors: [
        {
          messageId: 'missing',
          suggestions: [{ messageId: 'addJitter', output: loop('Math.random() * (50 * 3 ** attempt)') }],
        },
      ],
    },
  ],
});
