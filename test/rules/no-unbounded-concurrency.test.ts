import rule from '../../rules/no-unbounded-concurrency.js';
import { ruleTester } from '../support/rule-tester.js';

const load = `const load = async (id: string): Promise<string> => (await fetch('https://items.test/' + id)).text();
`;

/** A project that depends on a limiter. */
const withLimiter = (name: string): Record<string, string> => ({
  'package.json': JSON.stringify({ name: 'service', type: 'module', dependencies: { [name]: '*' } }),
});

ruleTester(rule).run({
  valid: [
    {
      name: 'a literal list, and a constant one',
      code: `${load}const ids = ['a', 'b', 'c'];
export const some = () => Promise.all(['a', 'b'].map((id) => load(id)));
export const all = () => Promise.all(ids.filter(Boolean).map(load));`,
    },
    {
      name: 'a slice, and chunks',
      code: `${load}declare function chunk<T>(list: readonly T[], size: number): T[][];
export async function all(ids: string[]) {
  await Promise.all(ids.slice(0, 5).map((id) => load(id)));
  for (const part of chunk(ids, 10)) await Promise.all(part.map((id) => load(id)));
  for (let at = 0; at < ids.length; at += 10) await Promise.all(ids.slice(at, at + 10).map((id) => load(id)));
  const queue = [...ids];
  while (queue.length > 0) await Promise.all(queue.splice(0, 10).map((id) => load(id)));
}`,
    },
    {
      name: 'a limiter, whatever it is called',
      code: `import turnstile from 'p-limit';
${load}const gate = turnstile(5);
export const all = (ids: string[]) => Promise.all(ids.map((id) => gate(() => load(id))));`,
    },
    {
      name: 'a limiter of another file, and one around the client',
      files: {
        'gate.ts': `import pLimit from 'p-limit';
const limit = pLimit(4);
export const gated = <T>(work: () => Promise<T>): Promise<T> => limit(work);
export const get = (id: string) => limit(() => fetch('https://items.test/' + id));`,
      },
      code: `import { gated, get } from './gate.js';
${load}export const all = (ids: string[]) => Promise.all(ids.map((id) => gated(() => load(id))));
export const others = (ids: string[]) => Promise.all(ids.map((id) => get(id)));`,
    },
    {
      name: 'a bulkhead',
      code: `import { bulkhead } from 'cockatiel';
${load}const hold = bulkhead(8, 1000);
export const all = (ids: string[]) => Promise.all(ids.map((id) => hold.execute(() => load(id))));`,
    },
    {
      name: 'a semaphore of the project',
      code: `${load}const waiting: (() => void)[] = [];
const semaphore = {
  acquire: () => new Promise<void>((resolve) => { waiting.push(resolve); if (waiting.length < 5) resolve(); }),
  release: () => waiting.shift()?.(),
};
export const all = (ids: string[]) => Promise.all(ids.map(async (id) => {
  await semaphore.acquire();
  try { return await load(id); } finally { semaphore.release(); }
}));`,
    },
    {
      name: 'workers that take from a queue',
      code: `${load}export async function all(ids: string[], concurrency = 4) {
  const queue = [...ids];
  await Promise.all(Array.from({ length: concurrency }, async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) await load(id);
  }));
}`,
    },
    {
      name: 'what the pool of a driver limits',
      code: `import { Pool } from 'pg';
const pool = new Pool({ max: 10 });
export const all = (ids: string[]) => Promise.all(ids.map((id) => pool.query('SELECT 1 WHERE $1', [id])));`,
    },
    {
      name: 'no downstream',
      code: `export const all = (files: string[]) => Promise.all(files.map(async (file) => file.length));`,
    },
    {
      name: 'a function whose callers give few',
      code: `${load}const both = (ids: string[]) => Promise.all(ids.map((id) => load(id)));
export const pair = () => both(['a', 'b']);`,
    },
    {
      name: 'a list that is emptied when it is full',
      code: `${load}export async function all(ids: string[]) {
  const tasks: Promise<string>[] = [];
  for (const id of ids) {
    tasks.push(load(id));
    if (tasks.length >= 10) { await Promise.all(tasks); tasks.length = 0; }
  }
  await Promise.all(tasks);
}`,
    },
    {
      name: 'an enumeration',
      code: `${load}enum Region { Eu = 'eu', Us = 'us' }
export const all = () => Promise.all(Object.values(Region).map((region) => load(region)));`,
    },
    {
      name: 'mapping with a limit',
      code: `import pMap from 'p-map';
${load}export const all = (ids: string[]) => pMap(ids, load, { concurrency: 4 });`,
    },
    {
      name: 'a chain of the project, one after the other',
      code: `${load}let tail: Promise<unknown> = Promise.resolve();
const inTurn = (id: string) => { tail = tail.then(() => load(id)); return tail; };
export const all = (ids: string[]) => Promise.all(ids.map((id) => inTurn(id)));`,
    },
    {
      name: 'a length that is checked',
      code: `${load}export async function all(ids: string[]) {
  if (ids.length > 20) throw new RangeError('too many');
  return Promise.all(ids.map((id) => load(id)));
}`,
    },
  ],
  invalid: [
    {
      name: 'a helper of the project that starts everything',
      code: `${load}const mapAll = <T, R>(values: T[], work: (value: T) => Promise<R>) => Promise.all(values.map((value) => work(value)));
export const all = (ids: string[]) => mapAll(ids, (id) => load(id));`,
      errors: [{ messageId: 'unbounded', line: 3 }],
    },
    {
      name: 'a list put together by reduce',
      code: `${load}export const all = (ids: string[]) =>
  Promise.all(ids.reduce<Promise<unknown>[]>((jobs, id) => [...jobs, load(id)], []));`,
      errors: [{ messageId: 'unbounded' }],
    },
    {
      name: 'a list of any size, with p-limit',
      files: withLimiter('p-limit'),
      code: `${load}export async function all(ids: string[]) {
  return Promise.all(ids.map((id) => load(id)));
}`,
      errors: [{ messageId: 'unbounded', on: 'Promise.all', message: 'items.test' }],
      output: `import pLimit from 'p-limit';
${load}export async function all(ids: string[]) {
  const limit = pLimit(10);
  return Promise.all(ids.map((id) => limit(() => load(id))));
}`,
    },
    {
      name: 'an async function, in an arrow without a block',
      files: withLimiter('p-limit'),
      settings: { concurrency: 3 },
      code: `import { readFile } from 'node:fs/promises';
void readFile;
${load}export const all = (ids: readonly string[]) => Promise.allSettled(ids.map(async (id) => { const text = await load(id); return text.length; }));`,
      errors: [{ messageId: 'unbounded' }],
      output: `import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
void readFile;
${load}export const all = (ids: readonly string[]) => { const limit = pLimit(3); return Promise.allSettled(ids.map((id) => limit(async () => { const text = await load(id); return text.length; }))); };`,
    },
    {
      name: 'with p-map',
      files: withLimiter('p-map'),
      code: `${load}export const all = async (ids: string[]) => { const texts = await Promise.all(ids.map((id) => load(id))); return texts.join(''); };`,
      errors: [{ messageId: 'unbounded' }],
      output: `import pMap from 'p-map';
${load}export const all = async (ids: string[]) => { const texts = await pMap(ids, (id) => load(id), { concurrency: 10 }); return texts.join(''); };`,
    },
    {
      name: 'a list that a loop fills',
      files: withLimiter('p-limit'),
      code: `${load}export async function all(ids: Set<string>) {
  const tasks: Promise<string>[] = [];
  for (const id of ids) {
    tasks.push(load(id));
  }
  await Promise.all(tasks);
}`,
      errors: [{ messageId: 'unbounded' }],
      output: [
        `import pLimit from 'p-limit';
${load}export async function all(ids: Set<string>) {
  const tasks: Promise<string>[] = [];
  const limit = pLimit(10);
  for (const id of ids) {
    tasks.push(limit(() => load(id)));
  }
  await Promise.all(tasks);
}`,
      ],
    },
    {
      name: 'no limiter among the dependencies: a suggestion',
      code: `${load}export async function all(ids: string[]) {
  await Promise.all([...new Set(ids)].map(load));
}`,
      errors: [
        {
          messageId: 'unbounded',
          message: 'npm install p-limit',
          suggestions: [
            {
              messageId: 'addLimiter',
              output: `import pLimit from 'p-limit';
${load}export async function all(ids: string[]) {
  const limit = pLimit(10);
  await Promise.all([...new Set(ids)].map((item) => limit(() => load(item))));
}`,
            },
          ],
        },
      ],
    },
    {
      name: 'more than a few, spelled out',
      settings: { fix: 'off' },
      options: { maxLiteral: 2 },
      code: `${load}export const all = () => Promise.all(['a', 'b', 'c'].map((id) => load(id)));`,
      errors: [{ messageId: 'unbounded' }],
    },
    {
      name: 'a method of an injected client, in a stage between',
      settings: { fix: 'off' },
      files: {
        'prices.ts': `import axios from 'axios';
const http = axios.create({ baseURL: 'https://prices.test', timeout: 500 });
export class Prices { async of(sku: string): Promise<number> { return (await http.get<number>('/' + sku)).data; } }`,
      },
      code: `import { Prices } from './prices.js';
export class Cart {
  constructor(private readonly prices: Prices) {}
  async total(skus: string[]): Promise<number> {
    const tasks = skus.map(async (sku) => this.prices.of(sku));
    const all = await Promise.all(tasks);
    return all.reduce((sum, price) => sum + price, 0);
  }
}`,
      errors: [{ messageId: 'unbounded', message: 'prices.test' }],
    },
    {
      name: 'pMap without a limit',
      code: `import pMap from 'p-map';
${load}export const all = (ids: string[]) => pMap(ids, load);`,
      errors: [{ messageId: 'limiterWithoutLimit', on: 'pMap' }],
      output: `import pMap from 'p-map';
${load}export const all = (ids: string[]) => pMap(ids, load, { concurrency: 10 });`,
    },
    {
      name: 'strict: a collection of whose size nothing is known',
      options: { reportUnknown: true },
      code: `${load}export const all = (groups: string[][]) => groups.map((ids) => Promise.all(ids.map((id) => load(id))));`,
      errors: [{ messageId: 'unknown' }],
    },
  ],
});
