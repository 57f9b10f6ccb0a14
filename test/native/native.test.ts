/** The packed plugin on the native type backend: the same reports as on the classic one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer } from '../package/consumer.js';

const own = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

/** The preset, and a rule that tells which backend answers: the native checker has no `symbolToString`. */
const config = (projectService: string): string => `import parser from '@typescript-eslint/parser';
import resilience from 'eslint-plugin-resilience';

const backend = {
  meta: { messages: { classic: 'classic', native: 'native' } },
  create: (context) => ({
    Program(node) {
      const checker = context.sourceCode.parserServices.program.getTypeChecker();
      let messageId = 'classic';
      try {
        void checker.symbolToString;
      } catch {
        messageId = 'native';
      }
      context.report({ node, messageId });
    },
  }),
};

export default [
  ...resilience.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parser, parserOptions: { projectService: ${projectService} } },
    plugins: { probe: { rules: { backend } } },
    rules: { 'probe/backend': 'error' },
  },
];
`;

let consumer: Consumer;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: [],
    files: {
      'package.json': own('package.json'),
      'package-lock.json': own('package-lock.json'),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { target: 'ES2023', module: 'NodeNext', strict: true, noEmit: true, types: ['node'] },
        include: ['src'],
      }),
      'classic.config.js': config('true'),
      'native.config.js': config(`{ EXPERIMENTAL_backend: 'tsgo' }`),
      'src/clients.ts': `import axios from 'axios';

export interface Ports {
  readonly send: typeof fetch;
}

export const prices = axios.create({ baseURL: 'https://prices.example' });
export const bounded = axios.create({ baseURL: 'https://prices.example', timeout: 2000 });
`,
      'src/calls.ts': `import { bounded, type Ports, prices } from './clients.js';

export const direct = (url: string): Promise<Response> => fetch(url);

export const typed = (ports: Ports, url: string): Promise<Response> => ports.send(url);

export const followed = async (id: string): Promise<unknown> => {
  const first = await prices.get<unknown>(id);
  const second = await bounded.get<unknown>(id);
  return [first.data, second.data];
};
`,
    },
  });
});

afterAll(() => consumer.remove());

/** What the plugin finds on a backend, after a look at which backend it was. */
async function findings(backend: 'classic' | 'native'): Promise<unknown[]> {
  const all = await consumer.eslint('--config', `${backend}.config.js`, 'src');
  expect(new Set(all.filter(({ rule }) => rule === 'probe/backend').map(({ messageId }) => messageId))).toEqual(
    new Set([backend]),
  );
  return all.filter(({ rule }) => rule !== 'probe/backend');
}

describe('the native backend', () => {
  it('gives the reports of the classic one', async () => {
    expect(await findings('native')).toEqual(await findings('classic'));
  });

  it('finds what only types and other files show', async () => {
    expect(await findings('native')).toEqual([
      { file: 'src/calls.ts', line: 3, rule: 'resilience/require-timeout', messageId: 'longDefault' },
      { file: 'src/calls.ts', line: 5, rule: 'resilience/require-timeout', messageId: 'longDefault' },
      { file: 'src/clients.ts', line: 7, rule: 'resilience/require-timeout', messageId: 'missing' },
    ]);
  });
});

describe('resilience scan --native', () => {
  const scan = async (...options: string[]): Promise<{ code: number | undefined; report: unknown }> => {
    const { code, stdout } = await consumer.run('npx', ['resilience', 'scan', 'src', '--format', 'json', ...options]);
    return { code, report: JSON.parse(stdout) as unknown };
  };

  it('finds what the classic one does', async () => {
    const native = await scan('--native');
    expect(native).toEqual(await scan());
    expect(native).toMatchObject({ code: 1, report: { files: [{ types: true }, { types: true }], problems: [] } });
  });
});
