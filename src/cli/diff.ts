/** Unified diffs, as `git diff` shows them. */
import { createTwoFilesPatch } from 'diff';
import { visible } from '../project/escape.js';
import { toRelative } from '../project/paths.js';
import type { Paint } from './terminal.js';

/** A file before (`null`: it is not there) and after. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/** The diff of a file; names are relative to `base`. */
export function unifiedDiff({ path: file, before, after }: ChangedFile, base: string, paint: Paint): string {
  const name = toRelative(file, base);
  const old = before === null ? '/dev/null' : `a/${name}`;
  const patch = createTwoFilesPatch(old, `b/${name}`, before ?? '', after, undefined, undefined, { context: 3 });
  const lines = patch
    .split('\n')
    .filter((line) => !/^(?:Index: |={67}$)/u.test(line))
    .map((line) => line.replace(/^(---|\+\+\+) (.*)\t$/u, '$1 $2'));
  return lines
    .map((line) => {
      const safe = visible(line.replace(/\r$/u, ''));
      if (/^(?:---|\+\+\+) /u.test(line)) return paint('bold', safe);
      if (line.startsWith('@@')) return paint('cyan', safe);
      if (line.startsWith('+')) return paint('green', safe);
      return line.startsWith('-') ? paint('red', safe) : safe;
    })
    .join('\n');
}
