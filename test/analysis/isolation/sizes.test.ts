/** How many elements a collection may have, as far as the code shows it. */
import { expect, test } from 'vitest';
import type { IsolationContext } from '../../../src/analysis/isolation/facts.js';
import { sizeOf } from '../../../src/analysis/isolation/sizes.js';
import { find, openText } from '../support.js';

/** The size of what `probe(…)` is called with. */
function size(code: string): string | number {
  const opened = openText(code, { file: 'case.ts' });
  const call = find(
    opened.module,
    'CallExpression',
    ({ callee }) => callee.type === 'Identifier' && callee.name === 'probe',
  );
  const result = sizeOf(opened as unknown as IsolationContext, call.arguments[0]!, 0);
  return result.kind === 'known' ? result.count : result.kind;
}

test.each([
  ['probe([1, 2, 3]);', 3],
  ['const ids = [1, 2] as const; probe(ids);', 2],
  ['const a = [1, 2]; probe([...a, 3].filter(Boolean));', 3],
  [
    'const ids: number[] = []; export function f(xs: number[]) { for (const x of xs) ids.push(x); probe(ids); }',
    'unbounded',
  ],
  ['probe(Object.keys({ a: 1, b: 2 }));', 2],
  ["probe('a,b,c'.split(','));", 3],
  ['export const f = (ids: string[]) => probe(ids);', 'unbounded'],
  ['export const f = (ids: string[]) => probe([...new Set(ids)]);', 'unbounded'],
  ['export const f = (ids: string[]) => probe(ids.slice(0, 5));', 'bounded'],
  ['export const f = (ids: string[]) => probe(ids.slice(5));', 'unbounded'],
  ['export const f = (ids: [string, string]) => probe(ids);', 'bounded'],
  [
    "import { chunk } from 'lodash'; export function f(ids: string[]) { for (const part of chunk(ids, 10)) probe(part); }",
    'bounded',
  ],
  [
    'function parts(ids: string[], n: number) { const all: string[][] = []; for (let i = 0; i < ids.length; i += n) all.push(ids.slice(i, i + n)); return all; } export function f(ids: string[]) { for (const part of parts(ids, 10)) probe(part); }',
    'bounded',
  ],
  ['export function f(batches: string[][]) { for (const batch of batches) probe(batch); }', 'doubt'],
  ['export function f(ids: string[]) { if (ids.length > 10) throw new Error(); probe(ids); }', 'bounded'],
  ['export function f(ids: string[]) { if (ids.length <= 10) probe(ids); }', 'bounded'],
  ['export function f(ids: string[]) { if (ids.length === 0) return; probe(ids); }', 'unbounded'],
  [
    'function top(ids: string[]) { return ids.slice(0, 3); } export const f = (ids: string[]) => probe(top(ids));',
    'bounded',
  ],
  [
    'export class A { urls: string[] = []; add(u: string) { this.urls.push(u); } all() { probe(this.urls); } }',
    'unbounded',
  ],
  ["export class A { urls = ['a', 'b']; all() { probe(this.urls); } }", 2],
  ['export const f = (ids: Promise<string[]>) => ids.then((known) => probe(known));', 'unbounded'],
  ['export function f(n: number) { probe(Array.from({ length: Math.min(n, 5) })); }', 5],
  ['export function f(n: number) { probe(Array.from({ length: n })); }', 'unbounded'],
  ['const f = (ids: string[]) => probe(ids); f(["a"]);', 1],
  ['export async function f() { const rows = await list({ limit: 20 }); probe(rows); }', 'doubt'],
  ['export const f = (providers: string[]) => probe(providers);', 'unbounded'],
  ['enum E { A } probe(Object.values(E));', 'bounded'],
])('%s', (code, expected) => {
  expect(size(code)).toBe(expected);
});
