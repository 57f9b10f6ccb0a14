/** In a JavaScript project that has neither TypeScript nor the parser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer, javascript, javascriptFinding, untypedConfig } from './consumer.js';
import { forbiddenAmong, loadedModules } from './loads.js';

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: ['eslint@10'],
    // @typescript-eslint/utils asks for TypeScript as a peer, and npm would install it; other package managers do not.
    flags: ['--legacy-peer-deps'],
    files: { 'eslint.config.js': untypedConfig, 'src/plain.js': javascript },
  });
});

afterAll(() => consumer.remove());

it.each(['typescript', '@typescript-eslint/parser'])('%s is not there', async (name) => {
  const { stderr } = await consumer.run(process.execPath, ['-e', `require('${name}')`]);
  expect(stderr).toContain('MODULE_NOT_FOUND');
});

describe('loading the plugin', () => {
  it.each([
    ['import', `await import('eslint-plugin-resilience');`],
    ['require', `require('eslint-plugin-resilience');`],
  ] as const)('by %s works', async (how, code) => {
    expect(forbiddenAmong(await loadedModules(consumer, how, code))).toEqual([]);
  });
});

it('npx eslint finds calls', async () => {
  expect(await consumer.eslint('src')).toEqual([javascriptFinding('src/plain.js')]);
});
