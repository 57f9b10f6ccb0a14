/** The built program, as users start it. Needs `npm run build` first. */
import { spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProject } from './project.js';

const root = path.join(import.meta.dirname, '../..');
const bin = path.join(root, 'dist/src/cli/bin.js');

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in a process of its own. `readOnly`: how many bytes of its output are read before the pipe closes. */
function resilience(cwd: string, args: readonly string[], { readOnly = Infinity } = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
    const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.length >= readOnly) child.stdout.destroy();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

const unbounded =
  "import axios from 'axios';\n\nexport const charge = (body) => axios.post('https://payments.test', body);\n";

describe('the program', () => {
  beforeAll(() => {
    // A build that is not there would only show as an exit code.
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/u);
  });

  it('is what package.json names', () => {
    const { bin: named } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    expect(path.join(root, named['resilience'] ?? '')).toBe(bin);
  });

  it('scans a project that has no configuration, without colours and progress in a pipe', async () => {
    const project = createProject({ 'src/pay.js': unbounded, 'package.json': '{ "engines": { "node": ">=20" } }' });
    const { code, stdout, stderr } = await resilience(project, ['scan']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^src\/pay\.js\n\n {2}3:\d+ {2}/u);
    expect(stdout).toContain('> 3 | export const charge');
    expect(stdout).toMatch(/\n1 finding in 1 file \(1 file scanned\)\.\nNext: resilience scan --fix .+\n$/u);
    // eslint-disable-next-line no-control-regex -- it is what it looks for
    expect(stdout).not.toMatch(/\u001b/u);
  });

  it('uses types where a tsconfig.json owns the file', async () => {
    const project = createProject({
      'package.json': '{ "type": "module", "dependencies": { "axios": "*" } }',
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'NodeNext', target: 'ES2022', strict: true, types: [], noEmit: true },
      }),
      'pay.ts': [
        "import type { AxiosInstance } from 'axios';",
        'export class Payments {',
        '  constructor(private readonly http: AxiosInstance) {}',
        "  charge = () => this.http.post('/charges', {});",
        '}',
        '',
      ].join('\n'),
    });
    // The real library, as npm installed it here.
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    const scan = async (...options: string[]): Promise<unknown> =>
      JSON.parse((await resilience(project, ['scan', '--format', 'json', '--preset', 'strict', ...options])).stdout);
    expect(await scan()).toMatchObject({
      files: [{ path: 'pay.ts', types: true }],
      findings: expect.arrayContaining([expect.objectContaining({ ruleId: 'resilience/require-timeout' })]) as unknown,
    });
    expect(await scan('--no-types')).toMatchObject({ files: [{ path: 'pay.ts', types: false }] });
  });

  it('writes the same bytes each time', async () => {
    const project = createProject({ 'a.js': unbounded, 'b/c.js': unbounded, 'b/a.ts': '(' });
    const first = await resilience(project, ['scan', '--format', 'json']);
    expect(first.code).toBe(2);
    expect(await resilience(project, ['scan', '--format', 'json'])).toEqual(first);
  });

  it('keeps trouble out of the output', async () => {
    const project = createProject({ 'a.js': unbounded, 'broken.js': '(', '.git/HEAD': '', 'tsconfig.json': '{' });
    const { code, stdout, stderr } = await resilience(project, ['scan', '.', 'nowhere', '--format', 'json']);
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(1);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^resilience: broken\.js:\d+:\d+: does not parse: \S/u),
      'resilience: nowhere: no such file or directory',
      expect.stringMatching(/^resilience: tsconfig\.json:1:\d+: .* scanned without types$/u),
      '',
    ]);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const call = "axios.post('https://payments.test', 1);\n";
    // More than a pipe holds.
    const project = createProject({ 'a.js': `import axios from 'axios';\n${call.repeat(500)}` });
    const { stderr } = await resilience(project, ['scan'], { readOnly: 1 });
    expect(stderr).not.toContain('EPIPE');
    expect(stderr).not.toContain(' at ');
  });

  it('answers a mistake in one line', async () => {
    expect(await resilience(root, ['scan', '--colour'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "resilience: Unknown option '--colour' (resilience scan --help shows what there is)\n",
    });
  });
});
