import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesSince, touches } from '../../src/project/changes.js';
import { commitAll, git } from '../cli/git.js';
import { addFiles, createProject } from '../cli/project.js';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const ten = lines('1', '2', '3', '4', '5', '6', '7', '8', '9', '10');

describe('changesSince', () => {
  it('knows new, different and removed lines, committed or not', async () => {
    const root = createProject({ 'a.ts': ten, 'b.ts': ten, 'same.ts': ten, 'gone.ts': ten });
    commitAll(root);
    git(root, 'tag', 'start');
    addFiles(root, { 'a.ts': lines('1', 'two', '3', '4', '5', '6', '7', '8', 'nine', 'more', '10') });
    commitAll(root);
    addFiles(root, { 'b.ts': lines('1', '2', '3', '7', '8', '9', '10') });
    rmSync(path.join(root, 'gone.ts'));
    const changes = await changesSince('start', root);
    expect(changes.get(path.join(root, 'a.ts'))).toEqual({
      lines: [
        { first: 2, count: 1 },
        { first: 9, count: 2 },
      ],
      gaps: [],
    });
    expect(changes.get(path.join(root, 'b.ts'))).toEqual({ lines: [], gaps: [3] });
    expect(changes.has(path.join(root, 'same.ts'))).toBe(false);
  });

  it('compares with where the branch began, not with what the other one has become', async () => {
    const root = createProject({ 'a.ts': ten, 'b.ts': ten });
    commitAll(root);
    git(root, 'checkout', '--quiet', '-b', 'feature');
    addFiles(root, { 'a.ts': `0\n${ten}` });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    addFiles(root, { 'b.ts': `0\n${ten}` });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'feature');
    expect([...(await changesSince('main', root)).keys()]).toEqual([path.join(root, 'a.ts')]);
  });

  it('takes files that git does not know for changed, and those that it ignores not', async () => {
    const root = createProject({ '.gitignore': 'ignored.ts\n', 'sub/old.ts': ten });
    commitAll(root);
    addFiles(root, { 'new.ts': ten, 'ignored.ts': ten });
    const changes = await changesSince('HEAD', path.join(root, 'sub'));
    expect([...changes]).toEqual([[path.join(root, 'new.ts'), 'all']]);
  });

  it('follows a file that was renamed, and reads any name', async () => {
    const strange = 'a "b"\t\\é\n--- a.ts';
    const root = createProject({ 'old.ts': ten, 'z.ts': ten });
    commitAll(root);
    renameSync(path.join(root, 'old.ts'), path.join(root, strange));
    addFiles(root, {
      [strange]: lines('1', 'two', '3', '4', '5', '6', '7', '8', '9', '10'),
      'z.ts': `${ten}diff --git\n`,
    });
    git(root, 'add', '--all');
    const changes = await changesSince('HEAD', root);
    expect(changes.get(path.join(root, strange))).toEqual({ lines: [{ first: 2, count: 1 }], gaps: [] });
    expect(changes.get(path.join(root, 'z.ts'))).toEqual({ lines: [{ first: 11, count: 1 }], gaps: [] });
  });

  it('runs nothing that the repository configures', async () => {
    const root = createProject({ 'a.ts': ten, '.gitattributes': '*.ts diff=evil\n' });
    commitAll(root);
    const program = path.join(root, '.git/evil.sh');
    writeFileSync(program, `#!/bin/sh\ntouch ${path.join(root, 'ran')}\n`);
    chmodSync(program, 0o755);
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.command', 'diff.evil.textconv']) {
      git(root, 'config', key, program);
    }
    addFiles(root, { 'a.ts': `0\n${ten}` });
    expect((await changesSince('HEAD', root)).get(path.join(root, 'a.ts'))).toMatchObject({ gaps: [] });
    expect(existsSync(path.join(root, 'ran'))).toBe(false);
  });

  it.each([
    ['a commit that is not there', 'nowhere', "there is no commit 'nowhere' here"],
    ['an option', '--output=x', "there is no commit '--output=x' here"],
  ])('answers in one line to %s', async (_name, ref, message) => {
    const root = createProject({ 'a.ts': ten });
    commitAll(root);
    await expect(changesSince(ref, root)).rejects.toThrow(message);
  });

  it('answers in one line where there is no repository', async () => {
    await expect(changesSince('HEAD', createProject({}))).rejects.toThrow(/^not a git repository/u);
  });
});

describe('touches', () => {
  const changes = new Map([['a.ts', { lines: [{ first: 4, count: 2 }], gaps: [10] }]]);

  it.each([
    [3, 3, false],
    [3, 4, true],
    [5, 9, true],
    [6, 9, false],
    // Something behind line 10 was taken out: only what goes on behind it has lost a part.
    [8, 10, false],
    [10, 11, true],
    [11, 12, false],
  ])('lines %i to %i: %s', (start, end, expected) => {
    expect(touches(changes, 'a.ts', start, end)).toBe(expected);
  });

  it('knows whole files, and files without changes', () => {
    expect(touches(new Map([['a.ts', 'all']]), 'a.ts', 1, 1)).toBe(true);
    expect(touches(changes, 'b.ts', 1, 100)).toBe(false);
  });
});
