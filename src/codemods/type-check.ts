/** Whether changes add type errors, by the project's own TypeScript. */
import path from 'node:path';
import type * as ts from 'typescript';
import { normalPath, Programs, type ProgramConfig, type Texts } from '../project/programs.js';
import type { TypeScriptApi } from '../project/toolchain.js';

/** A type error that was not there before. */
export interface NewError {
  /** Absolute, as TypeScript writes it. */
  readonly file: string;
  /** 1-based, in the text after the change. */
  readonly line: number;
  /** `TS2322: Type 'string' is not …`, one line. */
  readonly message: string;
}

/** Errors that only say that a package, new among the dependencies, is not installed yet. */
const notInstalled = new Set([2307, 2792, 7016]);
/** What follows from that in the same file: its values are `any`. */
const impliedByAny = new Set([7006, 7019, 7031, 18046, 2571]);

/** Compares a package before and after changes. */
export class TypeCheck {
  readonly #typescript: TypeScriptApi;
  readonly #programs: Programs;

  /** @param shared the programs of the analysis, where they are of the same TypeScript */
  constructor(typescript: TypeScriptApi, config: ProgramConfig, shared: Programs | null) {
    this.#typescript = typescript;
    this.#programs = shared ?? new Programs(typescript, config);
  }

  /**
   * The type errors that `after` has and `before` has not, in the files that differ and in those that may rest on them.
   *
   * @param added packages that may not be installed yet
   */
  newErrors(before: Texts, after: Texts, added: ReadonlySet<string>): readonly NewError[] {
    const changed = [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => normalPath(file));
    if (changed.length === 0) return [];
    const old = this.#programs.program(before);
    const affected = dependents(old, changed);
    const known = new Map<string, number>();
    for (const file of affected) {
      for (const diagnostic of this.#diagnostics(old, file)) {
        const key = this.#key(diagnostic, file);
        known.set(key, (known.get(key) ?? 0) + 1);
      }
    }
    const program = this.#programs.program(after);
    const errors: NewError[] = [];
    for (const file of new Set([...affected, ...changed])) {
      const diagnostics = this.#diagnostics(program, file);
      const untyped = diagnostics.some((diagnostic) => this.#isMissing(diagnostic, added));
      for (const diagnostic of diagnostics) {
        if (untyped && (this.#isMissing(diagnostic, added) || impliedByAny.has(diagnostic.code))) continue;
        const key = this.#key(diagnostic, file);
        const count = known.get(key) ?? 0;
        if (count > 0) known.set(key, count - 1);
        else errors.push(this.#describe(diagnostic, file));
      }
    }
    return errors;
  }

  #diagnostics(program: ts.Program, file: string): readonly ts.Diagnostic[] {
    const source = program.getSourceFile(file);
    if (!source) return [];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].filter(
      ({ category }) => category === this.#typescript.DiagnosticCategory.Error,
    );
  }

  #isMissing(diagnostic: ts.Diagnostic, added: ReadonlySet<string>): boolean {
    if (!notInstalled.has(diagnostic.code)) return false;
    const text = this.#text(diagnostic);
    return [...added].some((name) => text.includes(`'${name}'`));
  }

  /** What stays the same of an error when lines move. */
  #key(diagnostic: ts.Diagnostic, file: string): string {
    return `${file}:${String(diagnostic.code)}:${this.#text(diagnostic)}`;
  }

  #text({ messageText }: ts.Diagnostic): string {
    return this.#typescript.flattenDiagnosticMessageText(messageText, ' ').replaceAll(/\s+/gu, ' ');
  }

  #describe(diagnostic: ts.Diagnostic, file: string): NewError {
    const position = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return {
      file,
      line: (position?.line ?? 0) + 1,
      message: `TS${String(diagnostic.code)}: ${this.#text(diagnostic)}`,
    };
  }
}

/** The files that import one of `changed`, directly or not, and those themselves. */
function dependents(program: ts.Program, changed: readonly string[]): ReadonlySet<string> {
  const texts = new Map(
    program
      .getSourceFiles()
      .filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && !fileName.includes('/node_modules/'))
      .map(({ fileName, text }) => [fileName, text]),
  );
  const found = new Set(changed);
  for (let fresh: readonly string[] = changed; fresh.length > 0;) {
    const others = [...texts.keys()].filter((file) => !found.has(file));
    fresh = importersOf(fresh, others, (file) => texts.get(file) ?? '');
    for (const file of fresh) found.add(file);
  }
  return found;
}

/** The files among `others` that may import one of `changed`: by the last part of the names that they import. */
export function importersOf(
  changed: readonly string[],
  others: readonly string[],
  read: (file: string) => string,
): readonly string[] {
  if (changed.length === 0) return [];
  const stems = [...new Set(changed.map(stemOf))].map((stem) => stem.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'));
  const names = new RegExp(
    `['"](?:[^'"\\n]*/)?(?:${stems.join('|')})(?:\\.[cm]?[jt]sx?)?/?['"]|['"]\\.\\.?/?['"]`,
    'u',
  );
  return others.filter((file) => names.test(read(file)));
}

/** What an import of a file ends with, without an extension: the directory for an index. */
function stemOf(file: string): string {
  const stem = path.basename(file).replace(/\.[cm]?[jt]sx?$/u, '');
  return stem === 'index' ? path.basename(path.dirname(file)) : stem;
}
