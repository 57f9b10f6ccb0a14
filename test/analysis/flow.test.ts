/** Which writes can reach a use. Each case writes `x = 1` once and reads it in `use(x)`. */
import { expect, test } from 'vitest';
import { reaches } from '../../src/analysis/flow.js';
import { find, openText } from './support.js';

const reach = (code: string): string => {
  const { module } = openText(
    `declare let x: number; declare const c: boolean; declare const use: (x: number) => void;\n${code}`,
  );
  const write = find(module, 'AssignmentExpression', (_, text) => text === 'x = 1');
  const use = find(module, 'CallExpression', (_, text) => text === 'use(x)');
  return reaches(write, use.arguments[0]!);
};

test.each([
  ['x = 1; use(x);', 'always'],
  ['use(x); x = 1;', 'never'],
  ['if (c) x = 1; use(x);', 'maybe'],
  ['if (c) { x = 1; use(x); }', 'always'],
  ['if (c) { x = 1; } else { use(x); }', 'never'],
  ['if (c) { use(x); } else { x = 1; }', 'never'],
  ['{ x = 1; } use(x);', 'always'],
  ['c && (x = 1); use(x);', 'maybe'],
  ['c ? (x = 1) : 0; use(x);', 'maybe'],
  ['for (const _ of []) { use(x); x = 1; }', 'maybe'],
  ['for (const _ of []) { x = 1; } use(x);', 'maybe'],
  ['while (c) { use(x); x = 1; }', 'maybe'],
  ['do { x = 1; } while (c); use(x);', 'always'],
  ['try { x = 1; } catch {} use(x);', 'maybe'],
  ['try { x = 1; use(x); } catch {}', 'always'],
  ['try {} finally { x = 1; } use(x);', 'always'],
  ['try {} catch { x = 1; } use(x);', 'maybe'],
  ['switch (c) { case true: x = 1; } use(x);', 'maybe'],
  ['x = 1; function f() { use(x); }', 'always'],
  ['x = 1; const f = () => { if (c) use(x); };', 'always'],
  ['function f() { use(x); } x = 1;', 'maybe'],
  ['function f() { x = 1; } use(x);', 'maybe'],
  ['function f() { x = 1; } function g() { use(x); }', 'maybe'],
  ['function f() { x = 1; return () => use(x); }', 'always'],
  ['if (c) { x = 1; } function f() { use(x); }', 'maybe'],
])('%s', (code, expected) => {
  expect(reach(code)).toBe(expected);
});
