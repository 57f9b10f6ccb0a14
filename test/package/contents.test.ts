/** What is in the package that npm publishes. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { run } from './run.js';

let files: string[];

beforeAll(async () => {
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--dry-run', '--ignore-scripts'],
    join(import.meta.dirname, '../..'),
  );
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  files = packed.files.map((file) => file.path);
});

it('has what users need', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'package.json',
      'LICENSE',
      'dist/src/plugin.js',
      'dist/src/plugin.d.ts',
      'dist/rules/index.js',
    ]),
  );
});

it('has nothing else', () => {
  const expected =
    /^(dist\/(src|rules)\/.+\.(js|d\.ts)|dist\/src\/report\/page\/[\w-]+\.css|docs\/rules\/[\w-]+\.md|schema\/[\w.-]+\.json|(package\.json|README\.md|CHANGELOG\.md|LICENSE))$/;
  expect(files.filter((path) => !expected.test(path))).toEqual([]);
});
