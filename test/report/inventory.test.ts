import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inventory } from '../../src/report/inventory.js';
import { project } from '../analysis/support.js';
import { callsOf, downstream, entryPoint, inventoryOf } from './support.js';

const service = {
  'package.json': JSON.stringify({ name: 'orders', type: 'module', engines: { node: '>=20.19' } }),
  'src/http.ts': `
export async function getJson(url: string, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error('no');
  return response.json();
}
`,
  'src/clients.ts': `
import axios from 'axios';
import pRetry from 'p-retry';
import { circuitBreaker, ConsecutiveBreaker, handleAll, bulkhead, wrap } from 'cockatiel';
import { getJson } from './http.js';

const payments = axios.create({ baseURL: process.env.PAYMENTS_URL, timeout: 2000 });
const guard = wrap(bulkhead(5), circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(3), halfOpenAfter: 1000 }));

export function charge(amount: number) {
  return guard.execute(() => payments.post('/charges', { amount }));
}
export function tax(country: string) {
  return getJson(\`https://tax.example.com/\${country}\`, 1500);
}
export function mail(to: string) {
  return pRetry(() => fetch('https://mail.example.com/send', { method: 'POST', body: to, signal: AbortSignal.timeout(1000) }), {
    retries: 2,
    minTimeout: 100,
    factor: 2,
  });
}
export async function related(id: string): Promise<unknown[]> {
  try {
    const response = await fetch(\`https://related.example.com/\${id}\`);
    return (await response.json()) as unknown[];
  } catch {
    return [];
  }
}
`,
  'src/store.ts': `
import { Pool } from 'pg';
const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export async function save(id: string) {
  await pool.query('INSERT INTO orders (id) VALUES ($1)', [id]);
}
`,
  'src/routes.ts': `
import { charge, mail, related, tax } from './clients.js';
import { save } from './store.js';
interface App { post(path: string, handler: (id: string) => Promise<unknown>): void; get(path: string, handler: (id: string) => Promise<unknown>): void }
export function routes(app: App): void {
  app.post('/orders', async (id) => {
    const [, due] = await Promise.all([charge(1), tax('de')]);
    await save(id);
    void mail(id);
    return { due, also: await related(id) };
  });
  app.get('/tax', () => tax('fr'));
}
`,
};

describe('a service', () => {
  let inventory: Inventory;
  beforeAll(async () => {
    inventory = await inventoryOf(project(service, afterAll));
  });

  test('every downstream, by base URL, host, or variable of the environment', () => {
    expect(inventory.downstreams.map(({ name }) => name).sort()).toEqual([
      'DATABASE_URL',
      'PAYMENTS_URL',
      'mail.example.com',
      'related.example.com',
      'tax.example.com',
    ]);
    expect(inventory.problems).toEqual([]);
  });

  test('where a limit comes from, with the line that says so', () => {
    const { timeout } = downstream(inventory, 'PAYMENTS_URL').practices;
    expect(timeout).toMatchObject({ answer: 'yes', text: '2 s (`timeout`)' });
    const [evidence] = timeout.evidence;
    expect(evidence?.path).toBe('src/clients.ts');
    expect(evidence?.code).toContain('timeout: 2000');
  });

  test('a call that nothing ends', () => {
    const database = downstream(inventory, 'DATABASE_URL');
    expect(database.protection).toBe('exposed');
    expect(database.practices.timeout).toMatchObject({ answer: 'no', wrong: true });
  });

  test('a breaker and a bulkhead around a call', () => {
    const { practices, protection } = downstream(inventory, 'PAYMENTS_URL');
    expect([practices.guard.answer, practices.bulkhead.answer, protection]).toEqual(['yes', 'yes', 'guarded']);
  });

  test('a retry, with its attempts and its missing jitter, around a write without a key', () => {
    const { retry, idempotency } = downstream(inventory, 'mail.example.com').practices;
    expect(retry).toMatchObject({
      answer: 'no',
      wrong: true,
      text: '3 attempts, exponential wait, no jitter (p-retry)',
    });
    expect(idempotency).toMatchObject({ answer: 'no', wrong: true });
  });

  test('a failure that goes no further is a fallback', () => {
    const related = downstream(inventory, 'related.example.com');
    expect(related.practices.fallback.answer).toBe('yes');
    expect(related.onPathOf).toEqual([]);
  });

  test('a call through a wrapper stands at each caller, with the limit that the caller gives', () => {
    const calls = callsOf(inventory, 'tax.example.com');
    expect(calls.map(({ path, through }) => [path, through?.path])).toEqual([['src/clients.ts', 'src/http.ts']]);
    expect(calls[0]?.timeout).toMatchObject({ answer: 'yes', text: '1.5 s (`signal`)' });
  });

  test('entry points are what the outside runs', () => {
    expect(inventory.entryPoints.map(({ name, entry }) => [name, entry])).toEqual([
      ['POST /orders', 'route'],
      ['GET /tax', 'route'],
    ]);
  });

  test('what an entry point cannot do without, and what it can', () => {
    const orders = entryPoint(inventory, 'POST /orders');
    expect(orders.critical).toEqual(['DATABASE_URL', 'PAYMENTS_URL', 'tax.example.com']);
    expect(orders.optional).toEqual(['mail.example.com', 'related.example.com']);
  });

  test('the longest wait: what runs at once counts once, what never ends is named', () => {
    expect(entryPoint(inventory, 'GET /tax').worst).toEqual({ ms: 1500, limitedMs: 1500, attempts: 1, atLeast: false });
    const { worst } = entryPoint(inventory, 'POST /orders');
    expect(worst.ms).toBe('never');
    // Payments and tax at once (2 s), then related (300 s by default); the mail's three attempts in the background.
    expect([worst.limitedMs, worst.attempts]).toEqual([302_000, 7]);
  });

  test('without types the same downstreams', async () => {
    const untyped = await inventoryOf(project(service), { types: false });
    expect(untyped.downstreams.map(({ name }) => name)).toEqual(inventory.downstreams.map(({ name }) => name));
  });

  test('the same code gives the same bytes, wherever it lies', async () => {
    expect(JSON.stringify(await inventoryOf(project(service)))).toBe(JSON.stringify(inventory));
  });
});

