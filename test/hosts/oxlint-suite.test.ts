/** The labelled projects of `test/accuracy/` in oxlint: strict reports there what it reports in ESLint without types. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installLocked } from '../../scripts/accuracy/install.js';
import plugin from '../../src/plugin.js';
import { type Consumer, createConsumer } from '../package/consumer.js';

const suite = join(import.meta.dirname, '../accuracy');

/** The preset, as oxlint takes rules: one map, without the second configuration that switches them off in tests. */
const oxlintConfig = (): string =>
  JSON.stringify({
    plugins: [],
    categories: { correctness: 'off' },
    ignorePatterns: ['node_modules'],
    jsPlugins: ['eslint-plugin-resilience'],
    rules: plugin.configs.strict[0]?.rules,
  });

const eslintConfig = `import parser from '@typescript-eslint/parser';
import resilience from 'eslint-plugin-resilience';

export default [
  { files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'], languageOptions: { parser } },
  ...resilience.configs.strict,
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
];
`;

let consumer: Consumer;

beforeAll(async () => {
  await installLocked(suite);
  consumer = await createConsumer({
    packages: ['oxlint@1.94', 'eslint@10', 'typescript@6.0.3', '@typescript-eslint/parser@8'],
    files: {
      '.oxlintrc.json': oxlintConfig(),
      'eslint.config.js': eslintConfig,
    },
  });
  restore();
}, 600_000);

afterAll(() => consumer.remove());

/** Lays the projects anew, with the libraries that they call. */
function restore(): void {
  const copy = join(consumer.root, 'suite');
  rmSync(copy, { recursive: true, force: true });
  cpSync(suite, copy, { recursive: true, filter: (path) => !path.startsWith(join(suite, 'node_modules')) });
  symlinkSync(join(suite, 'node_modules'), join(copy, 'node_modules'), 'junction');
}

const sources = (): string[] =>
  readdirSync(join(consumer.root, 'suite'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.startsWith('node_modules'))
    .map((file) => join(consumer.root, 'suite', file))
    .filter((file) => statSync(file).isFile());

/** A report as a line: place, rule, message. oxlint has no message ids, but the texts tell them apart. */
async function oxlint(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await consumer.run('npx', ['oxlint', '--format', 'json', ...args, 'suite']);
  if (code !== 0 && code !== 1) throw new Error(`oxlint ended with ${String(code)}: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: {
      code: string;
      message: string;
      filename: string;
      labels: [{ span: { line: number; column: number } }];
    }[];
  };
  return diagnostics
    .map(({ code: rule, message, filename, labels: [{ span }] }) =>
      [`${filename}:${String(span.line)}:${String(span.column)}`, rule.replace(/\((.+)\)/, '/$1'), message].join(' '),
    )
    .sort();
}

async function eslint(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await consumer.run('npx', ['eslint', '--format', 'json', ...args, 'suite']);
  if (code !== 0 && code !== 1) throw new Error(`eslint ended with ${String(code)}: ${stderr}`);
  return (
    JSON.parse(stdout) as {
      filePath: string;
      messages: { line: number; column: number; ruleId: string; message: string }[];
    }[]
  )
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, column, ruleId, message }) =>
        [`${filePath.slice(consumer.root.length + 1)}:${String(line)}:${String(column)}`, ruleId, message].join(' '),
      ),
    )
    .sort();
}

/** The texts of the projects by their path. */
const texts = (): Record<string, string> =>
  Object.fromEntries(sources().map((file) => [file.slice(consumer.root.length), readFileSync(file, 'utf8')]));

describe('the labelled projects in oxlint', { timeout: 600_000 }, () => {
  let found: string[];

  it('has the reports of ESLint without types', async () => {
    found = await oxlint();
    expect(found.length).toBeGreaterThan(500);
    expect(found).toEqual(await eslint());
  });

  it('fixes what ESLint fixes', async () => {
    const before = texts();
    // One pass a run, where ESLint makes up to ten.
    let fixed = before;
    for (let pass = 0; pass < 10; pass++) {
      await oxlint('--fix');
      const now = texts();
      if (Object.keys(now).every((file) => now[file] === fixed[file])) break;
      fixed = now;
    }
    expect(Object.keys(before).filter((file) => before[file] !== fixed[file]).length).toBeGreaterThan(50);
    await eslint('--fix');
    expect(texts(), 'ESLint finds nothing more to fix').toEqual(fixed);
    restore();
  });

  it('applies suggestions that parse', async () => {
    const left = await oxlint('--fix', '--fix-suggestions');
    for (const [file, text] of Object.entries(texts())) {
      expect(() => parser.parseForESLint(text, { filePath: file, jsx: file.endsWith('x') }), file).not.toThrow();
    }
    restore();
    expect(left.length).toBeLessThan(found.length);
  });
});
