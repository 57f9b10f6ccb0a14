import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileName } from './formats/hostile.js';
import { addFiles, createProject } from './project.js';
import { run } from './run.js';

const unbounded = "import axios from 'axios';\nawait axios.get('https://payments.test/charges');\n";

/** A repository of three packages. */
const createRepository = (): string =>
  createProject({
    '.git/HEAD': '',
    'packages/a-b/src/pay.js': unbounded,
    'packages/a/src/pay.js': `${unbounded}${unbounded.split('\n')[1] ?? ''}\n`,
    'packages/a/[x] y.js': unbounded,
    'packages/a/data.min.js': unbounded,
    'packages/a/binary.js': '\0',
    'packages/clean/index.js': 'export {};\n',
  });

const packages = ['a-b', 'a', 'clean'];

/** Scans each package where it stands. Gives the parts, from the root. */
async function scanEach(root: string, format: string, ...options: string[]): Promise<string[]> {
  const parts: string[] = [];
  for (const name of packages) {
    const cwd = path.join(root, 'packages', name);
    await run(cwd, 'scan', '--format', format, '--output', '.cache/part', ...options);
    parts.push(`packages/${name}/.cache/part`);
  }
  return parts;
}

describe('resilience merge', () => {
  it.each(['json', 'sarif'])('makes of parts in %s, in any order, what one scan gives', async (format) => {
    const root = createRepository();
    const parts = await scanEach(root, format);
    const whole = await run(root, 'scan', '--format', format);
    expect(whole.code).toBe(1);
    const merged = await run(root, 'merge', ...parts, '--format', format);
    expect(merged.stdout).toBe(whole.stdout);
    expect(merged.code).toBe(1);
    expect(
      await run(
        path.join(root, 'packages'),
        'merge',
        '--format',
        format,
        ...parts.toReversed().map((part) => `../${part}`),
        `../${parts[0]!}`,
      ),
    ).toEqual(merged);
  });

  it('gives every format, with the code where it is there', async () => {
    const root = createRepository();
    const parts = await scanEach(root, 'json');
    const whole = await run(root, 'scan');
    expect((await run(root, 'merge', ...parts)).stdout).toBe(whole.stdout);
    for (const format of ['github', 'junit', 'markdown', 'html']) {
      const { stdout } = await run(root, 'scan', '--format', format);
      expect((await run(root, 'merge', ...parts, '--format', format)).stdout).toBe(stdout);
    }
    const elsewhere = createProject({});
    for (const [index, part] of parts.entries()) {
      writeFileSync(path.join(elsewhere, String(index)), readFileSync(path.join(root, part)));
    }
    const { code, stdout } = await run(elsewhere, 'merge', '0', '1', '2');
    expect(code).toBe(1);
    expect(stdout).toContain('4 findings in 3 files (4 files scanned).');
    expect(stdout).not.toContain(' | ');
  });

  it('adds up what the parts have left out', async () => {
    const root = createRepository();
    await run(root, 'scan', '--write-baseline', 'baseline.json');
    addFiles(root, { 'packages/a/src/pay.js': 'export {};\n' });
    const parts = await scanEach(root, 'json', '--baseline', '../../baseline.json');
    const { code, stdout } = await run(root, 'merge', ...parts, '--format', 'json');
    expect(code).toBe(0);
    expect(stdout).toBe((await run(root, 'scan', '--baseline', 'baseline.json', '--format', 'json')).stdout);
    expect(JSON.parse(stdout)).toMatchObject({ baseline: { known: 2, fixed: [{ path: 'packages/a/src/pay.js' }] } });
  });

  it.each(['json', 'sarif'])('exits with 2 where a part in %s had trouble', async (format) => {
    const root = createRepository();
    addFiles(root, { 'packages/a/broken.js': '(\n' });
    const parts = await scanEach(root, format);
    const { code, stderr } = await run(root, 'merge', ...parts, '--format', format, '--output', 'all');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      format === 'json' ? /^resilience: packages\/a\/broken\.js:\d+:\d+: does not parse/mu : /a part had trouble/u,
    );
  });

  it.each(['json', 'sarif'])('with --max-findings lets so many of %s pass', async (format) => {
    const root = createRepository();
    const parts = await scanEach(root, format);
    expect(await run(root, 'merge', ...parts, '--format', format, '--max-findings=4')).toMatchObject({ code: 0 });
    expect(await run(root, 'merge', ...parts, '--format', format, '--max-findings=3')).toMatchObject({ code: 1 });
  });

  it('joins inventories, in the formats that report has', async () => {
    const root = createRepository();
    const parts: string[] = [];
    for (const name of packages) {
      await run(path.join(root, 'packages', name), 'report', '.', '--format', 'json', '--output', '.cache/report.json');
      parts.push(`packages/${name}/.cache/report.json`);
    }
    const { code, stdout } = await run(root, 'merge', ...parts);
    expect(code).toBe(0);
    const { root: base, files } = JSON.parse(stdout) as { root: string; files: { path: string }[] };
    expect(base).toBe('');
    expect(files.map((file) => file.path)).toEqual(expect.arrayContaining(['packages/a/src/pay.js']));
    expect((await run(root, 'merge', ...parts, '--format', 'html')).stdout).toMatch(/^<!doctype html>/iu);
    expect((await run(root, 'merge', ...parts, '--format', 'junit')).stderr).toMatch(
      /^resilience: --format takes html/u,
    );
  }, 120_000);

  it('never shows a file that is no source of the repository, whatever a part says', async () => {
    const root = createRepository();
    addFiles(root, { 'secret.txt': 'x\nsecret\nx\n' });
    const [part = ''] = await scanEach(root, 'json');
    const text = readFileSync(path.join(root, part), 'utf8');
    for (const name of ['../../secret.txt', '../../../../../etc/passwd.js', hostileName]) {
      writeFileSync(path.join(root, part), text.replaceAll('"src/pay.js"', JSON.stringify(name)));
      const { code, stdout } = await run(root, 'merge', part);
      expect(code).toBe(1);
      expect(stdout).not.toContain('secret\n');
      // eslint-disable-next-line no-control-regex -- it is what it looks for
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    }
  });

  it('answers in one line to what does not fit together', async () => {
    const root = createRepository();
    const [part = ''] = await scanEach(root, 'json');
    mkdirSync(path.join(root, 'parts'));
    const report = JSON.parse(readFileSync(path.join(root, part), 'utf8')) as Record<string, unknown>;
    const write = (name: string, content: unknown): void => {
      writeFileSync(path.join(root, 'parts', name), typeof content === 'string' ? content : JSON.stringify(content));
    };
    write('strict', { ...report, preset: 'strict' });
    write('other', { version: '2.1.0', runs: [{ tool: { driver: { name: 'other' } }, results: [] }] });
    write('sarif', (await run(root, 'scan', '--format', 'sarif')).stdout);
    write('broken', '{');
    for (const [names, message] of [
      [[], 'There is nothing to merge'],
      [['parts/nowhere'], 'parts/nowhere: ENOENT'],
      [['parts/broken'], 'parts/broken: '],
      [['parts/other'], 'parts/other is no part that scan ('],
      [[part, 'parts/strict'], `${part} and parts/strict are not of the same preset and version`],
      [[part, 'parts/sarif'], `${part} is json and parts/sarif sarif: merge them apart`],
      [[part, '--format=sarif'], '--format sarif joins parts in sarif'],
      [['parts/sarif', '--format=html'], 'Parts in sarif give sarif'],
    ] as const) {
      const { code, stdout, stderr } = await run(root, 'merge', ...names);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.startsWith(`resilience: ${message}`), stderr).toBe(true);
      expect(stderr.match(/\n/gu)).toHaveLength(1);
    }
  });
});
