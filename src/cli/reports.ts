/** What commands that give findings have in common: `--format`, `--output`, `--max-findings`, `--color`, and writing the reports. */
import path from 'node:path';
import ownPlugin from '../plugin.js';
import { oneLine } from '../project/escape.js';
import { compareText, repositoryRoot, toRelative } from '../project/paths.js';
import { firstLine } from '../project/problem.js';
import { writeFileAtomic } from '../project/write-file.js';
import { UsageError } from './command.js';
import { formats, fromRepositoryRoot, type FormatName } from './formats/index.js';
import { plural } from './formats/words.js';
import { exitCode, type ScanResult } from './result.js';
import { wantsColor, type Io } from './terminal.js';

/** A format, and where it goes; without a file to stdout. */
interface Report {
  readonly format: FormatName;
  readonly output: string | undefined;
}

/** What the options below say. */
export interface ReportArguments {
  readonly reports: readonly Report[];
  readonly maxFindings: number;
  readonly color: boolean | undefined;
}

/** For `parseArgs`. */
export const reportOptions = {
  format: { type: 'string', multiple: true },
  output: { type: 'string', multiple: true },
  'max-findings': { type: 'string', default: '0' },
  color: { type: 'boolean' },
} as const;

interface Token {
  readonly kind: string;
  readonly name?: string;
  readonly value?: string | undefined;
}

/**
 * What was given for them.
 *
 * @throws UsageError when that makes no sense
 */
export function reportArguments(
  values: { readonly 'max-findings': string; readonly color?: boolean | undefined },
  tokens: readonly Token[],
  byDefault: FormatName,
): ReportArguments {
  if (!/^\d+$/u.test(values['max-findings'])) throw new UsageError('--max-findings takes a number');
  return {
    reports: reportsOf(tokens, byDefault),
    maxFindings: Number(values['max-findings']),
    color: values.color,
  };
}

/** An `--output` belongs to the `--format` before it; where there is one of each, their order does not matter. */
function reportsOf(tokens: readonly Token[], byDefault: FormatName): Report[] {
  const given = tokens.flatMap(({ kind, name = '', value = '' }) =>
    kind === 'option' && (name === 'format' || name === 'output') ? [{ name, value }] : [],
  );
  if (given.length === 2) given.sort((a, b) => compareText(a.name, b.name));
  const reports: { format: FormatName; output: string | undefined }[] = [];
  for (const [index, { name, value }] of given.entries()) {
    if (name === 'format') {
      const format = oneOf('--format', value, Object.keys(formats) as FormatName[]);
      reports.push({ format, output: undefined });
      continue;
    }
    if (value === '') throw new UsageError('--output takes the name of a file');
    const last = reports.at(-1);
    if (last && given[index - 1]?.name === 'format') last.output = value;
    else if (reports.length === 0) reports.push({ format: byDefault, output: value });
    else throw new UsageError(`--output ${value} has no --format of its own before it`);
  }
  const printed = reports.filter(({ output }) => output === undefined);
  if (printed.length > 1) {
    const names = printed.map(({ format }) => format).join(' and ');
    throw new UsageError(`Only one format can go to stdout, not ${names}: give the others an --output`);
  }
  return reports.length > 0 ? reports : [{ format: byDefault, output: undefined }];
}

/** The one of the names that a value is. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw new UsageError(`${option} takes ${listed(allowed)}, not '${value}'`);
  return match;
}

/** `a, b or c` */
const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

/** Writes a file; says so where it cannot be written. */
export function writeOrTell(file: string, text: string, name: string, { stderr }: Io): boolean {
  try {
    writeFileAtomic(file, text);
    return true;
  } catch (error) {
    stderr.write(`resilience: ${oneLine(`${name}: cannot be written: ${firstLine(error)}`)}\n`);
    return false;
  }
}

/** Says what kept a scan from saying all it could, a line each. */
export function tellTrouble({ base, skipped, problems }: ScanResult, { stderr }: Io): void {
  for (const { path: file, reason } of skipped) {
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}: skipped, ${reason}`)}\n`);
  }
  for (const { path: file, line, column, message } of problems) {
    const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}${position}: ${message}`)}\n`);
  }
}

/** Width of a report that is not for a terminal: logs and files scroll sideways. */
const WIDTH = 120;

/**
 * Writes the reports of a result, and says where to. Gives the exit code.
 *
 * @param options with `base`, what paths are relative to (from the working directory); without, what each format's readers expect
 */
export function writeReports(
  result: ScanResult,
  { reports, base, color, maxFindings }: ReportArguments & { readonly base: string | undefined },
  io: Io,
): number {
  const written: string[] = [];
  let failed = false;
  for (const { format, output } of reports) {
    const root = base === undefined && fromRepositoryRoot.has(format) ? repositoryRoot(io.cwd) : undefined;
    const text = formats[format]({
      result: { ...result, base: root ?? path.resolve(io.cwd, base ?? '.') },
      version: ownPlugin.meta.version,
      color: output === undefined ? wantsColor(color, io.env, io.stdout) : color === true,
      width: (output === undefined ? io.stdout.columns : undefined) ?? WIDTH,
    });
    if (output === undefined) {
      io.stdout.write(text);
      continue;
    }
    if (writeOrTell(path.resolve(io.cwd, output), text, output, io)) written.push(output);
    else failed = true;
  }
  if (written.length > 0 && reports.every(({ output }) => output !== undefined)) {
    io.stdout.write(`${plural(result.findings.length, 'finding')}, written to ${oneLine(written.join(', '))}\n`);
  }
  return failed ? 2 : exitCode(result, maxFindings);
}
