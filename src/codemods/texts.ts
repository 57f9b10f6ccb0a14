/** Applying edits to texts: whole changes only, and never two that touch each other. */
import type { Edit } from '../fixes/edits.js';
import type { Change, FileEdits } from './codemod.js';

/** The files of a change, with its edits in each. */
export const filesOf = (change: Change): readonly FileEdits[] => [change, ...(change.also ?? [])];

/** Picks changes that do not touch each other, in order; the others wait for the next round. */
export function withoutOverlaps(changes: readonly Change[]): readonly Change[] {
  const taken = new Map<string, Edit[]>();
  return changes.filter((change) => {
    const files = filesOf(change);
    if (files.some(({ path, edits }) => overlap(taken.get(path) ?? [], edits))) return false;
    for (const { path, edits } of files) taken.set(path, [...(taken.get(path) ?? []), ...edits]);
    return true;
  });
}

function overlap(taken: readonly Edit[], edits: readonly Edit[]): boolean {
  return edits.some(({ range: [start, end], text }) =>
    taken.some((other) => {
      const [otherStart, otherEnd] = other.range;
      // The same import, asked for by two changes, is added once.
      if (start === end && otherStart === otherEnd && start === otherStart) return text !== other.text;
      return start <= otherEnd && otherStart <= end;
    }),
  );
}

/** The text with the edits made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const unique = new Map(edits.map((edit) => [`${edit.range.join(':')}:${edit.text}`, edit]));
  const ordered = [...unique.values()]
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.range[0] - b.edit.range[0] || a.edit.range[1] - b.edit.range[1] || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { edit } of ordered) {
    result += text.slice(at, edit.range[0]) + edit.text;
    at = edit.range[1];
  }
  return result + text.slice(at);
}
