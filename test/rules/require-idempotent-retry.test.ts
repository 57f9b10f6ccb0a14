import rule from '../../rules/require-idempotent-retry.js';
import { ruleTester } from '../support/rule-tester.js';

const withRetry = `export async function withRetry<T>(operation: () => Promise<T>, attempts = 3): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
}`;

ruleTester(rule).run({
  valid: [
    {
      name: 'a read',
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url));`,
    },
    {
      name: 'PUT and DELETE leave the same thing behind',
      code: `import pRetry from 'p-retry';
export const save = (url: string, body: string) => pRetry(() => fetch(url, { method: 'PUT', body }));
export const remove = (url: string) => pRetry(() => fetch(url, { method: 'DELETE' }));`,
    },
    {
      name: 'a method that is not known',
      code: `import pRetry from 'p-retry';
export const send = (url: string, method: string) => pRetry(() => fetch(url, { method }));`,
    },
    {
      name: 'a key that is made once',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export async function pay(amount: number): Promise<unknown> {
  const key = crypto.randomUUID();
  return pRetry(() => axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': key } }));
}`,
    },
    {
      name: 'a key from the data of the operation',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export const pay = (order: { id: string; amount: number }) =>
  pRetry(() => axios.post('https://pay.example.com', order, { headers: { 'idempotency-key': \`order-\${order.id}\` } }));`,
    },
    {
      name: 'a key in what is sent',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export const pay = (amount: number, idempotencyKey: string) =>
  pRetry(() => axios.post('https://pay.example.com', { amount, idempotencyKey }));`,
    },
    {
      name: 'a POST that only asks',
      code: `import pRetry from 'p-retry';
export const search = (body: string) =>
  pRetry(() => fetch('https://search.example.com/orders/_search', { method: 'POST', body }));
export const graph = () =>
  pRetry(() =>
    fetch('https://api.example.com/graphql', { method: 'POST', body: JSON.stringify({ query: 'query Orders { orders { id } }' }) }),
  );`,
    },
    {
      name: 'a POST outside the scope',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export async function order(id: string): Promise<unknown> {
  const stock = await pRetry(() => axios.get(\`https://stock.example.com/\${id}\`));
  return axios.post('https://orders.example.com', stock.data);
}`,
    },
    {
      name: 'what a handler sends is no part of the operation',
      code: `import axios from 'axios';
export async function load(url: string): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.get(url);
    } catch (error) {
      await axios.post('https://alerts.example.com', { error });
    }
  }
  return null;
}`,
    },
    {
      name: 'SQL that reads, or leaves the same thing behind',
      code: `import { Pool } from 'pg';
import { withRetry } from './retry.js';
const pool = new Pool({ query_timeout: 1000 });
export const find = (id: string) => withRetry(() => pool.query('SELECT * FROM orders WHERE id = $1', [id]));
export const close = (id: string) => withRetry(() => pool.query("UPDATE orders SET state = 'closed' WHERE id = $1", [id]));
export const add = (id: string) => withRetry(() => pool.query('INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING', [id]));`,
      files: { 'retry.ts': withRetry },
    },
    {
      name: 'ky never repeats a POST by itself',
      code: `import ky from 'ky';
export const send = (json: object) => ky.post('https://api.example.com', { json, retry: 5 }).json();`,
    },
    {
      name: 'options that the caller gives may hold a key',
      code: `import axios, { type AxiosRequestConfig } from 'axios';
import pRetry from 'p-retry';
export const post = (data: object, config: AxiosRequestConfig) => pRetry(() => axios.post('https://api.example.com', data, config));`,
    },
    {
      name: 'an interceptor that refreshes a token',
      code: `import axios from 'axios';
declare function refresh(): Promise<void>;
export const api = axios.create({ timeout: 1000 });
api.interceptors.response.use(undefined, async (error) => {
  if (error.response?.status === 401 && !error.config._retry) {
    error.config._retry = true;
    await refresh();
    return api(error.config);
  }
  throw error;
});`,
    },
    {
      name: 'an interceptor that looks at the method',
      code: `import axios from 'axios';
export const api = axios.create({ timeout: 1000 });
api.interceptors.response.use(undefined, async (error) => {
  if (error.config.method === 'get' && !error.config._retry) {
    error.config._retry = true;
    return api(error.config);
  }
  throw error;
});`,
    },
  ],
  invalid: [
    {
      name: 'fetch with POST',
      code: `import pRetry from 'p-retry';

export async function pay(body: string): Promise<Response> {
  return pRetry(() => fetch('https://pay.example.com/charges', { method: 'POST', body }), { retries: 3 });
}`,
      errors: [{ messageId: 'noKey', on: 'fetch', message: 'pay.example.com' }],
      output: `import pRetry from 'p-retry';

export async function pay(body: string): Promise<Response> {
  const idempotencyKey = crypto.randomUUID();
  return pRetry(() => fetch('https://pay.example.com/charges', { method: 'POST', body, headers: { 'Idempotency-Key': idempotencyKey } }), { retries: 3 });
}`,
    },
    {
      name: 'a function without a body, and headers that are there',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export const pay = (amount: number) => pRetry(() => axios.post('https://pay.example.com', { amount }, { headers: { accept: 'text/plain' } }));`,
      errors: [{ messageId: 'noKey', on: 'axios.post' }],
      output: `import axios from 'axios';
import pRetry from 'p-retry';
export const pay = (amount: number) => {
  const idempotencyKey = crypto.randomUUID();
  return pRetry(() => axios.post('https://pay.example.com', { amount }, { headers: { accept: 'text/plain', 'Idempotency-Key': idempotencyKey } }));
};`,
    },
    {
      name: 'a loop',
      code: `import axios from 'axios';
export async function pay(amount: number): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.post('https://pay.example.com', { amount });
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
  return null;
}`,
      errors: [{ messageId: 'noKey', on: 'axios.post', message: 'this loop' }],
      output: `import axios from 'axios';
export async function pay(amount: number): Promise<unknown> {
  const idempotencyKey = crypto.randomUUID();
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': idempotencyKey } });
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
  return null;
}`,
    },
    {
      name: 'a key that is another one in each attempt',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
export async function pay(amount: number): Promise<unknown> {
  return pRetry(() => axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': crypto.randomUUID() } }));
}`,
      errors: [
        {
          messageId: 'unstableKey',
          on: 'crypto.randomUUID()',
          suggestions: [
            {
              messageId: 'hoistKey',
              output: `import axios from 'axios';
import pRetry from 'p-retry';
export async function pay(amount: number): Promise<unknown> {
  const idempotencyKey = crypto.randomUUID();
  return pRetry(() => axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': idempotencyKey } }));
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'a key that is made at the beginning of each round',
      code: `import axios from 'axios';
export async function pay(amount: number): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const key = \`\${Date.now()}-\${amount}\`;
    try {
      return await axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': key } });
    } catch (error) {
      console.warn(error);
    }
  }
  return null;
}`,
      errors: [
        {
          messageId: 'unstableKey',
          on: 'key',
          suggestions: [
            {
              messageId: 'hoistKey',
              output: `import axios from 'axios';
export async function pay(amount: number): Promise<unknown> {
  const key = \`\${Date.now()}-\${amount}\`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': key } });
    } catch (error) {
      console.warn(error);
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
      name: 'through a function: the call that leads to it',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
async function createOrder(id: string): Promise<void> {
  await axios.post('https://orders.example.com', { sku: id });
}
export const order = (id: string) => pRetry(() => createOrder(id));`,
      errors: [{ messageId: 'noKey', on: 'createOrder', message: '(by createOrder)' }],
    },
    {
      name: 'a function that is handed over by name',
      code: `import axios from 'axios';
import pRetry from 'p-retry';
async function createOrder(): Promise<void> {
  await axios.post('https://orders.example.com', {});
}
export const order = () => pRetry(createOrder);`,
      errors: [{ messageId: 'noKey', on: 'createOrder' }],
    },
    {
      name: 'a helper of the project, SQL that inserts',
      code: `import { Pool } from 'pg';
import { withRetry } from './retry.js';
const pool = new Pool({ query_timeout: 1000 });
export const add = (name: string) => withRetry(() => pool.query('INSERT INTO orders (name) VALUES ($1)', [name]));`,
      files: { 'retry.ts': withRetry },
      errors: [{ messageId: 'noKey', on: 'pool.query', message: '`withRetry`' }],
    },
    {
      name: 'SQL that counts',
      code: `import { Pool } from 'pg';
import { withRetry } from './retry.js';
const pool = new Pool({ query_timeout: 1000 });
export const draw = (id: string) => withRetry(() => pool.query('UPDATE accounts SET balance = balance - 5 WHERE id = $1', [id]));`,
      files: { 'retry.ts': withRetry },
      errors: [{ messageId: 'noKey' }],
    },
    {
      name: 'a mutation',
      code: `import pRetry from 'p-retry';
export function add(): Promise<Response> {
  return pRetry(() =>
    fetch('https://api.example.com/graphql', { method: 'POST', body: JSON.stringify({ query: 'mutation { addOrder { id } }' }) }),
  );
}`,
      errors: [{ messageId: 'noKey' }],
      output: `import pRetry from 'p-retry';
export function add(): Promise<Response> {
  const idempotencyKey = crypto.randomUUID();
  return pRetry(() =>
    fetch('https://api.example.com/graphql', { method: 'POST', body: JSON.stringify({ query: 'mutation { addOrder { id } }' }), headers: { 'Idempotency-Key': idempotencyKey } }),
  );
}`,
    },
    {
      name: 'an interceptor that sends everything again',
      code: `import axios from 'axios';
export const api = axios.create({ timeout: 1000 });
api.interceptors.response.use(undefined, async (error) => {
  if (error.code === 'ECONNRESET' && !error.config._retry) {
    error.config._retry = true;
    return api(error.config);
  }
  throw error;
});`,
      errors: [{ messageId: 'noKey', on: 'api(error.config)' }],
    },
    {
      name: 'recursion: no place outside for a key',
      code: `export async function pay(body: string, left = 3): Promise<Response> {
  try {
    return await fetch('https://pay.example.com', { method: 'POST', body });
  } catch (error) {
    if (left === 0) throw error;
    return pay(body, left - 1);
  }
}`,
      errors: [{ messageId: 'noKey', on: 'fetch' }],
    },
    {
      name: 'cockatiel: what is executed',
      code: `import axios from 'axios';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
export const pay = (amount: number) => policy.execute(() => axios.post('https://pay.example.com', { amount }));`,
      errors: [{ messageId: 'noKey', on: 'axios.post' }],
      output: `import axios from 'axios';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
export const pay = (amount: number) => {
  const idempotencyKey = crypto.randomUUID();
  return policy.execute(() => axios.post('https://pay.example.com', { amount }, { headers: { 'Idempotency-Key': idempotencyKey } }));
};`,
    },
    {
      name: 'a method that is not known, in strict',
      code: `import pRetry from 'p-retry';
export const send = (url: string, method: string) => pRetry(() => fetch(url, { method }));`,
      options: { reportUnknown: true },
      errors: [{ messageId: 'unknown', on: 'fetch' }],
    },
  ],
});
