/** The pages of the codemods are true: each before becomes the after that the page shows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { codemodNames } from '../../src/codemods/codemod.js';
import { createPackage, migrate, slow } from './support.js';

const root = path.join(import.meta.dirname, '../..');

/** The blocks of a page by the label above them. */
function blocksOf(page: string): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/^\*\*(?<label>\w+)\*\*(?: `(?<file>[^`]+)`)?\n\n```ts\n(?<code>.*?)^```$/gmsu);
  return new Map(
    [...blocks].map(({ groups }) => [groups?.['file'] ?? groups?.['label'] ?? '', groups?.['code'] ?? '']),
  );
}

describe.each(codemodNames)('the page of %s', { timeout: slow }, (name) => {
  const page = readFileSync(path.join(root, `docs/codemods/${name}.md`), 'utf8');

  it('shows what the codemod does', async () => {
    const { Before: before = '', After: after = '', ...modules } = Object.fromEntries(blocksOf(page));
    const project = createPackage({ 'src/prices.ts': before });
    const { texts } = await migrate(project, [name]);
    expect(texts['src/prices.ts']).toBe(after);
    for (const [file, text] of Object.entries(modules)) expect(texts[file]).toBe(text);
  });

  it('says what is left to people', () => {
    expect(page).toContain('## What it leaves to people');
    expect(readFileSync(path.join(root, 'docs/guide.md'), 'utf8')).toContain(`codemods/${name}.md`);
  });
});
