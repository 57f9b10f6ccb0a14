/** The example projects, as a test needs them: installed, copied, compiled. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { x } from 'tinyexec';

/** Absolute path of a folder under `examples`. */
export const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url).href);

/** Runs a command in a folder. Throws with everything that it printed when it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await x(command, [...args], { nodeOptions: { cwd } });
  if (exitCode !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}${stderr}`);
}

/** Installs what the project's lock file says, unless that has been done since the file last changed. */
export async function install(project: string): Promise<void> {
  const installed = path.join(project, 'node_modules/.package-lock.json');
  if (existsSync(installed)) {
    const [done, wanted] = await Promise.all([stat(installed), stat(path.join(project, 'package-lock.json'))]);
    if (done.mtimeMs >= wanted.mtimeMs) return;
  }
  await run('npm', ['ci', '--no-audit', '--no-fund'], project);
}

/** A project in a folder of its own. */
export interface ProjectCopy {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

/**
 * Copies a project to a temporary folder, sharing its installed packages.
 *
 * @param source Folder inside the project whose content becomes the copy's `src`.
 */
export async function copyProject(project: string, source = 'src'): Promise<ProjectCopy> {
  // Resolved, since the compiler and ESLint name files by their real paths.
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), `${path.basename(project)}-`)));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    for (const file of ['package.json', 'tsconfig.json']) {
      await cp(path.join(project, file), path.join(directory, file));
    }
    await cp(path.join(project, source), path.join(directory, 'src'), { recursive: true });
    await symlink(path.join(project, 'node_modules'), path.join(directory, 'node_modules'), 'junction');
  } catch (error) {
    await remove();
    throw error;
  }
  return { directory, remove };
}

/** Every file under a folder: its text by its path from there, with `/` between the segments. */
export async function readTree(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.sort().map(async (file) => {
      const name = path.relative(directory, file).split(path.sep).join('/');
      return [name, await readFile(file, 'utf8')] as const;
    }),
  );
  return Object.fromEntries(texts);
}
