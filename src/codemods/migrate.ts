/** Runs codemods over a code base: plans every change in memory, proves it against the types, and hands out the files. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openCodeBase, type CodeBase, type PackageFiles, type PackageSession } from '../project/open.js';
import { compareText, toRelative } from '../project/paths.js';
import { firstLine, type Problem } from '../project/problem.js';
import { normalPath } from '../project/programs.js';
import { loadTypeScript, ownInstall } from '../project/toolchain.js';
import { withLineEndsOf, writeFilesTogether } from '../project/write-file.js';
import { resolveSettings, type PartialSettings } from '../settings.js';
import {
  codemodNames,
  type Change,
  type Codemod,
  type CodemodName,
  type Left,
  type MigrateSettings,
} from './codemod.js';
import { isDisabled } from './disabled.js';
import { loadEditor, type Editor } from './editor.js';
import { createFormatter, type Formatter } from './format.js';
import { codemods } from './index.js';
import { withDependencies, type Dependency } from './manifest.js';
import { applyEdits, filesOf, withoutOverlaps } from './texts.js';
import { importersOf, TypeCheck, type NewError } from './type-check.js';

/** What to migrate, and how. */
export interface MigrateOptions {
  readonly codemods: readonly CodemodName[];
  /** Files and directories, relative to `cwd` or absolute. */
  readonly paths: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Settings that win over those of each `resilience.config.json`, key by key. */
  readonly settings?: PartialSettings | undefined;
  readonly migrate: MigrateSettings;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Asks whether to make the changes of a file; `null`: every file. */
  readonly confirm?: ((file: PlannedFile) => Promise<boolean>) | null;
}

/** A change of a file, for people. */
export interface PlannedChange {
  readonly codemod: CodemodName;
  /** 1-based, in the text that the codemod has looked at. */
  readonly line: number;
  readonly what: string;
}

/** A file as it is to be written. */
export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  /** As it is on disk; `null`: it is a new one. */
  readonly before: string | null;
  readonly after: string;
  readonly changes: readonly PlannedChange[];
}

/** A file that is not changed although a codemod would, with the reason. */
export interface LeftFile {
  readonly path: string;
  readonly reason: string;
}

/** Something that is left to people. */
export interface LeftPlace extends Left {
  readonly codemod: CodemodName;
}

/** What a migration comes to. Lists are sorted by path. */
export interface MigrateResult {
  readonly base: string;
  readonly files: readonly PlannedFile[];
  /** How many files were looked at and stay as they are. */
  readonly unchanged: number;
  readonly skipped: readonly LeftFile[];
  readonly left: readonly LeftPlace[];
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** How often a codemod may look at what it has written: it comes to rest after two or three. */
const maxRounds = 10;

/**
 * Plans a migration; nothing is written.
 *
 * @throws MissingToolError when ESLint, the parser or TypeScript is not installed
 */
export async function planMigration(options: MigrateOptions): Promise<MigrateResult> {
  const codeBase = await openCodeBase({ ...options, types: true, inferTypes: true });
  const shared: Shared = {
    options,
    codeBase,
    editor: await loadEditor(),
    format: createFormatter(options.cwd),
    planned: new Map(),
    skipped: new Map(),
    left: [],
    notes: new Set(),
    problems: [],
  };
  let looked = 0;
  for (const files of codeBase.packages) {
    looked += files.files.length;
    await new PackageMigration(shared, files).run();
  }
  const files = [...shared.planned.values()].filter(({ before, after }) => before !== after);
  const byPath = (a: { path: string }, b: { path: string }): number => compareText(a.path, b.path);
  const skipped = [...codeBase.skipped, ...[...shared.skipped].map(([file, reason]) => ({ path: file, reason }))];
  const changed = files.filter(({ before }) => before !== null).length;
  return {
    base: options.cwd,
    files: files.sort(byPath),
    unchanged: Math.max(0, looked - changed - skipped.length),
    skipped: skipped.sort(byPath),
    left: shared.left.sort((a, b) => byPath(a, b) || a.line - b.line || compareText(a.why, b.why)),
    notes: [...shared.notes],
    problems: [...codeBase.problems, ...shared.problems].sort(byPath),
  };
}

/**
 * Writes the files of a plan: all of them, or none.
 *
 * @throws what the file system throws, or that a file has changed since; nothing is written then
 */
export function writeMigration({ files }: MigrateResult): void {
  writeFilesTogether(files);
}

interface Shared {
  readonly options: MigrateOptions;
  readonly codeBase: CodeBase;
  readonly editor: Editor;
  readonly format: Formatter;
  readonly planned: Map<string, PlannedFile>;
  readonly skipped: Map<string, string>;
  readonly left: LeftPlace[];
  readonly notes: Set<string>;
  readonly problems: Problem[];
}

/** The texts of one package on their way through the codemods. */
class PackageMigration {
  readonly #shared: Shared;
  readonly #files: PackageFiles;
  readonly #session: PackageSession;
  readonly #changes = new Map<string, PlannedChange[]>();
  readonly #dependencies = new Map<string, Dependency>();
  /** As they are now, without byte order marks, where they differ from the disk. */
  #texts = new Map<string, string>();
  /** Files that hold nothing of interest, or are left alone. */
  readonly #quiet = new Set<string>();
  #check: TypeCheck | null = null;

