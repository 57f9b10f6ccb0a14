import { describe, expect, it } from 'vitest';
import { formatGithub } from '../../../src/cli/formats/github.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { hostile } from './hostile.js';
import { base, finding, result } from './result.js';

const format = (scan: ScanResult): string => formatGithub({ result: scan, version: '1.0.0', color: false, width: 80 });

/** The commands that a runner finds in a line of output, as its own code takes them apart. */
function commands(text: string): { properties: Record<string, string>; message: string }[] {
  const decode = (value: string): string =>
    value
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%');
  return text.split(/\r\n|\r|\n/u).flatMap((line) => {
    const match = /^\s*::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/u.exec(line)?.groups;
    if (!match) return [];
    expect(match['name']).toBe('error');
    const pairs = (match['properties'] ?? '').split(',').map((pair) => pair.split('='));
    return [
      {
        properties: Object.fromEntries(pairs.map(([name = '', ...value]) => [name, decode(value.join('='))])),
        message: decode(match['message'] ?? ''),
      },
    ];
  });
}

describe('formatGithub', () => {
  it('annotates findings and problems, and sums up', () => {
    const text = format(
      result({
        findings: [
          finding(),
          finding({ range: { start: { line: 4, column: 2 }, end: { line: 6, column: 3 } }, message: '100 %: a, b\nc' }),
        ],
        problems: [{ kind: 'tsconfig', path: `${base}/tsconfig.json`, message: 'is broken' }],
      }),
    );
    expect(text).toBe(
      [
        '::error file=src/pay.ts,line=3,col=9,endColumn=18,title=resilience/require-timeout::axios.post has no time limit.',
        '::error file=src/pay.ts,line=4,endLine=6,title=resilience/require-timeout::100 %25: a, b c',
        '::error file=tsconfig.json,title=resilience%3A trouble::is broken',
        '2 findings in 1 file (2 files scanned, 1 with types).',
        '',
      ].join('\n'),
    );
  });

  it('says so when there is nothing', () => {
    expect(format(result())).toBe('Nothing found. 2 files scanned, 1 with types.\n');
  });

  it('lets no name end a command, begin another one, or reach a terminal', () => {
    const text = format(hostile);
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    const found = commands(text);
    expect(found.map(({ properties }) => Object.keys(properties))).toEqual([
      ['file', 'line', 'col', 'endColumn', 'title'],
      ['file', 'line', 'col', 'title'],
    ]);
    expect(found[0]?.message).toContain('::error::x <script>');
    expect(found[0]?.properties['file']).toContain('%0A,:@team');
  });
});
