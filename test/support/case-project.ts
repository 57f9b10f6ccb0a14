/**
 * The cases of one rule test as a real project on disk, and what the shared tester asserts about each of them.
 *
 * All cases of a run share one folder below the system's temporary directory, with a tsconfig and a `node_modules` that
 * points at this repository's: TypeScript builds one program for all of them, and types are the real libraries'. A case,
 * its expected fix and each expected suggestion are a folder each, written before the first lint, so that no program is
 * ever rebuilt.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { Linter, RuleTester as EslintRuleTester } from 'eslint';
import ts from 'typescript';
import { backend, parser as hostParser, projectService } from './backend.js';

/** With types (a program), or with what one file and the files it imports show. */
export type Mode = 'typed' | 'untyped';

/** What valid and invalid cases have in common. */
export interface Case<Options extends object> {
  /** Says what the case is about, and for a valid one why it must stay silent. Unique in its file. */
  readonly name: string;
  readonly code: string;
  /** Where `code` stands in the case's folder. Default `case.ts`. */
  readonly filename?: string;
  /** Other files of the case by relative path: modules, a `package.json`, packages below `node_modules/`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Added to the compiler options of the run; the case then has a program of its own, which costs about a second. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly options?: Partial<Options>;
  /** The value of `settings.resilience`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * In which modes the case runs. Default `both`. `typed-only` (invalid cases): reported with types, and silent without.
   */
  readonly typed?: 'both' | 'typed' | 'untyped' | 'typed-only';
  /** Names and modules that do not resolve are part of the case. Default false: a typo must not hide behind `any`. */
  readonly allowUnresolved?: boolean;
  readonly only?: boolean;
  readonly skip?: boolean;
}

export type ValidCase<Options extends object> = Case<Options>;

export interface ExpectedSuggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly output: string;
}

export interface ExpectedError<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, unknown>>;
  /** The text of the reported node. */
  readonly on?: string;
  /** What the message says: a part of it, or a pattern. */
  readonly message?: string | RegExp;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Every suggestion of the report, in order. */
  readonly suggestions?: readonly ExpectedSuggestion<MessageId>[];
}

export interface InvalidCase<Options extends object, MessageId extends string> extends Case<Options> {
  readonly errors: readonly ExpectedError<MessageId>[];
  /** The code after the fixes; a list where they take more than one pass. `null` or absent: nothing is fixed. */
  readonly output?: string | readonly string[] | null;
}

