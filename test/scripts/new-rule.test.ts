import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scaffold, withFolder, withRule } from '../../scripts/new-rule.js';

const index = `/** Every rule, by its name. */
import noDualWrite from './no-dual-write.js';
import requireTimeout from './require-timeout.js';

export const rules = {
  'no-dual-write': noDualWrite,
  'require-timeout': requireTimeout,
};
`;

describe('new-rule', () => {
  let directory = '';
  const read = (file: string): Promise<string> => fs.readFile(path.join(directory, file), 'utf8');
  beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), 'new-rule-'));
    await fs.mkdir(path.join(directory, 'rules'));
    await fs.mkdir(path.join(directory, 'test/accuracy'), { recursive: true });
    await fs.writeFile(path.join(directory, 'rules/index.ts'), index);
    await fs.writeFile(
      path.join(directory, 'test/accuracy/tsconfig.json'),
      '{\n  "include": [\n    "no-dual-write"\n  ]\n}\n',
    );
  });
  afterEach(() => fs.rm(directory, { recursive: true, force: true }));

  it.each([
    ['require-fallback', 1],
    ['no-a', 0],
    ['require-zeal', 2],
  ])('puts %s where its name belongs', (name, at) => {
    const lines = withRule(index, name).split('\n');
    expect(lines.filter((line) => line.startsWith('import ')).findIndex((line) => line.includes(name))).toBe(at);
    expect(lines.filter((line) => line.startsWith("  '")).findIndex((line) => line.includes(name))).toBe(at);
  });

  it('adds the folder of labelled projects', () => {
    expect(JSON.parse(withFolder('{ "include": ["a-b"] }', 'no-x'))).toEqual({ include: ['no-x', 'a-b'] });
  });

  it('writes the rule, its page, its test and a labelled project', async () => {
    expect(await scaffold(directory, ['require-fallback'])).toEqual([
      'rules/require-fallback.ts',
      'docs/rules/require-fallback.md',
      'test/rules/require-fallback.test.ts',
      'test/accuracy/require-fallback/service/src/service.ts',
      'test/accuracy/require-fallback/service/package.json',
    ]);
    expect(await read('rules/require-fallback.ts')).toContain("description: 'require fallback'");
    expect(await read('rules/index.ts')).toContain("'require-fallback': requireFallback,");
  });

  it('overwrites nothing', async () => {
    await fs.writeFile(path.join(directory, 'rules/require-fallback.ts'), 'mine');
    await expect(scaffold(directory, ['require-fallback'])).rejects.toThrow('is there already');
    expect(await read('rules/require-fallback.ts')).toBe('mine');
    expect(await read('rules/index.ts')).toBe(index);
  });

  it.each([[[]], [['../evil']], [['Upper-Case']], [['word']], [['two-names', 'more-names']]])(
    'refuses %j',
    async (args) => {
      await expect(scaffold(directory, args)).rejects.toThrow('Usage');
    },
  );
});
