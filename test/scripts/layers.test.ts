/** The import directions of the source tree: every wrong arrow is an error, every right one is not, and no file is outside. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layers, layersConfig } from '../../scripts/layers.js';

const root = join(import.meta.dirname, '../..');
const names = [...layers.keys()];

/** A file of each layer, in a tree of its own: `one.ts`, or the layer's file itself. */
const fileOf = (layer: string): string => {
  const [first] = layers.get(layer)!.paths;
  return first.endsWith('.ts') ? first : `${first}/one.ts`;
};

let tree: string;
let eslint: ESLint;

beforeAll(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'resilience-layers-')));
  for (const file of [...names.map(fileOf), 'src/analysis/two.ts', 'src/catalog/http/two.ts', 'test/helper.ts']) {
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), 'export const it = 1;\n');
  }
  eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
      ...layersConfig(tree, tseslint.plugin as unknown as Record<string, unknown>),
    ],
  });
});

afterAll(() => rmSync(tree, { recursive: true }));

/** The rules that `code` breaks in the file `from`. */
async function broken(from: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: join(tree, from) });
  return result!.messages.map((message) => message.ruleId);
}

/** How `from` would import `to`. */
function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

const direction = 'import-x/no-restricted-paths';
const packages = '@typescript-eslint/no-restricted-imports';

describe.each(names)('the layer %s', (from) => {
  it.each(names.filter((to) => to !== from))('and the layer %s', async (to) => {
    const path = specifier(fileOf(from), fileOf(to));
    const expected = layers.get(from)!.mayImport.includes(to) ? [] : [direction];
    expect(await broken(fileOf(from), `import { it } from '${path}';\nvoid it;\n`)).toEqual(expected);
  });

  it('imports no tests', async () => {
    const path = specifier(fileOf(from), 'test/helper.ts');
    expect(await broken(fileOf(from), `import { it } from '${path}';\nvoid it;\n`)).toEqual([direction]);
  });
});

describe('the allowed arrows', () => {
  it('are those of the design: nobody imports from a layer that imports it', () => {
    const arrows = names.flatMap((from) => layers.get(from)!.mayImport.map((to) => [from, to] as const));
    expect(arrows.filter(([from, to]) => layers.get(to)!.mayImport.includes(from))).toEqual([]);
    for (const [from, to] of arrows) {
      expect(layers.get(from)!.mayImport, `${from} imports ${to}, and so what ${to} may import`).toEqual(
        expect.arrayContaining([...layers.get(to)!.mayImport]),
      );
    }
  });

  it('allow a file to import from its own layer', async () => {
    expect(await broken('src/analysis/one.ts', `export * from './two.js';\n`)).toEqual([]);
    expect(await broken('src/catalog/one.ts', `export * from './http/two.js';\n`)).toEqual([]);
  });
});

describe('a wrong arrow is found in every form of import', () => {
  it.each([
    ['type import', `import type { it } from '../analysis/two.js';\nexport type It = typeof it;\n`],
    ['re-export', `export { it } from '../analysis/two.js';\n`],
    ['re-export of everything', `export * from '../analysis/two.js';\n`],
    ['dynamic import', `export const later = import('../analysis/two.js');\n`],
    ['require', `export const old = require('../analysis/two.js');\n`],
  ])('%s', async (_, code) => {
    expect(await broken('src/catalog/one.ts', code)).toEqual([direction]);
  });
});

describe('packages', () => {
  it.each(['typescript', 'ts-api-utils', 'ts-morph', '@typescript-eslint/type-utils', '@typescript-eslint/parser'])(
    '%s is not imported by what runs inside ESLint, but its types may be',
    async (name) => {
      expect(await broken('src/analysis/one.ts', `import { it } from '${name}';\nvoid it;\n`)).toEqual([packages]);
      expect(await broken('src/analysis/one.ts', `export { it } from '${name}';\n`)).toEqual([packages]);
      expect(await broken('src/analysis/one.ts', `import type { It } from '${name}';\nexport type T = It;\n`)).toEqual(
        [],
      );
      expect(await broken('src/analysis/one.ts', `export const later = import('${name}');\n`)).toEqual([]);
      expect(await broken('src/cli/one.ts', `import { it } from '${name}';\nvoid it;\n`)).toEqual([]);
    },
  );

  it('are not imported by the catalog, not even for their types', async () => {
    expect(
      await broken(
        'src/catalog/one.ts',
        `import type { AxiosInstance } from 'axios';\nexport type T = AxiosInstance;\n`,
      ),
    ).toEqual([packages]);
    expect(await broken('src/catalog/one.ts', `import fs from 'node:fs';\nvoid fs;\n`)).toEqual([packages]);
  });
});

describe('the sources of this project', () => {
  const sources = ['rules', 'src'].flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(directory, path)),
  );
  const paths = [...layers.values()].flatMap((layer) => layer.paths);

  it('each belong to exactly one layer', () => {
    const owners = (source: string): string[] =>
      paths.filter((path) => source === path || source.startsWith(`${path}/`));
    expect(sources.filter((source) => owners(source).length !== 1)).toEqual([]);
  });

  it('are linted with these layers', async () => {
    const own = new ESLint({ cwd: root });
    for (const source of sources) {
      const config = (await own.calculateConfigForFile(join(root, source))) as { rules: Record<string, unknown[]> };
      expect(config.rules[direction]?.[0], source).toBe(2);
    }
  });
});
