import { describe, expect, it } from 'vitest';
import type { RetryScope } from '../../../src/analysis/retries/scope.js';
import { open, project } from '../support.js';

/** The retries of a module. */
function retries(code: string): readonly RetryScope[] {
  return open(project({ 'case.ts': code }), 'case.ts').facts?.retries ?? [];
}

const loop = (head: string, handler: string, before = ''): string => `
export async function load(url: string): Promise<Response> {
  ${before}
  ${head} {
    try {
      return await fetch(url);
    } catch (error) {
      ${handler}
    }
  }
  throw new Error('failed');
}`;

describe('the attempts of a loop', () => {
  it.each([
    ['for (let n = 0; n < 5; n++)', '', '', 5, 'limited'],
    ['for (let n = 1; n <= 5; n++)', '', '', 5, 'limited'],
    ['for (let n = 5; n > 0; n--)', '', '', 5, 'limited'],
    ['for (let n = 0; ; n++)', 'if (n === 3) throw error;', '', 4, 'limited'],
    ['for (let n = 0; ; n++)', 'if (n >= 3 || !(error instanceof Error)) throw error;', '', 4, 'limited'],
    ['while (true)', 'if (++n > 3) throw error;', 'let n = 0;', 4, 'limited'],
    ['while (n--)', '', 'let n = 4;', 4, 'limited'],
    ['for (const ms of [1, 2, 3])', 'console.log(ms);', '', 3, 'limited'],
    ['while (true)', 'console.warn(error);', '', null, 'unbounded'],
    ['while (n < 5)', 'if (error instanceof TypeError) continue; n++;', 'let n = 0;', null, 'unreachable'],
    ['while (n < Number(process.env.N))', 'n++;', 'let n = 0;', null, 'unknown'],
    ['while (Date.now() < end)', '', 'const end = Date.now() + 1000;', null, 'unknown'],
  ])('%s { %s }', (head, handler, before, attempts, limit) => {
    const [scope, ...others] = retries(loop(head, handler, before));
    expect(others).toEqual([]);
    expect(scope).toMatchObject({ kind: 'loop', attempts, limit });
  });
});

describe('the waits of a loop', () => {
  it.each([
    ['await new Promise((resolve) => setTimeout(resolve, 100));', 'constant'],
    ['await new Promise<void>((resolve) => { setTimeout(() => resolve(), 100 * 2 ** n); });', 'exponential'],
    ['await new Promise((_, reject) => setTimeout(reject, 100));', undefined],
    ['await Promise.race([new Promise((resolve) => setTimeout(resolve, 100 * n))]);', 'linear'],
  ])('%s', (handler, growth) => {
    const [scope] = retries(loop('for (let n = 0; n < 5; n++)', handler));
    expect(scope?.waits[0]?.growth).toBe(growth);
  });

  it('are found through a promisified timer', () => {
    const [scope] = retries(`import { promisify } from 'node:util';
const snooze = promisify(setTimeout);
${loop('for (let n = 0; n < 5; n++)', 'await snooze(50);')}`);
    expect(scope?.waits).toMatchObject([{ growth: 'constant', samples: [50, 50, 50, 50] }]);
  });
});

describe('a recursion', () => {
  it('counts its parameter', () => {
    const [scope] = retries(`export async function load(url: string, left = 4): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left === 0) throw error;
    return load(url, left - 1);
  }
}`);
    expect(scope).toMatchObject({ kind: 'recursion', attempts: 5, limit: 'limited', waits: [] });
  });

  it('counts what a call in the file begins with', () => {
    const [scope] = retries(`async function load(url: string, attempt: number): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempt > 3) throw error;
    return load(url, attempt + 1);
  }
}
export const first = (url: string) => load(url, 1);`);
    expect(scope).toMatchObject({ attempts: 4, limit: 'limited' });
  });
});

it('a helper is known by what it does with what it is given', () => {
  const root = project({
    'retry.ts': `export async function persist<T>(options: { run: () => Promise<T> }): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await options.run();
    } catch (error) {
      if (n === 2) throw error;
    }
  }
}`,
    'case.ts': `import { persist } from './retry.js';
export const load = (url: string) => persist({ run: () => fetch(url) });`,
  });
  expect(open(root, 'case.ts').facts?.retries).toMatchObject([{ kind: 'helper', attempts: 3, elsewhere: true }]);
});
