/** A user's configuration type-checks against ESLint's own types, and works. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Consumer, createConsumer, javascript, javascriptFinding } from './consumer.js';

const own = (file: string): string => readFileSync(join(import.meta.dirname, '../types', file), 'utf8');

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: ['eslint@10', 'typescript@6.0.3', '@typescript-eslint/parser@8'],
    files: {
      'tsconfig.json': own('tsconfig.json'),
      'consumer.config.ts': own('consumer.config.ts'),
      'eslint.config.js': `import { defineConfig } from 'eslint/config';
import resilience from 'eslint-plugin-resilience';
export default defineConfig([{ plugins: { resilience }, extends: ['resilience/recommended'] }]);
`,
      'src/plain.js': javascript,
      'src/plain.test.js': javascript,
    },
  });
});

afterAll(() => consumer.remove());

it('compiles, with the library checks on', async () => {
  const { stdout } = await consumer.run('npx', ['tsc', '--pretty', 'false']);
  expect(stdout).toBe('');
});

it('finds calls through extends, and none in test files', async () => {
  expect(await consumer.eslint('src')).toEqual([javascriptFinding('src/plain.js')]);
});
