/** What the scripts that begin something new share: files that overwrite nothing, and mistakes without a stack. */
import fs from 'node:fs/promises';
import path from 'node:path';

/** A mistake of the person who runs the script: shown without a stack. */
export class UsageError extends Error {}

/** A file to write: its path from the repository's root, and its text. */
export type NewFile = readonly [file: string, text: string];

/** Writes files that are not there yet, and changes others. Throws a `UsageError` before anything is written when one is there. */
export async function writeNew(
  directory: string,
  files: readonly NewFile[],
  changed: readonly NewFile[],
): Promise<readonly string[]> {
  for (const [file] of files) {
    const there = await fs.access(path.join(directory, file)).then(
      () => true,
      () => false,
    );
    if (there) throw new UsageError(`${file} is there already`);
  }
  for (const [file, text] of files) {
    await fs.mkdir(path.dirname(path.join(directory, file)), { recursive: true });
    await fs.writeFile(path.join(directory, file), text, { flag: 'wx' });
  }
  for (const [file, text] of changed) await fs.writeFile(path.join(directory, file), text);
  return files.map(([file]) => file);
}

/** Runs a scaffold and says what was written and what comes next. Gives the exit code: 0, or 2 for a mistake in the arguments. */
export async function runScaffold(scaffold: () => Promise<readonly string[]>, next: string): Promise<number> {
  try {
    const files = await scaffold();
    console.log(`Written:\n${files.map((file) => `  ${file}`).join('\n')}\n\nNext: ${next}`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}
