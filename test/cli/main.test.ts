import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll } from './git.js';
import { addFiles, createProject } from './project.js';
import { run } from './run.js';

const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

describe('resilience', () => {
  const root = import.meta.dirname;

  it.each([['--version'], ['-v']])('%s', async (flag) => {
    expect(await run(root, flag)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([['--help'], ['-h']])('%s', async (flag) => {
    const { code, stdout, stderr } = await run(root, flag);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: resilience <command>.*^ {2}scan .*/msu);
  });

  it('shows what there is when no command is given', async () => {
    const { code, stdout, stderr } = await run(root);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage:/u);
  });

  it.each([
    ['an unknown command', ['scna'], "Unknown command 'scna' (resilience --help"],
    ['a name that objects have', ['constructor'], "Unknown command 'constructor' (resilience --help"],
    ['an unknown option', ['--fix'], "Unknown option '--fix' (resilience --help"],
    ['an unknown option of a command', ['scan', '--fox'], "Unknown option '--fox' (resilience scan --help"],
    ['a missing value', ['scan', '--preset'], "Option '--preset <value>' argument missing (resilience scan --help"],
    ['a swallowed value', ['scan', '--format', '--fix'], "Option '--format' argument is ambiguous (resilience scan"],
    ['a value too many', ['scan', '--fix=yes'], "Option '--fix' does not take an argument (resilience scan --help"],
    ['an unknown preset', ['scan', '--preset', 'all'], "--preset takes recommended or strict, not 'all' (resilience"],
    ['an unknown format', ['scan', '--format=xml'], '--format takes pretty, json, sarif, github, '],
    [
      'two formats for stdout',
      ['scan', '--format=json', '--format=sarif'],
      'Only one format can go to stdout, not json and',
    ],
    ['a file too many', ['scan', '--format=json', '--output=a', '--output=b'], '--output b has no --format of its own'],
    ['a file without a name', ['scan', '--output='], '--output takes the name of a file'],
    ['no number', ['scan', '--max-findings', 'few'], '--max-findings takes a number'],
    ['a baseline for nothing', ['scan', '--prune-baseline'], '--prune-baseline needs a --baseline'],
    ['two baselines', ['scan', '--write-baseline=a', '--baseline=a'], '--write-baseline takes all findings'],
    ['a missing baseline', ['scan', '--baseline=a'], 'There is no baseline a: --write-baseline writes one'],
    ['a backend for nothing', ['scan', '--native', '--no-types'], '--native says where types come from'],
    ['an empty path', ['scan', ''], 'A path is empty (resilience scan --help'],
    ['options that exclude each other', ['scan', '--eslint-config', '--no-types'], '--eslint-config leaves'],
    ['options that exclude each other', ['scan', '--eslint-config', '--preset=strict'], '--eslint-config leaves'],
    ['escapes in what is typed', ['\u001b[31m\n'], "Unknown command '␛[31m ' (resilience --help"],
  ])('answers in one line to %s', async (_name, argv, message) => {
    const { code, stdout, stderr } = await run(root, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`resilience: ${message}`)).toBe(true);
    expect(stderr.match(/\n/gu)).toHaveLength(1);
  });
});

