import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { describe, expect, it } from 'vitest';
import { formatJunit } from '../../../src/cli/formats/junit.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { hostile, hostileName } from './hostile.js';
import { base, finding, result } from './result.js';

const format = (scan: ScanResult): string => formatJunit({ result: scan, version: '1.0.0', color: false, width: 80 });

interface Suite {
  readonly '@name': string;
  readonly '@tests': string;
  readonly '@failures': string;
  readonly testcase: readonly Record<string, unknown>[];
}

function parse(text: string): { readonly suites: readonly Suite[]; readonly root: Record<string, string> } {
  expect(SyntaxValidator.validate(text)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['testsuite', 'testcase'].includes(name),
  });
  const { testsuites } = parser.parse(text) as { testsuites: Record<string, string> & { testsuite: Suite[] } };
  return { suites: testsuites.testsuite, root: testsuites };
}

describe('formatJunit', () => {
  it('has a suite a file, and a failed test a finding', () => {
    const { suites, root } = parse(format(result({ findings: [finding(), finding({ message: 'Another.' })] })));
    expect(root).toMatchObject({ '@name': 'resilience', '@tests': '3', '@failures': '2', '@errors': '0' });
    expect(suites.map((suite) => [suite['@name'], suite['@tests'], suite['@failures']])).toEqual([
      ['src/clean.js', '1', '0'],
      ['src/pay.ts', '2', '2'],
    ]);
    expect(suites[0]?.testcase).toEqual([expect.not.objectContaining({ failure: expect.anything() as unknown })]);
    expect(suites[1]?.testcase[0]).toMatchObject({
      '@classname': 'src/pay.ts',
      '@name': 'resilience/require-timeout at 3:9',
      failure: {
        '@type': 'resilience/require-timeout',
        '@message': 'axios.post has no time limit.',
        '#text': expect.stringMatching(
          /^src\/pay\.ts:3:9\n.*> 3 \| await {3}axios\.post.*require-timeout\.md$/su,
        ) as unknown,
      },
    });
  });

  it('tells of files that were left out, and of trouble', () => {
    const { suites, root } = parse(
      format(
        result({
          skipped: [{ path: `${base}/big.js`, reason: 'larger than 1 MB' }],
          problems: [{ kind: 'parse', path: `${base}/broken.js`, line: 2, column: 3, message: 'does not parse' }],
        }),
      ),
    );
    expect(root).toMatchObject({ '@tests': '4', '@failures': '0', '@errors': '1', '@skipped': '1' });
    expect(suites[2]?.testcase).toMatchObject([{ skipped: { '@message': 'larger than 1 MB' } }]);
    expect(suites[3]?.testcase).toMatchObject([{ error: { '@type': 'parse', '@message': '2:3 does not parse' } }]);
  });

  it('is XML whatever the code holds', () => {
    const text = format(hostile);
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ud800]/u);
    const { suites } = parse(text);
    expect(suites).toHaveLength(3);
    expect(suites[0]?.testcase).toHaveLength(1);
    expect(text).not.toContain('<script');
    expect(hostileName).toContain('<script');
  });
});
