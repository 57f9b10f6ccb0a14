/**
 * Writes `docs/clients.md` from the catalog: what each library does by default, what limits it, what it repeats. With `--check` it
 * writes nothing, and fails where the page is not up to date.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { catalog } from '../src/catalog/index.js';
import type {
  Bound,
  ClientType,
  DefaultLimit,
  Family,
  Library,
  Phase,
  Policy,
  Retry,
  RetryBehaviour,
} from '../src/catalog/schema.js';

const root = path.join(import.meta.dirname, '..');
const page = 'docs/clients.md';

const families: Readonly<Record<Family, string>> = {
  http: 'HTTP clients',
  rpc: 'RPC and sockets',
  sdk: 'SDKs of services',
  store: 'Databases, caches, search',
  queue: 'Queues and brokers',
  policy: 'Retries, breakers, limiters',
};

const phaseWords: Readonly<Record<Phase, string>> = {
  pool: 'waiting for the pool',
  connect: 'connect',
  handshake: 'handshake',
  headers: 'answer',
  body: 'body',
};

const phases = (of: readonly Phase[]): string => of.map((phase) => phaseWords[phase]).join(', ');

/** `300 s`, `4 min`, `500 ms`. */
function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms % 1000 === 0 || ms > 10_000 ? `${Math.round(ms / 1000)} s` : `${ms / 1000} s`;
}

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');
const unique = (items: readonly string[]): string[] => [...new Set(items)];
const versions = (range: string | undefined): string => (range === undefined ? '' : ` (${range})`);

/** The anchor that GitHub gives a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

/** The clients that somebody calls or builds; those that only lead to others are left out. */
const clientsOf = (library: Library): [string, ClientType][] =>
  Object.entries(library.clients ?? {}).filter(([, client]) => client.bounds.length > 0 || client.limits.length > 0);

const places: Readonly<Record<Bound['where'], string>> = {
  call: 'at the call',
  construction: 'at the client',
  both: 'at the client or the call',
  chain: 'as a method of the request',
  method: 'as a method of the client',
};

const takes: Readonly<Record<Bound['takes'], string>> = {
  ms: 'ms',
  s: '**seconds**',
  'ms-or-text': 'ms, or text such as `30s`',
  epoch: 'a point in time (`Date`, or epoch ms)',
  signal: '`AbortSignal`',
  controller: '`AbortController`',
  token: 'a token of the library',
};

const kinds: Readonly<Record<Bound['kind'], string>> = {
  total: 'the whole call',
  attempt: 'one attempt',
  idle: 'silence: it restarts with each chunk',
  server: 'nothing here: the server keeps it',
  'no-effect': '**nothing**',
};

function special(bound: Bound): string {
  const list = (values: readonly unknown[]): string => values.map((value) => code(String(value))).join(', ');
  const notes = [
    bound.none?.length ? `${list(bound.none)}: no limit` : '',
    bound.misread?.length ? `${list(bound.misread)}: fails at once` : '',
    bound.inherits?.length ? `${list(bound.inherits)}: the default` : '',
    bound.requires === undefined ? '' : `only with ${code(bound.requires)}`,
    bound.droppedBy === undefined ? '' : `dropped when ${code(bound.droppedBy)} is given`,
    bound.needsListener ? 'only emits: a listener must destroy the request' : '',
    bound.idleIn ? `restarts with each chunk of the ${phases(bound.idleIn)}` : '',
    bound.untyped ? `missing in the types (${bound.untyped})` : '',
  ];
  return notes.filter(Boolean).join('; ');
}

const ends = (bound: Bound): string =>
  bound.kind === 'no-effect' || bound.kind === 'server'
    ? kinds[bound.kind]
    : `${phases(bound.phases)} (${kinds[bound.kind]})`;

const defaultText = (limit: DefaultLimit): string =>
  `${phases(limit.phases)}: ${limit.ms === 'never' ? '**never**' : duration(limit.ms)}${versions(limit.versions)}`;

