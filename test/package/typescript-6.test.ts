/** Beside TypeScript 6 and the parser: the full plugin, untyped and typed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer, javascript, javascriptFinding, untypedConfig } from './consumer.js';
import { forbiddenAmong, loadedModules } from './loads.js';

/** Five lines, with types. */
const typedConfig = `import { defineConfig } from 'eslint/config';
import resilience from 'eslint-plugin-resilience';
import tseslint from 'typescript-eslint';
const languageOptions = { parser: tseslint.parser, parserOptions: { projectService: true } };
export default defineConfig([resilience.configs.recommended, { files: ['**/*.ts'], languageOptions }]);
`;

/** A call that only types show to be one: the field's type is declared in another file. */
const injected = {
  'src/ports.ts': `export interface Ports {\n  readonly send: typeof fetch;\n}\n`,
  'src/quotes.ts': `import type { Ports } from './ports.js';

export class Quotes {
  constructor(private readonly ports: Ports) {}

  load(id: string): Promise<Response> {
    return this.ports.send(\`https://quotes.example/\${id}\`);
  }
}
`,
};

const client = {
  'src/client.ts': `import axios from 'axios';

export async function load(id: string): Promise<unknown> {
  const { data } = await axios.get<unknown>(\`https://prices.example/\${id}\`);
  return data;
}
`,
};

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: ['eslint@10', 'typescript@6.0.3', 'typescript-eslint@8', 'axios@1', '@types/node@20'],
    files: {
      'tsconfig.json': JSON.stringify({
        compilerOptions: { target: 'ES2023', module: 'NodeNext', strict: true, noEmit: true, types: ['node'] },
        include: ['src'],
      }),
      'eslint.config.js': untypedConfig,
      'typed.config.js': typedConfig,
      'src/plain.js': javascript,
      ...injected,
      ...client,
    },
  });
});

afterAll(() => consumer.remove());

describe('loading the plugin', () => {
  it('by import loads neither TypeScript, the parser, nor the parts outside ESLint', async () => {
    const loaded = await loadedModules(consumer, 'import', `await import('eslint-plugin-resilience');`);
    expect(loaded.some((path) => path.endsWith('/eslint-plugin-resilience/dist/src/plugin.js'))).toBe(true);
    expect(forbiddenAmong(loaded)).toEqual([]);
  });

  it('by require neither', async () => {
    const loaded = await loadedModules(consumer, 'require', `require('eslint-plugin-resilience');`);
    expect(loaded.some((path) => path.includes('/@typescript-eslint/utils/'))).toBe(true);
    expect(forbiddenAmong(loaded)).toEqual([]);
  });

  it('would be seen to load them', async () => {
    const loaded = await loadedModules(consumer, 'import', `await import('@typescript-eslint/parser');`);
    expect(forbiddenAmong(loaded).some((path) => path.includes('/node_modules/typescript/'))).toBe(true);
    const required = await loadedModules(consumer, 'require', `require('@typescript-eslint/parser');`);
    expect(forbiddenAmong(required).some((path) => path.includes('/node_modules/typescript/'))).toBe(true);
  });

  it('gives the same plugin to import and to require, named and versioned as the package', async () => {
    consumer.write({
      'same.mjs': `import { createRequire } from 'node:module';
import plugin from 'eslint-plugin-resilience';
const require = createRequire(import.meta.url);
const { version } = require('eslint-plugin-resilience/package.json');
console.log(JSON.stringify([require('eslint-plugin-resilience') === plugin, plugin.meta.version === version, plugin.meta.namespace]));
`,
    });
    const { stdout } = await consumer.run(process.execPath, ['same.mjs']);
    expect(JSON.parse(stdout)).toEqual([true, true, 'resilience']);
  });
});

describe('npx eslint', () => {
  it('finds calls without types', async () => {
    expect(await consumer.eslint('src/plain.js')).toEqual([javascriptFinding('src/plain.js')]);
  });

  it('finds calls with types, also those that only types show', async () => {
    expect(await consumer.eslint('--config', 'typed.config.js', 'src/quotes.ts', 'src/client.ts')).toEqual([
      { file: 'src/client.ts', line: 4, rule: 'resilience/require-timeout', messageId: 'missing' },
      { file: 'src/quotes.ts', line: 7, rule: 'resilience/require-timeout', messageId: 'longDefault' },
    ]);
  });

  it('writes a fix that compiles and leaves nothing to report', async () => {
    expect(await consumer.eslint('--config', 'typed.config.js', '--fix', 'src')).toEqual([]);
    expect(consumer.read('src/client.ts')).toContain('timeout: 5000');
    const { stdout } = await consumer.run('npx', ['tsc', '--pretty', 'false']);
    expect(stdout).toBe('');
    consumer.write({ ...injected, ...client, 'src/plain.js': javascript });
  });
});
