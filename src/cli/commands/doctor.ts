/** `resilience doctor`: what keeps the rules from seeing all that they could. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CallNode } from '../../analysis/calls.js';
import { installedVersion } from '../../analysis/packages.js';
import { catalog } from '../../catalog/index.js';
import ownPlugin from '../../plugin.js';
import { oneLine } from '../../project/escape.js';
import { openCodeBase, type OpenFile, type PackageFiles } from '../../project/open.js';
import { compareText, toRelative } from '../../project/paths.js';
import type { Problem } from '../../project/problem.js';
import { loadEslint, ownInstall } from '../../project/toolchain.js';
import type { Command } from '../command.js';
import { plural } from '../formats/words.js';
import { createProgress, painter, wantsColor, type Io } from '../terminal.js';

const help = `Usage: resilience doctor [paths...] [options]

Tells what keeps the rules from seeing all that they could: the versions of the tools, files that no
tsconfig.json owns, clients whose type is any, and which libraries of the project are known, in the
versions that are installed.

Options:
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 all is well, 1 there is something to mend, 2 trouble (each told in a line on stderr).
`;

/** Lines of a list that may be long. */
const MAX_LINES = 10;

/** What was looked at. */
interface Diagnosis {
  readonly tools: readonly (readonly [name: string, version: string])[];
  readonly files: number;
  readonly untyped: readonly string[];
  /** `file:line:column client` */
  readonly anyClients: readonly string[];
  readonly libraries: readonly { readonly name: string; readonly version: string; readonly known: boolean }[];
  readonly problems: readonly Problem[];
}

export const doctor: Command = {
  summary: 'tell what keeps the rules from seeing more',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: { color: { type: 'boolean' } },
    });
    const diagnosis = await diagnose(positionals.length > 0 ? positionals : ['.'], io);
    for (const { path: file, line, column, message } of diagnosis.problems) {
      const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
      io.stderr.write(`resilience: ${oneLine(`${toRelative(file, io.cwd)}${position}: ${message}`)}\n`);
    }
    io.stdout.write(text(diagnosis, wantsColor(values.color, io.env, io.stdout)));
    if (diagnosis.problems.length > 0) return 2;
    return diagnosis.untyped.length + diagnosis.anyClients.length > 0 ? 1 : 0;
  },
};

async function diagnose(paths: readonly string[], io: Io): Promise<Diagnosis> {
  const { cwd } = io;
  const progress = createProgress(io.stderr, io.env);
  try {
    const base = await openCodeBase({ paths, cwd, types: true });
    const untyped: string[] = [];
    const anyClients: string[] = [];
    let files = 0;
    for (const owned of base.packages) {
      if (owned.tsconfig === null) untyped.push(...owned.files.map((file) => toRelative(file, cwd)));
      else {
        const { open } = base.begin(owned);
        const opened = open();
        for (const file of owned.files) {
          progress.update(`Looking at ${toRelative(file, cwd)}`);
          const known = opened.file(file);
          if (known) anyClients.push(...clientsTypedAny(known, cwd));
        }
      }
      files += owned.files.length;
    }
    const { typescript, parser } = base.toolchain;
    const eslint = await loadEslint([ownInstall, cwd]);
    return {
      tools: [
        ['eslint-plugin-resilience', ownPlugin.meta.version],
        ['node', process.versions.node],
        ['eslint', eslint.ESLint.version],
        ['@typescript-eslint/parser', (parser as { version?: string }).version ?? 'unknown'],
        ['typescript', typescript.version],
      ],
      files,
      untyped: untyped.sort(compareText),
      anyClients,
      libraries: librariesOf(base.packages),
      problems: base.problems,
    };
  } finally {
    progress.clear();
  }
}

/** Calls of clients that are known by their imports alone, since their types are not there. */
function clientsTypedAny({ path: file, facts, source, typed }: OpenFile, cwd: string): string[] {
  const { program, esTreeNodeToTSNodeMap } = source.parserServices ?? {};
  if (!facts || !typed || !program || !esTreeNodeToTSNodeMap) return [];
  const checker = program.getTypeChecker();
  const ANY = 1;
  return facts.calls.flatMap((call) => {
    const receiver = receiverOf(call.node);
    const node = esTreeNodeToTSNodeMap.get(receiver) as Parameters<typeof checker.getTypeAtLocation>[0] | undefined;
    if (!node || (checker.getTypeAtLocation(node).flags & ANY) === 0) return [];
    const { line, column } = call.node.loc.start;
    return [`${toRelative(file, cwd)}:${String(line)}:${String(column + 1)} ${call.library.name}`];
  });
}

function receiverOf(node: CallNode) {
  const callee = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee;
  return callee.type === 'MemberExpression' ? callee.object : callee;
}

/** The libraries of the catalog that a file of the project would load, by package. */
function librariesOf(packages: readonly PackageFiles[]): Diagnosis['libraries'] {
  const found = new Map<string, { name: string; version: string; known: boolean }>();
  for (const { directory } of packages) {
    for (const { packages: names, verified } of catalog) {
      for (const name of names) {
        if (name.includes('*') || name === 'global' || name.startsWith('node:')) continue;
        const version = installedVersion(name, path.join(directory, 'package.json'));
        if (version === null) continue;
        const major = version.split('.')[0];
        const known = verified.some((other) => (/\d+(?:\.\d+)*/u.exec(other)?.[0] ?? '').split('.')[0] === major);
        found.set(`${name}@${version}`, { name, version, known });
      }
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name) || compareText(a.version, b.version));
}

function text({ tools, files, untyped, anyClients, libraries }: Diagnosis, color: boolean): string {
  const paint = painter(color);
  const good = paint('green', '✓');
  const bad = paint('red', '✗');
  const list = (items: readonly string[]): string[] => [
    ...items.slice(0, MAX_LINES).map((item) => `    ${oneLine(item)}`),
    ...(items.length > MAX_LINES ? [`    … and ${String(items.length - MAX_LINES)} more`] : []),
  ];
  const width = Math.max(
    ...[...tools.map(([name]) => name), ...libraries.map(({ name }) => name)].map((name) => name.length),
  );
  const unknown = libraries.filter(({ known }) => !known);
  return `${[
    paint('bold', 'Tools'),
    ...tools.map(([name, version]) => `  ${name.padEnd(width)}  ${oneLine(version)}`),
    '',
    paint('bold', 'Types'),
    ...(untyped.length === 0
      ? [`  ${good} ${files === 1 ? 'The file has' : `All ${plural(files, 'file')} have`} a tsconfig.json`]
      : [
          `  ${bad} ${String(untyped.length)} of ${plural(files, 'file')} are in no tsconfig.json: without types the rules find less there`,
          ...list(untyped),
        ]),
    ...(anyClients.length === 0
      ? [`  ${good} No client has the type any`]
      : [
          `  ${bad} ${plural(anyClients.length, 'call')} of clients whose type is any: install the types of these libraries (npm ci, @types/…)`,
          ...list(anyClients),
        ]),
    '',
    paint('bold', 'Libraries'),
    ...(libraries.length === 0
      ? ['  None of those that the rules know is installed, but for the platform itself (fetch, node:http)']
      : libraries.map(
          ({ name, version, known }) =>
            `  ${known ? good : paint('yellow', '?')} ${name.padEnd(width)}  ${oneLine(version)}${known ? '' : '  another major version than the ones that were measured'}`,
        )),
    ...(unknown.length > 0
      ? ['', 'What was measured on other versions is taken to hold: docs/clients.md says which.']
      : []),
  ].join('\n')}\n`;
}
