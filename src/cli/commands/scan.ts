/** `resilience scan`: lints a project with the presets, with or without an ESLint configuration of its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { changesSince, touches, type Changes } from '../../project/changes.js';
import { oneLine } from '../../project/escape.js';
import { toRelative } from '../../project/paths.js';
import { defaultSettings, loadSettingsFile } from '../../settings.js';
import { baselineOf, baselineText, pruned, readBaseline, withoutKnown } from '../baseline.js';
import { UsageError, type Command } from '../command.js';
import { plural } from '../formats/words.js';
import {
  oneOf,
  reportArguments,
  reportOptions,
  tellTrouble,
  writeOrTell,
  writeReports,
  type ReportArguments,
} from '../reports.js';
import { presets, type Preset, type ScanResult } from '../result.js';
import { runScan } from '../run-scan.js';
import { createProgress, type Io } from '../terminal.js';

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
  --exit-zero          exit with 0 whatever is found (with 2 on trouble): for a part that is merged later
  --fix                apply the fixes that are safe to apply, and report what is left
  --config <file>      settings to use in place of the nearest resilience.config.json
  --no-types           do not use type information
  --native             ask the native TypeScript for types (experimental; the project has to have it)
  --eslint-config      run the project's own ESLint configuration, which is executed, in place of a
                       preset; only findings of resilience/* rules are shown
  --color, --no-color  with or without colours (default: on a terminal; NO_COLOR is honoured)
  --help               this text

Exit codes: 0 nothing found, 1 findings, 2 trouble (each told in a line on stderr).
`;

interface Arguments extends ReportArguments {
  readonly paths: readonly string[];
  readonly preset: Preset;
  readonly base: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly pruneBaseline: boolean;
  readonly changedSince: string | undefined;
  readonly fix: boolean;
  readonly config: string | undefined;
  readonly types: boolean;
  readonly native: boolean;
  readonly eslintConfig: boolean;
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
        native: options.native,
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
        if (!writeOrTell(baseline.file, baselineText(pruned(baseline, all)), options.baseline ?? '', io)) return 2;
        result = { ...result, baseline: { known: result.baseline?.known ?? 0, fixed: [] } };
      }
    }
    if (changes) result = onlyChanged(result, changes, options.changedSince ?? '');
    return writeReports(result, options, io);
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
      ...reportOptions,
      base: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      'prune-baseline': { type: 'boolean', default: false },
      'changed-since': { type: 'string' },
      'exit-zero': { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
      config: { type: 'string' },
      types: { type: 'boolean', default: true },
      native: { type: 'boolean', default: false },
      'eslint-config': { type: 'boolean', default: false },
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
  if (values.native && (values['eslint-config'] || !values.types)) {
    throw new UsageError('--native says where types come from: no --eslint-config or --no-types with it');
  }
  if (positionals.includes('')) throw new UsageError('A path is empty');
  return {
    paths: positionals.length > 0 ? positionals : ['.'],
    preset: oneOf('--preset', values.preset, presets),
    ...reportArguments(values, tokens, 'pretty'),
    ...(values['exit-zero'] && { maxFindings: Infinity }),
    base: values.base,
    baseline: values.baseline,
    writeBaseline: writes,
    pruneBaseline: values['prune-baseline'],
    changedSince: values['changed-since'],
    fix: values.fix,
    config: values.config,
    types: values.types,
    native: values.native,
    eslintConfig: values['eslint-config'],
  };
}

function writeBaseline(name: string, result: ScanResult, io: Io): number {
  const file = path.resolve(io.cwd, name);
  const before = existsSync(file) ? readBaseline(file, name) : undefined;
  if (!writeOrTell(file, baselineText(baselineOf(file, result, before)), name, io)) return 2;
  io.stdout.write(`${plural(result.findings.length, 'finding')} written to the baseline ${oneLine(name)}\n`);
  return result.problems.length > 0 ? 2 : 0;
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
