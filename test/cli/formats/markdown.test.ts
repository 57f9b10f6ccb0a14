import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { formatMarkdown } from '../../../src/cli/formats/markdown.js';
import type { ScanResult } from '../../../src/cli/result.js';
import { hostile } from './hostile.js';
import { base, finding, result } from './result.js';

const format = (scan: ScanResult): string =>
  formatMarkdown({ result: scan, version: '1.0.0', color: false, width: 80 });
const page = 'https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/rules';
const fix = { range: [0, 0], text: '' } as const;

describe('formatMarkdown', () => {
  it('sums up by rule and by downstream, and folds the findings', () => {
    const text = format(
      result({
        findings: [finding({ fix, downstream: 'PAYMENTS_URL', client: 'axios' }), finding({ message: 'Set `a | b`.' })],
        problems: [{ kind: 'parse', path: `${base}/broken.js`, line: 2, column: 3, message: 'does not parse' }],
      }),
    );
    expect(text).toBe(`## Resilience

❌ **2 findings in 1 file** (2 files scanned, 1 with types). \`resilience scan --fix\` mends 1 of them.

| Rule | Findings |
| :-- | --: |
| [\`resilience/require-timeout\`](${page}/require-timeout.md) | 2 |

| Downstream | Findings |
| :-- | --: |
| \`PAYMENTS_URL\` | 1 |

<details><summary>1 problem</summary>

- \`broken.js:2:3\`: does not parse

</details>

<details><summary>Findings</summary>

- \`src/pay.ts\`
  - 3:9 axios.post has no time limit.<br>\`resilience/require-timeout\` · PAYMENTS&#95;URL &#40;axios&#41;
  - 3:9 Set <code>a &#124; b</code>.<br>\`resilience/require-timeout\`

</details>
`);
  });

  it('says so when there is nothing', () => {
    expect(format(result())).toBe('## Resilience\n\n✅ Nothing found: 2 files scanned, 1 with types.\n');
    expect(format(result({ files: [] }))).toBe('## Resilience\n\nNothing was scanned.\n');
  });

  it('stays below what a comment may hold, and says what it leaves out', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      finding({ path: `${base}/src/${String(index)}.ts`, downstream: `https://${String(index)}.test` }),
    );
    const text = format(result({ findings: many }));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('| 2980 others | 2980 |');
    expect(text).toMatch(/\n- … and more: \d+ lines left out\n\n<\/details>\n$/u);
  });

  it('makes nothing but text of what scanned code says', () => {
    const html = micromark(format(hostile), {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    });
    const tags = new Set([...html.matchAll(/<(?<tag>[a-z]+\d?)/gu)].map(({ groups }) => groups?.['tag']));
    expect([...tags].sort()).toEqual(
      [
        'a',
        'br',
        'code',
        'details',
        'h2',
        'li',
        'p',
        'strong',
        'summary',
        'table',
        'tbody',
        'td',
        'th',
        'thead',
        'tr',
        'ul',
      ].sort(),
    );
    expect([...html.matchAll(/href="(?<href>[^"]*)"/gu)].map(({ groups }) => groups?.['href'])).toEqual([
      expect.stringMatching(
        /^https:\/\/github\.com\/eslint-plugin-resilience\/[^/]+\/blob\/main\/docs\/rules\/[^/]*\.md$/u,
      ),
    ]);
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
  });
});
