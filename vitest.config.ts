import { defineConfig } from 'vitest/config';

/** Inputs of tests, and packages of their own that have their own runs. */
const exclude = [
  '**/node_modules/**',
  'test/fixtures/**',
  'test/proofs/**',
  'test/matrix/**',
  'test/native/**',
  'test/monorepo/**',
  'test/accuracy/**',
];

export default defineConfig({
  test: {
    // Most of the time is TypeScript's: every core counts.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, 'test/package/**', 'test/hosts/**', 'test/browser/**'],
          // Many projects are linted in one process: with CI set, the parser would take it for a single run of one.
          env: { CI: '', TSESTREE_SINGLE_RUN: 'false' },
          // A typed test compiles a program, which is slow on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The report's page in a real browser.
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        // What users get: the packed build, installed by npm into projects like theirs. Needs `npm run build` first.
        test: {
          name: 'package',
          include: ['test/{package,hosts}/**/*.test.ts'],
          exclude,
          globalSetup: ['test/package/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
