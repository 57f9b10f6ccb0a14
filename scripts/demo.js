/**
 * `npm run demo`: scans examples/checkout-service with the built command line. Findings are what the demo is for, so
 * that it ends well with them, and fails only on trouble.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const example = path.join(root, 'examples', 'checkout-service');

/**
 * Runs a program in the example's directory, with this one's output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {number} the exit code
 */
function run(command, args) {
  // npm is a script on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: example, stdio: 'inherit', shell });
  if (error) throw error;
  return status ?? 2;
}

if (!existsSync(path.join(example, 'node_modules'))) {
  console.log('Installing the dependencies of examples/checkout-service, whose types the scan uses ...\n');
  const status = run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (status !== 0) process.exit(status);
}

console.log('examples/checkout-service$ npx resilience scan src\n');
const status = run(process.execPath, [path.join(root, 'dist', 'src', 'cli', 'bin.js'), 'scan', 'src']);
process.exitCode = status === 1 ? 0 : status;
