/** The project's own Prettier, where it has one: changed files are written as it would write them. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestManifest } from '../analysis/packages.js';

interface Prettier {
  resolveConfig(file: string, options: { editorconfig: boolean }): Promise<object | null>;
  getFileInfo(file: string, options: { ignorePath: readonly string[] }): Promise<{ ignored: boolean }>;
  format(text: string, options: object): Promise<string>;
}

/** Formats one text of a file; gives it back as it is where the project does not format that file. */
export type Formatter = (file: string, before: string | null, after: string) => Promise<string>;

/** Formats with the Prettier that is installed in the project. Loads it when the first file is formatted. */
export function createFormatter(cwd: string): Formatter {
  const loaded = new Map<string, Promise<Prettier | null>>();
  return async (file, before, after) => {
    const directory = path.dirname(nearestManifest(file)?.path ?? path.join(cwd, 'package.json'));
    let prettier = loaded.get(directory);
    if (!prettier) {
      prettier = load(directory);
      loaded.set(directory, prettier);
    }
    const own = await prettier;
    if (!own) return after;
    try {
      const config = await own.resolveConfig(file, { editorconfig: true });
      if (!config && !namesPrettier(file)) return after;
      const { ignored } = await own.getFileInfo(file, { ignorePath: [path.join(cwd, '.prettierignore')] });
      if (ignored) return after;
      const options = { ...config, filepath: file };
      // A file that nobody has formatted keeps its own form: the change alone is what is to be reviewed.
      if (before !== null && (await own.format(before, options)) !== before) return after;
      return await own.format(after, options);
    } catch {
      return after;
    }
  };
}

function namesPrettier(file: string): boolean {
  const manifest = nearestManifest(file);
  return manifest?.devDependencies['prettier'] !== undefined || manifest?.dependencies['prettier'] !== undefined;
}

async function load(directory: string): Promise<Prettier | null> {
  try {
    const file = createRequire(path.join(directory, 'noop.js')).resolve('prettier');
    const module = (await import(pathToFileURL(file).href)) as Prettier & { default?: Prettier };
    return module.default ?? module;
  } catch {
    return null;
  }
}
