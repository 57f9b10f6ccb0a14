import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineOf, baselineText, pruned, readBaseline, withoutKnown, type Baseline } from '../../src/cli/baseline.js';
import type { ScanResult } from '../../src/cli/result.js';
import { finding, result } from './formats/result.js';
import { createProject } from './project.js';

interface Given {
  readonly root: string;
  readonly scan: (files: Readonly<Record<string, readonly string[]>>, changes?: Partial<ScanResult>) => ScanResult;
}

/** A project of empty files, and scans of it: by file, the fingerprints that are found. */
function given(...names: string[]): Given {
  const root = createProject(Object.fromEntries(names.map((name) => [name, ''])));
  return {
    root,
    scan: (files, changes) =>
      result({
        base: root,
        files: Object.keys(files).map((name) => ({ path: path.join(root, name), types: true, fixed: false })),
        findings: Object.entries(files).flatMap(([name, prints]) =>
          prints.map((fingerprint) => finding({ path: path.join(root, name), fingerprint })),
        ),
        ...changes,
      }),
  };
}

const write = (root: string, scan: ScanResult, before?: Baseline): Baseline => {
  const file = path.join(root, 'baseline.json');
  writeFileSync(file, baselineText(baselineOf(file, scan, before)));
  return readBaseline(file, 'baseline.json');
};

const prints = ({ findings }: ScanResult): string[] => findings.map(({ fingerprint }) => fingerprint);
const fixed = ({ baseline }: ScanResult): unknown[] =>
  baseline!.fixed.map(({ path: file, count }) => [path.basename(file), count]);

describe('a baseline', () => {
  it('takes out what it has, as often as it has it, and says what is fixed', () => {
    const { root, scan } = given('a.ts', 'b.ts');
    const baseline = write(root, scan({ 'a.ts': ['x', 'x', 'y'], 'b.ts': ['x'] }));
    const now = withoutKnown(scan({ 'a.ts': ['x', 'x', 'x', 'z'], 'b.ts': [] }), baseline);
    expect(prints(now)).toEqual(['x', 'z']);
    expect(now.baseline?.known).toBe(2);
    expect(fixed(now)).toEqual([
      ['a.ts', 1],
      ['b.ts', 1],
    ]);
  });

  it('is sorted, and speaks of paths from where it stands', () => {
    const { root, scan } = given('src/a.ts', 'src/b.ts');
    const text = baselineText(
      baselineOf(
        path.join(root, 'ci/baseline.json'),
        scan({ 'src/b.ts': ['y', 'x', 'y'], 'src/a.ts': ['z'] }),
        undefined,
      ),
    );
    const entry = (fingerprint: string, count: number): object => ({
      ruleId: 'resilience/require-timeout',
      fingerprint,
      count,
    });
    expect(JSON.parse(text)).toEqual({
      schemaVersion: 1,
      preset: 'recommended',
      findings: { '../src/a.ts': [entry('z', 1)], '../src/b.ts': [entry('x', 1), entry('y', 2)] },
    });
    expect(text.indexOf('../src/a.ts')).toBeLessThan(text.indexOf('../src/b.ts'));
  });

  it('calls nothing fixed that was not looked at', () => {
    const { root, scan } = given('a.ts', 'b.ts', 'c.ts');
    const baseline = write(root, scan({ 'a.ts': ['x'], 'b.ts': ['x'], 'c.ts': ['x'], 'gone.ts': ['x'] }));
    const problems = [{ kind: 'types', path: path.join(root, 'b.ts'), message: 'without types' }] as const;
    const now = scan({ 'b.ts': [], 'c.ts': [] }, { problems });
    expect(fixed(withoutKnown(now, baseline))).toEqual([
      ['c.ts', 1],
      ['gone.ts', 1],
    ]);
    expect([...pruned(baseline, now).entries.keys()].map((file) => path.basename(file))).toEqual(['a.ts', 'b.ts']);
  });

  it('written with strict says nothing about what recommended does not look for', () => {
    const { root, scan } = given('a.ts');
    const baseline = write(root, scan({ 'a.ts': ['x'] }, { preset: 'strict' }));
    expect(fixed(withoutKnown(scan({ 'a.ts': [] }), baseline))).toEqual([]);
    expect(pruned(baseline, scan({ 'a.ts': [] })).entries.size).toBe(1);
    expect(fixed(withoutKnown(scan({ 'a.ts': [] }, { preset: 'strict' }), baseline))).toEqual([['a.ts', 1]]);
  });

  it('is pruned of what is fixed, and gets nothing new', () => {
    const { root, scan } = given('a.ts');
    const baseline = write(root, scan({ 'a.ts': ['x', 'x', 'y'] }));
    expect(JSON.parse(baselineText(pruned(baseline, scan({ 'a.ts': ['x', 'new'] }))))).toMatchObject({
      findings: { 'a.ts': [{ fingerprint: 'x', count: 1 }] },
    });
  });

  it('written anew keeps what the scan has not looked at', () => {
    const { root, scan } = given('a.ts', 'b.ts');
    const before = write(root, scan({ 'a.ts': ['x'], 'b.ts': ['y'], 'gone.ts': ['z'] }));
    const after = write(root, scan({ 'b.ts': ['new'] }), before);
    expect(
      [...after.entries].map(([file, list]) => [path.basename(file), list.map((entry) => entry.fingerprint)]),
    ).toEqual([
      ['a.ts', ['x']],
      ['b.ts', ['new']],
    ]);
  });

  it.each([
    ['missing', undefined, 'There is no baseline b.json: --write-baseline writes one'],
    ['broken', '{', /^b\.json: .*JSON/u],
    ['of another kind', '{ "schemaVersion": 2 }', 'b.json is not a baseline of this version'],
    ['damaged', '{ "schemaVersion": 1, "findings": { "a.ts": [{ "count": -1 }] } }', 'b.json is damaged: "a.ts"'],
  ])('that is %s is an error of one line', (_name, text, message) => {
    const root = createProject(text === undefined ? {} : { 'b.json': text });
    expect(() => readBaseline(path.join(root, 'b.json'), 'b.json')).toThrow(message);
  });
});
