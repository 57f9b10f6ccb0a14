/** Beside TypeScript 7, which has no API for a parser: the untyped leg, and no crash. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer, javascript, javascriptFinding, untypedConfig } from './consumer.js';
import { forbiddenAmong, loadedModules } from './loads.js';

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: ['eslint@10', 'typescript@~7.0.0', 'axios@1'],
    files: {
      'eslint.config.js': untypedConfig,
      'src/plain.js': javascript,
      'src/client.js': `import axios from 'axios';\n\nexport const client = axios.create({ baseURL: 'https://prices.example' });\n`,
      'src/prices.js': `import { client } from './client.js';\n\nexport const load = (id) => client.get(\`/\${id}\`);\n`,
    },
  });
});

afterAll(() => consumer.remove());

it('npm installs the plugin beside TypeScript 7', () => {
  expect(JSON.parse(consumer.read('node_modules/typescript/package.json'))).toMatchObject({
    version: expect.stringMatching(/^7\.0\./) as string,
  });
});

describe('loading the plugin', () => {
  it.each([
    ['import', `await import('eslint-plugin-resilience');`],
    ['require', `require('eslint-plugin-resilience');`],
  ] as const)('by %s does not load TypeScript', async (how, code) => {
    expect(forbiddenAmong(await loadedModules(consumer, how, code))).toEqual([]);
  });
});

const findings = [
  { file: 'src/client.js', line: 3, rule: 'resilience/require-timeout', messageId: 'missing' },
  javascriptFinding('src/plain.js'),
];

describe('npx eslint', () => {
  it('finds calls without a parser', async () => {
    expect(await consumer.eslint('src')).toEqual(findings);
  });

  it('finds the same beside a parser that cannot load', async () => {
    // What a user has who forced it in: the parser throws on loading, because TypeScript 7 has not what it needs.
    await consumer.npm('install', '--legacy-peer-deps', '@typescript-eslint/parser@8');
    const parser = await consumer.run(process.execPath, ['-e', `require('@typescript-eslint/parser')`]);
    expect(parser.code).not.toBe(0);
    expect(await consumer.eslint('src')).toEqual(findings);
  });
});
