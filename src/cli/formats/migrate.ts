/** What `resilience migrate` prints: for people, and for programs. */
import type { CodemodName } from '../../codemods/codemod.js';
import type { MigrateResult, PlannedChange, PlannedFile } from '../../codemods/migrate.js';
import ownPlugin from '../../plugin.js';
import { oneLine } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { unifiedDiff } from '../diff.js';
import { painter, type Paint } from '../terminal.js';

/** What is shown. */
export interface MigrateView {
  readonly result: MigrateResult;
  readonly codemods: readonly CodemodName[];
  readonly written: boolean;
  readonly color: boolean;
}

/** The diff (unless it is written) and a summary by file. */
export function migratePretty({ result, written, color }: MigrateView): string {
  const paint = painter(color);
  const { base, files, unchanged, skipped, left, notes } = result;
  const lines: string[] = [];
  if (!written) for (const file of files) lines.push(unifiedDiff(file, base, paint).trimEnd(), '');
  const name = (file: string): string => oneLine(toRelative(file, base));
  for (const file of files)
    lines.push(`${paint('green', stateOf(file).padEnd(9))} ${name(file.path)}${countsOf(file)}`);
  for (const { path: file, reason } of skipped) {
    lines.push(`${paint('yellow', 'skipped'.padEnd(9))} ${name(file)}: ${oneLine(reason)}`);
  }
  for (const { path: file, line, codemod, why } of left) {
    lines.push(`${paint('yellow', 'left'.padEnd(9))} ${name(file)}:${String(line)}: ${codemod}: ${oneLine(why)}`);
  }
  if (lines.length > 0) lines.push('');
  for (const note of notes) lines.push(oneLine(note));
  if (notes.length > 0) lines.push('');
  lines.push(summary(result, written, unchanged, paint));
  return `${lines.join('\n')}\n`;
}

const stateOf = ({ before }: PlannedFile): 'created' | 'changed' => (before === null ? 'created' : 'changed');

/** ` (timeouts 2, retries 1)` */
function countsOf({ changes }: PlannedFile): string {
  const counts = new Map<string, number>();
  for (const { codemod } of changes) counts.set(codemod, (counts.get(codemod) ?? 0) + 1);
  return counts.size === 0 ? '' : ` (${[...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ')})`;
}

function summary({ files, skipped, left }: MigrateResult, written: boolean, unchanged: number, paint: Paint): string {
  const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
  if (files.length === 0) {
    const open = left.length + skipped.length;
    return open === 0
      ? paint('green', `Nothing to change (${count(unchanged, 'file')} looked at).`)
      : `Nothing to change by itself; ${count(open, 'place')} left to people.`;
  }
  const head = written ? `${count(files.length, 'file')} written` : `${count(files.length, 'file')} would be written`;
  const parts = [head, `${String(unchanged)} unchanged`];
  if (skipped.length > 0) parts.push(`${String(skipped.length)} skipped`);
  if (left.length > 0) parts.push(`${count(left.length, 'place')} left to people`);
  const next = written ? 'Next: read the diff, run the tests, then resilience scan.' : 'Next: the same with --write.';
  return `${parts.join(', ')}.\n${next}`;
}

/** One JSON object; keys are only added while `schemaVersion` stays the same. */
export function migrateJson({ result, codemods, written }: MigrateView): string {
  const { base, files, unchanged, skipped, left, notes, problems } = result;
  const name = (file: string): string => toRelative(file, base);
  const plain: Paint = (_, text) => text;
  const change = ({ codemod, line, what }: PlannedChange): object => ({ codemod, line, what });
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      tool: { name: ownPlugin.meta.name, version: ownPlugin.meta.version },
      codemods,
      written,
      files: files.map((file) => ({
        path: name(file.path),
        state: stateOf(file),
        changes: file.changes.map(change),
        diff: unifiedDiff(file, base, plain),
      })),
      skipped: skipped.map(({ path: file, reason }) => ({ path: name(file), reason })),
      left: left.map(({ path: file, line, codemod, why }) => ({ path: name(file), line, codemod, why })),
      notes,
      problems: problems.map(({ kind, path: file, line, column, message }) => ({
        kind,
        path: name(file),
        line: line ?? null,
        column: column ?? null,
        message,
      })),
      summary: { files: files.length, unchanged, skipped: skipped.length, left: left.length },
    },
    null,
    2,
  )}\n`;
}
