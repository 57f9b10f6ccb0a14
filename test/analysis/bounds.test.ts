/** How well calls and clients are bounded: the verdict, and where the bound stands. */
import { describe, expect, test } from 'vitest';
import { openText } from './support.js';

/** The verdicts of a file, in order: `kind`, with the phases that are open or the milliseconds that are known. */
function verdicts(code: string, how: Parameters<typeof openText>[1] = {}): string[] {
  const { facts } = openText(code, how);
  return (facts?.timeouts ?? []).map(({ verdict, withoutDefault }) => {
    switch (verdict.kind) {
      case 'bounded': {
        const [first] = verdict.by;
        return first?.limit.kind === 'limited'
          ? `bounded by ${first.bound.option} ${first.limit.ms ?? '?'}`
          : 'bounded';
      }
      case 'openPhase':
        return `open ${verdict.phases.join('+')}`;
      case 'callerOwned':
        return withoutDefault ? 'callerOwned, no default' : 'callerOwned';
      default:
        return verdict.kind;
    }
  });
}

describe.each([
  ['with types', true],
  ['without types', false],
])('%s', (_, typed) => {
  const call = (options: string, before = ''): string =>
    `${before}\nexport const read = (url: string) => fetch(url, ${options});`;

  test.each([
    ['{}', '', 'longDefault'],
    ['{ signal: AbortSignal.timeout(5) }', '', 'bounded by signal 5'],
    ['{ signal: AbortSignal.timeout(limit) }', 'const limit = 2 * 3;', 'bounded by signal 6'],
    ['{ signal: AbortSignal.timeout(limit) }', 'declare const limit: number;', 'bounded by signal ?'],
    ['{ signal: AbortSignal.timeout(0) }', '', 'ineffective'],
    ['{ signal: AbortSignal.timeout(2 ** 31) }', '', 'ineffective'],
    ['{ signal: undefined }', '', 'ineffective'],
    ['{ signal: null }', '', 'ineffective'],
    ['{ signal: given }', 'declare const given: AbortSignal;', 'unknown'],
    ['{ signal: AbortSignal.any([given]) }', 'declare const given: AbortSignal;', 'unknown'],
    [
      '{ signal: AbortSignal.any([given, AbortSignal.timeout(5)]) }',
      'declare const given: AbortSignal;',
      'bounded by signal 5',
    ],
    ['{ signal: AbortSignal.any([]) }', '', 'ineffective'],
    ['{ signal: new AbortController().signal }', '', 'ineffective'],
    ['{ ...base }', 'const base = { signal: AbortSignal.timeout(5) };', 'bounded by signal 5'],
    ['{ ...base, signal: undefined }', 'const base = { signal: AbortSignal.timeout(5) };', 'ineffective'],
    ['{ signal: AbortSignal.timeout(5), ...base }', 'const base = { method: "GET" };', 'bounded by signal 5'],
    ['c ? { signal: AbortSignal.timeout(5) } : {}', 'declare const c: boolean;', 'unknown'],
    [
      'c ? { signal: AbortSignal.timeout(5) } : { signal: AbortSignal.timeout(7) }',
      'declare const c: boolean;',
      'bounded by signal 7',
    ],
    ['c ? {} : { method: "POST" }', 'declare const c: boolean;', 'longDefault'],
    ['given', 'declare const given: RequestInit;', 'unknown'],
  ])('fetch(url, %s) %s', (options, before, expected) => {
    expect(verdicts(call(options, before), { typed })).toEqual([expected]);
  });

  test.each([
    ['{}', 'missing'],
    ['{ timeout: 5 }', 'bounded by timeout 5'],
    ['{ timeout: 0 }', 'ineffective'],
    ['{ timeout: -1 }', 'ineffective'],
    ['{ timeout: Infinity }', 'ineffective'],
    ['{ timeout: undefined }', 'ineffective'],
    ['{ timeout: Number(process.env.LIMIT) }', 'bounded by timeout ?'],
    ['{ signal: AbortSignal.timeout(5) }', 'bounded by signal 5'],
    ['{ timeout: 0, signal: AbortSignal.timeout(5) }', 'bounded by signal 5'],
  ])('axios.create(%s)', (options, expected) => {
    expect(verdicts(`import axios from 'axios';\nexport const http = axios.create(${options});`, { typed })).toEqual([
      expected,
    ]);
  });

  test.each([
    ['{}', 'missing'],
    ['{ query_timeout: 5 }', 'open handshake'],
    ['{ connectionTimeoutMillis: 5 }', 'open headers+body'],
    ['{ statement_timeout: 5 }', 'open handshake+headers+body'],
    ['{ query_timeout: 5, connectionTimeoutMillis: 7 }', 'bounded by connectionTimeoutMillis 7'],
    ['{ query_timeout: 0, connectionTimeoutMillis: 0 }', 'ineffective'],
  ])('new Pool(%s)', (options, expected) => {
    expect(verdicts(`import pg from 'pg';\nexport const pool = new pg.Pool(${options});`, { typed })).toEqual([
      expected,
    ]);
  });

  test('the call’s own option goes before that of its client', () => {
    const code = (own: string): string => `import axios from 'axios';
const http = axios.create({ timeout: 5 });
export const read = () => http.get('/x', ${own});`;
    expect(verdicts(code('{}'), { typed })).toEqual(['bounded by timeout 5', 'bounded by timeout 5']);
    expect(verdicts(code('{ timeout: 7 }'), { typed })).toEqual(['bounded by timeout 5', 'bounded by timeout 7']);
    expect(verdicts(code('{ timeout: 0 }'), { typed })).toEqual(['bounded by timeout 5', 'ineffective']);
  });

  test('what the caller owns', () => {
    const wrapper = (parameters: string, options: string): string[] =>
      verdicts(`export const read = (url: string, ${parameters}) => fetch(url, ${options});`, { typed });
    expect(wrapper('signal: AbortSignal', '{ signal }')).toEqual(['callerOwned']);
    expect(wrapper('signal?: AbortSignal', '{ signal }')).toEqual(['callerOwned']);
    expect(wrapper('init: RequestInit', 'init')).toEqual(['callerOwned']);
    expect(wrapper('init?: RequestInit', 'init')).toEqual(['callerOwned, no default']);
    expect(wrapper('init: RequestInit = {}', '{ ...init }')).toEqual(['callerOwned, no default']);
    expect(wrapper('init: RequestInit', '{ ...init, signal: init.signal ?? AbortSignal.timeout(5) }')).toEqual([
      'bounded by signal ?',
    ]);
    expect(wrapper('ms: number', '{ signal: AbortSignal.timeout(ms) }')).toEqual(['bounded by signal ?']);
    expect(wrapper('ms = 5', '{ signal: AbortSignal.timeout(ms) }')).toEqual(['bounded by signal ?']);
  });
});

test('the members of options whose type has no signal are not in doubt', () => {
  const code = `interface Own { method: string }
declare const given: Own;
export const read = (url: string) => fetch(url, given);`;
  expect(verdicts(code, { typed: true })).toEqual(['longDefault']);
  expect(verdicts(code)).toEqual(['unknown']);
});
