/** What expressions evaluate to: one line of code, one line of what is known about it. */
import { describe, expect, test } from 'vitest';
import { openText, show, valueOf } from './support.js';

/** The value of `v` at its last use. */
const shown = (code: string, how: Parameters<typeof openText>[1] = {}): string =>
  show(valueOf(openText(code, how), 'v'));

describe('primitives and operators', () => {
  test.each([
    ['const v = 5_000;', '5000'],
    ['const v = -1;', '-1'],
    ["const v = 'a';", '"a"'],
    ['const v = 5 * 1_000;', '5000'],
    ['const SECOND = 1_000; const v = 2 * SECOND + 1;', '2001'],
    ['const v = 2 ** 10 - 24;', '1000'],
    ["const v = 'a' + 1;", '"a1"'],
    ['const host = "a"; const v = `https://${host}/x`;', '"https://a/x"'],
    ['const v = undefined;', 'undefined'],
    ['const v = void 0;', 'undefined'],
    ['const v = Infinity;', 'Infinity'],
    ['const v = !0;', 'true'],
    ['const v = (1, 2);', '2'],
    ['const v = 1 as const;', '1'],
    ['const v = <number>1;', '1'],
    ['const v = 1 satisfies number;', '1'],
    ['const v = 1!;', '1'],
    ['let v;', 'undefined'],
    ['declare const v: number;', 'unknown'],
    ['let v!: number;', 'unknown'],
    ['const v = Number("5");', '5'],
    ['const v = Math.min(10, 3);', '3'],
    ['const v = Math.max(10, 3);', '10'],
    ['const v = Math.min(Math.random(), 3);', '3'],
    ['const v = process.env.LIMIT_MS;', '$LIMIT_MS'],
    ["const v = process.env['LIMIT_MS'] ?? 500;", '$LIMIT_MS | 500'],
    ['const v = Number(process.env.LIMIT_MS ?? 500);', '$LIMIT_MS | 500'],
    ['enum E { A, B = 7, C } const v = E.A;', '0'],
    ['enum E { A, B = 7, C } const v = E.C;', '8'],
    ['enum E { A = "x" } const v = E.A;', '"x"'],
    ['const enum E { A = 3 * 4 } const v = E.A;', '12'],
    ['const v = Math.random();', 'unknown'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('choices', () => {
  test.each([
    ['const v = true ? 1 : 2;', '1'],
    ['declare const c: boolean; const v = c ? 1 : 2;', '1 | 2'],
    ['const v = null ?? 1;', '1'],
    ['const v = 0 ?? 1;', '0'],
    ['const v = 0 || 1;', '1'],
    ['const v = 2 && 1;', '1'],
    ['declare const c: boolean; const v = c && 1;', '1 | undefined'],
    ['declare const c: boolean; let v = 1; if (c) v = 2; v;', '1 | 2'],
    ['let v = 1; v = 2; v;', '2'],
    ['let v; v ??= 3; v;', '3'],
    ['let v = 1; v += 1; v;', 'unknown'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('objects and lists', () => {
  test.each([
    ['const v = { a: 1, "b": 2 };', '{ a: 1, b: 2 }'],
    ['const a = 1; const v = { a };', '{ a: 1 }'],
    ['const a = { x: 1 }; const v = { ...a, y: 2 };', '{ x: 1, y: 2 }'],
    ['const k = "a"; const v = { [k]: 1 };', '{ a: 1 }'],
    ['const v = { get a() { return 1; } };', '{ a: 1 }'],
    ['const v = Object.assign({ a: 1 }, { b: 2 });', '{ a: 1, b: 2 }'],
    ['const v = Object.freeze({ a: 1 });', '{ a: 1 }'],
    ['const o = { a: { b: 1 } }; const v = o.a.b;', '1'],
    ["const o = { a: 1 }; const v = o['a'];", '1'],
    ['const o = { a: 1, ...{ a: 2 } }; const v = o.a;', '2'],
    ['const o = { ...{ a: 2 }, a: 1 }; const v = o.a;', '1'],
    ['const o = { a: 1 }; const v = o.b;', 'absent'],
    ['const o = { a: 1 }; const v = o?.a;', '1'],
    ['const { a: v } = { a: 1 };', '1'],
    ['const { a: v = 2 } = {};', '2'],
    ['const { a: v = 2 } = { a: 1 };', '1'],
    ['const { a, ...v } = { a: 1, b: 2 };', '{ b: 2 }'],
    ['const { a: { b: v } } = { a: { b: 1 } };', '1'],
    ['const [, v] = [1, 2];', '2'],
    ['const v = [1, ...[2, 3]];', '[1, 2, 3]'],
    ['const v = [1, 2][1];', '2'],
    ['const v = [1, 2].length;', '2'],
    ['const o: { a?: number } = {}; o.a = 1; const v = o.a;', '1'],
    ['const o = { a: { b: 0 } }; o.a.b = 1; const v = o.a.b;', '1'],
    ['const o: { a?: number } = { a: 2 }; o.a ??= 1; const v = o.a;', '2'],
    ['declare const c: boolean; const o = { a: 1 }; if (c) o.a = 2; const v = o.a;', '1 | 2'],
    ['declare const c: boolean; const o = { ...(c ? { a: 1 } : {}) }; const v = o.a;', '1 | absent'],
    ['declare const c: boolean; const o = { ...(c && { a: 1 }) }; const v = o.a;', '1 | absent'],
    ['declare const x: object; const o = { ...x, a: 1 }; const v = o.a;', '1'],
    ['const v = new URL("https://a.test");', 'new URL("https://a.test")'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('functions and classes', () => {
  test.each([
    ['const f = () => 1; const v = f();', '1'],
    ['function f() { return 1; } const v = f();', '1'],
    ['const f = (a: number) => a * 2; const v = f(3);', '6'],
    ['const f = (a = 4) => a; const v = f();', '4'],
    ['const f = ({ a = 4 } = {}) => a; const v = f({ a: 1 });', '1'],
    ['const f = ({ a = 4 } = {}) => a; const v = f();', '4'],
    ['const f = (...a: number[]) => a; const v = f(1, 2);', '[1, 2]'],
    ['const f = (c: boolean) => { if (c) return 1; return 2; }; const v = f(true);', '1'],
    ['declare const c: boolean; const f = () => { if (c) return 1; return 2; }; const v = f();', '1 | 2'],
    ['const f = async () => 1; const v = await f();', '1'],
    ['const f = () => { throw new Error(); }; const v = f();', 'unknown'],
    ['const f = (a: number) => (b: number) => a + b; const v = f(1)(2);', '3'],
    ['function f(n: number): number { return f(n); } const v = f(1);', 'unknown'],
    ['const f = (v: number) => v;', 'parameter.0'],
    ['const f = (v?: number) => v;', 'parameter.0?'],
    ['const f = (o: { a: number }) => { const v = o.a; };', 'parameter.0.a?'],
    ['class C { a = 1; } const v = new C().a;', '1'],
    ['class C { static a = 1; } const v = C.a;', '1'],
    ['class C { #a = 1; get b() { return this.#a; } } const v = new C().b;', '1'],
    ['class C { constructor(private a: number) {} get() { return this.a; } } const v = new C(3).get();', '3'],
    ['class C { a; constructor(a: number) { this.a = a; } } const v = new C(3).a;', '3'],
    ['class B { a = 1; } class C extends B {} const v = new C().a;', '1'],
    [
      'class B { constructor(readonly a: number) {} } class C extends B { constructor() { super(4); } } const v = new C().a;',
      '4',
    ],
    ['const o = { a: 1, f() { return this.a; } }; const v = o.f();', '1'],
    ['class C {} const v = new C();', 'instance of C'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('signals', () => {
  test.each([
    ['const v = AbortSignal.timeout(5);', 'timeout(5)'],
    ['const ms = 5; const v = AbortSignal.timeout(ms * 2);', 'timeout(10)'],
    ['const v = AbortSignal.any([AbortSignal.timeout(5)]);', 'any(timeout(5))'],
    ['const c = new AbortController(); const v = c.signal;', 'controller.signal'],
    ['const { signal: v } = new AbortController();', 'controller.signal'],
    ['const f = (ms: number) => AbortSignal.timeout(ms); const v = f(7);', 'timeout(7)'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('clients', () => {
  test.each([
    ['const v = fetch;', 'shared fetch()'],
    ['const v = globalThis.fetch;', 'shared fetch()'],
    ['const v = fetch.bind(globalThis);', 'shared fetch()'],
    ['declare const o: { fetch?: typeof fetch }; const v = o.fetch ?? fetch;', 'shared fetch() | unknown'],
    ['const { fetch: v } = globalThis;', 'shared fetch()'],
    ['const f = (v: typeof fetch) => v;', 'injected fetch()'],
    ['const f = (v: typeof fetch | undefined) => v;', 'injected fetch()'],
    ["import v from 'axios';", 'shared axios()'],
    ["import { default as v } from 'axios';", 'shared axios()'],
    ["import axios from 'axios'; const v = axios.create({ timeout: 1 });", 'built axios({ timeout: 1 })'],
    ["import axios from 'axios'; const v = axios.create;", 'shared axios().create'],
    ["import axios from 'axios'; const v = axios.get;", 'shared axios().get'],
    [
      "import axios from 'axios'; axios.defaults.timeout = 3; const v = axios.create({});",
      'built axios({} < { timeout: 3 })',
    ],
    [
      "import axios from 'axios'; const a = axios.create({ timeout: 1 }); const v = a.create({ baseURL: 'x' });",
      'built axios({ baseURL: "x" } < { timeout: 1 })',
    ],
    ["import type { AxiosInstance } from 'axios'; const f = (v: AxiosInstance) => v;", 'injected axios()'],
    ["import type { AxiosInstance as A } from 'axios'; class C { constructor(readonly v: A) {} }", 'injected axios()'],
    ["import pg from 'pg'; const v = new pg.Pool({ max: 1 });", 'built pg({ max: 1 })'],
    ["import { Pool as P } from 'pg'; const v = new P();", 'built pg(absent)'],
    ["import * as pg from 'pg'; const v = new pg.Pool({});", 'built pg({})'],
    ["import pg = require('pg'); const v = new pg.Pool({});", 'built pg({})'],
    ["const v = require('axios').create({});", 'built axios({})'],
    ["const { Pool } = require('pg'); const v = new Pool({});", 'built pg({})'],
    ["const v = await import('node:fs');", 'node:fs'],
    ["import { get as v } from 'node:http';", 'shared node:http().get'],
    ['const axios = { create: () => 1 }; const v = axios.create();', '1'],
    ['function fetch() { return 1; } const v = fetch();', '1'],
  ])('%s', (code, expected) => {
    expect(shown(code)).toBe(expected);
  });
});

describe('other modules', () => {
  const files = {
    'a.ts': `export const a = 1; export default 2; export { b as c } from './b.js'; export * from './b.js'; export * as ns from './b.js';`,
    'b.ts': `const b = 3; export { b }; export class K { n = 4; } export function f(x: number) { return x; } export let late: number; late = 5;`,
    'c.cjs': `module.exports = { a: 6, b: { c: 7 } }; module.exports.d = 8;`,
    'd.cjs': `exports.a = 9; function make() { return 10; } exports.make = make;`,
    'e.json': '{}',
    'loop.ts': `import { y } from './loop2.js'; export const x = y;`,
    'loop2.ts': `import { x } from './loop.js'; export const y = x;`,
    'folder/index.ts': `export const inside = 11;`,
    'whole.cts': `const whole = { a: 12 }; export = whole;`,
  };

  test.each([
    ["import { a as v } from './a.js';", '1'],
    ["import { a as v } from './a';", '1'],
    ["import v from './a.js';", '2'],
    ["import { c as v } from './a.js';", '3'],
    ["import { b as v } from './a.js';", '3'],
    ["import * as m from './a.js'; const v = m.a;", '1'],
    ["import * as m from './a.js'; const v = m.ns.b;", '3'],
    ["import { K } from './b.js'; const v = new K().n;", '4'],
    ["import { f } from './a.js'; const v = f(13);", '13'],
    ["import { late as v } from './b.js';", '5'],
    ["const v = (await import('./a.js')).a;", '1'],
    ["import c from './c.cjs'; const v = c.b.c;", '7'],
    ["import c from './c.cjs'; const v = c.d;", '8'],
    ["import { d as v } from './c.cjs';", '8'],
    ["const { d: v } = require('./c.cjs');", '8'],
    ["import { nothing as v } from './c.cjs';", 'absent'],
    ["import { nothing as v } from './d.cjs';", 'absent'],
    ["import d from './d.cjs'; const v = d.a;", '9'],
    ["import { a as v } from './c.cjs';", '6'],
    ["const { a: v } = require('./d.cjs');", '9'],
    ["const v = require('./d.cjs').make();", '10'],
    ["import { inside as v } from './folder';", '11'],
    ["import w = require('./whole.cjs'); const v = w.a;", '12'],
    ["import { x as v } from './loop.js';", 'unknown'],
    ["import { nothing as v } from './a.js';", 'absent'],
    ["import { nothing as v } from './missing.js';", 'unknown'],
    ["import v from './e.json';", 'unknown'],
  ])('%s', (code, expected) => {
    expect(shown(code, { files })).toBe(expected);
  });

  test.each([
    ["import { a as v } from './a.js';", '1'],
    ["import { c as v } from './a.js';", '3'],
    ["import { b as v } from './a.js';", '3'],
    ["import { K } from './b.js'; const v = new K().n;", '4'],
    ["import c from './c.cjs'; const v = c.b.c;", '7'],
    ["import w from './whole.cjs'; const v = w.a;", '12'],
  ])('with types: %s', (code, expected) => {
    expect(shown(code, { files, typed: true })).toBe(expected);
  });
});

describe('bounds of the work', () => {
  test('a chain of calls deeper than is worth following', () => {
    const chain = Array.from({ length: 400 }, (_, n) => `const f${n + 1} = (x: number) => f${n}(x);`).join('\n');
    expect(shown(`const f0 = (x: number) => x;\n${chain}\nconst v = f400(1);`)).toBe('unknown');
  });

  test('a value that doubles at each step', () => {
    const steps = Array.from({ length: 40 }, (_, n) => `const o${n + 1} = { ...o${n}, x${n}: [o${n}, o${n}] };`);
    const { evaluator, ...opened } = openText(`const o0 = { a: 1 };\n${steps.join('\n')}\nconst v = o40.a;`);
    expect(show(valueOf({ evaluator, ...opened }, 'v'))).toBe('1');
  });

  test('what is not remembered of a cycle is not remembered as unknown', () => {
    const opened = openText(`const a = () => (b() ? 1 : 1); const b = () => a(); const v = a(); const w = b();`);
    expect(show(valueOf(opened, 'v'))).toBe('1');
    expect(show(valueOf(opened, 'w'))).toBe('1');
  });
});
