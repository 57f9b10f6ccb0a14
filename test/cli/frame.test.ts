import { describe, expect, it } from 'vitest';
import { codeFrame, splitLines } from '../../src/cli/frame.js';
import { painter } from '../../src/cli/terminal.js';

const at = (line: number, column: number, endLine = line, endColumn = column + 1): Parameters<typeof codeFrame>[1] => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});
const frame = (text: string, range: Parameters<typeof codeFrame>[1], width = 80): string[] =>
  codeFrame(splitLines(text), range, painter(false), width).split('\n');

describe('codeFrame', () => {
  it('shows two lines around the first line of the range', () => {
    expect(frame('1\n2\n3\nfour\n5\n6\n7', at(4, 2, 6, 1))).toEqual([
      '  2 | 2',
      '  3 | 3',
      '> 4 | four',
      '    |  ^^^',
      '  5 | 5',
      '  6 | 6',
    ]);
  });

  it('keeps the marker below tabs and control characters', () => {
    expect(frame('\t\u001bcall()', at(1, 3, 1, 7))).toEqual(['> 1 |   ␛call()', '    |    ^^^^']);
  });

  it('marks an empty range, and one at the end of the text', () => {
    expect(frame('ab', at(1, 3, 1, 3))).toEqual(['> 1 | ab', '    |   ^']);
    expect(frame('ab\n', at(2, 1, 2, 1))).toEqual(['  1 | ab', '> 2 |', '    | ^']);
  });

  it.each([1, 30, 5000, 9990])('cuts long lines around the marker at column %i', (column) => {
    const line = `${'a'.repeat(column - 1)}CALL${'b'.repeat(9996 - column)}`;
    const output = frame(`short\n${line}`, at(2, column, 2, column + 4));
    expect(Math.max(...output.map((each) => each.length))).toBeLessThanOrEqual(80);
    const [, marked = '', marker = ''] = output;
    expect(marked.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('CALL');
  });

  it('splits lines as ESLint does', () => {
    expect(splitLines('a\r\nb\rc\nd\u2028e\u2029f')).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
