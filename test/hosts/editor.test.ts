/** VS Code's ESLint server with the packed plugin: what an editor shows, what its light bulb does, what it costs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Consumer, createConsumer } from '../package/consumer.js';
import { type Editor, startEditor } from './language-server.js';

const config = (rules: string): string => `import parser from '@typescript-eslint/parser';
import resilience from 'eslint-plugin-resilience';

export default [
  {
    files: ['**/*.ts'],
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  ${rules}
];
`;

/** Faults with an autofix, and some that only get suggestions. */
const faults = `import axios from 'axios';

const client = axios.create({ baseURL: 'https://prices.example' });

export async function price(id: string): Promise<unknown> {
  const { data } = await client.get<unknown>(\`/\${id}\`);
  return data;
}

export async function shipping(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url);
  return response.json();
}

export async function stock(id: string): Promise<unknown[]> {
  try {
    return [await price(id)];
  } catch {
    return [];
  }
}

export async function refresh(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await price(id);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error('no price');
}
`;

const wrapper = (init: string): string => `/** Sends what its caller says. */
export function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, ${init});
}
`;
const unbounded = wrapper('init');
const bounded = wrapper('{ signal: AbortSignal.timeout(2000), ...init }');

const caller = `import { send } from './send.js';

export const rates = (url: string): Promise<Response> => send(url, { method: 'GET' });
`;

let consumer: Consumer;
let editor: Editor;

beforeAll(async () => {
  consumer = await createConsumer({
    packages: [
      'eslint@10',
      'typescript@6.0.3',
      '@typescript-eslint/parser@8',
      'vscode-langservers-extracted@4.10',
      'axios@1',
      '@types/node@20',
    ],
    files: {
      'eslint.config.js': config('...resilience.configs.recommended,'),
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          target: 'ES2023',
          module: 'NodeNext',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          types: ['node'],
        },
        include: ['src'],
      }),
      'src/faults.ts': faults,
      'src/send.ts': unbounded,
      'src/caller.ts': caller,
    },
  });
  editor = await startEditor(consumer.root);
});

afterAll(async () => {
  await editor.stop();
  consumer.remove();
});

const shown = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, range }) => `${String(code)} ${String(range.start.line + 1)}`).sort();

describe('an editor', () => {
  it('shows the findings, with links to their docs', async () => {
    await editor.open('src/faults.ts', faults);
    const diagnostics = await editor.diagnostics('src/faults.ts');
    expect(shown(diagnostics)).toEqual([
      'resilience/forward-abort-signal 11',
      'resilience/no-swallowed-failure 18',
      'resilience/require-backoff 28',
      'resilience/require-status-check 11',
      'resilience/require-timeout 11',
      'resilience/require-timeout 3',
    ]);
    for (const { code, codeDescription } of diagnostics) {
      const name = String(code).replace('resilience/', '');
      expect(codeDescription?.href).toMatch(new RegExp(`/docs/rules/${name}\\.md$`));
    }
  });

  it('applies each fix and each suggestion, and the result compiles', async () => {
    const results: string[] = [];
    for (const diagnostic of await editor.diagnostics('src/faults.ts')) {
      const actions = await editor.actions('src/faults.ts', diagnostic);
      expect(actions, String(diagnostic.code)).not.toEqual([]);
      for (const action of actions) results.push(await editor.apply('src/faults.ts', action));
    }
    expect(new Set([faults, ...results]).size).toBe(results.length + 1);
    consumer.write(Object.fromEntries(results.map((text, index) => [`results/result-${String(index)}.ts`, text])));
    consumer.write({ 'results/tsconfig.json': JSON.stringify({ extends: '../tsconfig.json', include: ['.'] }) });
    const compiled = await consumer.run('npx', ['tsc', '-p', 'results']);
    expect(compiled.stdout).toBe('');
  });

  it('follows what another file says, once that one has been saved and linted', async () => {
    await editor.open('src/send.ts', unbounded);
    await editor.open('src/caller.ts', caller);
    expect(shown(await editor.diagnostics('src/caller.ts'))).toEqual(['resilience/require-timeout 3']);
    for (const [text, findings] of [
      [bounded, []],
      [unbounded, ['resilience/require-timeout 3']],
    ] as const) {
      await editor.edit('src/send.ts', text);
      consumer.write({ 'src/send.ts': text });
      await editor.save('src/send.ts');
      await editor.diagnostics('src/send.ts');
      expect(shown(await editor.diagnostics('src/caller.ts'))).toEqual(findings);
    }
  });
});

/** How 200 edits go in a server of their own: live bytes that edits 101 to 200 leave behind, and the time of each, ms. */
async function editing(rules: string): Promise<{ growth: number; times: number[] }> {
  consumer.write({ 'eslint.config.js': config(rules) });
  const server = await startEditor(consumer.root);
  try {
    await server.open('src/faults.ts', faults);
    const times: number[] = [];
    const edit = async (count: number): Promise<void> => {
      const start = performance.now();
      await server.edit('src/faults.ts', `${faults}\nexport const edits = ${String(count)};\n`);
      await server.diagnostics('src/faults.ts');
      times.push(performance.now() - start);
    };
    for (let count = 0; count < 100; count++) await edit(count);
    const before = await server.heap();
    for (let count = 100; count < 200; count++) await edit(count);
    return { growth: (await server.heap()) - before, times };
  } finally {
    await server.stop();
  }
}

const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

describe('200 edits', () => {
  it('leave no more behind than without the rules', async () => {
    const typedRule = `{ files: ['**/*.ts'], plugins: { probe: { rules: { types: { create: (context) => ({
      CallExpression(node) { context.sourceCode.parserServices.getTypeAtLocation(node); } }) } } } },
      rules: { 'probe/types': 'error' } },`;
    const without = await editing(typedRule);
    const withRules = await editing(`${typedRule} ...resilience.configs.strict,`);
    console.log(
      `p95 of an edit: ${p95(without.times).toFixed(0)} ms without the rules, ${p95(withRules.times).toFixed(0)} ms with strict; ` +
        `left behind by 100 edits: ${String(Math.round(without.growth / 1024))} KiB and ${String(Math.round(withRules.growth / 1024))} KiB`,
    );
    // Compiled code and what a collection misses differ from run to run; a tree or a program kept at each edit is far more.
    expect(withRules.growth).toBeLessThanOrEqual(without.growth + 2 * 1024 * 1024);
  }, 600_000);
});
