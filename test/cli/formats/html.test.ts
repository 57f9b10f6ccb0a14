import { describe, expect, it } from 'vitest';
import { formatHtml } from '../../../src/cli/formats/html.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { hostile } from './hostile.js';
import { base, finding, result } from './result.js';

const format = (scan: ScanResult): string => formatHtml({ result: scan, version: '1.2.3', color: false, width: 80 });
const fix = { range: [0, 0], text: '' } as const;

describe('formatHtml', () => {
  it('shows findings with their code, and counts', () => {
    const text = format(
      result({
        findings: [finding({ fix, downstream: 'payments' })],
        problems: [{ kind: 'parse', path: `${base}/broken.js`, line: 2, column: 3, message: 'does not parse' }],
      }),
    );
    expect(text).toContain('<strong>1 finding in 1 file</strong> (2 files scanned, 1 with types).');
    expect(text).toContain('<h2>src/pay.ts</h2>');
    expect(text).toContain('<span class="where">3:9</span> axios.post has no time limit.');
    expect(text).toContain('· payments · fix: --fix</p>');
    expect(text).toContain('&gt; 3 | await   axios.post(url);\n    |         ^^^^^^^^^^');
    expect(text).toMatch(
      /<caption>By rule<\/caption>.*<td>1<\/td>.*<caption>By downstream.*<td>payments<\/td><td>1</su,
    );
    expect(text).toContain('<li>broken.js:2:3: does not parse</li>');
  });

  it('says so when there is nothing', () => {
    expect(format(result())).toContain('<p>Nothing found: 2 files scanned, 1 with types.</p>');
    expect(format(result({ files: [] }))).toContain('<p>Nothing was scanned.</p>');
  });

  it('needs nothing from elsewhere, and may not ask for it', () => {
    const text = format(result({ findings: [finding()] }));
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline';`);
    expect(text).not.toMatch(/<(?:script|link|img|iframe)|@import|url\(|src=/u);
  });

  it('makes nothing but text of what scanned code says', () => {
    const clean = format(result({ ...hostile, findings: [finding({ fix })], sources: result().sources }));
    const text = format(hostile);
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ud800]/u);
    const tags = (html: string): Set<string> => new Set(html.match(/<\/?[a-z][^\s>]*/giu));
    expect([...tags(text)].filter((tag) => !tags(clean).has(tag))).toEqual([]);
    expect(text.match(/ (?:href|class|content|name|lang|charset|http-equiv)=(?!")/gu)).toBeNull();
    expect(text.match(/\son\w+=/gu)).toBeNull();
  });
});
