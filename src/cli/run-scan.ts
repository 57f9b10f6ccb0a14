/** The scan: files in, findings out. It reads, and with `fix` rewrites, the files of the project; it prints nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ESLint, Linter } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';
import { cutOffs } from '../analysis/budget.js';
import { sourceFiles } from '../configs.js';
import { withFindingSink, type FindingFacts } from '../findings.js';
import ownPlugin from '../plugin.js';
import { findFiles, readSource } from '../project/files.js';
import { createOwners } from '../project/owners.js';
import { compareText, isInside, repositoryRoot } from '../project/paths.js';
import { firstLine, type Problem } from '../project/problem.js';
import { loadEslint, loadParser, ownInstall, requireNative } from '../project/toolchain.js';
import { withLineEndsOf, writeFileAtomic } from '../project/write-file.js';
import { resolveSettings, SettingsError, type PartialSettings } from '../settings.js';
import { fingerprintOf } from './fingerprint.js';
import { splitLines } from './frame.js';
import { byPlace, type Finding, type Location, type Preset, type ScannedFile, type ScanResult } from './result.js';

/** A plugin with presets, such as this package's own. */
export interface PluginWithPresets {
  readonly configs: Readonly<Record<Preset, TSESLint.FlatConfig.ConfigArray>>;
}

/** What to scan, and how. */
export interface ScanOptions {
  /** Files and directories, relative to `cwd` or absolute. */
  readonly paths: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly preset: Preset;
  /** Whether to apply autofixes, and write the files. */
  readonly fix: boolean;
  /** Whether to use type information where a `tsconfig.json` owns the file. */
  readonly types: boolean;
  /** Whether the native TypeScript answers for types. */
  readonly native?: boolean | undefined;
  /** Whether to run the project's own ESLint configuration, which executes it, in place of the preset. */
  readonly projectConfig: boolean;
  /** Settings that win over those of each `resilience.config.json`, key by key. */
  readonly settings?: PartialSettings | undefined;
  /** Called before each file. */
  readonly onProgress?: ((done: number, total: number, file: string) => void) | undefined;
  /** The plugin whose presets run; this package's own when there is none. */
  readonly plugin?: PluginWithPresets | undefined;
}

const ours = (ruleId: string | null | undefined): boolean => ruleId?.startsWith('resilience/') === true;

// What the parser says of a file that no tsconfig includes after all: not an error of the user's.
const notInProject = /was not found by the project service|none of those TSConfigs include this file/u;

/**
 * Scans. Trouble with single files or configurations is in the result's `problems`; the rest is scanned all the same.
 *
 * @throws MissingToolError when ESLint, the parser or TypeScript is not installed
 */
