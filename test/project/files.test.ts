import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles, readSource } from '../../src/project/files.js';
import { createProject } from '../cli/project.js';

function find(root: string, ...paths: string[]): { files: string[]; problems: [string, string][] } {
  const { files, problems } = findFiles(paths, root);
  return {
    files: files.map((file) => path.relative(root, file)),
    problems: problems.map((problem) => [path.relative(root, problem.path), problem.message]),
  };
}

describe('findFiles', () => {
  it('takes every kind of JavaScript and TypeScript source, sorted, each once', () => {
    const names = ['a.cjs', 'a.cts', 'a.js', 'a.jsx', 'a.mjs', 'a.mts', 'a.ts', 'a.tsx', 'b/.hidden/c.ts'];
    const root = createProject(
      Object.fromEntries([...names, 'a.json', 'a.vue', 'README.md'].map((name) => [name, ''])),
    );
    expect(find(root, 'b', '.', 'a.ts', path.join(root, 'a.js'))).toEqual({ files: names, problems: [] });
  });

  it('leaves out packages, output, declarations, minified files and tools of package managers', () => {
    const root = createProject({
      'a.ts': '',
      'a.d.ts': '',
      'a.d.cts': '',
      'style.d.css.ts': '',
      'lib.min.js': '',
      '.pnp.cjs': '',
      '.yarn/releases/yarn.cjs': '',
      'dist/a.js': '',
      'packages/b/dist/b.js': '',
      'packages/b/node_modules/c/index.js': '',
      'packages/b/src/distance.ts': '',
    });
    expect(find(root, '.').files).toEqual(['a.ts', 'packages/b/src/distance.ts']);
  });

  it('reads .gitignore as git does: nested, negated, anchored, from the root of the repository', () => {
    const root = createProject({
      '.git/info/exclude': 'local.ts\n',
      '.gitignore': '/build\n*.gen.ts\nlogs/\n',
      'a.ts': '',
      'local.ts': '',
      'build/a.ts': '',
      logs: '',
      'packages/b/.gitignore': '!keep.gen.ts\n/tmp\n',
      'packages/b/build/a.ts': '',
      'packages/b/drop.gen.ts': '',
      'packages/b/keep.gen.ts': '',
      'packages/b/tmp/a.ts': '',
      'packages/b/src/tmp/a.ts': '',
      'packages/b/logs/keep.gen.ts': '',
    });
    const below = ['packages/b/build/a.ts', 'packages/b/keep.gen.ts', 'packages/b/src/tmp/a.ts'];
    expect(find(root, '.').files).toEqual(['a.ts', ...below]);
    expect(find(root, 'packages/b').files).toEqual(below);
  });

  it('does not look for .gitignore above the repository', () => {
    const root = createProject({ '.gitignore': '*\n', 'repository/.git/HEAD': '', 'repository/a.ts': '' });
    expect(find(root, 'repository').files).toEqual(['repository/a.ts']);
  });

  it('takes what is named itself although git ignores it', () => {
    const root = createProject({
      '.gitignore': 'build\na.ts\n',
      'a.ts': '',
      'build/b.ts': '',
      'build/.gitignore': 'c.ts',
      'build/c.ts': '',
    });
    expect(find(root, 'a.ts', 'build')).toEqual({ files: ['a.ts', 'build/b.ts'], problems: [] });
  });

  it('follows no links', () => {
    const outside = createProject({ 'secret.ts': '' });
    const root = createProject({ 'src/a.ts': '' });
    symlinkSync(outside, path.join(root, 'src/out'));
    symlinkSync(root, path.join(root, 'src/loop'));
    symlinkSync(path.join(outside, 'secret.ts'), path.join(root, 'src/secret.ts'));
    symlinkSync(path.join(root, 'src'), path.join(root, 'inside'));
    expect(find(root, '.').files).toEqual(['src/a.ts']);
    const refused = 'is a link that leads out of the tree: not followed';
    expect(find(root, 'src/out', 'src/secret.ts', 'src/out/secret.ts')).toEqual({
      files: [],
      problems: [
        ['src/out', refused],
        ['src/secret.ts', refused],
        ['src/out/secret.ts', refused],
      ],
    });
    // A link that stays in the tree may be named, and so may a tree beside this one.
    expect(find(root, 'inside').files).toEqual(['inside/a.ts']);
    expect(findFiles([outside], root).files).toEqual([path.join(outside, 'secret.ts')]);
  });

  it('does not read ignore rules through a link', () => {
    const outside = createProject({ rules: '*\n' });
    const root = createProject({ 'a.ts': '' });
    symlinkSync(path.join(outside, 'rules'), path.join(root, '.gitignore'));
    expect(find(root, '.').files).toEqual(['a.ts']);
  });

  it('tells what cannot be scanned', () => {
    const root = createProject({ 'README.md': '', 'docs/a.md': '', 'a.d.ts': '', 'node_modules/b/index.js': '' });
    symlinkSync('nowhere', path.join(root, 'broken'));
    expect(find(root, 'missing.ts', 'README.md', 'docs', 'a.d.ts', 'node_modules/b', 'broken')).toEqual({
      files: [],
      problems: [
        ['missing.ts', 'no such file or directory'],
        ['README.md', 'is not a JavaScript or TypeScript source file'],
        ['docs', 'there are no JavaScript or TypeScript files in it'],
        ['a.d.ts', 'is not a JavaScript or TypeScript source file'],
        ['node_modules/b', 'is an installed package: not scanned'],
        ['broken', 'no such file or directory'],
      ],
    });
  });
});

describe('readSource', () => {
  const read = (content: string | Uint8Array): ReturnType<typeof readSource> =>
    readSource(path.join(createProject({ 'a.ts': content }), 'a.ts'));

  it('gives the text with its byte order mark', () => {
    expect(read('\ufeffa\r\n')).toEqual({ text: '\ufeffa\r\n', exact: true });
  });

  it('says when the text is not what the file holds', () => {
    expect(read(new Uint8Array([0x63, 0xe9]))).toMatchObject({ exact: false });
  });

  it('measures each line, also the last one', () => {
    const line = 'x'.repeat(500_000);
    expect(read(`${line}\n${line}`)).toMatchObject({ exact: true });
    expect(read(`a\n${line}x`)).toHaveProperty('skip');
    expect(read(`${line}x\na`)).toHaveProperty('skip');
  });
});
