/**
 * `npm run new-client <package> [family]`: begins the entry of a library. It writes the entry, its proof of types and its proof of
 * behaviour, each with what is left to fill in, adds the entry to the catalog, and overwrites nothing.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Family } from '../src/catalog/schema.js';

const root = path.join(import.meta.dirname, '..');
const families: readonly Family[] = ['http', 'rpc', 'sdk', 'store', 'queue', 'policy'];

/** A mistake of the person who runs the script: shown without a stack. */
class UsageError extends Error {}

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

function types(name: string): string {
  const slug = slugOf(name);
  return `import type { Client } from '${name}';
export * as lib from '${name}';
${slug === name ? '' : `export declare const entry: '${name}';\n`}export declare const clients: { Client: Client };
`;
}

function behaviour(name: string): string {
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
  const files: readonly (readonly [string, string])[] = [
    [`src/catalog/${kind}/${slug}.ts`, entry(name, kind)],
    [`test/proofs/types/${slug}.ts`, types(name)],
    [`test/proofs/behaviour/${slug}.ts`, behaviour(name)],
  ];
  for (const [file] of files) {
    const there = await fs.access(path.join(directory, file)).then(
      () => true,
      () => false,
    );
    if (there) throw new UsageError(`${file} is there already`);
  }
  const index = path.join(directory, 'src/catalog/index.ts');
  const text = withEntry(await fs.readFile(index, 'utf8'), name, kind);
  for (const [file, content] of files) {
    await fs.mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await fs.writeFile(path.join(directory, file), content, { flag: 'wx' });
  }
  await fs.writeFile(index, text);
  return files.map(([file]) => file);
}

/** Gives the exit code: 0, or 2 for a mistake in the arguments. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const files = await scaffold(root, args);
    console.log(`Written:\n${files.map((file) => `  ${file}`).join('\n')}\n`);
    console.log(
      `Next: cd test/proofs && npm install --save-exact ${args[0] ?? ''}, fill them in, npm run proofs, npm run docs:clients.`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
