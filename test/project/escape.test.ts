import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { encodeSegment, escapeHtml, escapeMarkdown, markdownCode, oneLine, visible } from '../../src/project/escape.js';

describe('visible', () => {
  it('keeps the length, tabs, and all that is harmless', () => {
    const text = '\u001b[31mred\u0007\tü€😀\u007f\u0085\u202e';
    expect(visible(text)).toBe('␛[31mred␇\tü€😀␡��');
    expect(visible(text)).toHaveLength(text.length);
  });
});

describe('oneLine', () => {
  it('makes one line of many', () => {
    expect(oneLine(' a\r\n  b\u2028c\td \n')).toBe('a b c d');
  });
});

describe('escapeHtml', () => {
  it('leaves nothing that is markup, nor what is not a character of XML', () => {
    expect(escapeHtml('<a href="x" title=\'y\'>&amp;\u0000\uffff\ud800</a>\n\t😀')).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;␀��&lt;/a&gt;\n\t😀',
    );
  });
});

/** What a host makes of Markdown: GitHub's flavour, raw HTML included. */
const render = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** The text that a reader sees. */
const seen = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(?:lt|gt|quot|amp);/gu, (entity) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"' })[entity] ?? '&')
    .trim();

const hostile = [
  '<img src=x onerror=alert(1)>',
  '<!-- ',
  '[click](javascript:alert(1))',
  '![](https://evil.test/pixel)',
  '[a]: https://evil.test',
  '<https://evil.test>',
  'https://evil.test/x',
  'www.evil.test',
  'a@evil.test',
  '**bold** _it_ ~~gone~~ # head',
  'a | b',
  '\\`code\\`',
  '`',
  '` <b> `',
  '``x`',
  '$$x$$ &lt; &#64;team',
  '</details>',
  '[^1] {x} ==y== ^z^',
];

describe('escapeMarkdown', () => {
  it.each(hostile)('makes text of %j', (text) => {
    const html = render(`- x ${escapeMarkdown(text)}`);
    const tags = new Set([...html.matchAll(/<\/?(?<tag>[a-z!][^\s>]*)/gu)].map(({ groups }) => groups?.['tag']));
    for (const harmless of ['ul', 'li', 'code', '!--']) tags.delete(harmless);
    expect([...tags]).toEqual([]);
    // Code spans lose their backticks, and one space on either side.
    const plain = (value: string): string => value.replaceAll(/`|\s/gu, '');
    expect(plain(seen(html))).toBe(plain(`x ${text}`));
  });

  it('keeps code between backticks', () => {
    expect(render(escapeMarkdown('Set `timeout: <n>` in *this*.'))).toBe(
      '<p>Set <code>timeout: &lt;n&gt;</code> in *this*.</p>',
    );
  });

  it('leaves no word whole that a host would turn into a mention, a reference or an address', () => {
    const html = render(escapeMarkdown('@team #12 !3 https://evil.test www.evil.test'));
    expect(html).not.toMatch(/[@#!]\w|https?:|www\./u);
    expect(seen(html)).toBe('@team #12 !3 https://evil.test www.evil.test');
  });

  it.each([...hostile.filter((text) => !text.includes('`')), 'a\nb'])('stays in the cell of a table: %j', (text) => {
    const html = render(`| a | b |\n| - | - |\n| ${escapeMarkdown(text)} | ${markdownCode(text)} |\n`);
    expect(html.match(/<td/gu)).toHaveLength(2);
    expect(seen(html.split('<td')[1] ?? '').replace(/^>/u, '')).toBe(oneLine(text));
    expect(seen(html.split('<td')[2] ?? '').replace(/^>/u, '')).toBe(oneLine(text));
  });
});

describe('markdownCode', () => {
  it.each([...hostile, 'src/a.ts', ' ', '`a`', '``` ` ```'])('shows %j as it is', (text) => {
    expect(seen(render(`x ${markdownCode(text)} y`)).replaceAll(/\s+/gu, ' ')).toBe(
      `x ${text.trim()} y`.replaceAll(/\s+/gu, ' '),
    );
  });
});

describe('encodeSegment', () => {
  it('leaves nothing that ends a segment', () => {
    expect(encodeSegment("a/b)c'd e\ud800")).toBe('a%2Fb%29c%27d%20e%EF%BF%BD');
  });
});
