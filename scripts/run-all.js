/**
 * Runs the npm scripts that the arguments name, one after the other, each to its end, and then says which of them failed.
 * Exits with 1 when one did: so a mistake in the format does not hide a failing test.
 */
import { spawnSync } from 'node:child_process';

const results = process.argv.slice(2).map((name, index, { length }) => {
  console.log(`\n[${index + 1}/${length}] npm run ${name}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return { name, passed: status === 0, seconds: (performance.now() - start) / 1000 };
});

console.log();
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name.padEnd(14)} ${seconds.toFixed(1).padStart(7)} s`);
}
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
