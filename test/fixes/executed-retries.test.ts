/** What fixes of retries do at run time: the fixed code is run, with a clock that does not wait, and against a server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import plugin from '../../src/plugin.js';

/** The code after the fixes of some rules, without types. */
function fixed(code: string, rules: readonly string[]): string {
  const linter = new Linter();
  const { output, messages } = linter.verifyAndFix(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: { parser },
        plugins: { resilience: plugin },
        rules: Object.fromEntries(rules.map((rule) => [`resilience/${rule}`, 'error'] as const)),
      },
    ],
    { filename: 'fixed.ts' },
  );
  expect(messages).toEqual([]);
  return output;
}

/** What a module of one exported function `run` is, with some names given. */
function compiled(code: string, given: Readonly<Record<string, unknown>>): (url?: string) => Promise<unknown> {
  const js = ts.transpileModule(code.replace(/^export /gm, ''), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  }).outputText;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the fixed code is what is tested
  const make = new Function(...Object.keys(given), `${js}\nreturn run;`) as (
    ...values: unknown[]
  ) => (url?: string) => Promise<unknown>;
  return make(...Object.values(given));
}

/** The waits that a function asks for when its operation always fails. */
async function waitsOf(code: string): Promise<number[]> {
  const waits: number[] = [];
  const run = compiled(code, {
    fetch: () => Promise.reject(new Error('down')),
    setTimeout: (callback: () => void, ms: number) => {
      waits.push(ms);
      queueMicrotask(callback);
    },
  });
  await run().catch(() => undefined);
  return waits;
}

const loops: Readonly<Record<string, string>> = {
  'without a wait': `export async function run(): Promise<Response> {
  for (let attempt = 0; attempt < 9; attempt++) {
    try {
      return await fetch('https://a.test');
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
  throw new Error('unreachable');
}`,
  'with a constant wait': `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function run(): Promise<Response> {
  for (let attempt = 1; attempt <= 9; attempt++) {
    try {
      return await fetch('https://a.test');
    } catch {
      await sleep(1000);
    }
  }
  throw new Error('failed');
}`,
  'with a wait that only doubles': `export async function run(): Promise<Response> {
  let attempt = 0;
  while (attempt < 9) {
    try {
      return await fetch('https://a.test');
    } catch {
      await new Promise<void>((resolve) => setTimeout(resolve, Math.min(20_000, 1000 * 2 ** attempt)));
      attempt += 1;
    }
  }
  throw new Error('failed');
}`,
  'with a wait that grows without end': `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export async function run(): Promise<Response> {
  for (let attempt = 0; attempt < 9; attempt++) {
    try {
      return await fetch('https://a.test');
    } catch {
      await sleep(Math.random() * 1000 * 2 ** attempt);
    }
  }
  throw new Error('failed');
}`,
};

const rules = ['require-backoff', 'require-jitter', 'require-retry-limit'];

describe('a loop', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  describe.each(Object.entries(loops))('%s', (_name, code) => {
    const output = fixed(code, rules);

    it('waits longer each time, up to a cap', async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0.5);
      const waits = await waitsOf(output);
      expect(waits.length).toBeGreaterThanOrEqual(8);
      const growing = waits.slice(0, 5);
      expect(growing).toEqual([...growing].sort((a, b) => a - b));
      expect(new Set(growing).size).toBe(growing.length);
      expect(waits.at(-1)).toBe(waits.at(-2));
    });

    it('waits differently each time that it is run', async () => {
      expect(await waitsOf(output)).not.toEqual(await waitsOf(output));
    });

    it('never waits longer than the cap', async () => {
      vi.spyOn(Math, 'random').mockReturnValue(0.999_999);
      expect(Math.max(...(await waitsOf(output)))).toBeLessThanOrEqual(30_000);
    });
  });
});

describe('a key', () => {
  const keys: (string | undefined)[] = [];
  let server: Server;
  let url: string;

  beforeEach(async () => {
    keys.length = 0;
    server = createServer((request, response) => {
      keys.push(request.headers['idempotency-key'] as string | undefined);
      // The first two are lost after they were carried out.
      if (keys.length % 3 !== 0) request.socket.destroy();
      else response.end('done');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const code = `export async function run(url: string): Promise<string> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const response = await fetch(url, { method: 'POST', body: '{}' });
      return await response.text();
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
  throw new Error('unreachable');
}`;

  it('is the same in each attempt, and another one for each operation', async () => {
    const run = compiled(fixed(code, ['require-idempotent-retry']), {});
    expect(await run(url)).toBe('done');
    expect(await run(url)).toBe('done');
    expect(keys).toHaveLength(6);
    expect(keys.every(Boolean)).toBe(true);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(new Set(keys.slice(3)).size).toBe(1);
    expect(keys[0]).not.toBe(keys[3]);
  });

  it('is missing before', async () => {
    const run = compiled(code, {});
    expect(await run(url)).toBe('done');
    expect(keys).toEqual([undefined, undefined, undefined]);
  });
});
