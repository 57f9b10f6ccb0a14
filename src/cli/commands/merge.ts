/** `resilience merge`: joins what several scans have written, of packages or of machines, into one. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import ownPlugin from '../../plugin.js';
import { repositoryRoot } from '../../project/paths.js';
import { UsageError, type Command } from '../command.js';
import { jsonText } from '../formats/json-text.js';
import { mergeSarif } from '../merge/sarif.js';
import { mergeScans } from '../merge/scans.js';
import { readPart, type Part } from '../merge/part.js';
import {
  oneOf,
  reportArguments,
  reportOptions,
  tellTrouble,
  writeOrTell,
  writeReports,
  type ReportArguments,
} from '../reports.js';
import type { Io } from '../terminal.js';

const help = `Usage: resilience merge <parts...> [options]

Joins what \`resilience scan --format json\`, or \`--format sarif\`, or \`resilience report --format json\`, has
written for parts of a repository into what one scan of everything would have given. Paths are relative to the root of the repository.

Options:
  --format <name>      for parts in json: pretty (default), json, github, junit, markdown or html; parts in
                       sarif give sarif, inventories json (default), markdown or html. May be given several times, each with its own --output behind it
  --output <file>      write the report to a file
  --max-findings <n>   exit with 1 only for more findings than this
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 no part has findings, 1 findings, 2 trouble, here or in a part.
`;

export const merge: Command = {
  summary: 'join the reports of several scans into one',
  help,
  run(args, io) {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      tokens: true,
      allowPositionals: true,
      allowNegative: true,
      options: reportOptions,
    });
    if (positionals.length === 0) throw new UsageError('There is nothing to merge');
    const parts = positionals.map((name) => readPart(path.resolve(io.cwd, name), name));
    const scans = parts.filter((part) => part.kind === 'scan');
    const logs = parts.filter((part) => part.kind === 'sarif');
    const inventories = parts.filter((part) => part.kind === 'inventory');
    const [first, other] = [scans[0], logs[0], inventories[0]].filter((part) => part !== undefined);
    if (first && other) {
      throw new UsageError(
        `${first.name} is ${words[first.kind]} and ${other.name} ${words[other.kind]}: merge them apart`,
      );
    }
    if (inventories.length > 0) return mergeReports(inventories, reportArguments(values, tokens, 'json'), io);
    if (logs.length > 0) return Promise.resolve(sarif(logs, reportArguments(values, tokens, 'sarif'), io));

    const options = reportArguments(values, tokens, 'pretty');
    if (options.reports.some(({ format }) => format === 'sarif')) {
      throw new UsageError('--format sarif joins parts in sarif: write them with scan --format sarif');
    }
    const root = repositoryRoot(io.cwd) ?? io.cwd;
    const result = mergeScans(scans, root);
    tellTrouble(result, io);
    return Promise.resolve(writeReports(result, { ...options, base: root }, io));
  },
};

const words: Readonly<Record<Part['kind'], string>> = { scan: 'json', sarif: 'sarif', inventory: 'an inventory' };

/** Inventories give the pages that `resilience report` makes. Their findings fail nothing: `scan` is for that. */
async function mergeReports(
  parts: readonly { readonly name: string; readonly inventory: unknown }[],
  { reports }: ReportArguments,
  io: Io,
): Promise<number> {
  const { inventoryFormats, isInventory, mergeInventories, renderInventory } = await import('../../report/index.js');
  const inventories = parts.map(({ name, inventory }) => {
    if (!isInventory(inventory)) throw new UsageError(`${name} is an inventory of another version`);
    return inventory;
  });
  const chosen = reports.map(({ format, output }) => ({ format: oneOf('--format', format, inventoryFormats), output }));
  const merged = mergeInventories(inventories, ownPlugin.meta.version);
  let code = merged.problems.length > 0 ? 2 : 0;
  if (code === 2) io.stderr.write('resilience: a part had trouble: the merged inventory says which\n');
  for (const { format, output } of chosen) {
    const text = renderInventory(merged, format);
    if (output === undefined) io.stdout.write(text);
    else if (!writeOrTell(path.resolve(io.cwd, output), text, output, io)) code = 2;
  }
  return code;
}

function sarif(parts: Parameters<typeof mergeSarif>[0], options: ReportArguments, io: Io): number {
  const [report, ...others] = options.reports;
  if (report?.format !== 'sarif' || others.length > 0) throw new UsageError('Parts in sarif give sarif');
  const log = mergeSarif(parts);
  const text = jsonText(log);
  if (report.output === undefined) io.stdout.write(text);
  else if (!writeOrTell(path.resolve(io.cwd, report.output), text, report.output, io)) return 2;
  const [run] = log.runs;
  if (!run?.invocations.every(({ executionSuccessful }) => executionSuccessful)) {
    io.stderr.write('resilience: a part had trouble: the merged log has its notifications\n');
    return 2;
  }
  return run.results.length > options.maxFindings ? 1 : 0;
}
