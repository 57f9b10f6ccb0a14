import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The tests that lint with types, on the native type checker (`npm run test:native` installs it). */
export default defineConfig({
  test: {
    name: 'native',
    root: join(import.meta.dirname, '../..'),
    include: ['test/native/**/*.test.ts', 'test/{rules,analysis}/**/*.test.ts', 'test/docs.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/native/global-setup.ts', 'test/package/global-setup.ts'],
    env: { RESILIENCE_TEST_BACKEND: 'native', CI: '', TSESTREE_SINGLE_RUN: 'false' },
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
