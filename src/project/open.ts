/**
 * A code base, opened outside ESLint: the files below some paths, the TypeScript project that owns each, and the facts of
 * one file after the other. One project is open at a time, so that memory is bounded by the largest of them.
 */
import path from 'node:path';
import type { SourceCode } from 'eslint';
import type { TSESLint } from '@typescript-eslint/utils';
import type * as ts from 'typescript';
import { analyze, type Facts } from '../analysis/analyze.js';
import { linkParents, type Module } from '../analysis/module.js';
import { nearestManifest } from '../analysis/packages.js';
import { resolveSettings, SettingsError, type PartialSettings, type Settings } from '../settings.js';
import { isTestFile } from '../settings/tests.js';
import { findFiles, readSource } from './files.js';
import { createOwners } from './owners.js';
import { compareText, isInside, repositoryRoot, toRelative } from './paths.js';
import { firstLine, type Problem } from './problem.js';
import { defaultConfig, normalPath, Programs, readConfig, type Texts } from './programs.js';
import { loadEslint, loadParser, ownInstall, type EslintApi, type ParserToolchain } from './toolchain.js';

/** What to open, and how. */
export interface OpenOptions {
  /** Files and directories, relative to `cwd` or absolute. */
  readonly paths: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Whether to use type information where a `tsconfig.json` owns the file. */
  readonly types: boolean;
  /** Whether files that no `tsconfig.json` owns get a program too, with the compiler's own settings. */
  readonly inferTypes?: boolean;
  /** Whether tests are opened too. */
  readonly tests?: boolean;
  /** Settings that win over those of each `resilience.config.json`, key by key. */
  readonly settings?: PartialSettings | undefined;
}

/** The files that one `tsconfig.json` owns, or that none owns below one `package.json`. */
export interface PackageFiles {
  /** Absolute. */
  readonly tsconfig: string | null;
  /** The directory of the nearest `package.json`, else of the `tsconfig.json`; absolute. */
  readonly directory: string;
  /** Absolute, sorted. */
  readonly files: readonly string[];
}

/** A file, parsed and analysed. */
export interface OpenFile {
  /** Absolute. */
  readonly path: string;
  /** Without byte order mark. */
  readonly text: string;
  /** What ESLint would hand to a rule, for the edits that rules share. */
  readonly source: TSESLint.SourceCode;
  /** `null`: it holds nothing of interest. */
  readonly facts: Facts | null;
  readonly settings: Settings;
  readonly typed: boolean;
  readonly isTest: boolean;
}

/** A file that is not looked at, with the reason. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** One package, over the texts that it was opened with. */
export interface OpenPackage {
  /** `null`: without types. */
  readonly program: ts.Program | null;
  /** Parses and analyses a file; `null` where it is skipped or in trouble, which the code base then lists. */
  readonly file: (file: string) => OpenFile | null;
}

/** Tells packages apart that are opened again and again, over newer texts. */
export interface PackageSession {
  readonly open: (texts?: Texts) => OpenPackage;
  /** The programs behind it; `null`: without types. */
  readonly programs: Programs | null;
}

/** A code base. */
export interface CodeBase {
  readonly base: string;
  /** In an order that is the same on every machine. */
  readonly packages: readonly PackageFiles[];
  /** Grows as files are opened. */
  readonly problems: readonly Problem[];
  /** Grows as files are opened. */
  readonly skipped: readonly SkippedFile[];
  /** Begins with a package. Drop the last one first: a program is large. */
  readonly begin: (files: PackageFiles) => PackageSession;
  readonly toolchain: ParserToolchain;
}

/**
 * Opens a code base. Tests are left out, as the presets leave them out, unless they are asked for.
 *
 * @throws MissingToolError when ESLint, the parser or TypeScript is not installed
 */
export async function openCodeBase(options: OpenOptions): Promise<CodeBase> {
  const { cwd } = options;
  const found = findFiles(options.paths, cwd);
  const from = [ownInstall, cwd];
  const [toolchain, eslint] = [await loadParser(from), await loadEslint(from)];
  const owners = createOwners(toolchain.typescript);
  const packages = new Map<string, { tsconfig: string | null; directory: string; files: string[] }>();
  for (const file of found.files) {
    if (options.tests !== true && isTestFile(toRelative(file, rootOf(file, cwd)))) continue;
    const tsconfig = (options.types ? owners.ownerOf(file) : undefined) ?? null;
    const manifest = nearestManifest(tsconfig ?? file);
    const directory = path.dirname(manifest?.path ?? tsconfig ?? path.join(cwd, 'package.json'));
    const key = tsconfig ?? `\0${directory}`;
    const known = packages.get(key);
    if (known) known.files.push(file);
    else packages.set(key, { tsconfig, directory, files: [file] });
  }
  const opener = new Opener(options, toolchain, eslint);
  opener.problems.push(...found.problems, ...owners.problems);
  return {
    base: cwd,
    packages: [...packages].sort(([a], [b]) => compareText(a, b)).map(([, files]) => files),
    problems: opener.problems,
    skipped: opener.skipped,
    begin: (files) => opener.begin(files),
    toolchain,
  };
}

