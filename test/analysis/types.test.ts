/** What the types of a program answer; without a program nobody is asked. */
import { describe, expect, test } from 'vitest';
import type { TypeOracle } from '../../src/analysis/types.js';
import { createTypeOracle, packageOfFile } from '../../src/analysis/types.js';
import { find, openText } from './support.js';

/** Asks about the initialiser of `v`. */
function ask<T>(code: string, question: (types: TypeOracle, node: never) => T): T {
  const { module } = openText(code, { typed: true });
  const { init } = find(module, 'VariableDeclarator', ({ id }) => id.type === 'Identifier' && id.name === 'v');
  return question(module.types!, init as never);
}

describe('the kinds of a type', () => {
  test.each([
    ['declare const x: string; const v = x;', ['string']],
    ["declare const x: 'a' | 'b'; const v = x;", ['string']],
    ['declare const x: `a${string}`; const v = x;', ['string']],
    ['declare const x: Uppercase<string>; const v = x;', ['other']],
    ['declare const x: number; const v = x;', ['number']],
    ['declare const x: 1 | 2; const v = x;', ['number']],
    ['declare const x: number | undefined; const v = x;', ['nullish', 'number']],
    ['declare const x: string | null; const v = x;', ['nullish', 'string']],
    ['declare const x: boolean; const v = x;', ['boolean']],
    ['declare const x: true; const v = x;', ['boolean']],
    ['declare const x: void; const v = x;', ['nullish']],
    ['declare const x: object; const v = x;', ['other']],
    ['declare const x: string | URL; const v = x;', ['other', 'string']],
    ['declare const x: () => void; const v = x;', ['other']],
    ['enum E { A, B } declare const x: E; const v = x;', ['number']],
    ["enum E { A = 'a', B = 'b' } declare const x: E; const v = x;", ['string']],
    ['declare const x: any; const v = x;', null],
    ['declare const x: unknown; const v = x;', null],
    ['const f = <T,>(x: T) => { const v = x; };', null],
  ])('%s', (code, expected) => {
    const kinds = ask(code, (types, node) => types.kindsOf(node));
    expect(kinds && [...kinds].sort()).toEqual(expected);
  });
});

describe('members that a value may have', () => {
  test.each([
    ['declare const x: { a?: 1 }; const v = x;', 'a', true],
    ['declare const x: { a?: 1 }; const v = x;', 'b', false],
    ['declare const x: { a: 1 } | { b: 1 }; const v = x;', 'b', true],
    ['declare const x: { a: 1 } | undefined; const v = x;', 'a', true],
    ['declare const x: { a: 1 } & { b: 1 }; const v = x;', 'b', true],
    ['declare const x: Record<string, number>; const v = x;', 'anything', true],
    ['declare const x: string; const v = x;', 'signal', false],
    ['declare const x: string | { signal: 1 }; const v = x;', 'signal', true],
    ['declare const x: RequestInit; const v = x;', 'signal', true],
    ['declare const x: RequestInit; const v = x;', 'timeout', false],
    ['declare const x: Request; const v = x;', 'signal', true],
    ['declare const x: object; const v = x;', 'a', null],
    ['declare const x: {}; const v = x;', 'a', null],
    ['declare const x: any; const v = x;', 'a', null],
    ['declare const x: unknown; const v = x;', 'a', null],
    ['const f = <T,>(x: T) => { const v = x; };', 'a', null],
  ])('%s has %s', (code, member, expected) => {
    expect(ask(code, (types, node) => types.mayHaveMember(node, member))).toBe(expected);
  });
});

