/**
 * `npm run new-client <package> [family]`: begins the entry of a library. It writes the entry, its proof of types and its proof of
 * behaviour, each with what is left to fill in, adds the entry to the catalog, and overwrites nothing.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Family } from '../src/catalog/schema.js';
import { type NewFile, runScaffold, UsageError, writeNew } from './scaffold.js';

const root = path.join(import.meta.dirname, '..');
const families: readonly Family[] = ['http', 'rpc', 'sdk', 'store', 'queue', 'policy'];

/** `@azure/storage-blob` as a file: `azure-storage-blob`. */
export const slugOf = (name: string): string =>
  name
    .replace(/^@/, '')
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .toLowerCase();

/** The same as a variable: `azureStorageBlob`. */
export const variableOf = (name: string): string =>
  slugOf(name).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function entry(name: string, family: Family): string {
  return `import { allPhases, endless } from '../common.js';
import type { Library } from '../schema.js';

export const ${variableOf(name)}: Library = {
  name: '${name}',
  packages: ['${name}'],
  family: '${family}',
  // Versions on which every fact below was seen.
  verified: [],
  exports: { Client: { is: 'class', type: 'Client', config: 0 } },
  clients: {
    Client: {
      types: ['Client'],
      judged: 'construction',
      operations: [{ name: 'get', effect: 'read', options: 1, target: 0 }],
      bounds: [
        {
          option: 'timeout',
          where: 'both',
          takes: 'ms',
          kind: 'attempt',
          phases: allPhases,
          fix: 1,
          source: 'where it was seen: a run and its numbers, or a file of the library',
        },
      ],
      limits: [endless('where it was seen')],
    },
  },
  traps: [],
};
`;
}

function policyEntry(name: string): string {
  return `import type { Library } from '../schema.js';

export const ${variableOf(name)}: Library = {
  name: '${name}',
  packages: ['${name}'],
  family: 'policy',
  // Versions on which every fact below was seen.
  verified: [],
  exports: { default: { is: 'policy', policy: 'retry' } },
  policies: {
    retry: {
      kind: 'retry',
      operation: 0,
      options: 1,
      retry: {
        default: [
          { attempts: 3, delay: 'constant', baseMs: 100, jitter: 'none', source: 'where it was seen: a run and its numbers' },
        ],
        options: { attempts: { option: 'retries', counts: 'retries' }, off: 'retries: 0' },
      },
      source: 'where it was seen: a file of the library',
    },
  },
  traps: [],
};
`;
}

function types(name: string, family: Family): string {
  const slug = slugOf(name);
  const declared = slug === name ? '' : `export declare const entry: '${name}';\n`;
  if (family === 'policy') return `export * as lib from '${name}';\n${declared}`;
  return `import type { Client } from '${name}';
export * as lib from '${name}';
${declared}export declare const clients: { Client: Client };
`;
}

function behaviour(name: string, family: Family): string {
  if (family === 'policy') {
    return `import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '${name}',
  // \`node: 24\` where the version needs a newer Node than 20; more lines for more majors, installed by alias.
  versions: [{ package: '${name}' }],
  policies: { retry: { run: ({ lib, operation, options }) => lib.default(operation, options) } },
});
`;
  }
  return `import { behaviour } from '../src/behaviour.js';

export default behaviour({
  library: '${name}',
  // \`node: 24\` where the version needs a newer Node than 20; more lines for more majors, installed by alias.
  versions: [{ package: '${name}' }],
  clients: {
    Client: {
      // Switches the library's own retries off while its bounds are shown.
      quiet: {},
      start: ({ lib, target, config, options, method }) =>
        new lib.Client({ baseUrl: target.url, ...config }).request({ method, ...options }),
    },
  },
});
`;
}

/** The catalog's index with one more entry, at the end of its list. */
export function withEntry(index: string, name: string, family: Family): string {
  const variable = variableOf(name);
  const line = `import { ${variable} } from './${family}/${slugOf(name)}.js';`;
  const at = index.indexOf('\nexport const catalog');
  const end = index.lastIndexOf('];');
  if (at === -1 || end === -1) throw new Error('src/catalog/index.ts has no list of entries');
  return `${index.slice(0, at).trimEnd()}\n${line}\n${index.slice(at, end)}  ${variable},\n${index.slice(end)}`;
}

/** Writes the files. Throws a `UsageError` before anything is written when an argument is wrong or a file is there. */
export async function scaffold(directory: string, args: readonly string[]): Promise<readonly string[]> {
  const [name, family = 'http'] = args;
  if (name === undefined || !/^(@[a-z0-9-]+\/)?[a-z0-9][\w.-]*$/.test(name)) {
    throw new UsageError(`Usage: npm run new-client <package> [${families.join('|')}]`);
  }
  const kind = families.find((one) => one === family);
  if (!kind) throw new UsageError(`${family} is no family: it is one of ${families.join(', ')}`);
  const slug = slugOf(name);
  const files: readonly NewFile[] = [
    [`src/catalog/${kind}/${slug}.ts`, kind === 'policy' ? policyEntry(name) : entry(name, kind)],
    [`test/proofs/types/${slug}.ts`, types(name, kind)],
    [`test/proofs/behaviour/${slug}.ts`, behaviour(name, kind)],
  ];
  const index = 'src/catalog/index.ts';
  const text = await fs.readFile(path.join(directory, index), 'utf8');
  return writeNew(directory, files, [[index, withEntry(text, name, kind)]]);
}

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2);
  process.exitCode = await runScaffold(
    () => scaffold(root, args),
    `(cd test/proofs && npm install --save-exact --ignore-scripts ${args[0] ?? ''}), fill them in, ` +
      `npm run proofs:one ${slugOf(args[0] ?? '')}, npm run docs:clients, npm run locks. docs/contributing.md says more.`,
  );
}
