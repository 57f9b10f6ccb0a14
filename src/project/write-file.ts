/** Writing files so that nobody ever sees half of one. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
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
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    // 'wx': never through a link that somebody has put there.
    const descriptor = openSync(temporary, 'wx', target ? target.mode : 0o666);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** `text` with the line ends of `original`, where that has only one kind: edits bring in `\n` alone. */
export function withLineEndsOf(original: string, text: string): string {
  const onlyCrLf = original.includes('\r\n') && !/(?:^|[^\r])\n/u.test(original);
  return onlyCrLf ? text.replaceAll(/\r?\n/gu, '\r\n') : text;
}