function retryText(behaviour: RetryBehaviour): string {
  const { attempts, delay, baseMs, factor, capMs, jitter, methods } = behaviour;
  if (attempts === 1) return 'none';
  const count = attempts === 'unbounded' ? '**without end**' : `${attempts} attempts`;
  const waits =
    delay === 'none'
      ? '**no wait**'
      : `${delay}${baseMs === undefined ? '' : ` from ${duration(baseMs)}`}${
          delay === 'exponential' && factor !== undefined ? ` × ${factor}` : ''
        }${capMs === undefined ? '' : `, at most ${duration(capMs)}`}`;
  const noise =
    delay === 'none' ? '' : { none: ', **no jitter**', weak: ', hardly any jitter', yes: ', jitter' }[jitter];
  const which = methods ? `; ${methods.join(' ')}` : '; every operation';
  return `${count}, ${waits}${noise}${which}${versions(behaviour.versions)}`;
}

function retryOptions(retry: Retry): string {
  const { options } = retry;
  if (!options) return '';
  const parts = [
    options.attempts && `${code(options.attempts.option)} (counts ${options.attempts.counts})`,
    options.delay && `${code(options.delay.option)} (${options.delay.unit})`,
    options.cap && `${code(options.cap.option)} (${options.cap.unit})`,
    options.jitter && code(options.jitter.option),
    options.off === undefined ? undefined : `off: ${code(options.off)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

const versionText = (library: Library): string => `Seen on ${library.verified.join(', ')}.`;

/** The line of a library in the overview of its family. */
function overview(library: Library): string {
  const link = `[${library.name}](#${anchor(library.name)})`;
  const clients = clientsOf(library).map(([, client]) => client);
  const limits = unique(clients.flatMap((client) => client.limits.map(defaultText)));
  const fixes = clients
    .flatMap((client) => client.bounds)
    .filter((bound) => bound.fix !== undefined)
    .sort((a, b) => (a.fix ?? 0) - (b.fix ?? 0));
  const options = unique(fixes.map((bound) => `${code(bound.option)} ${places[bound.where]}`));
  const retries = unique(clients.flatMap((client) => client.retry?.default.map(retryText) ?? []));
  return row(
    link,
    limits.slice(0, 3).join('; ') || '–',
    options.slice(0, 3).join('; ') || 'none of its own',
    retries.slice(0, 2).join('; ') || 'none',
  );
}

function policyRow(library: Library, name: string, policy: Policy): string {
  const { retry, limit, concurrency } = policy;
  const defaults = [
    ...(retry?.default.map(retryText).map((text) => text.replace('; every operation', '')) ?? []),
    limit?.defaultMs === undefined
      ? ''
      : `ends after ${limit.defaultMs === 'never' ? 'nothing' : duration(limit.defaultMs)}`,
    concurrency ? `${concurrency.default === 'unbounded' ? '**no limit**' : String(concurrency.default)} at once` : '',
  ];
  const options = [
    retry ? retryOptions(retry) : '',
    limit?.option === undefined ? '' : code(limit.option),
    concurrency?.option === undefined ? '' : code(concurrency.option),
  ];
  return row(
    `[${library.name}](#${anchor(library.name)})`,
    code(name),
    policy.kind,
    defaults.filter(Boolean).join('; ') || '–',
    options.filter(Boolean).join(', ') || '–',
  );
}

/** Bounds of a library that say the same for several of its clients stand once. */
function boundRows(library: Library): string[] {
  const rows = new Map<string, string[]>();
  for (const [name, client] of clientsOf(library)) {
    for (const bound of client.bounds) {
      const text = JSON.stringify([
        `${code(bound.option)}${versions(bound.versions)}`,
        `${places[bound.where]}, ${takes[bound.takes]}`,
        ends(bound),
        special(bound),
      ]);
      rows.set(text, [...(rows.get(text) ?? []), name]);
    }
  }
  const several = clientsOf(library).length > 1;
  return [...rows].map(([text, names]) => {
    const [option = '', ...rest] = JSON.parse(text) as string[];
    const everywhere = names.length === clientsOf(library).length;
    return row(several && !everywhere ? `${option} of ${unique(names).join(', ')}` : option, ...rest);
  });
}

function section(library: Library): string {
  const clients = clientsOf(library);
  const parts = [`### ${library.name}`, `${library.packages.map(code).join(', ')}. ${versionText(library)}`];
  const limits = unique(
    clients.flatMap(([, client]) => client.limits.map((limit) => `${defaultText(limit)} – ${limit.source}`)),
  );
  if (limits.length > 0) parts.push(`By default it ends:\n\n${limits.map((text) => `- ${text}`).join('\n')}`);
  const bounds = boundRows(library);
  if (bounds.length > 0) parts.push(table(['option', 'where', 'ends', 'values'], bounds));
  const retries = unique(
    clients.flatMap(([, client]) =>
      (client.retry?.default ?? [])
        .filter((behaviour) => behaviour.attempts !== 1)
        .map((behaviour) => `${retryText(behaviour)} – ${behaviour.source}`),
    ),
  );
  if (retries.length > 0) {
    const options = unique(
      clients.map(([, client]) => (client.retry ? retryOptions(client.retry) : '')).filter(Boolean),
    );
    parts.push(
      `It repeats by itself:\n\n${retries.map((text) => `- ${text}`).join('\n')}${
        options.length > 0 ? `\n- Options: ${options.join('; ')}` : ''
      }`,
    );
  }
  const policies = Object.entries(library.policies ?? {});
  if (policies.length > 0) {
    parts.push(
      table(
        ['name', 'kind', 'default', 'options'],
        policies.map(([name, policy]) => policyRow(library, name, policy).replace(/^\| \[.*?\]\(.*?\) /, '')),
      ),
    );
  }
  if (library.traps?.length) parts.push(`Traps:\n\n${library.traps.map((trap) => `- ${trap}`).join('\n')}`);
  return parts.join('\n\n');
}

/** The page, before formatting. */
export function clientsPage(libraries: readonly Library[]): string {
  const of = (family: Family) => libraries.filter((library) => library.family === family);
  const present = (Object.keys(families) as Family[]).filter((family) => of(family).length > 0);
  const overviews = present.map((family) => {
    const rows =
      family === 'policy'
        ? of(family).flatMap((library) =>
            Object.entries(library.policies ?? {}).map(([name, policy]) => policyRow(library, name, policy)),
          )
        : of(family).map(overview);
    const head =
      family === 'policy'
        ? ['library', 'export', 'kind', 'default', 'options']
        : ['library', 'ends by default', 'what to set', 'repeats by itself'];
    return `## ${families[family]}\n\n${table(head, rows)}\n\n${of(family).map(section).join('\n\n')}`;
  });
  return `<!-- Generated from src/catalog by npm run docs:clients: do not edit. -->

# Clients: what ends a call, and what repeats it

${libraries.length} libraries, as they behave when nobody says anything, and the options that change it. Each claim was seen: in a
run of the library against a server that misbehaves, or in its code. \`npm run proofs\` runs them again.

A call has phases, and an option may limit some of them only:

| phase | what hangs |
| --- | --- |
| waiting for the pool | every connection is in use |
| connect | the TCP connect: the peer drops packets |
| handshake | the peer accepts, and is silent (TLS, the protocol's own greeting) |
| answer | the request is sent, and no answer begins |
| body | the answer begins, and does not end |

\`AbortSignal.timeout(ms)\` fits wherever an option takes an \`AbortSignal\`, made anew for each call. One that is made once and
given to a client rejects every call after its time.

${overviews.join('\n\n')}
`;
}

/** The page's file, and its text as it should be. */
export async function generatedClients(): Promise<{ readonly file: string; readonly text: string }> {
  const absolute = path.join(root, page);
  const options = { ...(await prettier.resolveConfig(absolute)), filepath: absolute };
  return { file: page, text: await prettier.format(clientsPage(catalog), options) };
}

/** Writes the page, or with `--check` compares it. Gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { file, text } = await generatedClients();
  const absolute = path.join(root, file);
  const now = await fs.readFile(absolute, 'utf8').catch(() => undefined);
  if (now === text) return 0;
  if (args.includes('--check')) {
    console.error(`${file} is not up to date: run npm run docs:clients`);
    return 1;
  }
  await fs.writeFile(absolute, text);
  console.log(`${file} written`);
  return 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
