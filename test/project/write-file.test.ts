import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLineEndsOf, writeFileAtomic } from '../../src/project/write-file.js';
import { createProject } from '../cli/project.js';

describe('writeFileAtomic', () => {
  it('replaces a file and keeps its mode', () => {
    const root = createProject({ 'a.ts': 'old' });
    const file = path.join(root, 'a.ts');
    chmodSync(file, 0o640);
    const before = statSync(file).ino;
    writeFileAtomic(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    // Another file took its place: whoever had the old one open still reads all of it.
    expect(statSync(file).ino).not.toBe(before);
    expect(readdirSync(root)).toEqual(['a.ts']);
  });

  it('makes a new file, and its directory', () => {
    const root = createProject({});
    writeFileAtomic(path.join(root, 'reports/a.json'), '{}');
    expect(readdirSync(path.join(root, 'reports'))).toEqual(['a.json']);
  });

  it('leaves nothing behind when it fails', () => {
    const root = createProject({ file: 'x' });
    expect(() => writeFileAtomic(path.join(root, 'file/a.json'), '{}')).toThrow();
    mkdirSync(path.join(root, 'directory'));
    expect(() => writeFileAtomic(path.join(root, 'directory'), '{}')).toThrow();
    expect(readdirSync(root).sort()).toEqual(['directory', 'file']);
    expect(readdirSync(path.join(root, 'directory'))).toEqual([]);
  });
});

describe('withLineEndsOf', () => {
  it.each([
    ['CRLF: edits too', 'a\r\nb\r\n', 'a\r\nx\nb\r\n', 'a\r\nx\r\nb\r\n'],
    ['LF', 'a\nb\n', 'a\nx\nb\n', 'a\nx\nb\n'],
    ['mixed: as it is', 'a\r\nb\n', 'a\r\nx\nb\n', 'a\r\nx\nb\n'],
    ['mixed, at the start', '\nb\r\n', '\nx\nb\r\n', '\nx\nb\r\n'],
    ['one line', 'a', 'a\nb', 'a\nb'],
  ])('%s', (_name, original, edited, expected) => {
    expect(withLineEndsOf(original, edited)).toBe(expected);
  });
});
