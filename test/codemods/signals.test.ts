import { describe, expect, it } from 'vitest';
import { createPackage, migrate, plan, slow } from './support.js';

describe('signals', { timeout: slow }, () => {
  it('hands a signal down through the functions between, in other files too', async () => {
    const root = createPackage({
      'src/handler.ts': `import { search } from './search.js';

export async function handle(query: string, signal: AbortSignal): Promise<string[]> {
  return search(query);
}
`,
      'src/search.ts': `import { getJson } from './http.js';

/** Finds things. */
export async function search(query: string): Promise<string[]> {
  return getJson(\`https://search.example.com/?q=\${query}\`);
}
`,
      'src/http.ts': `export const getJson = async <T>(url: string): Promise<T> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
  return (await response.json()) as T;
};
`,
    });
    const { texts } = await migrate(root, ['signals']);
    expect(texts['src/handler.ts']).toContain('return search(query, signal);');
    expect(texts['src/search.ts']).toContain('search(query: string, signal?: AbortSignal)');
    expect(texts['src/search.ts']).toContain('getJson(`https://search.example.com/?q=${query}`, signal);');
    expect(texts['src/http.ts']).toContain('async <T>(url: string, signal?: AbortSignal): Promise<T>');
    expect(texts['src/http.ts']).toContain(
      'fetch(url, { signal: AbortSignal.any([AbortSignal.timeout(1000), ...(signal ? [signal] : [])]) })',
    );
  });

  it('takes the signal of a controller that the handler has made, for what only reads', async () => {
    const root = createPackage({
      'src/handler.ts': `import type { IncomingMessage } from 'node:http';

const load = (id: string) => fetch(\`https://a.example.com/\${id}\`);
const save = (id: string) => fetch(\`https://a.example.com/\${id}\`, { method: 'POST' });

export async function handle(request: IncomingMessage): Promise<void> {
  const gone = new AbortController();
  request.once('close', () => gone.abort());
  await load('1');
  await save('1');
}
`,
    });
    const { texts } = await migrate(root, ['signals']);
    expect(texts['src/handler.ts']).toContain("await load('1', gone.signal);");
    expect(texts['src/handler.ts']).toContain('const load = (id: string, signal?: AbortSignal) =>');
    expect(texts['src/handler.ts']).toContain("await save('1');");
  });

  it('leaves alone what needs no signal, has one, or is done for somebody else', async () => {
    const root = createPackage({
      'src/a.ts': `const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
const load = (id: string, signal: AbortSignal) => fetch(\`https://a.example.com/\${id}\`, { signal });
const note = (id: string) => fetch(\`https://log.example.com/\${id}\`);

export async function handle(id: string, signal: AbortSignal): Promise<number> {
  void note(id);
  await load(id, signal);
  return total([1, 2]);
}
`,
    });
    expect((await plan(root, ['signals'])).files).toEqual([]);
  });
});
