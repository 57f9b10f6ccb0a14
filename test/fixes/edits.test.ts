/** Edits of calls and object literals: what is there stays, its comments and its layout included. */
import * as parser from '@typescript-eslint/parser';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { SourceCode } from 'eslint';
import { describe, expect, test } from 'vitest';
import { linkParents } from '../../src/analysis/module.js';
import { type Edit, type MemberEdit, objectText, setArgumentMembers } from '../../src/fixes/edits.js';

/** A file with one statement, and the call or construction that it begins with. */
function parse(code: string): { source: TSESLint.SourceCode; call: TSESTree.CallExpression | TSESTree.NewExpression } {
  const { ast, visitorKeys } = parser.parseForESLint(code, { range: true, loc: true, comment: true, tokens: true });
  linkParents(ast, visitorKeys);
  const [statement] = ast.body;
  const node = statement?.type === 'ExpressionStatement' ? statement.expression : null;
  if (node?.type !== 'CallExpression' && node?.type !== 'NewExpression') throw new Error(`no call: ${code}`);
  return { source: new SourceCode({ text: code, ast: ast as never }) as unknown as TSESLint.SourceCode, call: node };
}

function applied(code: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.range[0] - a.range[0])
    .reduce((text, { range, text: own }) => text.slice(0, range[0]) + own + text.slice(range[1]), code);
}

/** `code` with `members` set in the argument `index`; the result must parse. */
function set(
  code: string,
  index: number,
  members: readonly MemberEdit[] = [{ path: 'a', value: '1' }],
  how: { first?: boolean; insert?: boolean } = {},
): string | null {
  const { source, call } = parse(code);
  const edits = setArgumentMembers(source, call, index, members, how);
  if (!edits) return null;
  const result = applied(code, edits);
  parser.parse(result, {});
  return result;
}

describe('an argument that is not there', () => {
  test.each([
    ['f()', 0, 'f({ a: 1 })'],
    ['f( )', 0, 'f( { a: 1 })'],
    ['f(/* nothing */)', 0, 'f(/* nothing */{ a: 1 })'],
    ['f(x)', 1, 'f(x, { a: 1 })'],
    ['f(x,)', 1, 'f(x, { a: 1 },)'],
    ['f((x))', 1, 'f((x), { a: 1 })'],
    ['f(((x)))', 1, 'f(((x)), { a: 1 })'],
    ['f((x, y))', 1, 'f((x, y), { a: 1 })'],
    ['f(x /* last */)', 1, 'f(x, { a: 1 } /* last */)'],
    ['f(x // last\n)', 1, 'f(x, { a: 1 } // last\n)'],
    ['f(\n  x,\n)', 1, 'f(\n  x, { a: 1 },\n)'],
    ['f(x)', 2, 'f(x, undefined, { a: 1 })'],
    ['f()', 2, 'f(undefined, undefined, { a: 1 })'],
    ['f<T>(x)', 1, 'f<T>(x, { a: 1 })'],
    ['new F()', 0, 'new F({ a: 1 })'],
    ['new F', 0, 'new F({ a: 1 })'],
    ['new a.F;', 0, 'new a.F({ a: 1 });'],
  ])('%j, argument %i', (code, index, expected) => {
    expect(set(code, index)).toBe(expected);
  });

  test('before a callback', () => {
    expect(set('f(x, () => {})', 1, undefined, { insert: true })).toBe('f(x, { a: 1 }, () => {})');
    expect(set('f(x, (() => {}))', 1, undefined, { insert: true })).toBe('f(x, { a: 1 }, (() => {}))');
    expect(set('f(x, /* then */ done)', 1, undefined, { insert: true })).toBe('f(x, /* then */ { a: 1 }, done)');
  });

  test('behind a spread nobody knows where it is', () => {
    expect(set('f(...x)', 0)).toBeNull();
    expect(set('f(...x)', 1)).toBeNull();
    expect(set('f(x, ...y)', 0)).toBe('f({ ...x, a: 1 }, ...y)');
  });
});

