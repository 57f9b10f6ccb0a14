/** Which lines have changed since a commit: git's own word, read without running anything that the repository configures. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { firstLine } from './problem.js';

/** What has changed in a file. Lines are 1-based. */
export interface FileChanges {
  /** Lines that are new or different: the first one, and how many. */
  readonly lines: readonly { readonly first: number; readonly count: number }[];
  /** The lines behind which something was taken out. */
  readonly gaps: readonly number[];
}

/** What has changed: by absolute path; a file that git does not know yet has changed as a whole (`all`). */
export type Changes = ReadonlyMap<string, FileChanges | 'all'>;

/** Git cannot say. The message is one line. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

const run = promisify(execFile);

/**
 * What the working tree has that the common ancestor of `ref` and HEAD has not.
 *
 * @param cwd a directory in the repository
 * @throws GitError when there is no git, no repository, or no such commit
 */
export async function changesSince(ref: string, cwd: string): Promise<Changes> {
  const git = async (...args: string[]): Promise<string> => {
    try {
      // A repository's configuration may name programs to run: none of these.
      const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
      const { stdout } = await run('git', [...safe, ...args], { cwd, maxBuffer: 1024 ** 3 });
      return stdout;
    } catch (error) {
      const { code, stderr } = error as { code?: unknown; stderr?: string };
      if (code === 'ENOENT') throw new GitError('git is not installed');
      throw new GitError(firstLine(stderr === undefined || stderr === '' ? error : stderr).replace(/^fatal: /u, ''));
    }
  };

  const root = (await git('rev-parse', '--show-toplevel')).trim();
  let commit;
  try {
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).trim();
  } catch {
    throw new GitError(`there is no commit '${ref}' here (a shallow clone has only the last ones: fetch it first)`);
  }
  let ancestor;
  try {
    ancestor = (await git('merge-base', commit, 'HEAD')).trim();
  } catch {
    throw new GitError(`HEAD and '${ref}' have no common ancestor here (a shallow clone? fetch more of the history)`);
  }
  const diff = await git(
    ...['diff', '--raw', '-z', '--patch', '--unified=0', '--find-renames', '--no-color', '--no-ext-diff'],
    ...['--no-textconv', '--ignore-submodules', '--src-prefix=a/', '--dst-prefix=b/', '--no-relative', ancestor, '--'],
  );
  const changes = new Map<string, FileChanges | 'all'>();
  for (const [file, change] of parseDiff(diff)) changes.set(path.join(root, file), change);
  const untracked = await git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', root);
  for (const file of untracked.split('\0')) if (file !== '') changes.set(path.join(root, file), 'all');
  return changes;
}

/**
 * Reads `git diff --raw -z --patch --unified=0`. Names are taken from the raw part, where nothing is quoted; the patches follow in
 * the same order.
 */
function parseDiff(diff: string): Map<string, FileChanges> {
  const names: string[] = [];
  let rest = diff;
  while (rest.startsWith(':')) {
    const [head = '', first = '', second = ''] = rest.split('\0', 3);
    const status = head.split(' ').at(-1) ?? '';
    const renamed = /^[RC]/u.test(status);
    const name = renamed ? second : first;
    rest = rest.slice(head.length + first.length + 2 + (renamed ? second.length + 1 : 0));
    // An unmerged path has no patch of its own; a changed type is a removal and an addition.
    if (!status.startsWith('U')) names.push(...(status.startsWith('T') ? [name, name] : [name]));
  }
  const patches = rest.startsWith('\0') ? rest.slice(1) : rest;
  const changes = new Map<string, FileChanges>();
  for (const [index, patch] of patches
    .split(/^diff --git /mu)
    .slice(1)
    .entries()) {
    const name = names[index];
    if (name === undefined) break;
    const lines: { first: number; count: number }[] = [];
    const gaps: number[] = [];
    for (const { groups } of patch.matchAll(/^@@ -\S+ \+(?<first>\d+)(?:,(?<count>\d+))? @@/gmu)) {
      const first = Number(groups?.['first']);
      const count = Number(groups?.['count'] ?? 1);
      if (count === 0) gaps.push(first);
      else lines.push({ first, count });
    }
    changes.set(name, { lines, gaps });
  }
  return changes;
}

/** Whether something between two lines of a file has changed, both included. */
export function touches(changes: Changes, file: string, start: number, end: number): boolean {
  const change = changes.get(file);
  if (change === undefined) return false;
  if (change === 'all') return true;
  return (
    change.lines.some(({ first, count }) => first <= end && first + count > start) ||
    change.gaps.some((line) => start <= line && line < end)
  );
}
