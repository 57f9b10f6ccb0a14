/** oxlint runs the packed plugin as a JavaScript plugin, without types: what ESLint finds untyped, at the same places. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer, javascript } from '../package/consumer.js';

const typescript = `import axios from 'axios';

export async function load(id: string): Promise<unknown> {
  const { data } = await axios.get<unknown>('https://prices.example/' + id);
  return data;
}
`;

/** The preset in ESLint for the same files: the parser, and no types. */
const eslintConfig = `import { defineConfig } from 'eslint/config';
import parser from '@typescript-eslint/parser';
import resilience from 'eslint-plugin-resilience';
export default defineConfig([{ files: ['**/*.ts'], languageOptions: { parser } }, resilience.configs.recommended]);
`;

interface Place {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

let consumer: Consumer;

/** Runs oxlint over `src`; throws with what it said when it did not get to linting. */
async function oxlint(...args: string[]): Promise<Place[]> {
  const { code, stdout, stderr } = await consumer.run('npx', ['oxlint', '--format', 'json', ...args, 'src']);
  if (code !== 0 && code !== 1) throw new Error(`oxlint ended with ${String(code)}: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string; labels: [{ span: { line: number } }] }[];
  };
  return sorted(
    diagnostics.map((diagnostic) => ({
      file: diagnostic.filename,
      line: diagnostic.labels[0].span.line,
      rule: diagnostic.code,
    })),
  );
}

const sorted = (places: readonly Place[]): Place[] =>
  places.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);

beforeAll(async () => {
  consumer = await createConsumer({
    packages: ['oxlint@1.94', 'eslint@10', 'typescript@6.0.3', '@typescript-eslint/parser@8', 'axios@1'],
    files: {
      '.oxlintrc.json': JSON.stringify({
        plugins: [],
        categories: { correctness: 'off' },
        jsPlugins: ['eslint-plugin-resilience'],
        rules: { 'resilience/require-timeout': 'error' },
      }),
      'eslint.config.js': eslintConfig,
      'src/client.ts': typescript,
      'src/plain.js': javascript,
    },
  });
});

afterAll(() => consumer.remove());

describe('oxlint', () => {
  it('finds calls in JavaScript and TypeScript', async () => {
    expect(await oxlint()).toEqual([
      { file: 'src/client.ts', line: 4, rule: 'resilience(require-timeout)' },
      { file: 'src/plain.js', line: 1, rule: 'resilience(require-timeout)' },
    ]);
  });

  it('finds what ESLint finds', async () => {
    const findings = await consumer.eslint('src');
    expect(findings.length).toBeGreaterThan(0);
    expect(await oxlint()).toEqual(
      sorted(findings.map(({ file, line, rule }) => ({ file, line, rule: String(rule).replace(/\/(.+)/, '($1)') }))),
    );
  });

  it('takes the settings, and applies the fixes', async () => {
    const config = JSON.parse(consumer.read('.oxlintrc.json')) as Record<string, unknown>;
    consumer.write({
      'settings.oxlintrc.json': JSON.stringify({ ...config, settings: { resilience: { timeoutMs: 1234 } } }),
    });
    expect(await oxlint('--config', 'settings.oxlintrc.json', '--fix')).toEqual([]);
    expect(consumer.read('src/client.ts')).toContain('timeout: 1234');
    consumer.write({ 'src/client.ts': typescript, 'src/plain.js': javascript });
  });
});
