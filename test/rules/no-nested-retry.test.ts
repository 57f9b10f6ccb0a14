import rule from '../../rules/no-nested-retry.js';
import { ruleTester } from '../support/rule-tester.js';

const withRetry = `export async function withRetry<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
}`;

ruleTester(rule).run({
  valid: [
    {
      name: 'one retry',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url), { retries: 2 });`,
    },
    {
      name: 'two retries beside each other',
      code: `import pRetry from 'p-retry';
export async function load(url: string): Promise<Response[]> {
  const first = await pRetry(() => fetch(url), { retries: 2 });
  const second = await pRetry(() => fetch(url), { retries: 2 });
  return [first, second];
}`,
    },
    {
      name: 'pages inside a retry',
      code: `import pRetry from 'p-retry';
export const all = (urls: string[]) =>
  pRetry(async () => {
    for (const url of urls) await fetch(url);
  }, { retries: 2 });`,
    },
    {
      name: 'the defaults of a client, within what the settings allow',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url).json(), { retries: 2, minTimeout: 100 });`,
    },
    {
      name: 'the inner retry is off',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url, { retry: 0 }).json());`,
    },
    {
      name: 'ky does not repeat a POST',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const send = (url: string) => pRetry(() => ky.post(url).json());`,
    },
    {
      name: 'the helper itself',
      code: withRetry,
    },
    {
      name: 'a retry in the handler of another one',
      code: `import pRetry from 'p-retry';
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(url);
    } catch {
      await pRetry(() => fetch('https://alerts.example.com'), { retries: 2 });
    }
  }
  return null;
}`,
    },
  ],
  invalid: [
    {
      name: 'a retry around a retry',
      code: `import pRetry from 'p-retry';
export const load = (url: string) =>
  pRetry(() => pRetry(() => fetch(url), { retries: 2, minTimeout: 100 }), { retries: 3, minTimeout: 100 });`,
      errors: [{ messageId: 'nested', on: 'pRetry', message: '4 × 3 = 12' }],
    },
    {
      name: 'through functions and files',
      code: `import pRetry from 'p-retry';
import { loadUser } from './users.js';
export const load = (id: string) => pRetry(() => loadUser(id), { retries: 4 });`,
      files: {
        'retry.ts': withRetry,
        'users.ts': `import { withRetry } from './retry.js';
export async function loadUser(id: string): Promise<Response> {
  return withRetry(() => fetch(\`https://users.example.com/\${id}\`));
}`,
      },
      errors: [{ messageId: 'nested', on: 'loadUser', message: '5 × 3 = 15' }],
    },
    {
      name: 'a loop around a helper',
      code: `import { withRetry } from './retry.js';
export async function load(url: string): Promise<Response | null> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await withRetry(() => fetch(url));
    } catch (error) {
      console.warn(error);
    }
  }
  return null;
}`,
      files: { 'retry.ts': withRetry },
      errors: [{ messageId: 'nested', on: 'withRetry', message: '3 × 3 = 9' }],
    },
    {
      name: 'a function that loops inside a loop',
      code: `async function once(url: string): Promise<Response> {
  let left = 3;
  while (left > 0) {
    try {
      return await fetch(url);
    } catch {
      left -= 1;
    }
  }
  throw new Error('failed');
}
export async function load(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await once(url);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
  throw new Error('unreachable');
}`,
      errors: [{ messageId: 'nested', on: 'once', message: '4 × 3 = 12' }],
    },
    {
      name: 'a number of retries in the options of a client',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url, { retry: 2 }).json(), { retries: 2 });`,
      errors: [{ messageId: 'nested', on: 'ky.get', message: '3 × 3 = 9' }],
      output: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url, { retry: 0 }).json(), { retries: 2 });`,
    },
    {
      name: 'the defaults of both are too many',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url).json(), { retries: 9, maxTimeout: 100 });`,
      errors: [{ messageId: 'nested', on: 'ky.get', message: '10 × 3 = 30' }],
      output: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url, { retry: 0 }).json(), { retries: 9, maxTimeout: 100 });`,
    },
    {
      name: 'the defaults of a client, in strict',
      code: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url).json(), { retries: 1, minTimeout: 100 });`,
      options: { implicit: true },
      errors: [{ messageId: 'implicitNested', on: 'ky.get', message: '2 × 3 = 6' }],
      output: `import ky from 'ky';
import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => ky.get(url, { retry: 0 }).json(), { retries: 1, minTimeout: 100 });`,
    },
  ],
});
