/** `resilience scan`: lints a project with the presets, with or without an ESLint configuration of its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import ownPlugin from '../../plugin.js';
import { changesSince, touches, type Changes } from '../../project/changes.js';
import { oneLine } from '../../project/escape.js';
import { compareText, repositoryRoot, toRelative } from '../../project/paths.js';
import { firstLine } from '../../project/problem.js';
import { writeFileAtomic } from '../../project/write-file.js';
import { defaultSettings, loadSettingsFile } from '../../settings.js';
import { baselineOf, baselineText, pruned, readBaseline, withoutKnown } from '../baseline.js';
import { UsageError, type Command } from '../command.js';
import { formats, fromRepositoryRoot, type FormatName } from '../formats/index.js';
import { plural } from '../formats/words.js';
import { exitCode, presets, type Preset, type ScanResult } from '../result.js';
import { runScan } from '../run-scan.js';
import { createProgress, wantsColor, type Io } from '../terminal.js';

const help = `Usage: resilience scan [paths...] [options]

Finds network calls without a plan for the bad case. Paths are files and directories; the default is
the working directory. What git ignores, node_modules, dist, declarations and minified files are left
out. Types are used where a tsconfig.json owns the file. No code of the project is run.

Options:
  --preset <name>      recommended (default) or strict
  --format <name>      pretty (default), json, sarif, github (annotations), junit, markdown or html; may be
                       given several times, each with its own --output behind it
  --output <file>      write the report to a file
  --base <dir>         what paths in reports are relative to (default: the working directory; for sarif
                       and github the root of the repository)
  --write-baseline <file>  write all findings to a baseline, and exit with 0
  --baseline <file>    leave out the findings that a baseline has, and say which of them are fixed
  --prune-baseline     take out of the baseline what is fixed
  --changed-since <ref>  only findings on lines changed since the commit where this branch left <ref>,
                       or that rest on one
  --max-findings <n>   exit with 1 only for more findings than this
  --fix                apply the fixes that are safe to apply, and report what is left
  --config <file>      settings to use in place of the nearest resilience.config.json
  --no-types           do not use type information
  --eslint-config      run the project's own ESLint configuration, which is executed, in place of a
                       preset; only findings of resilience/* rules are shown
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 nothing found, 1 findings, 2 trouble (each told in a line on stderr).
`;

/** Width of a report that is not for a terminal: logs and files scroll sideways. */
const WIDTH = 120;

/** A format, and where it goes; without a file to stdout. */
interface Report {
  readonly format: FormatName;
  readonly output: string | undefined;
}

interface Arguments {
  readonly paths: readonly string[];
  readonly preset: Preset;
  readonly reports: readonly Report[];
  readonly base: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly pruneBaseline: boolean;
  readonly changedSince: string | undefined;
  readonly maxFindings: number;
  readonly fix: boolean;
  readonly config: string | undefined;
  readonly types: boolean;
  readonly eslintConfig: boolean;
  readonly color: boolean | undefined;
}

export const scan: Command = {
  summary: 'find network calls without a plan for the bad case',
  help,
  async run(args, io) {
    const options = parse(args);
    // Complete, so that nothing of a resilience.config.json is left below them.
    const settings =
      options.config === undefined
        ? undefined
        : { ...defaultSettings, ...loadSettingsFile(path.resolve(io.cwd, options.config)) };
    const resolve = (file: string | undefined): string | undefined => file && path.resolve(io.cwd, file);
    // What is wrong with them is said before the work begins.
    const baselineFile = resolve(options.baseline);
    const baseline = baselineFile && readBaseline(baselineFile, options.baseline ?? '');
    const changes = options.changedSince === undefined ? undefined : await changesSince(options.changedSince, io.cwd);
    const progress = createProgress(io.stderr, io.env);
    let result;
    try {
      result = await runScan({
        paths: options.paths,
        cwd: io.cwd,
        preset: options.preset,
        fix: options.fix,
        types: options.types,
        projectConfig: options.eslintConfig,
        settings,
        onProgress: (done, total, file) => {
          progress.update(`Scanning ${String(done + 1)}/${String(total)} ${toRelative(file, io.cwd)}`);
        },
      });
    } finally {
      progress.clear();
    }
    tellTrouble(result, io);
    if (options.writeBaseline !== undefined) return writeBaseline(options.writeBaseline, result, io);
    if (baseline) {
      const all = result;
      result = withoutKnown(all, baseline);
      if (options.pruneBaseline) {
        if (!write(baseline.file, baselineText(pruned(baseline, all)), options.baseline ?? '', io)) return 2;
        result = { ...result, baseline: { known: result.baseline?.known ?? 0, fixed: [] } };
      }
    }
    if (changes) result = onlyChanged(result, changes, options.changedSince ?? '');
    return report(result, options, io);
  },
};

