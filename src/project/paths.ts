/** Questions about paths. All paths are absolute unless a name says otherwise. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Whether `file` is `directory`, or lies below it (by their names: links are not followed). */
export function isInside(file: string, directory: string): boolean {
  const relative = path.relative(directory, file);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** `file` as output shows it: relative to `base`, with forward slashes. */
export function toRelative(file: string, base: string): string {
  const relative = path.relative(base, file) || '.';
  return path.sep === '/' ? relative : relative.split(path.sep).join('/');
}

/** The directory, then its parents, up to the root of the repository (what holds `.git`) or of the file system. */
export function* upwards(directory: string): Generator<string> {
  for (let current = directory; ;) {
    yield current;
    const parent = path.dirname(current);
    if (parent === current || existsSync(path.join(current, '.git'))) return;
    current = parent;
  }
}

/** The root of the repository that `directory` lies in, or `undefined`. */
export function repositoryRoot(directory: string): string | undefined {
  const top = [...upwards(directory)].at(-1);
  return top !== undefined && existsSync(path.join(top, '.git')) ? top : undefined;
}

/** Orders text by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