  constructor(shared: Shared, files: PackageFiles) {
    this.#shared = shared;
    this.#files = files;
    this.#session = shared.codeBase.begin(files);
  }

  async run(): Promise<void> {
    const { options, planned } = this.#shared;
    this.#texts = new Map([...planned.values()].map((file) => [file.path, withoutMark(file.after)]));
    const start = new Map(this.#texts);
    for (const name of codemodNames.filter((candidate) => options.codemods.includes(candidate))) {
      await this.#runCodemod(codemods[name]);
    }
    await this.#finish(start);
  }

  async #runCodemod(codemod: Codemod): Promise<void> {
    const { editor, options, left: allLeft } = this.#shared;
    const before = new Map(this.#texts);
    const made = new Map<string, PlannedChange[]>();
    const run = codemod.begin({
      files: this.#files,
      settings: options.migrate,
      editor,
      settingsFor: (file) => resolveSettings(file, options.settings),
      read: (file) => this.#read(file),
      write: (file, text) => this.#texts.set(file, text),
      require: (name, range) => this.#dependencies.set(name, { name, range }),
      note: (text) => this.#shared.notes.add(text),
    });
    const left = new Map<string, readonly Left[]>();
    let looks: readonly string[] = this.#files.files;
    for (let round = 1; looks.length > 0; round++) {
      const changes = this.#look(codemod, run, looks, left);
      const picked = round > maxRounds ? [] : withoutOverlaps(changes);
      this.#apply(codemod, picked, made);
      run.finishRound?.();
      // What a change shows to other files are those that import the changed one.
      const changed = new Set(picked.flatMap((change) => filesOf(change).map(({ path: file }) => file)));
      const waiting = changes.filter((change) => !picked.includes(change)).map(({ path: file }) => file);
      const names = importersOf([...changed], this.#files.files, (file) => this.#read(file) ?? '');
      looks = picked.length === 0 ? [] : [...new Set([...changed, ...waiting, ...names])];
    }
    for (const places of left.values()) allLeft.push(...places.map((place) => ({ ...place, codemod: codemod.name })));
    const kept = await this.#keepWhatCompiles(codemod, before);
    run.settle?.();
    for (const [file, changes] of made) {
      if (kept.has(file)) this.#changes.set(file, [...(this.#changes.get(file) ?? []), ...changes]);
    }
  }

  /** One look at every file of a list that may hold something. */
  #look(
    codemod: Codemod,
    run: ReturnType<Codemod['begin']>,
    files: readonly string[],
    left: Map<string, readonly Left[]>,
  ): Change[] {
    const changes: Change[] = [];
    const opened = this.#session.open(this.#texts);
    for (const [index, file] of files.entries()) {
      if (this.#quiet.has(file) || !this.#files.files.includes(file)) continue;
      this.#shared.options.onProgress?.(
        `${codemod.name}: ${String(index + 1)}/${String(files.length)} ${this.#name(file)}`,
      );
      const open = opened.file(file);
      if (!open?.facts) {
        this.#quiet.add(file);
        continue;
      }
      const found = run.visit(open);
      const allowed = found.changes.filter(({ line }) => !isDisabled(open, codemod.rules, line));
      if (allowed.length > 0 && this.#refuses(file, open.facts.generated)) {
        this.#quiet.add(file);
        continue;
      }
      changes.push(...allowed);
      left.set(
        file,
        found.left.filter(({ line }) => !isDisabled(open, codemod.rules, line)),
      );
    }
    return changes;
  }

  /** Whether a file must not be rewritten, and says so. */
  #refuses(file: string, generated: boolean): boolean {
    const reason = generated ? 'generated by a program' : isExact(file) ? null : 'not UTF-8 text';
    if (reason !== null) this.#shared.skipped.set(file, reason);
    return reason !== null;
  }

