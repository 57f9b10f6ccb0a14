/** Generates code bases to measure on: the same seed and numbers give the same files. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a generated code base is made of. */
export interface CodeBase {
  /** How many source files. */
  readonly files: number;
  readonly seed: number;
  /** The share of files that call a network, 0 to 1; public back ends have about a tenth. */
  readonly network: number;
}

/** A random number generator (mulberry32): numbers from 0 up to, not including, 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const nouns = ['order', 'invoice', 'shipment', 'customer', 'basket', 'refund', 'quote', 'tariff', 'ledger', 'voucher'];
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A module of the code base under construction. */
interface Module {
  readonly path: string;
  /** What it exports: a type `T`, an async function `load`, and a plain function `total`, each with this suffix. */
  readonly suffix: string;
}

type Pick = <T>(items: readonly [T, ...T[]]) => T;

/** Domain types and pure functions over them: the bulk of any code base. */
function pureModule(suffix: string, noun: string, imports: readonly Module[]): string {
  const functions = Array.from({ length: 6 }, (_, index) => {
    const other = imports[index % Math.max(imports.length, 1)];
    return `
/** Adds up the lines of part ${index}. */
export function total${suffix}_${index}(items: readonly ${capital(noun)}${suffix}[], factor = ${index + 1}): number {
  const byRegion = new Map<string, number>();
  for (const item of items) {
    const known = byRegion.get(item.region) ?? 0;
    byRegion.set(item.region, known + item.lines.reduce((sum, line) => sum + line.quantity * line.price, 0) * factor);
  }
  const sums = [...byRegion.values()].filter((sum) => sum > ${index * 10}).map((sum) => Math.round(sum * 100) / 100);
  return sums.reduce((sum, value) => sum + value, ${other ? `total${other.suffix}([])` : '0'});
}
`;
  }).join('');
  return `
export interface ${capital(noun)}${suffix} {
  readonly id: string;
  readonly region: string;
  readonly state: 'open' | 'paid' | 'cancelled';
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly price: number }[];
}

export const parse${suffix} = (text: string): ${capital(noun)}${suffix} => JSON.parse(text) as ${capital(noun)}${suffix};
${functions}
export const total${suffix} = (items: readonly ${capital(noun)}${suffix}[]): number => total${suffix}_0(items);

export async function load${suffix}(id: string): Promise<number> {
  await Promise.resolve(id);
  return total${suffix}([]);
}
`;
}

/** A service: asynchronous code over other modules, without network calls of its own. */
function serviceModule(suffix: string, noun: string, imports: readonly Module[]): string {
  const methods = Array.from({ length: 5 }, (_, index) => {
    const calls = imports.map((module) => `await load${module.suffix}(id)`).join(', ') || '0';
    return `
  async settle${index}(id: string, limit = ${index * 5 + 5}): Promise<number> {
    const seen = this.cache.get(id);
    if (seen !== undefined) return seen;
    const parts = [${calls}];
    let sum = 0;
    for (const part of parts) {
      if (part < limit) continue;
      sum += part;
    }
    if (sum === 0) throw new Error(\`nothing to settle for \${id}\`);
    this.cache.set(id, sum);
    this.log.info({ id, sum, noun: '${noun}' });
    return sum;
  }
`;
  }).join('');
  return `
export class ${capital(noun)}Service${suffix} {
  private readonly cache = new Map<string, number>();

  constructor(private readonly log: { info: (entry: object) => void }) {}
${methods}}

export const total${suffix} = (items: readonly number[]): number => items.reduce((sum, item) => sum + item, 0);

export async function load${suffix}(id: string): Promise<number> {
  return new ${capital(noun)}Service${suffix}({ info: () => undefined }).settle0(id);
}
`;
}

