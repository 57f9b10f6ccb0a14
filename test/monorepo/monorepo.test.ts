/**
 * Scans of a monorepo on the engines that people have. Their caches are real, and so are the scans: a shim in the place of the
 * program writes down where it was run.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonReport } from '../../src/cli/formats/json.js';
import { createWorkspace, packages, type Workspace } from './workspace.js';

const engines = {
  turbo: ['turbo', 'run', 'resilience', '--no-daemon', '--output-logs=none', '--no-color'],
  nx: ['nx', 'run-many', '--target=resilience', '--parallel=2'],
} as const;

/** `retry`, and all that come to it by their dependencies. */
const restingOnRetry = ['api', 'mail-client', 'orders', 'payments-client', 'retry', 'worker'];

describe.each(['turbo', 'nx'] as const)('a monorepo under %s', (engine) => {
  const [program, ...args] = engines[engine];
  let workspace: Workspace;

  beforeAll(() => {
    workspace = createWorkspace();
  });

  afterAll(() => {
    workspace.remove();
  });

  const run = (): string => workspace.run(program, ...args);
  const read = (): string[] =>
    [...workspace.parts('json'), ...workspace.parts('sarif')].map((part) =>
      readFileSync(path.join(workspace.root, part), 'utf8'),
    );
  /** All parts joined, and one scan of everything. */
  const merged = (format: 'json' | 'sarif'): string => {
    workspace.run(
      'resilience',
      'merge',
      ...workspace.parts(format),
      '--format',
      format,
      '--output',
      '.git/merged',
      '--max-findings=99',
    );
    return readFileSync(path.join(workspace.root, '.git/merged'), 'utf8');
  };
  const whole = (format: 'json' | 'sarif'): string =>
    workspace.run('resilience', 'scan', '--exit-zero', '--format', format);
  const found = (): string[] =>
    (JSON.parse(merged('json')) as JsonReport).findings.map(
      ({ path: file, ruleId }) => `${file.split('/')[1] ?? ''} ${ruleId.replace('resilience/', '')}`,
    );

  it('scans each package once', () => {
    run();
    expect(packages.length).toBeGreaterThanOrEqual(12);
    expect(workspace.scanned()).toEqual(packages);
  });

  it('gives, merged, what one scan of everything gives', () => {
    expect(merged('json')).toBe(whole('json'));
    expect(merged('sarif')).toBe(whole('sarif'));
    // The helper that repeats the charge stands in another package.
    expect(found()).toEqual(
      expect.arrayContaining([
        'retry require-backoff',
        'payments-client require-idempotent-retry',
        'http require-timeout',
      ]),
    );
    workspace.scanned();
  });

  it('takes everything from the cache the second time', () => {
    const before = read();
    workspace.removeParts();
    run();
    expect(workspace.scanned()).toEqual([]);
    expect(read()).toEqual(before);
  });

  it('scans anew what rests on a change, and nothing else', () => {
    workspace.edit('packages/retry/src/index.ts', 'attempts = 3', 'attempts = 1');
    run();
    expect(workspace.scanned()).toEqual(restingOnRetry);
    expect(merged('json')).toBe(whole('json'));
    // Without a second attempt nothing is charged twice: a verdict about one package, changed in another.
    expect(found()).not.toContain('payments-client require-idempotent-retry');
    expect(found()).toContain('http require-timeout');
    workspace.scanned();
  });

  it('scans everything anew when the settings change', () => {
    workspace.edit('resilience.config.json', '3000', '2000');
    run();
    expect(workspace.scanned()).toEqual(packages);
  });
});
