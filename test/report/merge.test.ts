import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isInventory, mergeInventories } from '../../src/report/index.js';
import { project } from '../analysis/support.js';
import { entryPoint, inventoryOf } from './support.js';

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src'],
});

/** Two packages; one calls a function of the other. */
function monorepo(): string {
  const root = project({
    'tsconfig.json': JSON.stringify({ files: [] }),
    'packages/http/package.json': JSON.stringify({ name: '@shop/http', type: 'module' }),
    'packages/http/tsconfig.json': tsconfig,
    'packages/http/src/rates.ts': `
export async function rates() { return fetch('https://rates.example.com', { signal: AbortSignal.timeout(700) }); }
`,
    'packages/orders/package.json': JSON.stringify({ name: '@shop/orders', type: 'module' }),
    'packages/orders/tsconfig.json': tsconfig,
    'packages/orders/src/routes.ts': `
import { rates } from '../../http/src/rates.js';
export function routes(app: { get(path: string, handler: () => Promise<unknown>): void }): void {
  app.get('/rates', async () => {
    await fetch('https://audit.example.com', { signal: AbortSignal.timeout(300) });
    return rates();
  });
}
`,
    'docs/runbooks/rates-example-com.md': '# Rates\n\nWait.\n',
  });
  fs.mkdirSync(path.join(root, '.git'));
  return root;
}

test('the parts of packages give what one run over all of them gives, in whatever order', async () => {
  const root = monorepo();
  const parts = [];
  for (const name of ['orders', 'http']) {
    const cwd = path.join(root, 'packages', name);
    parts.push(await inventoryOf(cwd));
  }
  const whole = await inventoryOf(root, { paths: ['packages'] });
  expect(parts.map((part) => part.root)).toEqual(['packages/orders', 'packages/http']);
  expect(mergeInventories(parts, '0.0.0-test')).toEqual(whole);
  expect(mergeInventories([...parts].reverse(), '0.0.0-test')).toEqual(whole);
  // What goes through both packages is known only now.
  expect(entryPoint(whole, 'GET /rates').worst.ms).toBe(1000);
});

test('a part given twice counts once', async () => {
  const part = await inventoryOf(path.join(monorepo(), 'packages', 'http'));
  expect(mergeInventories([part, part], '0.0.0-test')).toEqual(mergeInventories([part], '0.0.0-test'));
});

test('what is no inventory of this version is told apart', async () => {
  const part = await inventoryOf(path.join(monorepo(), 'packages', 'http'));
  expect(isInventory(JSON.parse(JSON.stringify(part)))).toBe(true);
  for (const other of [null, [], 'text', { schemaVersion: 1, findings: [] }, { ...part, schemaVersion: 2 }])
    expect(isInventory(other)).toBe(false);
});
