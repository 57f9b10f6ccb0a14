/** In a CommonJS project of `.js` files, with a CommonJS configuration. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Consumer, createConsumer } from './consumer.js';

const config = `const { defineConfig } = require('eslint/config');
const resilience = require('eslint-plugin-resilience');
module.exports = defineConfig([
  resilience.configs.recommended,
  { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
]);
`;

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    type: 'commonjs',
    packages: ['eslint@10', 'axios@1'],
    files: {
      'eslint.config.js': config,
      'src/client.js': `const axios = require('axios');\n\nmodule.exports.client = axios.create({ timeout: 2000 });\n`,
      'src/use.js': `const { client } = require('./client');\n\nmodule.exports = (id) => client.get(id);\n`,
      'src/open.js': `const axios = require('axios');\n\nmodule.exports = (id) => axios.get(id);\n`,
    },
  });
});

afterAll(() => consumer.remove());

it('finds the call without a bound, and follows require to the client that has one', async () => {
  expect(await consumer.eslint('src')).toEqual([
    { file: 'src/open.js', line: 3, rule: 'resilience/require-timeout', messageId: 'missing' },
  ]);
});

it('fixes it', async () => {
  expect(await consumer.eslint('--fix', 'src')).toEqual([]);
  expect(consumer.read('src/open.js')).toContain(`axios.get(id, { timeout: 5000 })`);
});
