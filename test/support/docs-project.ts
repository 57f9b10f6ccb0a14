/**
 * The examples of the docs as a real project on disk: the folder `test/fixtures/docs` with each block as a file, and this
 * repository's packages.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import ts from 'typescript';
import type { AnyRule } from './case-project.js';
import type { Example } from './docs-page.js';
import { parser as hostParser, projectService } from './backend.js';

const fixture = path.join(import.meta.dirname, '../fixtures/docs');
const repositoryModules = path.join(import.meta.dirname, '../../node_modules');

export class DocsProject {
  readonly #root: string;
  readonly #linter: Linter;

  constructor() {
    // The real path: TypeScript resolves links, and temporary directories are links on some systems.
    this.#root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-docs-')));
    this.#linter = new Linter({ cwd: this.#root });
    fs.cpSync(fixture, this.#root, { recursive: true });
    fs.symlinkSync(repositoryModules, path.join(this.#root, 'node_modules'), 'junction');
  }

  /** Adds the examples of a page. All must be there before the first one is looked at: programs are never rebuilt then. */
  add(page: string, examples: readonly Example[]): void {
    fs.mkdirSync(path.join(this.#root, page));
    for (const example of examples) fs.writeFileSync(this.#file(page, example), example.code);
  }

  /** What the rule of a page reports. Throws an `AssertionError` where the example cannot be linted. */
  lint(page: string, rule: AnyRule, example: Example, types: boolean): readonly Linter.LintMessage[] {
    const messages = this.#linter.verify(example.code, this.#config(page, rule, example, types), {
      filename: this.#file(page, example),
    });
    assertRan(messages, page);
    return messages;
  }

  /** The code after all fixes. */
  fix(page: string, rule: AnyRule, example: Example): string {
    const result = this.#linter.verifyAndFix(example.code, this.#config(page, rule, example, true), {
      filename: this.#file(page, example),
    });
    assertRan(result.messages, page);
    return result.output;
  }

  /** What TypeScript finds wrong, a line each; nothing for JavaScript. */
  typeErrors(page: string, example: Example): readonly string[] {
    if (/^[cm]?jsx?$/u.test(example.extension)) return [];
    const file = this.#file(page, example);
    const { services } = parser.parseForESLint(example.code, {
      filePath: file,
      projectService: true,
      tsconfigRootDir: this.#root,
      sourceType: 'module',
      ecmaFeatures: { jsx: example.extension === 'tsx' },
    });
    const { program } = services;
    const source = program?.getSourceFile(file);
    assert.ok(program && source, `${file} is in no program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ code, messageText, start = 0 }) => {
        const line = example.line + source.getLineAndCharacterOfPosition(start).line;
        return `line ${line}: TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    );
  }

  /** Removes the project from disk. */
  dispose(): void {
    fs.rmSync(this.#root, { recursive: true, force: true });
  }

  #file(page: string, { line, extension }: Example): string {
    return path.join(this.#root, page, `line${line}.${extension}`);
  }

  #config(page: string, rule: AnyRule, example: Example, types: boolean): Linter.Config[] {
    return [
      {
        files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'],
        languageOptions: {
          sourceType: /^c[jt]s$/u.test(example.extension) ? 'commonjs' : 'module',
          parser: hostParser,
          parserOptions: {
            ecmaFeatures: { jsx: /^[jt]sx$/u.test(example.extension) },
            ...(types && { projectService, tsconfigRootDir: this.#root }),
          },
        },
        plugins: { resilience: { rules: { [page]: rule as never } } },
        settings: example.settings ? { resilience: example.settings } : {},
        rules: { [`resilience/${page}`]: ['error', ...(example.options ? [example.options] : [])] },
      },
    ];
  }
}

/** Everything reported must come from the rule: nothing else is switched on. */
function assertRan(messages: readonly Linter.LintMessage[], page: string): void {
  for (const { ruleId, message } of messages) {
    assert.equal(ruleId, `resilience/${page}`, `The example cannot be linted: ${message}`);
  }
}
