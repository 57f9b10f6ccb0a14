/** Who can reach a function, and whether a client leaves its file. */
import { describe, expect, test } from 'vitest';
import { exposureOf, leavesFile } from '../../src/analysis/exposure.js';
import { isFunction } from '../../src/analysis/module.js';
import { find, openText } from './support.js';

/** The exposure of the function that says `here`. */
function exposure(code: string, file = 'case.ts'): string {
  const { module } = openText(code, { file });
  let fn = find(module, 'Literal', ({ value }) => value === 'here').parent;
  while (!isFunction(fn)) fn = fn.parent!;
  return exposureOf(fn, module);
}

describe('a function', () => {
  test.each([
    ["export function f() { return 'here'; }", 'exported'],
    ["export default function f() { return 'here'; }", 'exported'],
    ["export default () => 'here';", 'exported'],
    ["export const f = () => 'here';", 'exported'],
    ["const f = () => 'here'; export { f };", 'exported'],
    ["const f = () => 'here'; export { f as g };", 'exported'],
    ["const f = () => 'here'; export default f;", 'exported'],
    ["function f() { return 'here'; } export const api = { f };", 'exported'],
    ["export const api = { f: () => 'here' };", 'exported'],
    ["export const api = { f() { return 'here'; } };", 'exported'],
    ["export const make = () => ({ f: () => 'here' });", 'exported'],
    ["export class C { f() { return 'here'; } }", 'exported'],
    ["class C { f() { return 'here'; } } export { C };", 'exported'],
    ["export class C { f = () => 'here'; }", 'exported'],
    ["export class C { private f() { return 'here'; } }", 'local'],
    ["export class C { #f() { return 'here'; } }", 'local'],
    ["class C { f() { return 'here'; } } new C().f();", 'local'],
    ["function f() { return 'here'; } f();", 'local'],
    ["const f = () => 'here'; f();", 'local'],
    ["const api = { f: () => 'here' }; api.f();", 'local'],
    ["run(() => 'here');", 'handed-on'],
    ["export const f = wrap(() => 'here');", 'handed-on'],
    ["export function outer() { function f() { return 'here'; } return f; }", 'handed-on'],
    ["export function outer() { const f = () => 'here'; return f(); }", 'local'],
  ])('%s', (code, expected) => {
    expect(exposure(code)).toBe(expected);
  });

  test.each([
    ["exports.f = () => 'here';", 'exported'],
    ["module.exports.f = () => 'here';", 'exported'],
    ["module.exports = () => 'here';", 'exported'],
    ["module.exports = { f: () => 'here' };", 'exported'],
    ["const f = () => 'here'; module.exports = f;", 'exported'],
    ["const f = () => 'here'; module.exports = { f };", 'exported'],
    ["function f() { return 'here'; } exports.f = f;", 'exported'],
    ["const f = () => 'here'; f();", 'local'],
  ])('CommonJS: %s', (code, expected) => {
    expect(exposure(code, 'case.cjs')).toBe(expected);
  });
});

/** Whether `make()` leaves the file. */
const leaves = (code: string, file = 'case.ts'): boolean => {
  const { module } = openText(code, { file });
  return leavesFile(
    find(module, 'CallExpression', (_, text) => text === 'make()'),
    module,
  );
};

describe('a client', () => {
  test.each([
    ['const c = make(); c.get();', false],
    ['const c = make(); const f = () => c.get();', false],
    ['const c = make(); c();', false],
    ['let c; c = make(); c.get();', false],
    ['make().get();', false],
    ['make()();', false],
    ['class C { #c = make(); f() { this.#c.get(); } }', false],
    ['export class C { private c = make(); f() { this.c.get(); } }', false],
    ['export const c = make();', true],
    ['const c = make(); export { c };', true],
    ['const c = make(); export default c;', true],
    ['export default make();', true],
    ['const c = make(); use(c);', true],
    ['use(make());', true],
    ['const c = make(); const d = { c };', true],
    ['const f = () => make();', true],
    ['const f = () => { const c = make(); return c; };', true],
    ['export class C { c = make(); }', true],
  ])('%s', (code, expected) => {
    expect(leaves(code)).toBe(expected);
  });

  test('CommonJS', () => {
    expect(leaves('const c = make(); module.exports = c;', 'case.cjs')).toBe(true);
    expect(leaves('exports.c = make();', 'case.cjs')).toBe(true);
    expect(leaves('const c = make(); exports.f = () => c.get();', 'case.cjs')).toBe(false);
  });
});
