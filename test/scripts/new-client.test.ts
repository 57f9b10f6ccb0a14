import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scaffold, slugOf, variableOf, withEntry } from '../../scripts/new-client.js';

const index = `import { pg } from './store/pg.js';
import type { Library } from './schema.js';

export const catalog: readonly Library[] = [
  pg,
];
`;

describe('new-client', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), 'new-client-'));
    await fs.mkdir(path.join(directory, 'src/catalog'), { recursive: true });
    await fs.writeFile(path.join(directory, 'src/catalog/index.ts'), index);
  });
  afterEach(() => fs.rm(directory, { recursive: true, force: true }));

  it('names files and variables after the package', () => {
    expect(slugOf('@azure/storage-blob')).toBe('azure-storage-blob');
    expect(variableOf('@azure/storage-blob')).toBe('azureStorageBlob');
  });

  it('adds the entry at the end of the catalog', () => {
    const text = withEntry(index, 'left-pad', 'http');
    expect(text).toContain("import { leftPad } from './http/left-pad.js';\n");
    expect(text).toContain('  pg,\n  leftPad,\n];');
  });

  it('writes the entry and its two proofs', async () => {
    const files = await scaffold(directory, ['left-pad', 'sdk']);
    expect(files).toEqual([
      'src/catalog/sdk/left-pad.ts',
      'test/proofs/types/left-pad.ts',
      'test/proofs/behaviour/left-pad.ts',
    ]);
    const entry = await fs.readFile(path.join(directory, 'src/catalog/sdk/left-pad.ts'), 'utf8');
    expect(entry).toContain("packages: ['left-pad']");
    expect(await fs.readFile(path.join(directory, 'src/catalog/index.ts'), 'utf8')).toContain('leftPad,');
  });

  it('writes a policy for the family of policies', async () => {
    await scaffold(directory, ['left-pad', 'policy']);
    const entry = await fs.readFile(path.join(directory, 'src/catalog/policy/left-pad.ts'), 'utf8');
    expect(entry).toContain("is: 'policy'");
    expect(await fs.readFile(path.join(directory, 'test/proofs/types/left-pad.ts'), 'utf8')).toBe(
      "export * as lib from 'left-pad';\n",
    );
  });

  it('overwrites nothing', async () => {
    await scaffold(directory, ['left-pad']);
    await fs.writeFile(path.join(directory, 'src/catalog/http/left-pad.ts'), 'mine');
    await expect(scaffold(directory, ['left-pad'])).rejects.toThrow('is there already');
    expect(await fs.readFile(path.join(directory, 'src/catalog/http/left-pad.ts'), 'utf8')).toBe('mine');
  });

  it('refuses what is no package, or no family', async () => {
    await expect(scaffold(directory, [])).rejects.toThrow('Usage');
    await expect(scaffold(directory, ['../evil'])).rejects.toThrow('Usage');
    await expect(scaffold(directory, ['left-pad', 'kitchen'])).rejects.toThrow('is no family');
  });
});
