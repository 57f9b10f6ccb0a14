/**
 * Code frames. Own code, and not a library, because scanned text is untrusted (control characters must lose their
 * meaning without moving the marker) and because lines may be very long (a window around the marker is shown).
 */
import { visible } from '../project/escape.js';
import type { Paint } from './terminal.js';

/** A range in a source text. Lines and columns are 1-based; the end is exclusive. */
export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

const CONTEXT_LINES = 2;
const TAB = '  ';

/** Splits a text into lines as ESLint does. */
export const splitLines = (text: string): string[] => text.split(/\r\n|[\r\n\u2028\u2029]/u);

/**
 * The lines around the start of a range, with a marker below its first line.
 *
 * @param lines of the whole text
 * @param width of a line of output, in characters
 */
export function codeFrame(lines: readonly string[], range: Range, paint: Paint, width: number): string {
  const { start, end } = range;
  const first = Math.max(1, start.line - CONTEXT_LINES);
  const last = Math.min(lines.length, start.line + CONTEXT_LINES);
  const digits = String(last).length;
  const room = Math.max(20, width - digits - 7);

  const marked = lines[start.line - 1] ?? '';
  const shownBefore = expand(marked.slice(0, start.column - 1)).length;
  const endColumn = end.line === start.line ? end.column : marked.length + 1;
  const markLength = Math.max(1, expand(marked.slice(start.column - 1, endColumn - 1)).length);
  // All lines of a frame are cut at the same place, or the code would lose its shape.
  const offset = shownBefore + Math.min(markLength, 12) < room ? 0 : Math.max(0, shownBefore - Math.floor(room / 3));

  const output: string[] = [];
  for (let line = first; line <= last; line++) {
    const isMarked = line === start.line;
    const gutter = `${isMarked ? '>' : ' '} ${String(line).padStart(digits)} |`;
    const code = cut(expand(lines[line - 1] ?? ''), offset, room);
    output.push(`${paint(isMarked ? ['red', 'bold'] : 'gray', gutter)} ${code}`.trimEnd());
    if (isMarked) {
      const position = shownBefore - offset;
      const marker = '^'.repeat(Math.max(1, Math.min(markLength, room - position)));
      output.push(
        `${paint('gray', `  ${' '.repeat(digits)} |`)} ${' '.repeat(position)}${paint(['red', 'bold'], marker)}`,
      );
    }
  }
  return output.join('\n');
}

const expand = (text: string): string => visible(text).replaceAll('\t', TAB);

function cut(text: string, offset: number, room: number): string {
  const part = text.slice(offset, offset + room);
  const before = offset > 0 && text.length > 0 ? `…${part.slice(1)}` : part;
  return text.length > offset + room ? `${before.slice(0, -1)}…` : before;
}
