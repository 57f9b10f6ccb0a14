import { describe, expect, it } from 'vitest';
import { formatPretty } from '../../../src/cli/formats/pretty.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { base, finding, result } from './result.js';

const format = (scan: ScanResult, color = false): string =>
  formatPretty({ result: scan, version: '1.0.0', color, width: 80 });
const fix = { range: [0, 0], text: '' } as const;

describe('formatPretty', () => {
  it('shows findings by file, with their code, a summary, and what to do next', () => {
    const text = format(
      result({
        findings: [
          finding({ fix, downstream: 'payments', client: 'axios' }),
          finding({ range: { start: { line: 5, column: 1 }, end: { line: 5, column: 7 } }, client: 'pg.Pool' }),
        ],
      }),
    );
    expect(text).toBe(`src/pay.ts

  3:9  axios.post has no time limit.
  resilience/require-timeout · payments (axios) · fix: --fix

    1 | import axios from 'axios';
    2 |
  > 3 | await   axios.post(url);
      |         ^^^^^^^^^^
    4 |
    5 | export {};

  5:1  axios.post has no time limit.
  resilience/require-timeout · pg.Pool

    3 | await   axios.post(url);
    4 |
  > 5 | export {};
      | ^^^^^^
    6 |

Summary
  by rule
    2  resilience/require-timeout
  by downstream
    1  payments
    1  pg.Pool (address not known)

2 findings in 1 file (2 files scanned, 1 with types).
Next: resilience scan --fix mends 1 of them; commit first, then read the diff.
`);
  });

  it('says one friendly sentence when there is nothing to say', () => {
    expect(format(result())).toBe('All clear. 2 files scanned, 1 with types, nothing to report.\n');
  });

  it('does not call a scan with problems clear', () => {
    const problems = [{ kind: 'parse', path: `${base}/a.ts`, message: 'does not parse' } as const];
    expect(format(result({ problems }))).toBe(
      'Nothing found. 2 files scanned, 1 with types, nothing to report. 1 problem on the way: see the lines on stderr.\n',
    );
    expect(format(result({ problems, files: [] }))).toBe(
      'Nothing was scanned. 1 problem on the way: see the lines on stderr.\n',
    );
  });

  it('says what was rewritten', () => {
    const files = [{ path: `${base}/src/pay.ts`, types: true, fixed: true }];
    expect(format(result({ files }))).toBe(
      'All clear. 1 file scanned, 1 with types, nothing to report. 1 file rewritten.\n',
    );
  });

  it.each([
    ['strict fixes', 'strict', { fix }, 'Next: resilience scan --fix --preset strict mends 1 of them'],
    ['suggestions', 'recommended', { suggestions: [{ description: 'x', fix }] }, 'Next: 1 of them has a suggestion in'],
    ['the docs', 'recommended', {}, 'Next: read https://'],
  ] as const)('sends on to %s', (_name, preset, changes, next) => {
    expect(format(result({ preset, findings: [finding(changes)] }))).toContain(`\n${next}`);
  });

  it('neutralises what a terminal would obey, wherever it comes from', () => {
    const path = `${base}/\u001b[31m\n.ts`;
    const text = format(
      result({
        findings: [
          finding({ path, message: 'a\u001b]0;x\u0007\nb\u202e', downstream: 'd\u009b31m', client: 'c\r', fix }),
          finding({ path, ruleId: 'resilience/\u001b[2J' }),
        ],
        sources: new Map([[path, '\u001b[31m\n\u0007\n\u2067axios.post\u0000']]),
      }),
      false,
    );
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
    expect(text).toContain('a␛]0;x␇ b�');
  });

  it('uses colours only when asked to', () => {
    const scan = result({ findings: [finding({ fix })] });
    expect(format(scan, true)).toContain('\u001b[');
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(format(scan, true).replaceAll(/\u001b\[\d+m/gu, '')).toBe(format(scan));
  });
});