function parse(args: readonly string[]): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    tokens: true,
    allowPositionals: true,
    allowNegative: true,
    options: {
      preset: { type: 'string', default: 'recommended' },
      format: { type: 'string', multiple: true },
      output: { type: 'string', multiple: true },
      base: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      'prune-baseline': { type: 'boolean', default: false },
      'changed-since': { type: 'string' },
      'max-findings': { type: 'string', default: '0' },
      fix: { type: 'boolean', default: false },
      config: { type: 'string' },
      types: { type: 'boolean', default: true },
      'eslint-config': { type: 'boolean', default: false },
      color: { type: 'boolean' },
    },
  });
  if (values['eslint-config'] && (args.some((arg) => arg.startsWith('--preset')) || !values.types)) {
    throw new UsageError(
      '--eslint-config leaves rules and types to the configuration: no --preset or --no-types with it',
    );
  }
  const writes = values['write-baseline'];
  if (writes !== undefined && (values.baseline !== undefined || values['changed-since'] !== undefined)) {
    throw new UsageError('--write-baseline takes all findings: no --baseline or --changed-since with it');
  }
  if (values['prune-baseline'] && values.baseline === undefined) {
    throw new UsageError('--prune-baseline needs a --baseline');
  }
  if (!/^\d+$/u.test(values['max-findings'])) throw new UsageError('--max-findings takes a number');
  if (positionals.includes('')) throw new UsageError('A path is empty');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    preset: oneOf('--preset', values.preset, presets),
    reports: reportsOf(tokens.flatMap((token) => (token.kind === 'option' ? [token] : []))),
    base: values.base,
    baseline: values.baseline,
    writeBaseline: writes,
    pruneBaseline: values['prune-baseline'],
    changedSince: values['changed-since'],
    maxFindings: Number(values['max-findings']),
    fix: values.fix,
    config: values.config,
    types: values.types,
    eslintConfig: values['eslint-config'],
    color: values.color,
  };
}

/** An `--output` belongs to the `--format` before it; where there is one of each, their order does not matter. */
function reportsOf(options: readonly { readonly name: string; readonly value?: string | undefined }[]): Report[] {
  const given = options.filter(({ name }) => name === 'format' || name === 'output');
  if (given.length === 2) given.sort((a, b) => compareText(a.name, b.name));
  const reports: { format: FormatName; output: string | undefined }[] = [];
  for (const [index, { name, value = '' }] of given.entries()) {
    if (name === 'format') {
      const format = oneOf('--format', value, Object.keys(formats) as FormatName[]);
      reports.push({ format, output: undefined });
      continue;
    }
    if (value === '') throw new UsageError('--output takes the name of a file');
    const last = reports.at(-1);
    if (last && given[index - 1]?.name === 'format') last.output = value;
    else if (reports.length === 0) reports.push({ format: 'pretty', output: value });
    else throw new UsageError(`--output ${value} has no --format of its own before it`);
  }
  const printed = reports.filter(({ output }) => output === undefined);
  if (printed.length > 1) {
    const names = printed.map(({ format }) => format).join(' and ');
    throw new UsageError(`Only one format can go to stdout, not ${names}: give the others an --output`);
  }
  return reports.length > 0 ? reports : [{ format: 'pretty', output: undefined }];
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw new UsageError(`${option} takes ${listed(allowed)}, not '${value}'`);
  return match;
}

/** `a, b or c` */
const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

function tellTrouble({ base, skipped, problems }: ScanResult, { stderr }: Io): void {
  for (const { path: file, reason } of skipped) {
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}: skipped, ${reason}`)}\n`);
  }
  for (const { path: file, line, column, message } of problems) {
    const position = line === undefined ? '' : `:${String(line)}:${String(column ?? 1)}`;
    stderr.write(`resilience: ${oneLine(`${toRelative(file, base)}${position}: ${message}`)}\n`);
  }
}

function writeBaseline(name: string, result: ScanResult, io: Io): number {
  const file = path.resolve(io.cwd, name);
  const before = existsSync(file) ? readBaseline(file, name) : undefined;
  if (!write(file, baselineText(baselineOf(file, result, before)), name, io)) return 2;
  io.stdout.write(`${plural(result.findings.length, 'finding')} written to the baseline ${oneLine(name)}\n`);
  return result.problems.length > 0 ? 2 : 0;
}

/** Writes a file; says so where it cannot be written. */
function write(file: string, text: string, name: string, { stderr }: Io): boolean {
  try {
    writeFileAtomic(file, text);
    return true;
  } catch (error) {
    stderr.write(`resilience: ${oneLine(`${name}: cannot be written: ${firstLine(error)}`)}\n`);
    return false;
  }
}

/** Findings on changed lines, and those whose evidence lies on one. */
function onlyChanged(result: ScanResult, changes: Changes, ref: string): ScanResult {
  const findings = result.findings.filter((finding) =>
    [finding, ...finding.evidence].some(({ path: file, range }) =>
      touches(changes, file, range.start.line, range.end.line),
    ),
  );
  return { ...result, findings, changedSince: { ref, elsewhere: result.findings.length - findings.length } };
}

function report(result: ScanResult, { reports, base, color, maxFindings }: Arguments, io: Io): number {
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
    if (write(path.resolve(io.cwd, output), text, output, io)) written.push(output);
    else failed = true;
  }
  if (written.length > 0 && reports.every(({ output }) => output !== undefined)) {
    io.stdout.write(`${plural(result.findings.length, 'finding')}, written to ${oneLine(written.join(', '))}\n`);
  }
  return failed ? 2 : exitCode(result, maxFindings);
}
