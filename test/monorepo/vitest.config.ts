import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'monorepo',
    root: join(import.meta.dirname, '../..'),
    include: ['test/monorepo/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
