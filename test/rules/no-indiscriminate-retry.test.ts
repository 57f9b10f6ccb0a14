import rule from '../../rules/no-indiscriminate-retry.js';
import { ruleTester } from '../support/rule-tester.js';

const sleep = `const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));`;

ruleTester(rule).run({
  valid: [
    {
      name: 'a look at the failure',
      code: `import axios from 'axios';
${sleep}
export async function load(url: string): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.get(url);
    } catch (error) {
      if (axios.isAxiosError(error) && (error.response?.status ?? 500) < 500) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
  return null;
}`,
    },
    {
      name: 'fetch resolves when it is refused: only failures of the network are repeated',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 3 });`,
    },
    {
      name: 'a filter of the library',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export const load = (url: string) =>
  pRetry(() => axios.get(url), { retries: 3, shouldRetry: ({ error }) => !axios.isAxiosError(error) || error.response === undefined });`,
    },
    {
      name: 'an operation that says what is final',
      code: `import pRetry, { AbortError } from 'p-retry';
export const load = (url: string) =>
  pRetry(async () => {
    const response = await fetch(url);
    if (response.status === 404) throw new AbortError('not there');
    if (!response.ok) throw new Error('failed');
    return response;
  });`,
    },
    {
      name: 'cockatiel with a type of failure',
      code: `import { handleType, retry } from 'cockatiel';
class NetworkError extends Error {}
export const policy = retry(handleType(NetworkError), { maxAttempts: 3 });`,
    },
    {
      name: 'the wait that 429 asks for',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(url);
    if (response.status === 429) {
      await sleep(Number(response.headers.get('retry-after') ?? 1) * 1000);
      continue;
    }
    return response;
  }
  throw new Error('busy');
}`,
    },
  ],
  invalid: [
    {
      name: 'every failure',
      code: `import axios from 'axios';
${sleep}
export async function load(url: string): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.get(url);
    } catch {
      await sleep(100 * 2 ** attempt);
    }
  }
  return null;
}`,
      errors: [{ messageId: 'everything', on: 'for (let attempt = 0; attempt < 3; attempt++) ' }],
    },
    {
      name: 'every failure, by a library',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => axios.get(url), { retries: 3 });`,
      errors: [{ messageId: 'everything', on: 'pRetry' }],
    },
    {
      name: 'a status that is thrown whatever it is',
      code: `import pRetry from 'p-retry';
export const load = (url: string) =>
  pRetry(async () => {
    const response = await fetch(url);
    if (!response.ok) throw new Error('failed');
    return response;
  });`,
      errors: [{ messageId: 'everything' }],
    },
    {
      name: 'cockatiel with handleAll',
      code: `import { handleAll, retry } from 'cockatiel';
export const policy = retry(handleAll, { maxAttempts: 3 });`,
      errors: [{ messageId: 'everything', on: 'retry' }],
    },
    {
      name: 'an abort is repeated',
      code: `${sleep}
export async function load(url: string, signal: AbortSignal): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url, { signal });
    } catch (error) {
      console.warn(error);
      await sleep(100 * 2 ** attempt);
    }
  }
  return null;
}`,
      errors: [
        {
          messageId: 'retriesAbort',
          suggestions: [
            {
              messageId: 'rethrow',
              output: `${sleep}
export async function load(url: string, signal: AbortSignal): Promise<Response | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url, { signal });
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      console.warn(error);
      await sleep(100 * 2 ** attempt);
    }
  }
  return null;
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'Retry-After is not looked at',
      code: `${sleep}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(url);
    if (response.status === 429) {
      await sleep(100 * 2 ** attempt);
      continue;
    }
    return response;
  }
  throw new Error('busy');
}`,
      errors: [{ messageId: 'ignoresRetryAfter' }],
    },
  ],
});
