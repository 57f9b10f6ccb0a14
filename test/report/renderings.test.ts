import fs from 'node:fs';
import path from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderInventory, writeRunbooks } from '../../src/report/index.js';
import type { Inventory } from '../../src/report/inventory.js';
import { project } from '../analysis/support.js';
import { inventoryOf } from './support.js';

/** Names that would take effect, if something let them. */
const evil = {
  downstreams: [
    { name: '</script><img src=x onerror=alert(1)>|`**`\u001b[31m', match: 'evil.example.com', critical: true },
  ],
};

let inventory: Inventory;
let root: string;
beforeAll(async () => {
  root = project(
    {
      'resilience.config.json': JSON.stringify(evil),
      'src/<b onclick=x>.ts': `
export function read() {
  // </pre><script>alert(1)</script> \u001b[2J
  return fetch('https://evil.example.com');
}
export const two = () => fetch('https://two.example.com', { signal: AbortSignal.timeout(10) });
`,
    },
    afterAll,
  );
  inventory = await inventoryOf(root);
});

describe('nothing in names, paths or code takes effect', () => {
  test('in the page', () => {
    const page = renderInventory(inventory, 'html');
    const body = page.slice(page.indexOf('<body>'), page.lastIndexOf('<script'));
    expect(body).not.toMatch(/<script|<img|<b onclick|onerror=alert\(1\)>/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toContain('\u001b');
    expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'/);
  });

  test('in Markdown', () => {
    const html = micromark(renderInventory(inventory, 'markdown'), {
      allowDangerousHtml: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    expect(html).not.toMatch(/<script|<img|<b /);
    // The name's own bar ends no cell: each row has as many as the head.
    const rows = html.match(/<tr>[\s\S]*?<\/tr>/g) ?? [];
    expect(new Set(rows.slice(0, 3).map((row) => row.match(/<t[hd]/g)?.length))).toEqual(new Set([11]));
  });

  test('in a runbook, nor in its file name', () => {
    const directory = path.join(root, 'runbooks');
    const { written } = writeRunbooks(inventory, directory);
    expect(written.map((file) => path.basename(file)).sort()).toEqual(
      inventory.downstreams.map(({ slug }) => `${slug}.md`).sort(),
    );
    for (const file of written) {
      expect(path.dirname(file)).toBe(directory);
      expect(micromark(fs.readFileSync(file, 'utf8'), { allowDangerousHtml: true })).not.toMatch(/<script|<img/);
    }
  });
});

describe('runbook stubs', () => {
  test('are never written over what is there', () => {
    const directory = path.join(root, 'docs', 'runbooks');
    fs.mkdirSync(directory, { recursive: true });
    const file = path.join(directory, 'two-example-com.md');
    fs.writeFileSync(file, 'ours');
    const { written, kept } = writeRunbooks(inventory, directory);
    expect(kept).toEqual([file]);
    expect(written).toHaveLength(1);
    expect(fs.readFileSync(file, 'utf8')).toBe('ours');
    expect(writeRunbooks(inventory, directory).written).toEqual([]);
  });

  test('are no runbooks before somebody has filled them in', async () => {
    const directory = path.join(root, 'given');
    writeRunbooks(inventory, directory);
    const file = path.join(directory, 'two-example-com.md');
    const answer = async (): Promise<unknown> =>
      (await inventoryOf(root, { runbooks: directory })).downstreams.find(({ name }) => name === 'two.example.com')
        ?.practices.runbook.answer;
    fs.rmSync(path.join(root, 'docs'), { recursive: true, force: true });
    fs.rmSync(path.join(root, 'runbooks'), { recursive: true, force: true });
    expect(await answer()).toBe('unknown');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^<!-- resilience: stub.*\n/mu, ''));
    expect(await answer()).toBe('yes');
  });
});

test('JSON is the inventory itself', () => {
  expect(JSON.parse(renderInventory(inventory, 'json'))).toEqual(JSON.parse(JSON.stringify(inventory)));
});

test('where nothing is called, the page says so', async () => {
  const empty = await inventoryOf(project({ 'a.ts': 'export const a = 1;' }));
  expect(renderInventory(empty, 'html')).toContain('No call over the network was found');
  expect(renderInventory(empty, 'markdown')).toContain('0 downstreams');
});
