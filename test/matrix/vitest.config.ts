import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The packed plugin on every supported version of what it runs on. Needs `npm run build` first. */
export default defineConfig({
  test: {
    name: 'matrix',
    root: join(import.meta.dirname, '../..'),
    include: ['test/matrix/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/package/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