export async function runScan(options: ScanOptions): Promise<ScanResult> {
  const { cwd, preset, projectConfig } = options;
  const found = findFiles(options.paths, cwd);
  const cutOffBefore = cutOffs();
  const files: ScannedFile[] = [];
  const findings: Finding[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const problems: Problem[] = [...found.problems];
  const sources = new Map<string, string>();
  const wrongSettings = new Map<string, { readonly error: SettingsError; files: number }>();

  if (found.files.length > 0) {
    // For a project's own configuration its own ESLint is the right one. Otherwise this package's own peers come first:
    // they are the project's where this package is installed there, and where it is not, no code of the tree is run.
    const lint = projectConfig ? await projectLinter(options) : await presetLinter(options, problems);
    const restore = setSingleRun(!options.fix);
    try {
      const facts: FindingFacts[] = [];
      await withFindingSink(
        (fact) => facts.push(fact),
        async () => {
          const order = lint.order(found.files);
          for (const [index, file] of order.entries()) {
            options.onProgress?.(index, order.length, file);
            await scanFile(lint, file, facts, options.fix);
            facts.length = 0;
          }
        },
      );
      if (projectConfig && files.length > 0 && !(await lint.runsOurRules(files))) {
        problems.push({
          kind: 'eslint',
          path: cwd,
          message: 'the ESLint configuration switches on no resilience rule',
        });
      }
    } finally {
      restore();
    }
  }

  for (const { error, files: count } of wrongSettings.values()) problems.push(settingsProblem(error, count, cwd));

  const byPath = (a: { path: string }, b: { path: string }): number => compareText(a.path, b.path);
  return {
    base: cwd,
    preset: projectConfig ? null : preset,
    files: files.sort(byPath),
    findings: findings.sort(byPlace),
    skipped: skipped.sort(byPath),
    problems: unique(problems).sort(byPath),
    cutOff: cutOffs() - cutOffBefore,
    sources,
  };

  async function scanFile(lint: FileLinter, file: string, facts: FindingFacts[], fix: boolean): Promise<void> {
    let source;
    try {
      source = readSource(file);
    } catch (error) {
      problems.push({ kind: 'read', path: file, message: `cannot be read: ${firstLine(error)}` });
      return;
    }
    if ('skip' in source) {
      skipped.push({ path: file, reason: source.skip });
      return;
    }

    try {
      // Rules ask for them too, but their errors would come out as errors of a rule.
      resolveSettings(file, options.settings);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const known = wrongSettings.get(error.message);
      if (known) known.files++;
      else wrongSettings.set(error.message, { error, files: 1 });
      return;
    }

    let linted;
    try {
      linted = await lint.file(file, source.text, fix && source.exact, problems);
    } catch (error) {
      problems.push(problemOf(error, file, projectConfig ? cwd : file));
      return;
    }
    if (!linted) return;

    const { result, types } = linted;
    let fixed = false;
    let text = source.text;
    if (result.output !== undefined && result.output !== text) {
      const output = withLineEndsOf(text, result.output);
      try {
        if (readFileSync(file, 'utf8') !== text) throw new Error('it has changed meanwhile');
        writeFileAtomic(file, output);
      } catch (error) {
        problems.push({ kind: 'fix', path: file, message: `could not be fixed: ${firstLine(error)}` });
        facts.length = 0;
        await scanFile(lint, file, facts, false);
        return;
      }
      text = output;
      fixed = true;
    }

    files.push({ path: file, types, fixed });
    const plain = text.replace(/^\ufeff/u, '');
    const own = findingsOf(result, facts, splitLines(plain));
    if (own.length > 0) sources.set(file, plain);
    findings.push(...own);
    if (fix && !source.exact && own.some((finding) => finding.fix)) {
      problems.push({ kind: 'fix', path: file, message: 'could not be fixed: it is not UTF-8 text' });
    }
    for (const message of result.messages) {
      if (message.fatal) problems.push(parseProblem(file, message));
    }
  }
}

/** How files are linted: by a preset, or by the project's own configuration. */
interface FileLinter {
  /** The order that is cheapest: one TypeScript program after the other. */
  order(files: readonly string[]): readonly string[];
  /** `undefined`: the configuration ignores the file. Throws what a rule or a configuration throws. */
  file(
    file: string,
    text: string,
    fix: boolean,
    problems: Problem[],
  ): Promise<{ result: ESLint.LintResult; types: boolean | null } | undefined>;
  runsOurRules(files: readonly ScannedFile[]): Promise<boolean>;
}

async function presetLinter(options: ScanOptions, problems: Problem[]): Promise<FileLinter> {
  const { cwd, preset, fix, settings, plugin = ownPlugin } = options;
  // The native TypeScript stands beside the parser that asks it: the project's.
  const from = options.native ? [cwd, ownInstall] : [ownInstall, cwd];
  if (options.native) requireNative(from);
  const [{ ESLint: Eslint }, toolchain] = [await loadEslint(from), await loadParser(from)];
  const owners = createOwners(toolchain.typescript);
  const eslints = new Map<string, ESLint>();

  const eslintFor = (root: string, types: boolean, fixing: boolean): ESLint => {
    const key = JSON.stringify([root, types, fixing]);
    let eslint = eslints.get(key);
    if (!eslint) {
      const configs: TSESLint.FlatConfig.ConfigArray = [
        {
          // Foreign disable comments and unused ones are not this scan's business.
          linterOptions: { reportUnusedDisableDirectives: 'off', reportUnusedInlineConfigs: 'off' },
          ...(settings && { settings: { resilience: settings } }),
        },
        ...plugin.configs[preset],
        {
          files: sourceFiles,
          languageOptions: {
            parser: toolchain.parser,
            parserOptions: {
              warnOnUnsupportedTypeScriptVersion: false,
              // In a single run the project service makes one program a tsconfig, as `project` does, and unlike
              // `project` it follows references to sources. It was also the faster one when measured.
              ...(types && {
                projectService: options.native ? { EXPERIMENTAL_backend: 'tsgo' } : true,
                tsconfigRootDir: root,
              }),
            },
          },
        },
      ];
      eslint = new Eslint({
        cwd: root,
        overrideConfigFile: true,
        overrideConfig: configs as Linter.Config[],
        fix: fixing && ((message) => ours(message.ruleId)),
        warnIgnored: false,
      });
      eslints.set(key, eslint);
    }
    return eslint;
  };

  const ownerOf = (file: string): string | undefined => (options.types ? owners.ownerOf(file) : undefined);
  let known = 0;
  return {
    order: (files) => {
      const ordered = files
        .map((file) => ({ file, owner: ownerOf(file) ?? '' }))
        .sort((a, b) => compareText(a.owner, b.owner) || compareText(a.file, b.file))
        .map(({ file }) => file);
      problems.push(...owners.problems.slice(known));
      known = owners.problems.length;
      return ordered;
    },
    file: async (file, text, fixFile, fileProblems) => {
      const root = rootOf(file, cwd);
      const lint = async (types: boolean): Promise<ESLint.LintResult | undefined> =>
        (await eslintFor(root, types, fix && fixFile).lintText(text, { filePath: file }))[0];
      if (ownerOf(file) !== undefined) {
        const typed = await lint(true);
        const failure = typed?.messages.find((message) => message.fatal);
        if (typed && !failure) return { result: typed, types: true };
        const untyped = await lint(false);
        // What does not parse untyped either is a fault of the file, and told as such.
        if (failure && untyped && !untyped.messages.some(({ fatal }) => fatal) && !notInProject.test(failure.message)) {
          const message = `type information failed, scanned without: ${firstLine(failure.message)}`;
          fileProblems.push({ kind: 'types', path: file, message });
        }
        return untyped && { result: untyped, types: false };
      }
      const result = await lint(false);
      return result && { result, types: false };
    },
    runsOurRules: () => Promise.resolve(true),
  };
}

async function projectLinter({ cwd, fix, settings }: ScanOptions): Promise<FileLinter> {
  const { ESLint: Eslint } = await loadEslint([cwd, ownInstall]);
  const create = (fixing: boolean): ESLint =>
    new Eslint({
      cwd,
      fix: fixing && ((message) => ours(message.ruleId)),
      warnIgnored: false,
      ...(settings && { overrideConfig: { settings: { resilience: settings } } }),
    });
  const plain = create(false);
  const fixing = fix ? create(true) : plain;
  return {
    order: (files) => files,
    file: async (file, text, fixFile) => {
      const [result] = await (fixFile ? fixing : plain).lintText(text, { filePath: file });
      return result && { result, types: null };
    },
    runsOurRules: async (files) => {
      for (const { path: file } of files) {
        const config = (await plain.calculateConfigForFile(file)) as Linter.Config | undefined;
        const isOn = ([ruleId, entry]: [string, unknown]): boolean =>
          ours(ruleId) && ![0, 'off'].includes((Array.isArray(entry) ? entry[0] : entry) as number | string);
        if (Object.entries(config?.rules ?? {}).some(isOn)) return true;
      }
      return false;
    },
  };
}

/**
 * Where globs of the presets start for a file: the working directory if the file lies in it, else the file's repository,
 * else its own directory. A directory above, named `test` by chance, must not switch the rules off.
 */
function rootOf(file: string, cwd: string): string {
  if (isInside(file, cwd)) return cwd;
  const directory = path.dirname(file);
  return repositoryRoot(directory) ?? directory;
}

/** Tells the parser whether files may change while it runs. Gives back what undoes it. */
function setSingleRun(singleRun: boolean): () => void {
  const before = process.env['TSESTREE_SINGLE_RUN'];
  process.env['TSESTREE_SINGLE_RUN'] = String(singleRun);
  return () => {
    if (before === undefined) delete process.env['TSESTREE_SINGLE_RUN'];
    else process.env['TSESTREE_SINGLE_RUN'] = before;
  };
}

function findingsOf(result: ESLint.LintResult, facts: readonly FindingFacts[], lines: readonly string[]): Finding[] {
  return result.messages.flatMap((message): Finding[] => {
    const { ruleId, line, column, messageId = '' } = message;
    if (!ruleId || !ours(ruleId) || message.fatal) return [];
    // Of several passes of fixing, the last one speaks of the text as it is now.
    const fact = facts.findLast(
      (candidate) =>
        candidate.ruleId === ruleId &&
        candidate.messageId === messageId &&
        candidate.line === line &&
        candidate.column === column,
    );
    const range = {
      start: { line, column },
      end: { line: message.endLine ?? line, column: message.endColumn ?? column },
    };
    return [
      {
        path: result.filePath,
        ruleId,
        messageId,
        message: message.message,
        range,
        ...(message.fix && { fix: message.fix }),
        suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({ description: desc, fix })),
        ...(fact?.downstream !== undefined && { downstream: fact.downstream }),
        ...(fact?.client !== undefined && { client: fact.client }),
        evidence: evidenceOf(fact),
        fingerprint: fingerprintOf(ruleId, messageId, range, lines),
      },
    ];
  });
}

