/** Runs a command as a user would: without what this test run has put into the environment. */
import { x } from 'tinyexec';

/** How a command ended. */
export interface Run {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Variables by which a parent process changes what npm, ESLint and the parser do. */
const inherited = /^(npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|CI$|GITHUB_ACTIONS$|TSESTREE_)/;

/** Runs `command` in `cwd` to its end. Never throws for an exit code. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const clean = Object.entries(process.env).map(([key, value]) => [key, inherited.test(key) ? undefined : value]);
  const result = await x(command, [...args], {
    nodeOptions: { cwd, env: { ...(Object.fromEntries(clean) as NodeJS.ProcessEnv), NO_COLOR: '1', ...env } },
  });
  return { code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}
