/**
 * Which files there are to look at: JavaScript and TypeScript sources below some paths, without what git ignores,
 * installed packages, built output and declarations. Links are never followed, so nothing outside of the tree is read.
 */
import { lstatSync, readFileSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';
import { compareText, isInside, upwards } from './paths.js';
import { firstLine, type Problem } from './problem.js';

/** A source file larger than this is data, or a bundle: 1 MB. */
const MAX_BYTES = 1024 * 1024;
/** A line longer than this is not for people, and makes parsers slow. */
const MAX_LINE_LENGTH = 500_000;

/** What `findFiles` found. Paths are absolute, sorted, each once. */
export interface FoundFiles {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const sourceFile = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
// Declarations have no calls; minified files and package managers' own bundles are nobody's source.
const neverSource = /\.d\.(?:[^./\\]+\.)?[cm]?ts$|\.min\.[cm]?js$|^\.pnp\.(?:loader\.)?[cm]js$/u;
const skippedDirectories = new Set(['node_modules', 'dist', '.git', '.yarn']);

const isSource = (name: string): boolean => sourceFile.test(name) && !neverSource.test(name);

/** The rules of one `.gitignore`, and the directory that they are relative to. */
interface IgnoreRules {
  readonly directory: string;
  readonly rules: ignore.Ignore;
}

function readIgnoreRules(directory: string, file = path.join(directory, '.gitignore')): IgnoreRules[] {
  try {
    // A link may lead out of the tree.
    return lstatSync(file).isFile() ? [{ directory, rules: ignore().add(readFileSync(file, 'utf8')) }] : [];
  } catch {
    return [];
  }
}

/** Whether git would ignore the path. `levels` runs from the outermost directory inwards: the innermost word counts. */
function isIgnored(file: string, isDirectory: boolean, levels: readonly IgnoreRules[]): boolean {
  for (const { directory, rules } of levels.toReversed()) {
    const relative = path.relative(directory, file).split(path.sep).join('/');
    if (relative === '' || relative.startsWith('../')) continue;
    const verdict = rules.test(isDirectory ? `${relative}/` : relative);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/** The rules that hold for a directory from above it, up to the root of its repository. */
function inheritedRules(directory: string): IgnoreRules[] {
  const above = [...upwards(directory)];
  const top = above.at(-1);
  const levels = above.slice(1).flatMap((parent) => readIgnoreRules(parent));
  if (top !== undefined) levels.push(...readIgnoreRules(top, path.join(top, '.git', 'info', 'exclude')));
  return levels.toReversed();
}

/**
 * The source files in `paths`. A file that is named itself is taken although git ignores it, and so is what lies in a
 * directory that is named itself.
 *
 * @param paths files and directories, relative to `cwd` or absolute
 * @param cwd absolute
 */
export function findFiles(paths: readonly string[], cwd: string): FoundFiles {
  const files = new Set<string>();
  const problems: Problem[] = [];

  for (const given of paths) {
    const target = path.resolve(cwd, given);
    const stats = statGiven(target);
    if (!stats) continue;
    if (path.relative(cwd, target).split(path.sep).includes('node_modules')) {
      problems.push({ kind: 'path', path: target, message: 'is an installed package: not scanned' });
    } else if (stats.isDirectory()) {
      const inherited = inheritedRules(target);
      if (!walk(target, isIgnored(target, true, inherited) ? [] : inherited)) {
        problems.push({ kind: 'path', path: target, message: 'there are no JavaScript or TypeScript files in it' });
      }
    } else if (!stats.isFile()) {
      problems.push({ kind: 'path', path: target, message: 'is neither a file nor a directory' });
    } else if (isSource(path.basename(target))) {
      files.add(target);
    } else {
      problems.push({ kind: 'path', path: target, message: 'is not a JavaScript or TypeScript source file' });
    }
  }
  return { files: [...files].sort(compareText), problems };

  function statGiven(target: string): Stats | undefined {
    try {
      // What lies in the tree by its name must lie in it in fact.
      const real = realpathSync(target);
      if (isInside(target, cwd) && !isInside(real, realpathSync(cwd))) {
        problems.push({ kind: 'path', path: target, message: 'is a link that leads out of the tree: not followed' });
        return undefined;
      }
      return statSync(real);
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      problems.push({ kind: 'path', path: target, message: missing ? 'no such file or directory' : firstLine(error) });
      return undefined;
    }
  }

  /** Adds the sources of a directory. Whether there were any, new or not. */
  function walk(directory: string, inherited: readonly IgnoreRules[]): boolean {
    const levels = [...inherited, ...readIgnoreRules(directory)];
    let found = false;
    let entries;
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      problems.push({ kind: 'read', path: directory, message: `cannot be read: ${firstLine(error)}` });
      return true;
    }
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
      const child = path.join(directory, entry.name);
      if (entry.isDirectory()) {
        if (skippedDirectories.has(entry.name) || isIgnored(child, true, levels)) continue;
        found = walk(child, levels) || found;
      } else if (entry.isFile() && isSource(entry.name) && !isIgnored(child, false, levels)) {
        files.add(child);
        found = true;
      }
    }
    return found;
  }
}

/** A source file's text, or why it is not looked at. */
export type SourceText =
  | {
      readonly text: string;
      /** Whether writing the text back gives the same bytes; else the file is not UTF-8, and must not be rewritten. */
      readonly exact: boolean;
    }
  | { readonly skip: string };

/** Reads a source file. Throws what the file system throws. */
export function readSource(file: string): SourceText {
  if (statSync(file).size > MAX_BYTES) return { skip: `larger than ${String(MAX_BYTES / 1024 / 1024)} MB` };
  const bytes = readFileSync(file);
  if (bytes.includes(0)) return { skip: 'binary' };
  const text = bytes.toString('utf8');
  if (hasLongLine(text)) return { skip: `has a line of more than ${String(MAX_LINE_LENGTH)} characters` };
  return { text, exact: Buffer.from(text, 'utf8').equals(bytes) };
}

function hasLongLine(text: string): boolean {
  for (let start = 0; text.length - start > MAX_LINE_LENGTH;) {
    const end = text.indexOf('\n', start);
    if ((end === -1 ? text.length : end) - start > MAX_LINE_LENGTH) return true;
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}
