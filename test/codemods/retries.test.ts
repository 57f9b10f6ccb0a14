import { describe, expect, it } from 'vitest';
import { createPackage, migrate, plan, slow } from './support.js';

const withRetryLibrary = (dependencies: Record<string, string>): Record<string, string> => ({
  'package.json': JSON.stringify({ name: 'case', type: 'module', engines: { node: '>=20.19' }, dependencies }),
});

const loop = `import { setTimeout as sleep } from 'node:timers/promises';

export class Refused extends Error {}

export async function load(id: string): Promise<unknown> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      const response = await fetch(\`https://a.example.com/\${id}\`);
      // Read at once.
      return await response.json();
    } catch (error) {
      if (error instanceof TypeError) throw error;
      console.warn('failed', error);
      lastError = error;
      await sleep(250);
    }
  }
  throw lastError;
}
`;

describe('retries', { timeout: slow }, () => {
  it('turns a loop into a call of p-retry: the same limit, filter and first wait', async () => {
    const root = createPackage({ ...withRetryLibrary({ 'p-retry': '7' }), 'src/a.ts': loop });
    const { texts } = await migrate(root, ['retries']);
    expect(texts['src/a.ts']).toBe(`import pRetry, { AbortError } from 'p-retry';

export class Refused extends Error {}

export async function load(id: string): Promise<unknown> {
  return pRetry(async () => {
    try {
      const response = await fetch(\`https://a.example.com/\${id}\`);
      // Read at once.
      return await response.json();
    } catch (error) {
      if (error instanceof TypeError) throw new AbortError(error as Error);
      console.warn('failed', error);
      throw error;
    }
  }, { retries: 3, factor: 2, minTimeout: 250, maxTimeout: 30_000, randomize: true });
}
`);
  });

  it('takes cockatiel where the project has no retry library, and adds it', async () => {
    const root = createPackage({ 'src/a.ts': loop });
    const { texts, result } = await migrate(root, ['retries']);
    expect(texts['src/a.ts']).toContain(
      'return retry(handleWhen((error) => !(error instanceof TypeError)), { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 30_000 }) }).execute(async () => {',
    );
    expect(JSON.parse(texts['package.json'] ?? '')).toHaveProperty('dependencies.cockatiel');
    expect(result.notes).toContain('package.json now depends on cockatiel: install it, then compile');
  });

  it('makes a key once, outside of the retry, where the client takes one', async () => {
    const root = createPackage({
      ...withRetryLibrary({ 'p-retry': '7' }),
      'src/a.ts': `import axios from 'axios';
import pRetry from 'p-retry';

export const charge = (amount: number) =>
  pRetry(() => axios.post('https://pay.example.com/charges', { amount }, { timeout: 1000 }), { retries: 2 });
`,
    });
    const { texts } = await migrate(root, ['retries']);
    expect(texts['src/a.ts']).toContain('const idempotencyKey = crypto.randomUUID();');
    expect(texts['src/a.ts']).toContain("headers: { 'Idempotency-Key': idempotencyKey }");
    expect(texts['src/a.ts']).toContain('{ retries: 2, randomize: true }');
  });

  it('mends in place what has another form, and leaves what needs people', async () => {
    const root = createPackage({
      ...withRetryLibrary({ 'p-retry': '7' }),
      // The number of the attempt is part of what is done.
      'src/counting.ts': `import { setTimeout as sleep } from 'node:timers/promises';

export async function load(): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      console.info('attempt', attempt);
      const response = await fetch('https://a.example.com');
      return await response.text();
    } catch (error) {
      if (attempt === 3) throw error;
      await sleep(500);
    }
  }
}
`,
    });
    const { texts } = await migrate(root, ['retries']);
    expect(texts['src/counting.ts']).not.toContain('p-retry');
    expect(texts['src/counting.ts']).toContain('await sleep(Math.random() * Math.min(30_000, 500 * 2 ** attempt));');
  });

  it('keeps comments: a loop that would lose one keeps its form', async () => {
    const root = createPackage({
      ...withRetryLibrary({ 'p-retry': '7' }),
      'src/a.ts': loop.replace('await sleep(250);', '// They asked for this.\n      await sleep(250);'),
    });
    const { texts } = await migrate(root, ['retries']);
    expect(texts['src/a.ts']).toContain('// They asked for this.');
    expect(texts['src/a.ts']).not.toContain('p-retry');
  });

  it('has nothing to say about a retry that is fine', async () => {
    const root = createPackage({
      ...withRetryLibrary({ 'p-retry': '7' }),
      'src/a.ts': `import pRetry from 'p-retry';

export const load = () => pRetry(() => fetch('https://a.example.com'), { retries: 2, randomize: true });
`,
    });
    const result = await plan(root, ['retries']);
    expect({ files: result.files, left: result.left }).toEqual({ files: [], left: [] });
  });
});