  #apply(codemod: Codemod, changes: readonly Change[], made: Map<string, PlannedChange[]>): void {
    const edits = new Map<string, { edits: Change['edits'][number][]; drops: string[] }>();
    for (const change of changes) {
      for (const { path: file, edits: own } of filesOf(change)) {
        const known = edits.get(file) ?? { edits: [], drops: [] };
        edits.set(file, { edits: [...known.edits, ...own], drops: [...known.drops, ...(change.drops ?? [])] });
      }
      const entry = { codemod: codemod.name, line: change.line, what: change.what };
      for (const { path: file } of filesOf(change)) {
        made.set(file, [...(made.get(file) ?? []), file === change.path ? entry : { ...entry, line: 1 }]);
      }
    }
    for (const [file, { edits: own, drops }] of edits) {
      const text = this.#read(file);
      if (text === null) continue;
      this.#texts.set(file, this.#shared.editor.dropUnusedImports(file, applyEdits(text, own), drops));
      this.#quiet.delete(file);
    }
  }

  /** Takes back what adds a type error, file by file; answers which files stay changed. */
  async #keepWhatCompiles(codemod: Codemod, before: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
    const changed = (): string[] =>
      [...this.#texts].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
    if (changed().length > 0) {
      this.#shared.options.onProgress?.(`${codemod.name}: checking types of ${this.#name(this.#files.directory)}`);
    }
    for (let files = changed(); files.length > 0; files = changed()) {
      const errors =
        (await this.#typeCheck())?.newErrors(before, this.#texts, new Set(this.#dependencies.keys())) ?? [];
      if (errors.length === 0) break;
      for (const [file, error] of culprits(errors, files, (name) => this.#read(name) ?? '')) {
        const old = before.get(file);
        if (old === undefined) this.#texts.delete(file);
        else this.#texts.set(file, old);
        const { message, line } = error;
        const where =
          normalPath(file) === error.file ? `line ${String(line)}` : `${this.#name(error.file)}:${String(line)}`;
        this.#shared.skipped.set(file, `${codemod.name} would add a type error (${where}): ${message}`);
      }
    }
    return new Set(changed());
  }

  async #typeCheck(): Promise<TypeCheck | null> {
    const { codeBase, options } = this.#shared;
    const { programs } = this.#session;
    if (!programs) return null;
    if (!this.#check) {
      const typescript = await loadTypeScript([this.#files.directory, options.cwd, ownInstall]);
      const same = typescript === codeBase.toolchain.typescript;
      this.#check = new TypeCheck(typescript, programs.config, same ? programs : null);
    }
    return this.#check;
  }

  /** Formats, asks, and hands the files over. */
  async #finish(start: ReadonlyMap<string, string>): Promise<void> {
    const { format, options, planned } = this.#shared;
    const changed = [...this.#texts].filter(([file, text]) => (start.get(file) ?? this.#onDisk(file)) !== text);
    const files: PlannedFile[] = [];
    for (const [file, text] of changed) {
      const raw = planned.get(file)?.before ?? this.#rawOnDisk(file);
      const formatted = await format(file, raw === null ? null : withoutMark(raw).replaceAll('\r\n', '\n'), text);
      files.push({
        path: file,
        before: raw,
        after: raw === null ? formatted : `${raw.startsWith(mark) ? mark : ''}${withLineEndsOf(raw, formatted)}`,
        changes: [...(planned.get(file)?.changes ?? []), ...(this.#changes.get(file) ?? [])],
      });
    }
    const accepted = options.confirm ? await this.#ask(files, start, options.confirm) : files;
    for (const file of accepted) planned.set(file.path, file);
    if (accepted.some(({ before }) => before !== null)) this.#addDependencies(accepted);
  }

  /** Asks for each file that is there; new ones come along with those that are wanted. */
  async #ask(
    files: readonly PlannedFile[],
    start: ReadonlyMap<string, string>,
    confirm: (file: PlannedFile) => Promise<boolean>,
  ): Promise<readonly PlannedFile[]> {
    const wanted: PlannedFile[] = [];
    for (const file of files) if (file.before === null || (await confirm(file))) wanted.push(file);
    if (wanted.every(({ before }) => before === null)) return [];
    // What was declined may be what another file needs.
    for (let kept = wanted; ;) {
      const texts = new Map([...start, ...kept.map(({ path: file, after }) => [file, withoutMark(after)] as const)]);
      const errors = (await this.#typeCheck())?.newErrors(start, texts, new Set(this.#dependencies.keys())) ?? [];
      const names = kept.map(({ path: file }) => file);
      const blamed = culprits(errors, names, (name) => texts.get(name) ?? this.#onDisk(name) ?? '');
      if (blamed.size === 0) return kept;
      for (const [file, { message }] of blamed) {
        this.#shared.skipped.set(file, `it needs a change that was declined: ${message}`);
      }
      kept = kept.filter(({ path: file }) => !blamed.has(file));
    }
  }

  /** Adds the packages that accepted files import to the manifest. */
  #addDependencies(accepted: readonly PlannedFile[]): void {
    const file = path.join(this.#files.directory, 'package.json');
    const wanted = [...this.#dependencies.values()].filter(({ name }) =>
      accepted.some(({ after }) => after.includes(`'${name}'`) || after.includes(`"${name}"`)),
    );
    const { planned, problems, notes, codeBase } = this.#shared;
    if (wanted.length === 0) return;
    const before = planned.get(file)?.before ?? this.#rawOnDisk(file);
    if (before === null) return;
    try {
      const after = withDependencies(planned.get(file)?.after ?? before, wanted);
      JSON.parse(withoutMark(after));
      if (after === before) return;
      planned.set(file, { path: file, before, after: withLineEndsOf(before, after), changes: [] });
      const names = wanted.map(({ name }) => name).join(', ');
      notes.add(`${toRelative(file, codeBase.base)} now depends on ${names}: install it, then compile`);
    } catch (error) {
      problems.push({ kind: 'read', path: file, message: `cannot be read: ${firstLine(error)}` });
    }
  }

  #read(file: string): string | null {
    return this.#texts.get(file) ?? this.#onDisk(file);
  }

  #onDisk(file: string): string | null {
    const raw = this.#rawOnDisk(file);
    return raw === null ? null : withoutMark(raw);
  }

  #rawOnDisk(file: string): string | null {
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  #name(file: string): string {
    return toRelative(file, this.#shared.codeBase.base);
  }
}

const mark = '\ufeff';
const withoutMark = (text: string): string => (text.startsWith(mark) ? text.slice(1) : text);

function isExact(file: string): boolean {
  const bytes = readFileSync(file);
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

/** The changed files that errors come from: those with errors, else those that the files with errors name, else all. */
function culprits(
  errors: readonly NewError[],
  changed: readonly string[],
  read: (file: string) => string,
): ReadonlyMap<string, NewError> {
  const blamed = new Map<string, NewError>();
  for (const error of errors) {
    const own = changed.find((file) => normalPath(file) === error.file);
    if (own !== undefined && !blamed.has(own)) blamed.set(own, error);
  }
  if (blamed.size > 0) return blamed;
  for (const error of errors) {
    const text = read(error.file);
    for (const file of changed) {
      if (text.includes(path.basename(file).replace(/\.[cm]?[jt]sx?$/u, ''))) blamed.set(file, error);
    }
  }
  const [first] = errors;
  if (blamed.size === 0 && first) for (const file of changed) blamed.set(file, first);
  return blamed;
}
