import { describe, expect, it } from 'vitest';
import { createPackage, migrate, plan, slow } from './support.js';

const files = {
  'src/prices.ts': `export async function price(id: string): Promise<number> {
  const response = await fetch(\`https://prices.example.com/\${id}\`);
  return Number(await response.text());
}

export async function setPrice(id: string, price: number): Promise<void> {
  await fetch(\`https://prices.example.com/\${id}\`, { method: 'POST', body: String(price) });
}
`,
  'src/pay.ts': `import axios from 'axios';

const payments = axios.create({ baseURL: process.env.PAYMENTS_URL });

export const charge = async (amount: number) => (await payments.post('/charges', { amount })).data;
`,
};

describe('policies', { timeout: slow }, () => {
  it('runs the calls of each downstream in its own policy, and reads in one that retries', async () => {
    const root = createPackage(files);
    const { texts, result } = await migrate(root, ['timeouts', 'policies']);
    const module = texts['src/resilience/policies.ts'] ?? '';
    expect(module).toContain("import { budgets } from './budgets.js';");
    expect(module).toMatch(
      /export const pricesExamplePolicy = wrap\(\n {2}circuitBreaker\(failures, .+\),\n {2}bulkhead\(10, 100\),\n {2}timeout\(budgets\.pricesExample, TimeoutStrategy\.Cooperative\),\n\);/u,
    );
    expect(module).toContain('export const pricesExampleReads = wrap(retry(repeatable, { maxAttempts: 2,');
    expect(module).not.toContain('paymentsReads');
    expect(texts['src/prices.ts']).toContain('await pricesExampleReads.execute(({ signal }) => fetch(');
    expect(texts['src/prices.ts']).toContain('AbortSignal.any([signal, AbortSignal.timeout(budgets.pricesExample)])');
    expect(texts['src/prices.ts']).toContain('await pricesExamplePolicy.execute(({ signal }) => fetch(');
    expect(texts['src/pay.ts']).toContain('await paymentsPolicy.execute(({ signal }) => payments.post(');
    expect(JSON.parse(texts['package.json'] ?? '')).toHaveProperty('dependencies.cockatiel');
    expect(result.left).toEqual([]);
  });

  it('makes them with opossum if asked to', async () => {
    const root = createPackage(files);
    const { texts } = await migrate(root, ['policies'], { migrate: { library: 'opossum' } });
    expect(texts['src/resilience/policies.ts']).toContain(
      'new CircuitBreaker((run: () => Promise<unknown>) => run(), {\n  timeout: 5000,',
    );
    expect(texts['src/prices.ts']).toContain('await pricesExamplePolicy(() => fetch(');
  });

  it('adds to the module that is there', async () => {
    const root = createPackage(files);
    await migrate(root, ['policies'], { paths: ['src/pay.ts'] });
    const { texts } = await migrate(root, ['policies']);
    expect(Object.keys(texts)).toEqual(['src/prices.ts', 'src/resilience/policies.ts']);
    expect(texts['src/resilience/policies.ts']?.match(/export const paymentsPolicy/gu)).toHaveLength(1);
    expect(texts['src/resilience/policies.ts']?.match(/from 'cockatiel'/gu)).toHaveLength(1);
  });

  it('leaves to people what one policy must not hold: stores, and addresses that callers give', async () => {
    const root = createPackage({
      'src/a.ts': `import pg from 'pg';

const database = new pg.Pool({ query_timeout: 1000 });
export const rows = async () => (await database.query('SELECT 1')).rows;
export const send = async (url: string) => (await fetch(url)).status;
`,
    });
    const { files: changed, left } = await plan(root, ['policies']);
    expect(changed).toEqual([]);
    expect(left.map(({ line, why }) => [line, why.split(':', 1)[0]])).toEqual([
      [3, 'a store or a queue'],
      [5, 'its address comes from its caller'],
    ]);
  });
});
