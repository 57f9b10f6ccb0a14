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
  turbo: { program: 'turbo', all: ['run', 'resilience', '--output-logs=none'], only: '--filter=' },
  nx: { program: 'nx', all: ['run-many', '--target=resilience', '--parallel=2'], only: '--projects=' },
} as const;

/** `retry`, and all that come to it by their dependencies. */
const restingOnRetry = ['api', 'mail-client', 'orders', 'payments-client', 'retry', 'worker'];

describe.each(['turbo', 'nx'] as const)('a monorepo under %s', (engine) => {
  const { program, all, only } = engines[engine];
  let workspace: Workspace;

  beforeAll(() => {
    workspace = createWorkspace();
  });

  afterAll(() => {
    workspace.remove();
  });

  const run = (...more: string[]): string[] => {
    workspace.run(program, ...all, ...more);
    return workspace.scanned();
  };
  const read = (name: string): string => readFileSync(path.join(workspace.root, name), 'utf8');
  const parts = (): string[] => [...workspace.parts('json'), ...workspace.parts('sarif')].map(read);
  /** All parts joined; it must be what one scan of everything gives. */
  const merged = (): JsonReport => {
    const whole = ['json', 'sarif'].flatMap((format) => ['--format', format, '--output', `.git/whole.${format}`]);
    workspace.run('resilience', 'scan', '--exit-zero', ...whole);
    for (const format of ['json', 'sarif'] as const) {
      const output = `.git/merged.${format}`;
      const options = ['--format', format, '--output', output, '--max-findings=99'];
      workspace.run('resilience', 'merge', ...workspace.parts(format), ...options);
      expect(read(output)).toBe(read(`.git/whole.${format}`));
    }
    workspace.scanned();
    return JSON.parse(read('.git/merged.json')) as JsonReport;
  };
  const faults = ({ findings }: JsonReport): string[] =>
    findings.map(({ path: file, ruleId }) => `${file.split('/')[1] ?? ''} ${ruleId.replace('resilience/', '')}`);

  it('scans each package once, and the second time takes all of it from the cache', () => {
    expect(packages.length).toBeGreaterThanOrEqual(12);
    expect(run()).toEqual(packages);
    const before = parts();
    workspace.removeParts();
    expect(run()).toEqual([]);
    expect(parts()).toEqual(before);
  });

  it('scans anew what rests on a change, and nothing else; merged, it is what one scan gives', () => {
    const isCharged = 'payments-client require-idempotent-retry';
    expect(
      faults(JSON.parse(read(workspace.parts('json')[packages.indexOf('payments-client')]!)) as JsonReport),
    ).toEqual([expect.stringContaining('require-idempotent-retry')]);
    workspace.edit('packages/retry/src/index.ts', 'attempts = 3', 'attempts = 1');
    expect(run()).toEqual(restingOnRetry);
    const found = faults(merged());
    // Without a second attempt nothing is charged twice: a verdict about one package, changed in another.
    expect(found).not.toContain(isCharged);
    expect(found).toEqual(expect.arrayContaining(['http require-timeout', 'orders no-unbounded-concurrency']));
  });

  it('scans anew when the settings change', () => {
    workspace.edit('resilience.config.json', '3000', '2000');
    expect(run(`${only}@shop/config`)).toEqual(['config']);
  });
});
