/** `resilience merge`: joins what several scans have written, of packages or of machines, into one. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../../project/paths.js';
import { UsageError, type Command } from '../command.js';
import { jsonText } from '../formats/json-text.js';
import { mergeSarif } from '../merge/sarif.js';
import { mergeScans } from '../merge/scans.js';
import { readPart, type Part } from '../merge/part.js';
import {
  reportArguments,
  reportOptions,
  tellTrouble,
  writeOrTell,
  writeReports,
  type ReportArguments,
} from '../reports.js';
import type { Io } from '../terminal.js';

const help = `Usage: resilience merge <parts...> [options]

Joins what \`resilience scan --format json\`, or \`--format sarif\`, has written for parts of a repository
into what one scan of everything would have given. Paths are relative to the root of the repository.

Options:
  --format <name>      for parts in json: pretty (default), json, github, junit, markdown or html; parts in
                       sarif give sarif. May be given several times, each with its own --output behind it
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
    const [scan, log] = [scans[0], logs[0]];
    if (scan && log)
      throw new UsageError(`${scan.name} is ${wordOf(scan)} and ${log.name} ${wordOf(log)}: merge them apart`);
    if (log) return Promise.resolve(sarif(logs, reportArguments(values, tokens, 'sarif'), io));

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

const wordOf = ({ kind }: Part): string => (kind === 'scan' ? 'json' : 'sarif');

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
