/** TypeScript programs outside ESLint: one `tsconfig.json` after the other, over the texts on disk or over newer ones. */
import path from 'node:path';
import type * as ts from 'typescript';
import type { TypeScriptApi } from './toolchain.js';

/** Texts that are newer than those on disk, by absolute path; without byte order mark. */
export type Texts = ReadonlyMap<string, string>;

/** A project as TypeScript compiles it. */
export interface ProgramConfig {
  readonly options: ts.CompilerOptions;
  readonly rootNames: readonly string[];
  readonly references: readonly ts.ProjectReference[];
}

/** A path as TypeScript writes it. */
export const normalPath = (file: string): string => (path.sep === '/' ? file : file.split(path.sep).join('/'));

/**
 * What a `tsconfig.json` says, its errors aside: `createOwners` has told those.
 *
 * @param also files that its project owns without naming them
 */
export function readConfig(typescript: TypeScriptApi, tsconfig: string, also: readonly string[]): ProgramConfig {
  const parsed = typescript.getParsedCommandLineOfConfigFile(
    tsconfig,
    {},
    { ...typescript.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  return {
    options: { ...parsed?.options, ...quiet },
    rootNames: [...new Set([...(parsed?.fileNames ?? []), ...also.map(normalPath)])],
    references: parsed?.projectReferences ?? [],
  };
}

/** How files are read that no `tsconfig.json` owns: JavaScript as it runs in Node. */
export function defaultConfig(typescript: TypeScriptApi, rootNames: readonly string[]): ProgramConfig {
  return {
    options: {
      allowJs: true,
      target: typescript.ScriptTarget.ESNext,
      module: typescript.ModuleKind.NodeNext,
      moduleResolution: typescript.ModuleResolutionKind.NodeNext,
      jsx: typescript.JsxEmit.Preserve,
      skipLibCheck: true,
      ...quiet,
    },
    rootNames: rootNames.map(normalPath),
    references: [],
  };
}

const quiet = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
} as const;

/** Makes the programs of one project, one after the other: what has not changed between them is shared. */
export class Programs {
  readonly config: ProgramConfig;
  readonly #typescript: TypeScriptApi;
  readonly #files = new Map<string, { readonly text: string | undefined; readonly file: ts.SourceFile | undefined }>();
  #last: ts.Program | undefined;
  #texts: Texts = new Map();

  constructor(typescript: TypeScriptApi, config: ProgramConfig) {
    this.#typescript = typescript;
    this.config = config;
  }

  /** The program over `texts`, which may hold files that others import; what is not among them is read from disk, once. */
  program(texts: Texts = new Map()): ts.Program {
    this.#texts = new Map([...texts].map(([file, text]) => [normalPath(file), text]));
    const { options, rootNames, references } = this.config;
    const host = this.#host();
    this.#last = this.#typescript.createProgram({
      rootNames,
      options,
      projectReferences: references,
      host,
      ...(this.#last && { oldProgram: this.#last }),
    });
    return this.#last;
  }

  #host(): ts.CompilerHost {
    const host = this.#typescript.createCompilerHost(this.config.options, true);
    const onDisk = {
      getSourceFile: host.getSourceFile.bind(host),
      fileExists: host.fileExists.bind(host),
      readFile: host.readFile.bind(host),
      directoryExists: host.directoryExists?.bind(host),
    };
    const texts = this.#texts;
    const directories = new Set([...texts.keys()].map((file) => path.posix.dirname(file)));
    return {
      ...host,
      jsDocParsingMode: this.#typescript.JSDocParsingMode.ParseForTypeErrors,
      fileExists: (file) => texts.has(file) || onDisk.fileExists(file),
      readFile: (file) => texts.get(file) ?? onDisk.readFile(file),
      directoryExists: (directory) => directories.has(directory) || (onDisk.directoryExists?.(directory) ?? true),
      getSourceFile: (file, languageVersion, onError) => {
        const text = texts.get(file);
        const known = this.#files.get(file);
        if (known && known.text === text) return known.file;
        const made =
          text === undefined
            ? onDisk.getSourceFile(file, languageVersion, onError)
            : this.#typescript.createSourceFile(file, text, languageVersion, true);
        this.#files.set(file, { text, file: made });
        return made;
      },
    };
  }
}
