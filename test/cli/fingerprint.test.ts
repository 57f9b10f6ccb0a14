import { describe, expect, it } from 'vitest';
import { fingerprintOf, numbered } from '../../src/cli/fingerprint.js';

const at = (line: number, end = line) => ({ start: { line, column: 1 }, end: { line: end, column: 5 } });
const print = (lines: string[], line: number, end = line): string =>
  fingerprintOf('resilience/require-timeout', 'missing', at(line, end), lines);

describe('fingerprintOf', () => {
  const code = 'await axios.get(url);';

  it('stays the same when lines move and code is formatted anew', () => {
    expect(print(['', '', `  ${code}`], 3)).toBe(print([code], 1));
    expect(print(['await axios', '\t.get( url );'], 1, 2)).toBe(print([code], 1));
  });

  it('differs between rules, messages and code', () => {
    const all = [
      print([code], 1),
      print(['await axios.get(other);'], 1),
      fingerprintOf('resilience/require-timeout', 'unknown', at(1), [code]),
      fingerprintOf('resilience/require-jitter', 'missing', at(1), [code]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('numbered', () => {
  it('makes each one unique, in their order', () => {
    expect(numbered(['a', 'b', 'a'])).toEqual(['a:1', 'b:1', 'a:2']);
  });
});
