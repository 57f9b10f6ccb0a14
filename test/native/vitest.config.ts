import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'native',
    root: join(import.meta.dirname, '../..'),
    include: ['test/native/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/package/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