/** Where the globs of the presets start for a file. */
function rootOf(file: string, cwd: string): string {
  if (isInside(file, cwd)) return cwd;
  const directory = path.dirname(file);
  return repositoryRoot(directory) ?? directory;
}

class Opener {
  readonly problems: Problem[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #told = new Set<string>();
  readonly #options: OpenOptions;
  readonly #toolchain: ParserToolchain;
  readonly #eslint: EslintApi;

  constructor(options: OpenOptions, toolchain: ParserToolchain, eslint: EslintApi) {
    this.#options = options;
    this.#toolchain = toolchain;
    this.#eslint = eslint;
  }

  begin({ tsconfig, files }: PackageFiles): PackageSession {
    const { typescript } = this.#toolchain;
    const config =
      tsconfig !== null
        ? readConfig(typescript, tsconfig, files)
        : this.#options.types && this.#options.inferTypes === true
          ? defaultConfig(typescript, files)
          : null;
    const programs = config && new Programs(typescript, config);
    return {
      programs,
      open: (texts = new Map()) => {
        const program = programs?.program(texts) ?? null;
        return { program, file: (file) => this.#file(file, program, texts) };
      },
    };
  }

  #file(file: string, program: ts.Program | null, texts: Texts): OpenFile | null {
    const text = texts.get(file) ?? this.#read(file);
    const settings = text === null ? null : this.#settings(file);
    if (text === null || !settings) return null;
    const own = program?.getSourceFile(normalPath(file));
    return (
      (own && program && this.#parse(file, own.text, settings, program)) ?? this.#parse(file, text, settings, null)
    );
  }

  #parse(file: string, text: string, settings: Settings, program: ts.Program | null): OpenFile | null {
    let parsed;
    try {
      parsed = this.#parser.parseForESLint(text, {
        ...(program ? { programs: [program] } : { jsx: /x$/u.test(file), sourceType: 'module' }),
        filePath: file,
        range: true,
        loc: true,
      });
    } catch (error) {
      if (program) return null;
      const { lineNumber, column } = error as { lineNumber?: number; column?: number };
      const position = lineNumber === undefined ? {} : { line: lineNumber, column: (column ?? 0) + 1 };
      this.#tell({
        kind: 'parse',
        path: file,
        ...position,
        message: `does not parse: ${firstLine(error).replace(/\.$/u, '')}`,
      });
      return null;
    }
    const { ast, scopeManager, services } = parsed;
    const visitorKeys = (parsed.visitorKeys ?? {}) as Module['visitorKeys'];
    linkParents(ast, visitorKeys);
    const source = new this.#eslint.SourceCode({
      text,
      ast: ast as never,
      scopeManager: scopeManager as never,
      visitorKeys: visitorKeys as never,
      parserServices: (services ?? {}) as never,
    });
    const facts = analyze(
      {
        path: file,
        text,
        ast,
        scopeManager: scopeManager ?? null,
        visitorKeys,
        parserServices: services ?? null,
        parser: this.#parser,
      },
      settings,
    );
    return {
      path: file,
      text,
      source: source as unknown as TSESLint.SourceCode & SourceCode,
      facts,
      settings,
      typed: program !== null,
      isTest: isTestFile(toRelative(file, rootOf(file, this.#options.cwd))),
    };
  }

  get #parser(): { parseForESLint: (text: string, options: object) => TSESLint.Parser.ParseResult } {
    return this.#toolchain.parser as never;
  }

  #read(file: string): string | null {
    let read;
    try {
      read = readSource(file);
    } catch (error) {
      this.#tell({ kind: 'read', path: file, message: `cannot be read: ${firstLine(error)}` });
      return null;
    }
    if ('skip' in read) {
      if (!this.#told.has(file)) this.skipped.push({ path: file, reason: read.skip });
      this.#told.add(file);
      return null;
    }
    return read.text.replace(/^\ufeff/u, '');
  }

  #settings(file: string): Settings | null {
    try {
      return resolveSettings(file, this.#options.settings);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const [first] = error.problems;
      const key = first?.path ? `"${first.path}" ` : '';
      const source = path.isAbsolute(error.source) ? error.source : this.#options.cwd;
      this.#tell({
        kind: 'settings',
        path: source,
        message: `${key}${first?.message ?? 'is wrong'}; the files that it is for are left alone`,
      });
      return null;
    }
  }

  /** A problem of many files, or of several looks at one, is told once. */
  #tell(problem: Problem): void {
    const key = JSON.stringify(problem);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.problems.push(problem);
  }
}