describe('an object literal', () => {
  test.each([
    ['f({})', 'f({ a: 1 })'],
    ['f({ })', 'f({ a: 1 })'],
    ['f({ b })', 'f({ b, a: 1 })'],
    ['f({ b: 2, })', 'f({ b: 2, a: 1, })'],
    ['f({ b: (2) })', 'f({ b: (2), a: 1 })'],
    ['f({ ...b })', 'f({ ...b, a: 1 })'],
    ['f({ b() {} })', 'f({ b() {}, a: 1 })'],
    ['f({ b: 2 /* two */ })', 'f({ b: 2, a: 1 /* two */ })'],
    ['f({ b: 2 } as T)', 'f({ b: 2, a: 1 } as T)'],
    ['f({ b: 2 } satisfies T)', 'f({ b: 2, a: 1 } satisfies T)'],
    ['f(({ b: 2 }))', 'f(({ b: 2, a: 1 }))'],
    ['f({\n  b: 2,\n  c: 3,\n})', 'f({\n  b: 2,\n  c: 3,\n  a: 1,\n})'],
    ['f({\n  b: 2\n})', 'f({\n  b: 2,\n  a: 1\n})'],
    ['f({\n\tb: 2, // two\n})', 'f({\n\tb: 2,\n\ta: 1, // two\n})'],
    ['f({ b: {\n  c: 3,\n} })', 'f({ b: {\n  c: 3,\n}, a: 1 })'],
  ])('%j', (code, expected) => {
    expect(set(code, 0)).toBe(expected);
  });

  test('with nothing but comments in it', () => {
    expect(set('f({ /* later */ })', 0)).toBe('f({ /* later */ \na: 1\n})');
    expect(set('f({\n  // later\n})', 0)).toBe('f({\n  // later\na: 1\n})');
  });

  test('a member that is there is replaced, with what stands around its value', () => {
    expect(set('f({ a: 0 })', 0)).toBe('f({ a: 1 })');
    expect(set('f({ a: /* none */ 0 /* yet */, b })', 0)).toBe('f({ a: /* none */ 1 /* yet */, b })');
    expect(set("f({ 'a': 0 })", 0)).toBe("f({ 'a': 1 })");
    expect(set('f({ a })', 0)).toBe('f({ a: 1 })');
    expect(set('f({ a: (x, y) })', 0)).toBe('f({ a: (1) })');
  });

  test('a member that something may be spread over cannot be set', () => {
    expect(set('f({ a: 0, ...x })', 0)).toBeNull();
    expect(set('f({ ...x, a: 0 })', 0)).toBe('f({ ...x, a: 1 })');
  });

  test('several members at once', () => {
    const members = [
      { path: 'a', value: '1' },
      { path: 'b', value: '2' },
    ];
    expect(set('f({ b: 0 })', 0, members)).toBe('f({ b: 2, a: 1 })');
    expect(set('f({})', 0, members)).toBe('f({ a: 1, b: 2 })');
  });
});

describe('nested members', () => {
  const nested = [{ path: 'a.b', value: '1' }];

  test.each([
    ['f()', 'f({ a: { b: 1 } })'],
    ['f({})', 'f({ a: { b: 1 } })'],
    ['f({ a: {} })', 'f({ a: { b: 1 } })'],
    ['f({ a: { c: 2 } })', 'f({ a: { c: 2, b: 1 } })'],
    ['f({ a: { b: 0 } })', 'f({ a: { b: 1 } })'],
    ['f({ a: x })', 'f({ a: { ...x, b: 1 } })'],
    ['f({ a: undefined })', 'f({ a: { b: 1 } })'],
    ['f({ a })', 'f({ a: { ...a, b: 1 } })'],
    ['f({ a: {\n    c: 2,\n  },\n})', 'f({ a: {\n    c: 2,\n    b: 1,\n  },\n})'],
  ])('%j', (code, expected) => {
    expect(set(code, 0, nested)).toBe(expected);
  });

  test('members of one group stand in one object', () => {
    const members = [
      { path: 'a.b', value: '1' },
      { path: 'a.c', value: '2' },
      { path: 'd', value: '3' },
    ];
    expect(set('f()', 0, members)).toBe('f({ a: { b: 1, c: 2 }, d: 3 })');
    expect(objectText(members)).toBe('{ a: { b: 1, c: 2 }, d: 3 }');
  });

  test('names that are no identifiers are quoted', () => {
    expect(objectText([{ path: 'retry-after', value: '1' }])).toBe("{ 'retry-after': 1 }");
  });
});

describe('an argument that is no object literal is spread into one', () => {
  test.each([
    ['f(x)', 'f({ ...x, a: 1 })'],
    ['f(this.x.y)', 'f({ ...this.x.y, a: 1 })'],
    ['f(x?.y)', 'f({ ...x?.y, a: 1 })'],
    ['f(g(1))', 'f({ ...g(1), a: 1 })'],
    ['f(x ? y : z)', 'f({ ...(x ? y : z), a: 1 })'],
    ['f(x ?? y)', 'f({ ...(x ?? y), a: 1 })'],
    ['f(x as T)', 'f({ ...x, a: 1 } as T)'],
    ['f(x!)', 'f({ ...x, a: 1 }!)'],
    ['f(undefined)', 'f({ a: 1 })'],
    ['f(null)', 'f({ a: 1 })'],
    ['f(void 0)', 'f({ a: 1 })'],
  ])('%j', (code, expected) => {
    expect(set(code, 0)).toBe(expected);
  });
});

describe('what is there wins over what is added', () => {
  const first = { first: true };

  test.each([
    ['f(x)', 'f({ a: 1, ...x })'],
    ['f({ b: 2 })', 'f({ a: 1, b: 2 })'],
    ['f({ /* b */ b: 2 })', 'f({ /* b */ a: 1, b: 2 })'],
    ['f({ ...x })', 'f({ a: 1, ...x })'],
    ['f({\n  ...x,\n})', 'f({\n  a: 1,\n  ...x,\n})'],
    ['f({ a })', 'f({ a: a ?? 1 })'],
    ['f({ a: x.y })', 'f({ a: x.y ?? 1 })'],
    ["f({ 'a': x })", "f({ 'a': x ?? 1 })"],
    ['f({ a: x || y })', 'f({ a: (x || y) ?? 1 })'],
    ['f({ a: x ? y : z })', 'f({ a: (x ? y : z) ?? 1 })'],
  ])('%j', (code, expected) => {
    expect(set(code, 0, undefined, first)).toBe(expected);
  });
});
