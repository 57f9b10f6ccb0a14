import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addFiles, createProject } from '../project.js';
import { run } from '../run.js';

const root = path.join(import.meta.dirname, '../../..');
const tsconfig = JSON.stringify({
  compilerOptions: { module: 'NodeNext', target: 'ES2022', strict: true, types: [], noEmit: true },
  include: ['src'],
});

describe('resilience doctor', () => {
  it('is content with a project where all is well', async () => {
    const project = createProject({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': tsconfig,
      'src/pay.ts': "import axios from 'axios';\nexport const get = () => axios.get('https://payments.test');\n",
    });
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
    const { code, stdout, stderr } = await run(project, 'doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Tools\n {2}eslint-plugin-resilience +\d.*\n {2}typescript +6\.\d/su);
    expect(stdout).toContain('✓ The file has a tsconfig.json\n  ✓ No client has the type any\n');
    expect(stdout).toMatch(/✓ axios +1\.\d+\.\d+\n/u);
  });

  it('tells of files without types, of clients typed any, and of versions that were not measured', async () => {
    const project = createProject({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': tsconfig,
      'src/pay.ts':
        "import axios from 'axios';\n// @ts-ignore\nimport got from 'got';\nexport const a = () => axios.get('https://a.test');\nexport const b = () => got('https://b.test');\n",
      'scripts/run\u001b[31m.js': 'export {};\n',
      'node_modules/axios/package.json': '{ "name": "axios", "version": "99.1.0", "main": "index.js" }',
      'node_modules/axios/index.js': '',
      'node_modules/got/package.json': '{ "name": "got", "version": "14.0.0", "main": "index.js" }',
      'node_modules/got/index.js': '',
    });
    const { code, stdout } = await run(project, 'doctor');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ 1 of 2 files are in no tsconfig.json');
    expect(stdout).toContain('    scripts/run␛[31m.js\n');
    expect(stdout).toContain('✗ 2 calls of clients whose type is any');
    expect(stdout).toContain('    src/pay.ts:4:24 axios\n    src/pay.ts:5:24 got\n');
    expect(stdout).toMatch(/\? axios +99\.1\.0 {2}another major version/u);
    expect(stdout).toMatch(/✓ got +14\.0\.0\n/u);
  });

  it('exits with 2 on trouble, in one line', async () => {
    const project = createProject({ 'a.ts': 'export {};\n', 'tsconfig.json': '{' });
    const { code, stderr } = await run(project, 'doctor');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^resilience: tsconfig\.json:1:\d+: .+\n$/u);
    addFiles(project, { 'tsconfig.json': '{}' });
    expect(await run(project, 'doctor')).toMatchObject({ code: 0, stderr: '' });
    expect(await run(project, 'doctor', '--fast')).toMatchObject({ code: 2, stdout: '' });
  });
});
