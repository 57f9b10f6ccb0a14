/**
 * `npm run demo`: scans examples/checkout-service with the built command line, and writes its report. Findings are what the
 * demo is for, so that it ends well with them, and fails only on trouble.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

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

const program = path.join(root, 'dist', 'src', 'cli', 'bin.js');
const page = path.join(root, '.cache', 'checkout-service.html');

console.log('examples/checkout-service$ npx resilience scan src\n');
const scanned = run(process.execPath, [program, 'scan', 'src']);

console.log('\nexamples/checkout-service$ npx resilience report src\n');
const reported = run(process.execPath, [program, 'report', 'src', '--output', page]);
if (reported === 0) console.log(`Open it in a browser: ${pathToFileURL(page).href}`);

process.exitCode = scanned === 1 ? reported : scanned || reported;
