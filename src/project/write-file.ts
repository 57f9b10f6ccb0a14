/** Writing files so that nobody ever sees half of one. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Writes `text` to a temporary file beside `file` and renames it over `file`, which keeps its mode. Makes the directory
 * when it is missing. Throws what the file system throws, and then leaves `file` as it was.
 */
export function writeFileAtomic(file: string, text: string): void {
  const before = lstatSync(file, { throwIfNoEntry: false });
  const target = before && statSync(file);
  if (target && !target.isFile()) {
    // A device or a pipe, such as /dev/stdout: there is nothing to replace.
    writeFileSync(file, text);
    return;
  }
  const temporary = writeBeside(file, text, target?.mode);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a temporary file beside `file`, and gives its path. */
function writeBeside(file: string, text: string, mode = 0o666): string {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // 'wx': never through a link that somebody has put there.
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    return temporary;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A file to write: what it holds now (`null`: it is not there), and what it is to hold. */
export interface FileWrite {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

/** Signals that must not end the process between two of the files. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes all the files, or none. Everything is written beside its place first; only then are the files put in their places,
 * and a failure there puts the first ones back. A signal that arrives meanwhile has to wait.
 *
 * @throws what the file system throws, or that a file has changed meanwhile; nothing is written then
 */
export function writeFilesTogether(files: readonly FileWrite[]): void {
  const wait = (): void => undefined;
  for (const signal of endings) process.on(signal, wait);
  const staged: string[] = [];
  const placed: FileWrite[] = [];
  try {
    for (const file of files) {
      const mode = statSync(file.path, { throwIfNoEntry: false })?.mode;
      staged.push(writeBeside(file.path, file.after, mode));
    }
    for (const { path: file, before } of files) {
      if (readIfThere(file) !== before) throw new Error(`${file} has changed meanwhile`);
    }
    for (const [index, file] of files.entries()) {
      renameSync(staged[index] ?? '', file.path);
      placed.push(file);
    }
  } catch (error) {
    for (const temporary of staged.slice(placed.length)) rmSync(temporary, { force: true });
    for (const { path: file, before } of placed) {
      if (before === null) rmSync(file, { force: true });
      else writeFileAtomic(file, before);
    }
    throw error;
  } finally {
    for (const signal of endings) process.off(signal, wait);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** `text` with the line ends of `original`, where that has only one kind: edits bring in `\n` alone. */
export function withLineEndsOf(original: string, text: string): string {
  const onlyCrLf = original.includes('\r\n') && !/(?:^|[^\r])\n/u.test(original);
  return onlyCrLf ? text.replaceAll(/\r?\n/gu, '\r\n') : text;
}