/** The places that a rule has named, each once. */
function evidenceOf(fact: FindingFacts | undefined): Location[] {
  const places = new Map<string, Location>();
  for (const { path: file, start, end } of fact?.evidence ?? []) {
    const range = {
      start: { line: start.line, column: start.column + 1 },
      end: { line: end.line, column: end.column + 1 },
    };
    places.set(JSON.stringify([file, range]), { path: file, range });
  }
  return [...places.values()];
}

function parseProblem(file: string, message: Linter.LintMessage): Problem {
  const reason = firstLine(message.message)
    .replace(/^Parsing error:\s*/u, '')
    .replace(/\.$/u, '');
  // A fatal message without a line comes from the parser's surroundings.
  const position = message.line ? { line: message.line, column: message.column } : undefined;
  return { kind: 'parse', path: file, ...position, message: `does not parse: ${reason}` };
}

/**
 * Wrong settings are never replaced by defaults: what the project ignores would be reported, and what it does not want
 * fixed would be.
 */
function settingsProblem({ source, problems }: SettingsError, files: number, cwd: string): Problem {
  const [first] = problems;
  const key = first?.path ? `"${first.path}" ` : '';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const left = files === 1 ? '1 file that it is for is' : `${files} files that it is for are`;
  return {
    kind: 'settings',
    path: path.isAbsolute(source) ? source : cwd,
    message: `${key}${first?.message ?? 'is wrong'}${more}; the ${left} not scanned`,
  };
}

/** @param whose what the trouble is about when no rule and no setting is to blame: the file, or the configuration */
function problemOf(error: unknown, file: string, whose: string): Problem {
  const reason = firstLine(error);
  if (error instanceof Error && error.name === 'SettingsError')
    return { kind: 'settings', path: file, message: reason };
  const rule = error instanceof Error ? /^Rule: "(?<name>.+)"$/mu.exec(error.message)?.groups?.['name'] : undefined;
  if (rule !== undefined) return { kind: 'rule', path: file, message: `rule ${rule} failed on it: ${reason}` };
  return { kind: 'eslint', path: whose, message: `ESLint failed: ${reason}` };
}

/** One problem of many files, such as a broken configuration, is told once. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const problem of problems) {
    seen.set(JSON.stringify([problem.path, problem.line, problem.column, problem.message]), problem);
  }
  return [...seen.values()];
}
