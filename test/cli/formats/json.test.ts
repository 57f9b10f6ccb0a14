import { describe, expect, it } from 'vitest';
import { formatJson, type JsonReport } from '../../../src/cli/formats/json.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { base, finding, result } from './result.js';

const text = (scan: ScanResult): string => formatJson({ result: scan, version: '1.2.3', color: true, width: 80 });
const parse = (scan: ScanResult): unknown => JSON.parse(text(scan));
const fix = { range: [1, 2], text: 'x' } as const;

describe('formatJson', () => {
  it('has the documented shape', () => {
    const report: JsonReport = {
      schemaVersion: 1,
      tool: { name: 'eslint-plugin-resilience', version: '1.2.3' },
      root: '',
      preset: 'recommended',
      files: [
        { path: 'src/clean.js', types: false, fixed: false },
        { path: 'src/pay.ts', types: true, fixed: false },
      ],
      findings: [
        {
          path: 'src/pay.ts',
          ruleId: 'resilience/require-timeout',
          messageId: 'missing',
          message: 'axios.post has no time limit.',
          range: { start: { line: 3, column: 9 }, end: { line: 3, column: 19 } },
          fix: true,
          suggestions: [],
          downstream: 'payments',
          client: 'axios',
          evidence: [],
          fingerprint: '0123456789abcdef',
        },
        {
          path: '../other/a.ts',
          ruleId: 'resilience/require-jitter',
          messageId: 'missing',
          message: 'axios.post has no time limit.',
          range: { start: { line: 3, column: 9 }, end: { line: 3, column: 19 } },
          fix: false,
          suggestions: ['Use this'],
          downstream: null,
          client: null,
          evidence: [],
          fingerprint: '0123456789abcdef',
        },
      ],
      skipped: [{ path: 'src/big.js', reason: 'binary' }],
      problems: [
        { kind: 'parse', path: 'src/broken.ts', line: 2, column: 5, message: 'does not parse' },
        { kind: 'path', path: 'nowhere', line: null, column: null, message: 'no such file or directory' },
      ],
      baseline: null,
      changedSince: null,
      summary: {
        files: 2,
        findings: 2,
        fixable: 1,
        byRule: { 'resilience/require-jitter': 1, 'resilience/require-timeout': 1 },
        byDownstream: { payments: 1 },
        cutOff: 0,
      },
    };
    expect(
      parse(
        result({
          findings: [
            finding({ fix, downstream: 'payments', client: 'axios' }),
            finding({
              path: '/work/other/a.ts',
              ruleId: 'resilience/require-jitter',
              suggestions: [{ description: 'Use this', fix }],
            }),
          ],
          skipped: [{ path: `${base}/src/big.js`, reason: 'binary' }],
          problems: [
            { kind: 'parse', path: `${base}/src/broken.ts`, line: 2, column: 5, message: 'does not parse' },
            { kind: 'path', path: `${base}/nowhere`, message: 'no such file or directory' },
          ],
        }),
      ),
    ).toEqual(report);
  });

  it('has no preset where the project decided', () => {
    expect(parse(result({ preset: null }))).toHaveProperty('preset', null);
  });

  it('keeps every character, and prints none that a terminal would obey', () => {
    const message = '\u0000\u001b\u007f\u009b\u202e\u2028"\\é';
    const output = text(result({ findings: [finding({ message })] }));
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/u);
    expect((JSON.parse(output) as JsonReport).findings[0]?.message).toBe(message);
  });

  it('counts names that objects have anyway', () => {
    const report = parse(result({ findings: [finding({ downstream: '__proto__' })] })) as JsonReport;
    expect(Object.entries(report.summary.byDownstream)).toEqual([['__proto__', 1]]);
  });
});