describe('resilience scan', () => {
  const unbounded = "import axios from 'axios';\nawait axios.get('https://payments.test/charges');\n";

  it('--help names every option', async () => {
    const { code, stdout } = await run('/', 'scan', '.', '--help');
    expect(code).toBe(0);
    for (const option of [
      'preset',
      'format',
      'output',
      'base',
      'fix',
      'config',
      'no-types',
      'eslint-config',
      'no-color',
    ]) {
      expect(stdout).toContain(`--${option}`);
    }
  });

  it('takes what stands behind -- for paths', async () => {
    const root = createProject({ '--help/a.js': unbounded });
    expect(await run(root, 'scan', '--', '--help')).toMatchObject({ code: 1 });
  });

  it('exits 0 when nothing is found, 1 with findings, 2 with trouble', async () => {
    const root = createProject({ 'clean.js': '\n', 'found.js': unbounded, 'broken.js': '(\n' });
    expect(await run(root, 'scan', 'clean.js')).toEqual({
      code: 0,
      stdout: 'All clear. 1 file scanned, nothing to report.\n',
      stderr: '',
    });
    expect(await run(root, 'scan', 'clean.js', 'found.js')).toMatchObject({ code: 1, stderr: '' });
    const { code, stdout, stderr } = await run(root, 'scan');
    expect(code).toBe(2);
    expect(stdout).toContain('> 2 | await axios.get');
    expect(stderr).toMatch(/^resilience: broken\.js:\d+:\d+: does not parse: .+\n$/u);
  });

  it('writes the report to a file, without colours', async () => {
    const root = createProject({ 'found.js': unbounded });
    const { code, stdout } = await run(root, 'scan', '--format', 'json', '--output', 'reports/scan.json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '1 finding, written to reports/scan.json\n' });
    const report: unknown = JSON.parse(readFileSync(path.join(root, 'reports/scan.json'), 'utf8'));
    expect(report).toMatchObject({
      preset: 'recommended',
      findings: [{ path: 'found.js', ruleId: 'resilience/require-timeout', client: 'axios' }],
      summary: { byRule: { 'resilience/require-timeout': 1 } },
    });
    await run(root, 'scan', '--output', 'scan.txt');
    expect(readFileSync(path.join(root, 'scan.txt'), 'utf8')).toMatch(/^found\.js\n/u);
    await run(root, 'scan', '--output', 'scan.txt', '--color');
    expect(readFileSync(path.join(root, 'scan.txt'), 'utf8')).toContain('\u001b[');
  });

  it('writes several formats, each to its own file or one to stdout', async () => {
    const root = createProject({ 'found.js': unbounded });
    const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
    expect(await run(root, 'scan', '--format=sarif', '--output=a.sarif', '--format=markdown', '--output=a.md')).toEqual(
      {
        code: 1,
        stdout: '1 finding, written to a.sarif, a.md\n',
        stderr: '',
      },
    );
    expect(JSON.parse(read('a.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(read('a.md')).toContain('**1 finding in 1 file**');
    const { stdout } = await run(root, 'scan', '--format', 'html', '--output', 'a.html', '--format', 'github');
    expect(stdout).toMatch(/^::error file=found\.js,line=2,.+\n1 finding in 1 file \(1 file scanned\)\.\n$/u);
    expect(read('a.html')).toMatch(/^<!doctype html>/u);
    // One of each: whichever comes first.
    expect(await run(root, 'scan', '--output', 'a.xml', '--format', 'junit')).toMatchObject({ code: 1 });
    expect(read('a.xml')).toMatch(/^<\?xml/u);
  });

  it('takes paths from where the readers of a format look for them', async () => {
    const root = createProject({ '.git/HEAD': '', 'packages/a/found.js': unbounded });
    const cwd = path.join(root, 'packages/a');
    const paths = async (...options: string[]): Promise<unknown> => {
      const { stdout } = await run(cwd, 'scan', ...options);
      return stdout.match(/(?:packages\/a\/)?found\.js/u)?.[0];
    };
    expect(await paths('--format', 'github')).toBe('packages/a/found.js');
    expect(await paths('--format', 'sarif')).toBe('packages/a/found.js');
    expect(await paths('--format', 'json')).toBe('found.js');
    expect(await paths('--format', 'json', '--base', '../..')).toBe('packages/a/found.js');
    expect(await paths('--format', 'sarif', '--base', '.')).toBe('found.js');
    const report = JSON.parse((await run(cwd, 'scan', '--format', 'json')).stdout) as unknown;
    expect(report).toMatchObject({ root: 'packages/a' });
  });

  it('says when the report cannot be written', async () => {
    const root = createProject({ 'found.js': unbounded });
    const { code, stderr } = await run(root, 'scan', '--output', 'found.js/report.txt');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^resilience: found\.js\/report\.txt: cannot be written: .+\n$/u);
  });

  it('takes settings from the nearest resilience.config.json, or from --config in its place', async () => {
    const root = createProject({
      'found.js': unbounded,
      'resilience.config.json': '{ "timeoutMs": 1234 }',
      'other.json': '{ "timeoutMs": 777 }',
      'empty.json': '{}',
    });
    expect((await run(root, 'scan')).stdout).toContain('timeout: 1234');
    expect((await run(root, 'scan', '--config', 'other.json')).stdout).toContain('timeout: 777');
    expect((await run(root, 'scan', '--config', 'empty.json')).stdout).toContain('timeout: 5000');
  });

  it.each([
    ['missing', 'nowhere.json', /^resilience: \S*nowhere\.json: cannot be read: there is no such file\n$/u],
    ['broken', 'broken.json', /^resilience: \S*broken\.json: is not JSON: .+\n$/u],
    ['wrong', 'wrong.json', /^resilience: \S*wrong\.json: "fix" must be .+\n$/u],
  ])('answers in one line to a --config file that is %s', async (_name, file, message) => {
    const root = createProject({ 'a.js': unbounded, 'broken.json': '{', 'wrong.json': '{ "fix": "never" }' });
    const { code, stdout, stderr } = await run(root, 'scan', '--config', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('finds more with --preset strict', async () => {
    const code = "import axios from 'axios';\nexport const get = (url, signal) => axios.get(url, { signal });\n";
    const root = createProject({ 'a.js': code });
    expect(await run(root, 'scan')).toMatchObject({ code: 0 });
    const { code: exit, stdout } = await run(root, 'scan', '--preset', 'strict', '--format', 'json');
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      preset: 'strict',
      findings: expect.arrayContaining([expect.objectContaining({ messageId: 'callerOwned' })]) as unknown,
    });
  });

  it('mends with --fix, and says so', async () => {
    const root = createProject({ 'package.json': '{ "engines": { "node": ">=20" } }', 'found.js': unbounded });
    expect(await run(root, 'scan', '--fix')).toEqual({
      code: 0,
      stdout: 'All clear. 1 file scanned, nothing to report. 1 file rewritten.\n',
      stderr: '',
    });
    expect(readFileSync(path.join(root, 'found.js'), 'utf8')).toContain('timeout: 5000');
  });

  it('takes the findings of today for the baseline, and fails on new ones only', async () => {
    const root = createProject({ 'found.js': unbounded });
    expect(await run(root, 'scan', '--write-baseline', 'baseline.json')).toEqual({
      code: 0,
      stdout: '1 finding written to the baseline baseline.json\n',
      stderr: '',
    });
    addFiles(root, { 'found.js': `// moved\n\n${unbounded}` });
    expect(await run(root, 'scan', '--baseline', 'baseline.json')).toEqual({
      code: 0,
      stdout: 'All clear. 1 file scanned, nothing to report. 1 known finding in the baseline.\n',
      stderr: '',
    });
    addFiles(root, { 'found.js': 'export {};\n', 'new.js': unbounded });
    const { code, stdout } = await run(root, 'scan', '--baseline', 'baseline.json');
    expect(code).toBe(1);
    expect(stdout).toContain('1 finding in 1 file (2 files scanned). 1 of the baseline fixed: --prune-baseline takes');
    const report = await run(root, 'scan', '--baseline', 'baseline.json', '--format', 'json');
    expect(JSON.parse(report.stdout)).toMatchObject({
      baseline: { known: 0, fixed: [{ path: 'found.js', count: 1 }] },
    });
    await run(root, 'scan', '--baseline', 'baseline.json', '--prune-baseline');
    expect(JSON.parse(readFileSync(path.join(root, 'baseline.json'), 'utf8'))).toMatchObject({ findings: {} });
  });

  it('with --changed-since tells of changed lines, and of findings that rest on one', async () => {
    const call = (id: number): string => `export const f${String(id)} = () => api.get('/${String(id)}');\n`;
    const client = "import axios from 'axios';\nexport const api = axios.create({\n  baseURL: 'https://a.test',\n";
    const bounded = `${client}  timeout: 5000,\n});\n${call(1)}`;
    const root = createProject({ 'api.js': bounded, 'old.js': unbounded });
    commitAll(root);
    const since = async (): Promise<unknown> => {
      const { stdout, code } = await run(root, 'scan', '--changed-since', 'HEAD', '--format', 'json');
      const { findings, changedSince } = JSON.parse(stdout) as { findings: { path: string }[]; changedSince: unknown };
      return { code, paths: findings.map((each) => each.path), changedSince };
    };
    expect(await since()).toEqual({ code: 0, paths: [], changedSince: { ref: 'HEAD', elsewhere: 1 } });
    // The report sits on `axios.create`, whose line is as it was; its options have lost a line.
    addFiles(root, { 'api.js': `${client}});\n${call(1)}` });
    expect(await since()).toEqual({ code: 1, paths: ['api.js'], changedSince: { ref: 'HEAD', elsewhere: 1 } });
    addFiles(root, { 'api.js': bounded, 'old.js': `// more\n${unbounded}` });
    expect(await since()).toMatchObject({ code: 0 });
    addFiles(root, { 'old.js': `${unbounded}${unbounded.split('\n')[1] ?? ''}\n` });
    expect(await since()).toEqual({ code: 1, paths: ['old.js'], changedSince: { ref: 'HEAD', elsewhere: 1 } });
    expect(await run(root, 'scan', '--changed-since', 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^resilience: there is no commit 'nowhere' here .+\n$/u) as unknown,
    });
  });

  it('says in one line that the native TypeScript is not there', async () => {
    const root = createProject({ 'found.js': unbounded });
    const { code, stdout, stderr } = await run(root, 'scan', '--native');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^resilience: the native TypeScript is not installed beside the parser\. .+\n$/u);
  });

  it('with --max-findings lets so many pass', async () => {
    const root = createProject({ 'a.js': unbounded, 'b.js': unbounded });
    expect(await run(root, 'scan', '--max-findings', '2')).toMatchObject({ code: 0 });
    expect(await run(root, 'scan', '--max-findings', '1')).toMatchObject({ code: 1 });
  });
});