describe('names', () => {
  test('of the settings, with what they call critical; what they ignore is not there', async () => {
    const root = project({
      'resilience.config.json': JSON.stringify({
        downstreams: [{ name: 'payments', match: 'PAY_*', critical: true }],
        ignore: ['metrics.example.com'],
      }),
      'a.ts': `
export const pay = () => fetch(process.env.PAY_URL + '/charge', { method: 'POST' });
export const count = () => fetch('https://metrics.example.com/count');
`,
    });
    const inventory = await inventoryOf(root);
    expect(inventory.downstreams.map(({ name, critical }) => [name, critical])).toEqual([['payments', true]]);
  });

  test('of an address that the maker of an object gives', async () => {
    const root = project({
      'client.ts': `
export class Rates {
  constructor(private readonly baseUrl: string) {}
  read() { return fetch(\`\${this.baseUrl}/rates\`); }
}
`,
      'main.ts': `
import { Rates } from './client.js';
export const rates = new Rates('https://rates.example.com');
`,
    });
    expect((await inventoryOf(root)).downstreams.map(({ name }) => name)).toEqual(['rates.example.com']);
  });

  test('of what has none: the client, and where it is', async () => {
    const root = project({ 'a.ts': 'export const read = (where: { url: string }[]) => fetch(where[0]!.url);' });
    expect((await inventoryOf(root)).downstreams.map(({ name }) => name)).toEqual(['fetch in a.ts']);
  });
});

describe('failure tests and runbooks', () => {
  const files = {
    'src/pay.ts': `export async function pay() { return fetch('https://pay.example.com'); }
export async function ship() { return fetch('https://ship.example.com'); }`,
    'test/pay.test.ts': `
import { expect, test, vi } from 'vitest';
import { pay } from '../src/pay.js';
test('is refused', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('down'));
  await expect(pay()).rejects.toThrow();
});
`,
    'docs/runbooks/pay-example-com.md': '# Runbook\n\nCall the bank.\n',
  };

  test('a test that makes it fail, a runbook of its name', async () => {
    const inventory = await inventoryOf(project(files));
    const [pay, ship] = ['pay.example.com', 'ship.example.com'].map((name) => downstream(inventory, name).practices);
    expect([pay?.failureTest.answer, pay?.runbook.answer]).toEqual(['yes', 'yes']);
    expect(pay?.failureTest.evidence[0]?.path).toBe('test/pay.test.ts');
    expect([ship?.failureTest.answer, ship?.runbook.answer]).toEqual(['no', 'no']);
  });

  test('where no tests were looked at, nothing is known of them', async () => {
    const inventory = await inventoryOf(project(files), { paths: ['src'] });
    expect(downstream(inventory, 'pay.example.com').practices.failureTest.answer).toBe('unknown');
  });
});

test('a file that does not parse is told, and the rest is there', async () => {
  const root = project({
    'broken.ts': 'export const = fetch(',
    'a.ts': `export const a = () => fetch('https://a.example.com');`,
  });
  const inventory = await inventoryOf(root);
  expect(inventory.problems.map(({ kind, path }) => [kind, path])).toEqual([['parse', 'broken.ts']]);
  expect(inventory.downstreams.map(({ name }) => name)).toEqual(['a.example.com']);
});
