/** Packs the plugin once, for all tests that install it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { run } from './run.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of the packed plugin. */
    tarball: string;
  }
}

const root = join(import.meta.dirname, '../..');

export default async function setup(project: TestProject): Promise<() => void> {
  if (!existsSync(join(root, 'dist/src/plugin.js'))) {
    throw new Error('There is no build to test. Run "npm run build" first.');
  }
  const directory = mkdtempSync(join(tmpdir(), 'resilience-pack-'));
  // Without scripts: the build that is there is the one to test, and other tests are reading it.
  const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], root);
  if (packed.code !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  project.provide('tarball', join(directory, filename));
  return () => rmSync(directory, { recursive: true });
}
