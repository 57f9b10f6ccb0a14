/**
 * Which `tsconfig.json` owns a file: the nearest one upwards whose project includes it, itself or through its
 * `references`. It is the question that TypeScript's project service asks when an editor opens the file.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ParsedCommandLine } from 'typescript';
import { isInside, upwards } from './paths.js';
import { firstLine, type Problem } from './problem.js';
import type { TypeScriptApi } from './toolchain.js';

/** Who owns files. */
export interface Owners {
  /** The absolute path of the `tsconfig.json` that owns the file; `undefined`: none does. */
  readonly ownerOf: (file: string) => string | undefined;
  /** What was wrong with the configurations asked so far. */
  readonly problems: readonly Problem[];
}

interface Project {
  readonly file: string;
  readonly names: ReadonlySet<string>;
  readonly references: readonly string[];
  /** It names single files, so that others may belong to it by being imported. Given: their extensions. */
  readonly reaches: RegExp | undefined;
}

// An empty list of files is how a solution is written.
const NO_INPUTS = new Set([18002, 18003]);
const configNames = ['tsconfig.json', 'jsconfig.json'];

/** Reads configurations as they are asked for, each once. Never throws on a broken one: its files have no owner. */
export function createOwners(typescript: TypeScriptApi): Owners {
  const problems: Problem[] = [];
  const projects = new Map<string, Project | 'broken'>();
  const nearest = new Map<string, readonly string[]>();
  const key = (file: string): string => {
    const normal = file.split(path.sep).join('/');
    return typescript.sys.useCaseSensitiveFileNames ? normal : normal.toLowerCase();
  };

  return { ownerOf, problems };

  function ownerOf(file: string): string | undefined {
    for (const config of configsAbove(path.dirname(file))) {
      const project = read(config);
      // What a broken configuration would include is not known: no other one may claim the file.
      if (project === 'broken') return undefined;
      const owner = claimedBy(project, file, new Set());
      if (owner) return owner;
    }
    return undefined;
  }

  function claimedBy(project: Project, file: string, seen: Set<string>): string | undefined {
    seen.add(project.file);
    if (project.names.has(key(file))) return project.file;
    for (const reference of project.references) {
      if (seen.has(reference)) continue;
      const referenced = read(reference);
      const owner = referenced === 'broken' ? undefined : claimedBy(referenced, file, seen);
      if (owner) return owner;
    }
    return project.reaches?.test(file) && isInside(file, path.dirname(project.file)) ? project.file : undefined;
  }

  function configsAbove(directory: string): readonly string[] {
    let configs = nearest.get(directory);
    if (!configs) {
      configs = [...upwards(directory)].flatMap((above) => {
        const name = configNames.find((candidate) => existsSync(path.join(above, candidate)));
        return name === undefined ? [] : [path.join(above, name)];
      });
      nearest.set(directory, configs);
    }
    return configs;
  }

  function read(file: string): Project | 'broken' {
    let project = projects.get(file);
    if (!project) {
      project = parse(file);
      projects.set(file, project);
    }
    return project;
  }

  function parse(file: string): Project | 'broken' {
    let parsed: ParsedCommandLine | undefined;
    let error;
    try {
      // A syntax error of the file itself is not among the errors of its content.
      error = typescript.readConfigFile(file, (name) => typescript.sys.readFile(name)).error;
      parsed = typescript.getParsedCommandLineOfConfigFile(
        file,
        {},
        {
          ...typescript.sys,
          onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
            error ??= diagnostic;
          },
        },
      );
      error ??= parsed?.errors.find(({ code }) => !NO_INPUTS.has(code));
    } catch (thrown) {
      problems.push({ kind: 'tsconfig', path: file, message: `${firstLine(thrown)}; ${UNTYPED}` });
      return 'broken';
    }
    if (!parsed || error) {
      const reason = error ? typescript.flattenDiagnosticMessageText(error.messageText, ' ') : 'cannot be read';
      problems.push({ kind: 'tsconfig', path: file, ...position(error), message: `${sentence(reason)}; ${UNTYPED}` });
      return 'broken';
    }
    const { options, fileNames, projectReferences = [] } = parsed;
    const raw: unknown = parsed.raw;
    return {
      file,
      names: new Set(fileNames.map(key)),
      references: projectReferences.map((reference) =>
        path.normalize(typescript.resolveProjectReferencePath(reference)),
      ),
      reaches: namesSingleFiles(raw)
        ? options.allowJs
          ? /\.(?:[cm]?[jt]s|[jt]sx)$/u
          : /\.(?:[cm]?ts|tsx)$/u
        : undefined,
    };
  }
}

const UNTYPED = 'the files below it are scanned without types';

/** Without the period at its end. */
const sentence = (text: string): string => firstLine(text).replace(/\.$/u, '');

function position(
  diagnostic:
    | {
        file?: { getLineAndCharacterOfPosition(position: number): { line: number; character: number } } | undefined;
        start?: number | undefined;
      }
    | undefined,
): { line: number; column: number } | undefined {
  if (!diagnostic?.file || diagnostic.start === undefined) return undefined;
  const { line, character } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return { line: line + 1, column: character + 1 };
}

/** Whether `files`, or an `include` without a wildcard, names single files. */
function namesSingleFiles(raw: unknown): boolean {
  const { files, include } = (raw ?? {}) as { files?: unknown; include?: unknown };
  if (Array.isArray(files) && files.length > 0) return true;
  return (
    Array.isArray(include) &&
    include.some((entry) => typeof entry === 'string' && /^[^*?]*\.[cm]?[jt]sx?$/u.test(entry))
  );
}