describe('the names of a type', () => {
  test.each([
    ["import type { AxiosInstance } from 'axios'; declare const x: AxiosInstance; const v = x;", 'axios#AxiosInstance'],
    ["import axios from 'axios'; const v = axios;", 'axios#AxiosStatic'],
    ["import { Axios } from 'axios'; class A extends Axios {} const v = new A();", 'axios#Axios'],
    ["import { Axios } from 'axios'; class A<T> extends Axios { t?: T } const v = new A<string>();", 'axios#Axios'],
    ["import pg from 'pg'; class A extends pg.Pool {} declare const x: A | undefined; const v = x;", 'pg#Pool'],
    ["import type { Pool } from 'pg'; type P = Pool; declare const x: P & { y: 1 }; const v = x;", 'pg#Pool'],
    ['declare const x: AbortSignal; const v = x;', 'global#AbortSignal'],
    ['declare const x: Promise<Response>; const v = x;', 'global#Promise'],
    ['interface Own {} declare const x: Own; const v = x;', 'null#Own'],
  ])('%s', (code, expected) => {
    const names = ask(code, (types, node) => types.namesOf(node)).map(({ name, package: owner }) => `${owner}#${name}`);
    expect(names).toContain(expected);
  });
});

describe('what is called', () => {
  test.each([
    ["import axios from 'axios'; const v = axios.get('');", 'axios', 'get'],
    ["import http from 'node:http'; const v = http.get('');", 'node:http', 'get'],
    ["import https from 'https'; const v = https.request('');", 'node:https', 'request'],
    ["const v = fetch('');", 'global', 'fetch'],
    ["import pg from 'pg'; const v = new pg.Pool().query('');", 'pg', 'query'],
    ['function f() {} const v = f();', null, 'f'],
  ])('%s', (code, owner, name) => {
    expect(ask(code, (types, node) => types.signatureOf(node))).toMatchObject({ package: owner, name });
  });

  test('whether it can be called', () => {
    const callable = (code: string): boolean | null => ask(code, (types, node) => types.isCallable(node));
    expect(callable('declare const x: () => void; const v = x;')).toBe(true);
    expect(callable('declare const x: { a: 1 }; const v = x;')).toBe(false);
    expect(callable('declare const x: (() => void) | undefined; const v = x;')).toBe(true);
    expect(callable('declare const x: any; const v = x;')).toBeNull();
    expect(callable('declare const x: unknown; const v = x;')).toBeNull();
    expect(callable('const f = <T,>(x: T) => { const v = x; };')).toBeNull();
  });
});

test.each([
  ['/a/node_modules/axios/index.d.ts', 'axios'],
  ['/a/node_modules/@scope/b/lib/x.d.ts', '@scope/b'],
  ['/a/node_modules/b/node_modules/c/index.js', 'c'],
  ['C:\\a\\node_modules\\axios\\index.d.ts', 'axios'],
  ['/a/node_modules/@types/pg/index.d.ts', 'pg'],
  ['/a/node_modules/@types/scope__b/index.d.ts', '@scope/b'],
  ['/a/node_modules/@types/node/http.d.ts', 'node:http'],
  ['/a/node_modules/@types/node/timers/promises.d.ts', 'node:timers/promises'],
  ['/a/node_modules/@types/node/web-globals/fetch.d.ts', 'global'],
  ['/a/node_modules/undici-types/fetch.d.ts', 'global'],
  ['/a/packages/http/src/index.ts', null],
  ['/a/node_modules_/x.ts', null],
])('the package of %s', (file, expected) => {
  expect(packageOfFile(file)).toBe(expected);
});

test('without a program there are no answers', () => {
  expect(createTypeOracle({})).toBeNull();
  expect(createTypeOracle(null)).toBeNull();
  expect(openText('const v = 1;').module.types).toBeNull();
});

test('a backend that cannot answer is no reason to fail', () => {
  const broken = createTypeOracle({
    program: {
      getTypeChecker: () => ({}),
    },
    esTreeNodeToTSNodeMap: new Map([[{} as never, {}]]),
  } as never)!;
  const node = {} as never;
  expect(broken.kindsOf(node)).toBeNull();
  expect(broken.mayHaveMember(node, 'a')).toBeNull();
  expect(broken.namesOf(node)).toEqual([]);
  expect(broken.signatureOf(node)).toBeNull();
  expect(broken.fileOf(node)).toBeNull();
  expect(broken.isCallable(node)).toBeNull();
});