/** A module that calls a network: the clients in the shares that public code has. */
function networkModule(suffix: string, noun: string, next: () => number, pick: Pick): string {
  const clients = {
    // Most calls of a back end go through a client of its own, in another file.
    shared: {
      head: `import { http } from '../shared/http.js';\n`,
      call: `const { total } = await http.get<{ total: number }>(\`/${noun}/\${id}\`);`,
    },
    fetch: {
      head: `const base = 'https://${noun}.example';\n`,
      call: `const response = await fetch(\`\${base}/\${id}\`);\n  const { total } = (await response.json()) as { total: number };`,
    },
    bounded: {
      head: `const base = 'https://${noun}.example';\n`,
      call: `const response = await fetch(\`\${base}/\${id}\`, { signal: AbortSignal.timeout(3000) });\n  const { total } = (await response.json()) as { total: number };`,
    },
    injected: {
      head: `export interface Options${suffix} {\n  readonly fetch?: typeof fetch;\n}\nconst options: Options${suffix} = {};\n`,
      call: `const send = options.fetch ?? globalThis.fetch;\n  const response = await send(\`https://${noun}.example/\${id}\`);\n  const { total } = (await response.json()) as { total: number };`,
    },
    axios: {
      head: `import axios from 'axios';\n\nconst client = axios.create({ baseURL: 'https://${noun}.example' });\n`,
      call: `const { data } = await client.get<{ total: number }>(\`/\${id}\`);\n  const { total } = data;`,
    },
    pg: {
      head: `import pg from 'pg';\n\nconst pool = new pg.Pool({ max: 10 });\n`,
      call: `const { rows } = await pool.query<{ total: number }>('select total from ${noun} where id = $1', [id]);\n  const total = rows[0]?.total ?? 0;`,
    },
  };
  const { head, call } =
    clients[
      pick<keyof typeof clients>(
        next() < 0.5 ? ['shared'] : ['fetch', 'fetch', 'bounded', 'injected', 'axios', 'axios', 'pg', 'pg'],
      )
    ];
  const functions = Array.from(
    { length: 4 },
    (_, index) => `
export async function load${suffix}_${index}(id: string): Promise<number> {
  ${call}
  return total;
}
`,
  ).join('');
  return `${head}${functions}
export const load${suffix} = load${suffix}_0;
export const total${suffix} = (items: readonly number[]): number => items.reduce((sum, item) => sum + item, 0);
`;
}

/** The project's own client: a class around axios, with a retry loop. */
const sharedClient = `import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';

class Http {
  private readonly client: AxiosInstance;

  constructor(baseURL: string) {
    this.client = axios.create({ baseURL });
  }

  async get<T>(path: string, config: AxiosRequestConfig = {}): Promise<T> {
    return this.withRetries(async () => (await this.client.get<T>(path, config)).data);
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return (await this.client.post<T>(path, body)).data;
  }

  private async withRetries<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt === 3) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      }
    }
  }
}

export const http = new Http('https://core.example');
`;

/** Writes what every code base has; packages come from the project's own dependencies. */
function writeProject(directory: string, nodeModules: string): void {
  mkdirSync(directory, { recursive: true });
  symlinkSync(nodeModules, join(directory, 'node_modules'), 'junction');
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name: 'generated', private: true, type: 'module' }));
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'ES2023',
        lib: ['ES2023'],
        module: 'NodeNext',
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        types: ['node'],
      },
      include: ['src'],
    }),
  );
}

function write(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

/** Writes a code base into `directory`, which uses the packages in `nodeModules`. */
export function generateCodeBase(directory: string, nodeModules: string, { files, seed, network }: CodeBase): void {
  writeProject(directory, nodeModules);
  const next = random(seed);
  const pick: Pick = (items) => items[Math.floor(next() * items.length)] ?? items[0];
  const modules: Module[] = [];
  if (network > 0) write(directory, 'src/shared/http.ts', sharedClient);
  for (let index = 0; index < files; index++) {
    const noun = pick(nouns as [string, ...string[]]);
    const suffix = `_${index}`;
    const kind = next();
    // Imports go to older modules, so there are no cycles.
    const imports =
      modules.length === 0
        ? []
        : Array.from({ length: 1 + Math.floor(next() * 4) }, () => pick(modules as [Module, ...Module[]]));
    const distinct = [...new Set(imports)];
    const folder = `src/area${Math.floor(index / 25)}`;
    const [name, body] =
      kind < network
        ? [`${noun}-client-${index}`, networkModule(suffix, noun, next, pick)]
        : kind < network + (1 - network) * 0.45
          ? [`${noun}-service-${index}`, serviceModule(suffix, noun, distinct)]
          : [`${noun}-${index}`, pureModule(suffix, noun, distinct)];
    const path = `${folder}/${name}.ts`;
    const used = distinct.flatMap((module) => {
      const names = [`load${module.suffix}`, `total${module.suffix}`].filter((exported) =>
        new RegExp(`\\b${exported}\\(`).test(body),
      );
      const from = `../${module.path.slice('src/'.length).replace(/\.ts$/, '.js')}`;
      return names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${from}';\n`];
    });
    write(directory, path, `${used.join('')}${body}`);
    modules.push({ path, suffix });
  }
}

/**
 * Writes a code base of import chains of `depth`: a client is made at one end, and every file takes it from the next one,
 * calls it, and hands it on.
 */
export function generateChains(directory: string, nodeModules: string, files: number, depth: number): void {
  writeProject(directory, nodeModules);
  for (let index = 0; index < files; index++) {
    const source =
      index % depth === 0
        ? `import axios from 'axios';\n\nexport const client = axios.create({ baseURL: 'https://prices.example' });\n`
        : `import { client } from './module${index - 1}.js';\n\nexport { client };\n`;
    const call = `\nexport async function load(id: string): Promise<unknown> {\n  const { data } = await client.get<unknown>(\`/\${id}\`);\n  return data;\n}\n`;
    write(directory, `src/module${index}.ts`, `${source}${call}`);
  }
}
