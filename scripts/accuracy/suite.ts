/** Reads the labelled projects, and lints them with the built plugin through ESLint's own class. */
import fs from 'node:fs';
import path from 'node:path';
import * as classicParser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { type TypedParser, typedParser } from './install.js';
import { sitesOf } from './labels.js';
import { type FileSite, type Report, score, type Score, scoreStrict, type StrictScore } from './score.js';

/** What the runner needs of the built plugin. */
export interface Plugin {
  readonly rules: Readonly<Record<string, { readonly meta: { readonly messages: Readonly<Record<string, string>> } }>>;
  readonly configs: Readonly<Record<'recommended' | 'strict', Linter.Config[]>>;
}

/**
 * Rules that share a subject. In the folder of one of them the others are judged too, so that one fault is reported by
 * one rule; every other rule is judged in its own folder and where a label names it.
 */
const families = [['require-timeout', 'no-ineffective-timeout', 'forward-abort-signal']];

const sourceFile = /\.[cm]?[jt]sx?$/u;

/** How many places of each kind the suite has for a rule. */
export interface SiteCount {
  readonly expect: number;
  readonly ok: number;
  readonly unknown: number;
}

export interface ModeResult extends Score {
  readonly strict: StrictScore;
}

/** The result of one rule; `null` in both modes where the plugin does not have the rule. */
export interface RuleResult {
  readonly rule: string;
  readonly sites: SiteCount;
  readonly typed: ModeResult | null;
  readonly untyped: ModeResult | null;
  /** Message ids that labels name and the rule does not have. */
  readonly unknownIds: readonly string[];
}

/**
 * Judges every rule that has a folder in `directory`, or those of `only`. Throws a `LabelError`, or an `Error` where a file
 * does not parse.
 */
export async function runSuite(directory: string, plugin: Plugin, only: readonly string[] = []): Promise<RuleResult[]> {
  const rules = rulesOf(directory, only);
  const files = filesOf(directory, rules);
  const sites: FileSite[] = files.flatMap((absolute) => {
    const file = relative(directory, absolute);
    return sitesOf(file, fs.readFileSync(absolute, 'utf8')).map((site) => ({ ...site, file }));
  });
  const lintAll = async (types: TypedParser | null): Promise<Record<'recommended' | 'strict', Report[]>> => ({
    recommended: await lint(directory, files, plugin, 'recommended', types),
    strict: await lint(directory, files, plugin, 'strict', types),
  });
  const classic = typedParser('classic', directory);
  const reports = { typed: await lintAll(classic), untyped: await lintAll(null) };
  return rules.map((rule) => {
    const own = sites.filter((site) => site.rule === rule);
    const built = plugin.rules[rule];
    const judge = (mode: 'typed' | 'untyped'): ModeResult => {
      const judged = (report: Report): boolean => report.rule === rule && isJudged(report, own);
      return {
        ...score(own, reports[mode].recommended.filter(judged), mode === 'typed'),
        strict: scoreStrict(own, reports[mode].strict.filter(judged), mode === 'typed'),
      };
    };
    return {
      rule,
      sites: {
        expect: own.filter((site) => site.kind === 'expect').length,
        ok: own.filter((site) => site.kind === 'ok').length,
        unknown: own.filter((site) => site.kind === 'unknown').length,
      },
      typed: built ? judge('typed') : null,
      untyped: built ? judge('untyped') : null,
      unknownIds: built
        ? [...new Set(own.flatMap((site) => site.ids))].filter((id) => !(id in built.meta.messages))
        : [],
    };
  });
}

/** Every report of `strict` with types, as a line: place, rule and message. */
export async function reportedPlaces(
  directory: string,
  plugin: Plugin,
  types: TypedParser,
  only: readonly string[] = [],
): Promise<string[]> {
  const reports = await lint(directory, filesOf(directory, rulesOf(directory, only)), plugin, 'strict', types);
  return reports.map(({ file, line, rule, messageId }) => `${file}:${line} ${rule} ${messageId}`);
}

function rulesOf(directory: string, only: readonly string[]): string[] {
  return foldersOf(directory).filter((name) => name !== 'node_modules' && (only.length === 0 || only.includes(name)));
}

const filesOf = (directory: string, rules: readonly string[]): string[] =>
  rules.flatMap((rule) => sourcesBelow(path.join(directory, rule)));

/** Is this report's place one where its rule is judged? */
function isJudged(report: Report, sites: readonly FileSite[]): boolean {
  const [folder = ''] = report.file.split('/', 1);
  return (
    folder === report.rule ||
    families.some((family) => family.includes(folder) && family.includes(report.rule)) ||
    sites.some(
      (site) => site.file === report.file && site.line <= report.line && report.line <= site.line + site.within,
    )
  );
}

async function lint(
  directory: string,
  files: readonly string[],
  plugin: Plugin,
  preset: 'recommended' | 'strict',
  types: TypedParser | null,
): Promise<Report[]> {
  const commonjs = foldersOf(directory)
    .flatMap((rule) => foldersOf(path.join(directory, rule)).map((project) => path.join(directory, rule, project)))
    .filter((project) => isCommonjs(project));
  const eslint = new ESLint({
    // Below `test/` the presets would switch the rules off: their globs are relative to this folder.
    cwd: directory,
    overrideConfigFile: true,
    overrideConfig: [
      ...plugin.configs[preset],
      {
        files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'],
        languageOptions: {
          parser: types?.parser ?? classicParser,
          parserOptions: types ? { projectService: types.projectService, tsconfigRootDir: directory } : {},
        },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
      },
      ...commonjs.map((project): Linter.Config => ({
        files: [`${relative(directory, project)}/**/*.js`],
        languageOptions: { sourceType: 'commonjs' },
      })),
    ],
  });
  const results = await eslint.lintFiles([...files]);
  return results.flatMap((result) =>
    result.messages.map((message) => {
      const file = relative(directory, result.filePath);
      if (message.fatal || !message.ruleId) throw new Error(`${file}:${message.line}: ${message.message}`);
      const { ruleId, messageId = '', line } = message;
      return { file, rule: ruleId.replace(/^resilience\//u, ''), messageId, line };
    }),
  );
}

function isCommonjs(project: string): boolean {
  const manifest = path.join(project, 'package.json');
  if (!fs.existsSync(manifest)) return false;
  return (JSON.parse(fs.readFileSync(manifest, 'utf8')) as { type?: string }).type !== 'module';
}

function foldersOf(directory: string): string[] {
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function sourcesBelow(directory: string): string[] {
  return fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => sourceFile.test(file) && !file.includes('node_modules'))
    .sort()
    .map((file) => path.join(directory, file));
}

function relative(directory: string, file: string): string {
  return path.relative(directory, file).split(path.sep).join('/');
}
