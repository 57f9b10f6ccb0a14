#!/usr/bin/env node
import { main } from './main.js';

// A reader that has seen enough (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
}).catch((error: unknown) => {
  // Not a user's mistake: the stack is what a report of the bug needs.
  console.error(error instanceof Error ? error.stack : error);
  return 2;
});
