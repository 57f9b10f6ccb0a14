/**
 * What a finding is known by from one scan to the next: the rule, and the code that it is about, without white space. Lines
 * that move and code that is formatted anew leave it as it is.
 */
import { createHash } from 'node:crypto';
import type { Range } from './frame.js';

/** @param lines of the text that the finding is about */
export function fingerprintOf(ruleId: string, messageId: string, range: Range, lines: readonly string[]): string {
  const { start, end } = range;
  const code = lines
    .slice(start.line - 1, end.line)
    .join('')
    .replaceAll(/\s+/gu, '');
  // A report may span a whole block: its beginning is enough to know it by.
  const parts = [ruleId, messageId, code.slice(0, 400)];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

/** The fingerprints of a file's findings, each with the number of times that it came before: they are unique. */
export function numbered(fingerprints: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return fingerprints.map((fingerprint) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return `${fingerprint}:${String(count)}`;
  });
}
