import rule from '../../rules/no-unguarded-client.js';
import { ruleTester } from '../support/rule-tester.js';

/** A project that depends on a library of breakers. */
const withBreakers = (name = 'cockatiel'): Record<string, string> => ({
  'package.json': JSON.stringify({ name: 'service', type: 'module', dependencies: { [name]: '*' } }),
});
const imports = `import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
`;
const breaker = `const breaker = circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(5) });
`;
const policies = {
  ...withBreakers(),
  'policies.ts': `${imports}export ${breaker.replace('breaker =', 'policy =')}`,
};
const policy = { policy: { module: './policies.js', export: 'policy' } };

ruleTester(rule).run({
  valid: [
    {
      name: 'a project that shows no policy',
      code: `export const load = (url: string) => fetch(url);`,
    },
    {
      name: 'a breaker around the call, and around its function',
      files: withBreakers(),
      code: `${imports}${breaker}async function load(url: string) { return fetch(url); }
export const a = (url: string) => breaker.execute(() => load(url));
export const b = (url: string) => breaker.execute(() => fetch(url));`,
    },
    {
      name: 'a function that a breaker is made of',
      files: withBreakers('opossum'),
      code: `import CircuitBreaker from 'opossum';
const load = async (url: string) => fetch(url);
export const guarded = new CircuitBreaker(load, { timeout: 500 });`,
    },
    {
      name: 'a helper of another file that guards',
      files: {
        ...withBreakers(),
        'guarded.ts': `${imports}${breaker}export const guarded = <T>(run: () => Promise<T>): Promise<T> => breaker.execute(run);`,
      },
      code: `import { guarded } from './guarded.js';
export const load = (url: string) => guarded(() => fetch(url));`,
    },
    {
      name: 'a guard that the settings name',
      settings: { guards: [{ from: { from: 'file', name: 'protect' }, operation: 1 }] },
      code: `declare function protect<T>(name: string, run: () => Promise<T>): Promise<T>;
export const load = (url: string) => protect('x', () => fetch(url));`,
    },
    {
      name: 'stores',
      files: withBreakers(),
      code: `import { Pool } from 'pg';
const pool = new Pool();
export const load = () => pool.query('SELECT 1');`,
    },
    {
      name: 'a client that is exported, and not used here',
      files: withBreakers(),
      code: `import axios from 'axios';
export const http = axios.create({ baseURL: 'https://a.test' });`,
    },
  ],
  invalid: [
    {
      name: 'a call outside, in the policy of the project',
      settings: policy,
      files: policies,
      code: `export async function load(id: string): Promise<unknown> {
  const response = await fetch('https://orders.test/' + id);
  return response.json();
}`,
      errors: [{ messageId: 'unguarded', on: 'fetch', message: 'orders.test' }],
      output: `import { policy } from './policies.js';
export async function load(id: string): Promise<unknown> {
  const response = await policy.execute(({ signal }) => fetch('https://orders.test/' + id, { signal }));
  return response.json();
}`,
    },
    {
      name: 'all uses of a client at once, reported where it is built',
      settings: policy,
      files: policies,
      code: `import axios from 'axios';
const http = axios.create({ baseURL: 'https://stock.test', timeout: 500 });
export class Stock {
  readonly suffix = '?x';
  async level(sku: string): Promise<number> {
    const { data } = await http.get<number>('/' + sku + this.suffix, { signal: AbortSignal.timeout(100) });
    return data;
  }
  reserve(sku: string) {
    return http.post('/' + sku, {}).then((answer) => answer.status);
  }
}`,
      errors: [{ messageId: 'unguarded', on: 'axios.create', message: '2 times' }],
      output: `import axios from 'axios';
import { policy } from './policies.js';
const http = axios.create({ baseURL: 'https://stock.test', timeout: 500 });
export class Stock {
  readonly suffix = '?x';
  async level(sku: string): Promise<number> {
    const { data } = await policy.execute(({ signal }) => http.get<number>('/' + sku + this.suffix, { signal: AbortSignal.any([signal, AbortSignal.timeout(100)]) }));
    return data;
  }
  reserve(sku: string) {
    return policy.execute(({ signal }) => http.post('/' + sku, {}, { signal }).then((answer) => answer.status));
  }
}`,
    },
    {
      name: 'a retry is no guard',
      settings: { fix: 'off' },
      files: withBreakers(),
      code: `import pRetry from 'p-retry';
export const load = (url: string) => pRetry(() => fetch(url));`,
      errors: [{ messageId: 'unguarded' }],
    },
    {
      name: 'one use is outside',
      settings: { fix: 'off' },
      files: withBreakers(),
      code: `${imports}${breaker}export const a = (url: string) => breaker.execute(() => fetch(url));
export const b = (url: string) => fetch(url);`,
      errors: [{ messageId: 'unguarded', line: 4 }],
    },
    {
      name: 'always, with a breaker to choose',
      options: { when: 'always' },
      code: `import axios from 'axios';
export const load = (id: string) => axios.get<string>('https://orders.test/' + id);`,
      errors: [
        {
          messageId: 'unguarded',
          suggestions: [
            {
              messageId: 'addCockatiel',
              output: `import axios from 'axios';
import { circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';

// What the caller did wrong is no failure of the other side.
const breaker = circuitBreaker(
  handleWhen((error) => {
    const { response, status = response?.status ?? 0 } = (error as { status?: number; response?: { status?: number } });
    return status < 400 || status >= 500;
  }).orWhenResult((answer) => answer instanceof Response && answer.status >= 500),
  { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) },
);
export const load = (id: string) => breaker.execute(({ signal }) => axios.get<string>('https://orders.test/' + id, { signal }));`,
            },
            {
              messageId: 'addOpossum',
              output: `import axios from 'axios';
import CircuitBreaker from 'opossum';

const breaker = new CircuitBreaker((run: () => Promise<unknown>) => run(), {
  volumeThreshold: 5,
  // What the caller did wrong is no failure of the other side.
  errorFilter: (error) => {
    const { response, status = response?.status ?? 0 } = (error as { status?: number; response?: { status?: number } });
    return status >= 400 && status < 500;
  },
});
const guarded = <T>(run: () => Promise<T>): Promise<T> => breaker.fire(run) as Promise<T>;
export const load = (id: string) => guarded(() => axios.get<string>('https://orders.test/' + id));`,
            },
          ],
        },
      ],
    },
  ],
});
