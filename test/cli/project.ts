/** Projects for the tests of the command line, in temporary directories. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes files into a directory of their own, which goes away with the test. Gives the directory's real path. */
export function createProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'resilience-cli-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  addFiles(root, files);
  return root;
}

/** Writes more files below a directory. */
export function addFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