/** Defaults of every case of a run. */
export interface Defaults<Options extends object> {
  readonly options?: Partial<Options>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A rule as ESLint's own types see it, whatever it was made with. */
export interface AnyRule {
  readonly name?: string;
  readonly meta: object;
  readonly create: (context: never, ...rest: never[]) => object;
}

type AnyCase = Case<object> & Partial<Pick<InvalidCase<object, string>, 'errors' | 'output'>>;

const repositoryModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** A service on Node with ES modules, strict, without the DOM. */
const compilerOptions = {
  target: 'ES2023',
  lib: ['ES2023'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  // Cases without imports must not share one global scope.
  moduleDetection: 'force',
  types: ['node'],
  strict: true,
  allowJs: true,
  // Fixes in JavaScript are type-checked too; only what a fix adds counts.
  checkJs: true,
  jsx: 'preserve',
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
  noEmit: true,
};

const packageJson = {
  name: 'cases',
  private: true,
  type: 'module',
  engines: { node: '>=20.19' },
  devDependencies: { '@types/node': '^20' },
};

/** Diagnostics that turn a mistyped case into one without types. */
const unresolved = new Set([2304, 2305, 2307, 2503, 2552, 2614, 2724, 2792]);

/** ESLint's tester, run at once for one case instead of registering it. */
class ImmediateTester extends EslintRuleTester {
  static override describe = (_text: string, method: () => unknown): unknown => method();
  static override it = (_text: string, method: () => unknown): unknown => method();
  static override itOnly = (_text: string, method: () => unknown): unknown => method();
}

/** A text of a case: as written, after each pass of fixes, after each suggestion. */
interface Variant {
  readonly file: string;
  readonly code: string;
}

interface Prepared {
  /** The case as written, then each pass of fixes. */
  readonly passes: readonly Variant[];
  /** By error, by suggestion. */
  readonly suggestions: readonly (readonly Variant[])[];
}

/** The cases of one run on disk. */
export class CaseProject {
  readonly #rule: AnyRule;
  readonly #name: string;
  readonly #defaults: Defaults<object>;
  readonly #root: string;
  readonly #prepared = new Map<AnyCase, Prepared>();
  readonly #linter: Linter;
  /** By file: both modes ask, and neither the file nor the program changes. */
  readonly #diagnosticsOf = new Map<string, readonly ts.Diagnostic[]>();

  /** Throws an `AssertionError` where two cases have one name, or are the same. */
  constructor(rule: AnyRule, cases: readonly AnyCase[], defaults: Defaults<object> = {}) {
    this.#rule = rule;
    this.#name = rule.name ?? 'rule';
    this.#defaults = defaults;
    assertDistinct(cases);
    // The real path: TypeScript resolves links, and temporary directories are links on some systems.
    this.#root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-cases-')));
    // ESLint lints only what lies below its working directory.
    this.#linter = new Linter({ cwd: this.#root });
    try {
      fs.symlinkSync(repositoryModules, path.join(this.#root, 'node_modules'), 'junction');
      this.#write('package.json', JSON.stringify(packageJson));
      const own: string[] = [];
      cases.forEach((item, index) => {
        this.#prepared.set(item, this.#prepare(item, index, own));
      });
      this.#write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*'], exclude: own }));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Throws an `AssertionError` unless the rule does in `mode` what the case says. */
  verify(item: AnyCase, mode: Mode): void {
    const silent = item.typed === 'typed-only' && mode === 'untyped';
    const { passes } = this.#get(item);
    const first = passes[0]!;
    if (mode === 'typed' && !item.allowUnresolved) {
      const wrong = this.#diagnostics(first).filter((diagnostic) => unresolved.has(diagnostic.code));
      assert.deepEqual(wrong.map(describeDiagnostic), [], 'The case has names or modules that do not resolve');
    }
    this.#runEslintTester(item, mode, silent);
    if (item.errors && !silent) {
      this.#verifyReports(item, item.errors, mode);
    }
  }

  /** Removes the project from disk. */
  dispose(): void {
    fs.rmSync(this.#root, { recursive: true, force: true });
  }

  #get(item: AnyCase): Prepared {
    const prepared = this.#prepared.get(item);
    assert.ok(prepared, `The case "${item.name}" is not of this project`);
    return prepared;
  }

  #write(file: string, text: string): string {
    const absolute = path.join(this.#root, file);
    fs.mkdirSync(path.dirname(absolute), { recursive: true });
    fs.writeFileSync(absolute, text);
    return absolute;
  }

  #prepare(item: AnyCase, index: number, own: string[]): Prepared {
    const write = (suffix: string, code: string): Variant => {
      const folder = `case${index + 1}${suffix}`;
      for (const [name, text] of Object.entries(item.files ?? {})) {
        this.#write(path.join(folder, name), text);
      }
      if (item.compilerOptions) {
        const config = { extends: '../tsconfig.json', compilerOptions: item.compilerOptions, include: ['**/*'] };
        this.#write(path.join(folder, 'tsconfig.json'), JSON.stringify({ ...config, exclude: [] }));
      }
      if (item.compilerOptions || item.files?.['tsconfig.json']) own.push(folder);
      return { file: this.#write(path.join(folder, item.filename ?? 'case.ts'), code), code };
    };
    return {
      passes: [item.code, ...outputsOf(item)].map((code, pass) => write(pass === 0 ? '' : `-pass${pass}`, code)),
      suggestions: (item.errors ?? []).map((error, at) =>
        (error.suggestions ?? []).map(({ output }, n) => write(`-error${at + 1}-suggestion${n + 1}`, output)),
      ),
    };
  }

  #config(item: AnyCase, file: string, mode: Mode): Linter.Config {
    const commonjs = /\.c[jt]s$/u.test(file);
    const jsx = /\.(?:[cm]?js|jsx)$/u.test(file);
    return {
      languageOptions: {
        ecmaVersion: 'latest',
        sourceType: commonjs ? 'commonjs' : 'module',
        // Given explicitly: a tester's own parser may be another copy, with another program.
        parser: hostParser,
        parserOptions: {
          ecmaFeatures: { jsx },
          ...(mode === 'typed' ? { projectService, tsconfigRootDir: this.#root } : {}),
        },
      },
      settings: { resilience: { ...this.#defaults.settings, ...item.settings } },
    };
  }

  #options(item: AnyCase): object[] {
    const options = { ...this.#defaults.options, ...item.options };
    return Object.keys(options).length > 0 ? [options] : [];
  }

  /** ESLint's own assertions: schema, message ids and data, positions, untouched tree, output, suggestions. */
  #runEslintTester(item: AnyCase, mode: Mode, silent: boolean): void {
    const { file, code } = this.#get(item).passes[0]!;
    const tester = new ImmediateTester(this.#config(item, file, mode));
    const common = { code, filename: file, options: this.#options(item) };
    const outputs = outputsOf(item);
    const invalid = {
      ...common,
      output: outputs[0] ?? null,
      errors: (item.errors ?? []).map(({ on: _on, message: _message, ...error }) => error),
    };
    const cases = item.errors && !silent ? { valid: [], invalid: [invalid] } : { valid: [common], invalid: [] };
    tester.run(this.#name, this.#rule as never, cases as never);
  }

  #lint(item: AnyCase, variant: Variant, mode: Mode): Linter.LintMessage[] {
    const rule = `test/${this.#name}`;
    const messages = this.#linter.verify(
      variant.code,
      [
        {
          ...this.#config(item, variant.file, mode),
          files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'],
          // The tester's own `eslint-disable` comments are part of a case; unused ones are not its business.
          linterOptions: { reportUnusedDisableDirectives: 'off' },
          plugins: { test: { rules: { [this.#name]: this.#rule as never } } },
          rules: { [rule]: ['error', ...this.#options(item)] },
        },
      ],
      { filename: variant.file },
    );
    const trouble = messages.find((message) => message.fatal || message.ruleId === null);
    assert.equal(trouble?.message, undefined, `${path.basename(path.dirname(variant.file))} cannot be linted`);
    return messages.filter((message) => message.ruleId === rule);
  }

  #verifyReports(item: AnyCase, errors: readonly ExpectedError<string>[], mode: Mode): void {
    const { passes, suggestions } = this.#get(item);
    const reports = this.#lint(item, passes[0]!, mode);
    errors.forEach((error, index) => {
      const report = reports[index]!;
      if (error.on !== undefined) {
        assert.equal(reportedText(item.code, report), error.on, `errors[${index}] stands on another node`);
      }
      if (typeof error.message === 'string') {
        assert.ok(report.message.includes(error.message), `errors[${index}] says: ${report.message}`);
      } else if (error.message) {
        assert.match(report.message, error.message, `errors[${index}] says something else`);
      }
      assert.doesNotMatch(report.message, /\{\{/u, `errors[${index}] has a placeholder without data`);
    });
    this.#verifyPasses(item, reports, mode);
    suggestions.forEach((list, index) => {
      const others = reports.filter((_, at) => at !== index).map((report) => keyOf(item.code, report));
      list.forEach((variant, n) => {
        const what = `errors[${index}].suggestions[${n}]`;
        this.#verifyEdit(passes[0]!, variant, what);
        const left = this.#lint(item, variant, mode).map((report) => keyOf(variant.code, report));
        assertContained(left, others, `${what} leaves the problem, or makes a new one`);
      });
    });
  }

  /** Each pass is what the pass before it makes; the last one is stable and leaves only what has no fix. */
  #verifyPasses(item: AnyCase, reports: readonly Linter.LintMessage[], mode: Mode): void {
    const { passes } = this.#get(item);
    const last = passes.at(-1)!;
    passes.slice(1).forEach((variant, index) => {
      const before = passes[index]!;
      this.#verifyEdit(before, variant, passes.length > 2 ? `output[${index}]` : 'output');
      const next = passes[index + 2];
      const now = this.#lint(item, variant, mode);
      const fixed = this.#applyFixes(variant.code, now);
      if (next) {
        assert.equal(fixed, next.code, `A further pass of fixes does not make output[${index + 1}]`);
      } else {
        assert.equal(fixed, variant.code, 'The fix is not stable: a second run changes the code again');
      }
    });
    if (passes.length > 1) {
      const left = this.#lint(item, last, mode).map((report) => keyOf(last.code, report));
      const unfixed = reports.filter((report) => !report.fix).map((report) => keyOf(item.code, report));
      assertContained(left, unfixed, 'The fix leaves the problem, or makes a new one');
    }
  }

  /** The edit keeps comments and adds no diagnostic. That it parses, linting it shows. */
  #verifyEdit(before: Variant, after: Variant, what: string): void {
    assertContained(commentsOf(before), commentsOf(after), `${what} loses comments`);
    const had = this.#diagnostics(before).map((diagnostic) => diagnostic.code);
    const has = this.#diagnostics(after);
    const added = has.filter((diagnostic) => {
      const index = had.indexOf(diagnostic.code);
      if (index >= 0) had.splice(index, 1);
      return index < 0;
    });
    assert.deepEqual(added.map(describeDiagnostic), [], `${what} does not type-check`);
  }

  #applyFixes(code: string, messages: readonly Linter.LintMessage[]): string {
    let position = -1;
    let text = '';
    const fixes = messages.flatMap((message) => message.fix ?? []).sort((a, b) => a.range[0] - b.range[0]);
    for (const { range, text: replacement } of fixes) {
      // As ESLint does: an edit that touches the one before it waits for the next pass.
      if (position >= range[0]) continue;
      text += code.slice(Math.max(position, 0), range[0]) + replacement;
      position = range[1];
    }
    return text + code.slice(Math.max(position, 0));
  }

  #diagnostics({ file, code }: Variant): readonly ts.Diagnostic[] {
    const known = this.#diagnosticsOf.get(file);
    if (known) return known;
    const { services } = parser.parseForESLint(code, {
      filePath: file,
      projectService: true,
      tsconfigRootDir: this.#root,
      sourceType: 'module',
      ecmaFeatures: { jsx: /\.(?:[cm]?js|jsx)$/u.test(file) },
    });
    const { program } = services;
    const source = program?.getSourceFile(file);
    assert.ok(program && source, `${file} is in no program`);
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    this.#diagnosticsOf.set(file, diagnostics);
    return diagnostics;
  }
}

/** The modes in which a case runs. Another type checker changes nothing where there are no types. */
export function modesOf(item: Case<object>): Mode[] {
  if (backend === 'native') return item.typed === 'untyped' ? [] : ['typed'];
  return item.typed === 'typed' || item.typed === 'untyped' ? [item.typed] : ['typed', 'untyped'];
}

function outputsOf({ output }: AnyCase): string[] {
  return output === undefined || output === null ? [] : typeof output === 'string' ? [output] : [...output];
}

function assertDistinct(cases: readonly AnyCase[]): void {
  const names = new Set<string>();
  const contents = new Map<string, string>();
  for (const { name, only: _only, skip: _skip, errors: _errors, output: _output, ...rest } of cases) {
    assert.ok(name, 'A case has no name');
    assert.ok(!names.has(name), `Two cases are named "${name}"`);
    names.add(name);
    const content = JSON.stringify(Object.entries(rest).sort());
    assert.equal(contents.get(content), undefined, `"${name}" is the same case as another one`);
    contents.set(content, name);
  }
}

/** The text that a report stands on. */
function reportedText(code: string, report: Linter.LintMessage): string {
  const lines = code.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const start = offset(report.line, report.column);
  return code.slice(start, report.endLine ? offset(report.endLine, report.endColumn ?? report.column) : start);
}

/** What makes two reports the same before and after an edit that moved them. */
function keyOf(code: string, report: Linter.LintMessage): string {
  return `${report.messageId} on ${reportedText(code, report)}`;
}

/** Asserts that `part` holds nothing, counted, that `whole` does not hold. */
function assertContained(part: readonly string[], whole: readonly string[], message: string): void {
  const rest = [...whole];
  const missing = part.filter((item) => {
    const index = rest.indexOf(item);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
  assert.deepEqual(missing, [], message);
}

function commentsOf({ file, code }: Variant): string[] {
  const { ast } = parser.parseForESLint(code, {
    filePath: file,
    comment: true,
    range: true,
    ecmaFeatures: { jsx: true },
  });
  return ast.comments.map((comment) => comment.value.trim());
}

function describeDiagnostic(diagnostic: ts.Diagnostic): string {
  const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
  return `line ${line + 1}: TS${diagnostic.code} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
}
