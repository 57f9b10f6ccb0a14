import rule from '../../rules/no-swallowed-failure.js';
import { ruleTester } from '../support/rule-tester.js';

/** A function around `body`, with a downstream call named `load`. */
const around = (body: string): string => `async function load(id: string): Promise<string[]> {
  const response = await fetch('https://orders.test/' + id);
  return (await response.json()) as string[];
}
${body}`;

ruleTester(rule).run({
  valid: [
    {
      name: 'a log tells',
      code: around(`export async function orders(id: string) {
  try { return await load(id); } catch (error) { console.error(error); return []; }
}`),
    },
    {
      name: 'a rethrow tells',
      code: around(`export async function orders(id: string) {
  try { return await load(id); } catch (error) { throw new Error('orders', { cause: error }); }
}`),
    },
    {
      name: 'a typed result tells',
      code: around(`export async function orders(id: string) {
  try { return { ok: true, value: await load(id) }; } catch { return { ok: false, value: [] }; }
}`),
    },
    {
      name: 'a reason is given',
      code: around(`export async function orders(id: string) {
  try { return await load(id); } catch { return []; /* the page shows an empty box, and loads again */ }
}`),
    },
    {
      name: 'a reason is given above',
      code: around(`export async function orders(id: string) {
  // Best effort: the list is only a hint.
  await load(id).catch(() => {});
}`),
    },
    {
      name: 'a fallback that the caller gives',
      code: around(`export async function orders(id: string, fallback: string[]) {
  try { return await load(id); } catch { return fallback; }
}`),
    },
    {
      name: 'a cached value, and a configured default',
      code: around(`const defaults = { orders: ['none'] };
const cache = new Map<string, string[]>();
export async function orders(id: string) {
  try { return await load(id); } catch { return cache.get(id) ?? []; }
}
export async function others(id: string) {
  try { return await load(id); } catch { return defaults.orders; }
}`),
    },
    {
      name: 'something else is tried',
      code: around(`export async function orders(id: string) {
  try { return await load(id); } catch {}
  return load('backup-' + id);
}`),
    },
    {
      name: 'a retry: the failure goes round, and ends in an error',
      code: around(`export async function orders(id: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try { return await load(id); } catch {}
  }
  throw new Error('no orders');
}`),
    },
    {
      name: 'what was not set is tested',
      code: around(`export async function orders(id: string) {
  let found: string[] | undefined;
  try { found = await load(id); } catch {}
  if (!found) throw new Error('no orders');
  return found;
}`),
    },
    {
      name: 'null is tested right there',
      code: around(`export async function orders(id: string) {
  const found = await load(id).catch(() => null);
  if (found === null) throw new Error('no orders');
  return found;
}`),
    },
    {
      name: 'teardown',
      code: `import axios from 'axios';
const http = axios.create({ timeout: 500 });
export async function close(id: string) {
  try { await http.delete('/sessions/' + id); } catch {}
}
export async function work(id: string) {
  try { await http.get('/x'); } finally { await http.delete('/locks/' + id).catch(() => {}); }
}`,
    },
    {
      name: 'a probe',
      code: `export async function isUp(url: string): Promise<boolean> {
  try { return (await fetch(url)).ok; } catch { return false; }
}`,
    },
    {
      name: 'typed narrowing',
      code: around(`export async function orders(id: string) {
  try { return await load(id); } catch (error) { if (error instanceof TypeError) return []; throw error; }
}`),
    },
    {
      name: 'nothing downstream in it',
      code: `export function parse(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}
export const size = async () => { const axios = (await import('axios')).default; return axios.name; };`,
    },
    {
      name: 'the body of an error is only read to enrich it',
      code: `export async function send(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(await response.text().catch(() => ''));
}`,
    },
    {
      name: 'results that are read',
      code: around(`export async function all(ids: string[]) {
  const results = await Promise.allSettled(ids.map((id) => load(id)));
  return results.filter((result) => result.status === 'rejected').length;
}`),
    },
    {
      name: 'each deals with its own failure',
      code: around(`export async function all(ids: string[]) {
  await Promise.allSettled(ids.map((id) => load(id).catch((error) => console.error(error))));
}`),
    },
  ],
  invalid: [
    {
      name: 'an empty catch',
      code: around(`export async function notify(id: string) {
  try {
    await load(id);
  } catch {}
}`),
      errors: [
        {
          messageId: 'swallowed',
          message: 'orders.test',
          suggestions: [
            {
              messageId: 'addRethrow',
              output: around(`export async function notify(id: string) {
  try {
    await load(id);
  } catch (error) {
    throw new Error('orders.test failed', { cause: error });
  }
}`),
            },
            {
              messageId: 'addLog',
              output: around(`export async function notify(id: string) {
  try {
    await load(id);
  } catch (error) {
    console.error(error);
  }
}`),
            },
          ],
        },
      ],
    },
    {
      name: 'an empty list, and the project says what to call',
      settings: { onFailure: { module: './telemetry.js', export: 'reportFailure' } },
      files: { 'telemetry.ts': `export const reportFailure = (error: unknown): void => console.error(error);` },
      code: around(`export async function orders(id: string) {
  try {
    return await load(id);
  } catch {
    return [];
  }
}`),
      errors: [{ messageId: 'swallowed', line: 8 }],
      output: `import { reportFailure } from './telemetry.js';
${around(`export async function orders(id: string) {
  try {
    return await load(id);
  } catch (error) {
    reportFailure(error);
    return [];
  }
}`)}`,
    },
    {
      name: 'a chain, with an import that is there',
      settings: { onFailure: { module: './telemetry.js', export: 'reportFailure' } },
      files: {
        'telemetry.ts': `export const reportFailure = (error: unknown): void => console.error(error);
export const start = (): void => {};`,
      },
      code: `import { start } from './telemetry.js';
start();
${around('export const orders = (id: string) => load(id).catch(() => []);')}`,
      errors: [{ messageId: 'swallowed', on: 'catch' }],
      output: `import { start, reportFailure } from './telemetry.js';
start();
${around('export const orders = (id: string) => load(id).catch((error) => { reportFailure(error); return []; });')}`,
    },
    {
      name: 'a success that is none',
      code: around(`export async function send(id: string) {
  try { await load(id); return { ok: true }; } catch { return { ok: true }; }
}`),
      errors: [
        {
          messageId: 'swallowed',
          suggestions: [
            {
              messageId: 'addRethrow',
              output: around(`export async function send(id: string) {
  try { await load(id); return { ok: true }; } catch (error) { throw new Error('orders.test failed', { cause: error }); }
}`),
            },
            {
              messageId: 'addLog',
              output: around(`export async function send(id: string) {
  try { await load(id); return { ok: true }; } catch (error) { console.error(error); return { ok: true }; }
}`),
            },
          ],
        },
      ],
    },
    {
      name: 'an empty variable that nobody tests',
      settings: { fix: 'off' },
      code: around(`export async function orders(id: string) {
  let found: string[] = [];
  try { found = await load(id); } catch { found = []; }
  return found.map((order) => order.trim());
}`),
      errors: [{ messageId: 'swallowed' }],
    },
    {
      name: 'a batch whose items fail one by one',
      settings: { fix: 'off' },
      code: around(`export async function all(ids: string[]) {
  const found: string[] = [];
  for (const id of ids) {
    try { found.push(...(await load(id))); } catch { continue; }
  }
  return found;
}`),
      errors: [{ messageId: 'swallowed' }],
    },
    {
      name: 'through functions and files',
      settings: { fix: 'off' },
      files: {
        'client.ts': `import axios from 'axios';
const http = axios.create({ baseURL: 'https://stock.test', timeout: 500 });
export class Stock {
  async level(sku: string): Promise<number> { return (await http.get<number>('/' + sku)).data; }
}`,
      },
      code: `import { Stock } from './client.js';
export class Shop {
  constructor(private readonly stock: Stock) {}
  async available(sku: string): Promise<number> {
    try { return await this.stock.level(sku); } catch { return 0; }
  }
}`,
      errors: [{ messageId: 'swallowed', message: 'stock.test' }],
    },
    {
      name: 'results that nobody reads',
      settings: { onFailure: { module: './telemetry.js', export: 'reportFailure' } },
      files: { 'telemetry.ts': `export const reportFailure = (error: unknown): void => console.error(error);` },
      code: `import { reportFailure } from './telemetry.js';
${around(`export async function all(ids: string[]) {
  await Promise.allSettled(ids.map((id) => load(id)));
  reportFailure(null);
}`)}`,
      errors: [{ messageId: 'unreadSettled', on: 'Promise.allSettled' }],
      output: `import { reportFailure } from './telemetry.js';
${around(`export async function all(ids: string[]) {
  const results = await Promise.allSettled(ids.map((id) => load(id)));
  for (const result of results) {
    if (result.status === 'rejected') reportFailure(result.reason);
  }
  reportFailure(null);
}`)}`,
    },
    {
      name: 'strict: a log that goes on after an abort',
      options: { cancellation: true },
      code: `export async function load(url: string, signal: AbortSignal) {
  try { return await fetch(url, { signal }); } catch (error) { console.error(error); return null; }
}`,
      errors: [{ messageId: 'cancellationSwallowed' }],
    },
    {
      name: 'strict: a comment that gives no reason',
      options: { reportUnknown: true },
      code: around(`export async function notify(id: string) {
  try { await load(id); } catch { /* ignore */ }
}`),
      errors: [{ messageId: 'unknown' }],
    },
  ],
});
