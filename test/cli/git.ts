/** Git repositories for tests. */
import { execFileSync } from 'node:child_process';

/** Runs git in a directory, whatever the machine's own configuration says. */
export function git(cwd: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@test', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, '-c', 'init.defaultBranch=main', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
}

/** Makes a repository of a directory, and commits what is in it. */
export function commitAll(cwd: string, message = 'all'): void {
  git(cwd, 'init', '--quiet');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message', message);
}
