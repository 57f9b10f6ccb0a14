import { describe, expect, it } from 'vitest';
import { createPackage, migrate, plan, slow, textsOf } from './support.js';

const fetching = (url: string): string => `export const load = (id: string) => fetch(\`${url}/\${id}\`);\n`;

describe('timeouts', { timeout: slow }, () => {
  it('gives each downstream a budget in one module, which calls and clients read', async () => {
    const root = createPackage({
      'src/prices.ts': fetching('https://prices.example.com'),
      'src/more.ts': fetching('https://prices.example.com'),
      'src/payments.ts': [
        "import axios from 'axios';",
        "import pg from 'pg';",
        '',
        '// Where the money goes.',
        'export const payments = axios.create({ baseURL: process.env.PAYMENTS_URL });',
        'export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });',
        '',
      ].join('\n'),
    });
    const { texts, result } = await migrate(root, ['timeouts']);
    expect(texts['src/resilience/budgets.ts']).toBe(
      [
        '/** How long each downstream may take, in milliseconds. */',
        'export const budgets = {',
        '  /** prices.example.com. A guess: nobody has measured it yet. */',
        '  pricesExample: 5000,',
        '  /** PAYMENTS_URL. A guess: nobody has measured it yet. */',
        '  payments: 5000,',
        '  /** DATABASE_URL. A guess: nobody has measured it yet. */',
        '  database: 5000,',
        '};',
        '',
      ].join('\n'),
    );
    expect(texts['src/prices.ts']).toBe(
      [
        "import { budgets } from './resilience/budgets.js';",
        'export const load = (id: string) => fetch(`https://prices.example.com/${id}`, { signal: AbortSignal.timeout(budgets.pricesExample) });',
        '',
      ].join('\n'),
    );
    expect(texts['src/payments.ts']).toContain('// Where the money goes.\n');
    expect(texts['src/payments.ts']).toContain('baseURL: process.env.PAYMENTS_URL, timeout: budgets.payments }');
    expect(result.notes).toContain('Budgets that are guesses, to be measured: pricesExample, payments, database');
  });

  it('takes twice the observed p99, within bounds, and measures again when asked to', async () => {
    const root = createPackage({
      'src/a.ts': fetching('https://fast.example.com'),
      'src/b.ts': fetching('https://steady.example.com'),
      'src/c.ts': fetching('https://slow.example.com'),
      'src/d.ts': fetching('https://unknown.example.com'),
    });
    const measured = (steady: number) => ({
      migrate: {
        latencies: new Map([
          ['fast.*', 3],
          ['STEADY.example.com', steady],
          ['slowExample', 90_000],
        ]),
      },
    });
    const { texts, result } = await migrate(root, ['timeouts'], measured(340));
    const module = texts['src/resilience/budgets.ts'];
    expect(module).toContain('fastExample: 100,');
    expect(module).toContain(
      '/** steady.example.com. Twice the p99 of 340 ms that was observed. */\n  steadyExample: 680,',
    );
    expect(module).toContain('slowExample: 60_000,');
    expect(result.notes).toContain('Budgets that are guesses, to be measured: unknownExample');

    const again = await migrate(root, ['timeouts'], measured(500));
    expect(Object.keys(again.texts)).toEqual(['src/resilience/budgets.ts']);
    expect(again.texts['src/resilience/budgets.ts']).toBe(
      module?.replace('p99 of 340', 'p99 of 500').replace('steadyExample: 680', 'steadyExample: 1000'),
    );
  });

  it('keeps what the team has written into the module', async () => {
    const root = createPackage({
      'src/limits.ts':
        '// Ours.\nexport const budgets = {\n  // Agreed with them.\n  prices: 250, // ms\n};\n\nexport const other = 1;\n',
      'src/prices.ts':
        "export const load = () => fetch('https://prices.example.com/v1');\nexport const save = () => fetch('https://orders.example.com/v1');\n",
      'resilience.config.json': JSON.stringify({
        downstreams: [{ name: 'prices', match: 'prices.example.com' }],
        budgets: [{ match: 'orders.*', timeoutMs: 1500 }],
      }),
    });
    const { texts } = await migrate(root, ['timeouts'], { migrate: { budgetsModule: 'src/limits.ts' } });
    expect(texts['src/limits.ts']).toBe(
      [
        '// Ours.',
        'export const budgets = {',
        '  // Agreed with them.',
        '  prices: 250, // ms',
        '  /** orders.example.com. From resilience.config.json. */',
        '  ordersExample: 1500,',
        '};',
        '',
        'export const other = 1;',
        '',
      ].join('\n'),
    );
    expect(texts['src/prices.ts']).toContain('AbortSignal.timeout(budgets.prices)');
  });

  it('makes limits that do not bind bind, with the value that was meant', async () => {
    const root = createPackage({
      'src/a.ts': "export const load = () => fetch('https://a.example.com', { timeout: 1200 } as RequestInit);\n",
    });
    const { texts } = await migrate(root, ['timeouts']);
    expect(texts['src/a.ts']).toContain('{ signal: AbortSignal.timeout(budgets.aExample) } as RequestInit');
    expect(texts['src/resilience/budgets.ts']).toContain('As the code had it. */\n  aExample: 1200,');
  });

  it('leaves alone what is bounded, streamed, switched off, ignored, a test’s, or a program’s', async () => {
    const root = createPackage({
      'src/bounded.ts': "export const a = () => fetch('https://a.example', { signal: AbortSignal.timeout(10) });\n",
      'src/stream.ts':
        "export async function* a() {\n  const response = await fetch('https://a.example/events');\n  for await (const part of response.body!) yield part;\n}\n",
      'src/off.ts':
        "// eslint-disable-next-line resilience/require-timeout -- a health check\nexport const a = () => fetch('https://a.example');\n",
      'src/ignored.ts': "export const a = () => fetch('http://localhost:9000');\n",
      'src/a.test.ts': "export const a = () => fetch('https://a.example');\n",
      'src/generated.ts': "// @generated\nexport const a = () => fetch('https://a.example');\n",
      'resilience.config.json': '{ "ignore": ["localhost*"] }',
    });
    const result = await plan(root, ['timeouts']);
    expect(textsOf(root, result)).toEqual({});
    expect(result.left.map(({ path, line, why }) => [path.slice(root.length + 1), line, why])).toEqual([
      ['src/stream.ts', 2, 'the answer is a stream, and a limit on the whole of it would cut it off'],
    ]);
    expect(result.skipped.map(({ path, reason }) => [path.slice(root.length + 1), reason])).toEqual([
      ['src/generated.ts', 'generated by a program'],
    ]);
  });

  it('works in JavaScript, as an ES module and as CommonJS', async () => {
    for (const [type, module] of [
      ['module', 'export const budgets = {\n'],
      ['commonjs', 'const budgets = {\n'],
    ] as const) {
      const root = createPackage({
        'package.json': JSON.stringify({ name: 'case', type, engines: { node: '>=20.19' } }),
        'tsconfig.json': '{ "include": ["nothing"], "files": [] }',
        'lib/a.js':
          type === 'module'
            ? "export const load = () => fetch('https://a.example.com');\n"
            : "'use strict';\n\nexports.load = () => fetch('https://a.example.com');\n",
      });
      const texts = textsOf(root, await plan(root, ['timeouts']));
      expect(texts['resilience/budgets.js']).toContain(module);
      expect(texts['lib/a.js']).toContain(
        type === 'module'
          ? "import { budgets } from '../resilience/budgets.js';"
          : "const { budgets } = require('../resilience/budgets",
      );
    }
  });
});
