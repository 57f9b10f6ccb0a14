/** What a stand-in for a failed call says. */
import { expect, test } from 'vitest';
import { emptinessOf } from '../../../src/analysis/isolation/failures.js';
import { find, openText } from '../support.js';

test.each([
  ['null', 'nothing'],
  ['undefined', 'nothing'],
  ['void 0', 'nothing'],
  ['[]', 'empty'],
  ['({})', 'empty'],
  ["''", 'empty'],
  ['0', 'empty'],
  ['true', 'empty'],
  ['({ ok: true })', 'empty'],
  ['({ items: [], total: 0 })', 'empty'],
  ['new Map()', 'empty'],
  ['Promise.resolve([])', 'empty'],
  ['false', 'other'],
  ['({ ok: false })', 'other'],
  ['({ items: [], error: null })', 'other'],
  ["'unavailable'", 'other'],
  ['fallback', 'other'],
  ['cache.get(key)', 'other'],
  ['-1', 'other'],
])('%s', (code, expected) => {
  const { module } = openText(`probe(${code});`, { file: 'case.ts' });
  const call = find(module, 'CallExpression', ({ callee }) => callee.type === 'Identifier' && callee.name === 'probe');
  expect(emptinessOf(call.arguments[0]!)).toBe(expected);
});
