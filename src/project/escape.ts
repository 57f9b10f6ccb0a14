/**
 * Text from scanned code and from the file system, made harmless for the place where it is shown. Whoever writes code that we
 * scan must not be able to write our output.
 */

// C0 and C1 controls, DEL, marks that reorder text, and line separators.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Safe to print: each character that a terminal would obey becomes one visible character, so that columns stay as they
 * are. Tabs stay too.
 */
export function visible(text: string): string {
  return text.replaceAll(unsafe, (character) => {
    const code = character.charCodeAt(0);
    if (character === '\t') return character;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** `visible` on one line: line breaks and tabs become spaces. */
export function oneLine(text: string): string {
  return visible(text.trim().replaceAll(/\s*[\r\n\u2028\u2029]+\s*|\t/gu, ' '));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For the text and the quoted attributes of HTML and XML. Tabs and line feeds stay. */
export function escapeHtml(text: string): string {
  return (
    text
      .split('\n')
      .map(visible)
      .join('\n')
      .replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character)
      // Not characters of XML, and half of one is not text at all.
      .replaceAll(/[\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
  );
}

/**
 * One line of text for Markdown, in a paragraph, a list or a table's cell. `Code` between backticks stays code; nothing else has
 * a meaning: no links, images, HTML, mentions, references to issues.
 */
export function escapeMarkdown(text: string): string {
  const pieces = oneLine(text).split('`');
  // A backtick without its partner is one of the text.
  const last = pieces.length % 2 === 0 ? pieces.pop() : undefined;
  const escaped = pieces.map((piece, index) => (index % 2 === 0 ? escapePlain(piece) : codeSpan(piece)));
  return [...escaped, ...(last === undefined ? [] : [escapePlain(`\`${last}`)])].join('');
}

/** Text as code, whatever it holds. */
export function markdownCode(text: string): string {
  return codeSpan(oneLine(text));
}

/** A cell ends at a bar even within code, and outside of tables an escaped one would show its backslash. */
function codeSpan(text: string): string {
  if (text.trim() === '') return escapePlain(text);
  if (text.includes('|')) return `<code>${escapePlain(text)}</code>`;
  const longest = Math.max(0, ...(text.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/**
 * References to characters are never markup. Hosts look for mentions, references and addresses in what is left when those are
 * resolved: a comment in their midst is where such a word ends.
 */
function escapePlain(text: string): string {
  return text.replaceAll(
    /[&<>"'`*_|[\]()\\{}^=@#!$~]|\b(?:www(?=\.)|(?:https?|ftp|mailto|xmpp)(?=:))/giu,
    (match, offset: number) => {
      if (match.length > 1) return `${match}${SPLIT}`;
      const reference = `&#${String(match.charCodeAt(0))};`;
      return /[@#!$~]/u.test(match) && /\w/u.test(text.charAt(offset + 1)) ? `${reference}${SPLIT}` : reference;
    },
  );
}

const SPLIT = '<!-- -->';

/** A segment of an address or of a path in one: nothing in it ends the segment, the address, or a Markdown link. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
