/** The oldest and the newest ESLint and TypeScript that are supported, on Node 20, 22 and 24: the same findings and fixes. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consumer, createConsumer } from '../package/consumer.js';

const eslints = ['9.22.0', '10'];
const typescripts = ['5.9', '6.0'];
/** The first number is the major of the Node that runs. */
const nodes = ['20.20', '22.23', '24.21'];

const files = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'ES2023', module: 'NodeNext', strict: true, noEmit: true, types: ['node'] },
    include: ['src'],
  }),
  'eslint.config.js': `import { defineConfig } from 'eslint/config';
import resilience from 'eslint-plugin-resilience';
import parser from '@typescript-eslint/parser';
const languageOptions = { parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } };
export default defineConfig([resilience.configs.strict, { files: ['**/*.ts'], languageOptions }]);
`,
  'src/ports.ts': `export interface Ports {\n  readonly send: typeof fetch;\n}\n`,
  'src/quotes.ts': `import axios from 'axios';
import type { Ports } from './ports.js';

const rates = axios.create({ baseURL: 'https://rates.example' });

export class Quotes {
  constructor(private readonly ports: Ports) {}

  async load(id: string): Promise<number> {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        const answer = await this.ports.send(\`https://quotes.example/\${id}\`);
        return answer.status;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
    return (await rates.get('/')).status;
  }
}
`,
};

const projects = new Map<string, Consumer>();
let runtimes: Consumer;

const key = (eslint: string, typescript: string): string => `${eslint} ${typescript}`;

beforeAll(async () => {
  runtimes = await createConsumer({
    packages: nodes.map((version) => `node${version.slice(0, 2)}@npm:node@${version}`),
    files: {},
    // npm's package of Node puts the binary in place by a script.
    flags: ['--foreground-scripts'],
  });
  for (const eslint of eslints) {
    for (const typescript of typescripts) {
      const packages = [`eslint@${eslint}`, `typescript@${typescript}`, '@typescript-eslint/parser@8'];
      projects.set(
        key(eslint, typescript),
        await createConsumer({ packages: [...packages, 'axios@1', '@types/node@20'], files }),
      );
    }
  }
});

afterAll(() => {
  for (const consumer of [runtimes, ...projects.values()]) consumer.remove();
});

describe.each(eslints)('ESLint %s', (eslint) => {
  describe.each(typescripts)('TypeScript %s', (typescript) => {
    it.each(nodes)('Node %s', async (version) => {
      const project = projects.get(key(eslint, typescript))!;
      const node = join(runtimes.root, 'node_modules', `node${version.slice(0, 2)}`, 'bin', 'node');
      const lint = (...args: string[]): ReturnType<Consumer['run']> =>
        project.run(node, ['node_modules/eslint/bin/eslint.js', '--format', 'json', ...args, 'src']);

      expect((await project.run(node, ['--version'])).stdout).toMatch(
        new RegExp(`^v${version.replace('.', '\\.')}\\.`),
      );
      const { stdout, stderr } = await lint();
      expect(stderr).toBe('');
      const messages = (JSON.parse(stdout) as { messages: { ruleId: string; messageId: string; line: number }[] }[])
        .flatMap((result) => result.messages)
        .map(({ ruleId, messageId, line }) => `${String(line)} ${ruleId.replace('resilience/', '')} ${messageId}`);
      expect(messages.sort()).toEqual([
        '12 no-unguarded-client unguarded',
        '12 require-timeout longDefault',
        '15 require-backoff constant',
        '4 no-unguarded-client unguarded',
        '4 require-timeout missing',
      ]);
      const fixed = await lint('--fix-dry-run');
      const outputs = (JSON.parse(fixed.stdout) as { output?: string }[]).flatMap(({ output }) => output ?? []);
      expect(outputs).toEqual([expect.stringContaining('timeout: 5000')]);
    });
  });
});
