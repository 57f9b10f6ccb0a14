import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { codemods } from '../../src/codemods/index.js';
import { withDependencies } from '../../src/codemods/manifest.js';
import { writeMigration } from '../../src/codemods/migrate.js';
import { createProject } from '../cli/project.js';
import { commitAll, createPackage, plan, read, slow, textsOf } from './support.js';

const call = "export const load = () => fetch('https://a.example.com');\n";

/** Runs the program in this process. `answers`: what is typed at a terminal. */
async function run(cwd: string, args: readonly string[], answers?: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const pending = [...(answers ?? [])];
  const output = Object.assign(new PassThrough(), {
    write: (text: string) => {
      stdout += text;
      // Each question gets the next answer.
      if (text.includes('[y]es')) stdin.write(`${pending.shift() ?? 'q'}\n`);
      return true;
    },
  });
  const code = await main(['migrate', ...args], {
    cwd,
    env: {},
    stdout: output,
    stderr: { write: (text) => (stderr += text) },
    ...(answers && { stdin }),
  });
  return { code, stdout, stderr };
}

describe('resilience migrate', { timeout: slow }, () => {
  it('shows what it would do and writes nothing', async () => {
    const root = createPackage({ 'src/a.ts': call });
    const { code, stdout, stderr } = await run(root, ['timeouts']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain("-export const load = () => fetch('https://a.example.com');\n+import { budgets }");
    expect(stdout).toContain('--- /dev/null\n+++ b/src/resilience/budgets.ts\n');
    expect(stdout).toMatch(/\nchanged {3}src\/a\.ts \(timeouts 1\)\ncreated {3}src\/resilience\/budgets\.ts\n/u);
    expect(stdout).toMatch(/2 files would be written, 0 unchanged\.\nNext: the same with --write\.\n$/u);
    expect(read(root, 'src/a.ts')).toBe(call);
    expect(readdirSync(path.join(root, 'src'))).toEqual(['a.ts']);
  });

  it('writes only over a clean git tree, unless forced to; then there is nothing more to do', async () => {
    const root = createPackage({ 'src/a.ts': call, '.gitignore': 'node_modules\n' });
    expect(await run(root, ['timeouts', '--write'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'resilience: this is no git repository, so the change could not be taken back; commit or stash first, or use --force\n',
    });
    commitAll(root);
    writeFileSync(path.join(root, 'note.txt'), '');
    expect((await run(root, ['timeouts', '--write'])).stderr).toMatch(/the git tree is not clean/u);
    expect(read(root, 'src/a.ts')).toBe(call);

    const { code, stdout, stderr } = await run(root, ['timeouts', '--write', '--force']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2 files written, 0 unchanged.');
    expect(read(root, 'src/a.ts')).toContain('budgets.aExample');
    const again = await run(root, ['timeouts']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing to change (2 files looked at).');
  });

  it('asks for each file, and takes new modules only along with a file that wants them', async () => {
    const root = createPackage({ 'src/a.ts': call, 'src/b.ts': call, '.gitignore': 'node_modules\n' });
    commitAll(root);
    const { code, stdout } = await run(root, ['timeouts', '--interactive', '--write'], ['what?', 'n', 'y']);
    expect(code).toBe(0);
    expect(stdout.match(/Change this file\?/gu)).toHaveLength(3);
    expect(read(root, 'src/a.ts')).toBe(call);
    expect(read(root, 'src/b.ts')).toContain('budgets.aExample');

    const other = createPackage({ 'src/a.ts': call });
    expect((await run(other, ['timeouts', '--interactive'], ['q'])).stdout).toContain('Nothing to change');
  });

  it('answers programs in JSON', async () => {
    const root = createPackage({ 'src/a.ts': call });
    const { code, stdout } = await run(root, ['timeouts', '--json']);
    const json = JSON.parse(stdout) as { files: { path: string; state: string; changes: object[]; diff: string }[] };
    expect(code).toBe(1);
    expect(json).toMatchObject({ schemaVersion: 1, written: false, summary: { files: json.files.length } });
    const [file] = json.files.filter(({ path: name }) => name === 'src/a.ts');
    expect(file).toMatchObject({ state: 'changed', changes: [{ codemod: 'timeouts', line: 1 }] });
    expect(file?.diff).toMatch(/^--- a\/src\/a\.ts\n\+\+\+ b\/src\/a\.ts\n@@/u);
  });

  it.each([
    ['no codemod', [], 'No codemod is named: all, timeouts'],
    ['an unknown codemod', ['timeout'], "There is no codemod 'timeout': all, timeouts"],
    ['questions without a terminal', ['all', '--interactive'], '--interactive needs a terminal'],
    ['latencies that are not there', ['all', '--latencies', 'none.json'], '--latencies none.json: cannot be read'],
  ])('tells %s in one line', async (_, args, message) => {
    const { code, stdout, stderr } = await run(createProject({}), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`resilience: ${message}`);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it.each([
    ['{ "payments": "fast" }', 'the p99 of "payments" must be a number of milliseconds above 0'],
    ['{ "payments": 1, }', 'is not JSON'],
    ['name;latency\nx;1\n', 'is neither JSON nor CSV with the columns "downstream" and "p99"'],
    ['downstream,p99\n', 'it names no downstream'],
  ])('refuses latencies like %j', async (text, message) => {
    const root = createProject({ 'latencies.txt': text });
    expect((await run(root, ['timeouts', '--latencies', 'latencies.txt'])).stderr).toContain(message);
  });

  it('reads latencies as a list and as CSV', async () => {
    for (const text of [
      '[{ "downstream": "a.example.com", "p99": 200 }]',
      'p99_ms,Downstream\r\n200,"a.example.com"\r\n',
    ]) {
      const root = createPackage({ 'src/a.ts': call, 'latencies.txt': text });
      expect((await run(root, ['timeouts', '--latencies', 'latencies.txt'])).stdout).toContain('+  aExample: 400,');
    }
  });
});

describe('planMigration', { timeout: slow }, () => {
  it('keeps byte order marks, line ends, comments and shebangs', async () => {
    const text =
      "#!/usr/bin/env node\r\n// First.\r\nexport const load = () => fetch('https://a.example.com'); // Last.\r\n";
    const root = createPackage({ 'src/a.ts': `\ufeff${text.slice(text.indexOf('//'))}`, 'src/b.ts': text });
    const texts = textsOf(root, await plan(root, ['timeouts']));
    for (const [name, start] of [
      ['src/a.ts', '\ufeffimport { budgets }'],
      ['src/b.ts', '#!/usr/bin/env node\r\n'],
    ] as const) {
      expect(texts[name]?.startsWith(start)).toBe(true);
      expect(texts[name]).toContain('// First.\r\n');
      expect(texts[name]?.replaceAll('\r\n', '')).not.toContain('\n');
      expect(texts[name]).toMatch(/; \/\/ Last\.\r\n$/u);
    }
  });

  it('writes as the project’s Prettier does, but leaves the form of files that it has not formatted', async () => {
    const root = createPackage({
      '.prettierrc.json': '{ "singleQuote": false, "printWidth": 60 }',
      'src/formatted.ts': 'export const load = () => fetch("https://a.example.com");\n',
      'src/own.ts': "export const load = () =>    fetch('https://a.example.com')\n",
    });
    const texts = textsOf(root, await plan(root, ['timeouts']));
    expect(texts['src/formatted.ts']).toBe(
      'import { budgets } from "./resilience/budgets.js";\nexport const load = () =>\n  fetch("https://a.example.com", {\n    signal: AbortSignal.timeout(budgets.aExample),\n  });\n',
    );
    expect(texts['src/own.ts']).toContain(
      "=>    fetch('https://a.example.com', { signal: AbortSignal.timeout(budgets.aExample) })\n",
    );
  });

  it('leaves a file alone that would not compile, says why, and changes the others', async () => {
    const root = createPackage({
      'src/a.ts': call,
      // The client's own type takes no signal.
      'src/b.ts':
        "const send: (url: string, init?: { method: string }) => Promise<unknown> = fetch;\nexport const load = () => send('https://b.example.com', { method: 'GET' });\n",
    });
    const result = await plan(root, ['timeouts']);
    const texts = textsOf(root, result);
    expect(Object.keys(texts)).toEqual(['src/a.ts', 'src/resilience/budgets.ts']);
    expect(texts['src/resilience/budgets.ts']).not.toContain('bExample');
    expect(result.skipped).toEqual([
      {
        path: path.join(root, 'src/b.ts'),
        reason: expect.stringMatching(
          /^timeouts would add a type error \(line 3\): TS2353: .*'signal' does not exist/u,
        ) as string,
      },
    ]);
  });

  it('does not mind errors that are there already', async () => {
    const root = createPackage({ 'src/a.ts': `${call}export const wrong: string = 1;\n` });
    const result = await plan(root, ['timeouts']);
    expect(result.skipped).toEqual([]);
    expect(Object.keys(textsOf(root, result))).toContain('src/a.ts');
  });

  it('plans package by package, each with a module of its own', async () => {
    const tsconfig = JSON.stringify({ extends: '../../tsconfig.json', include: ['src'] });
    const root = createPackage({
      'packages/a/package.json': '{ "type": "module" }',
      'packages/a/tsconfig.json': tsconfig,
      'packages/a/src/x.ts': call,
      'packages/b/package.json': '{ "type": "module" }',
      'packages/b/tsconfig.json': tsconfig,
      'packages/b/src/y.ts': call,
    });
    expect(Object.keys(textsOf(root, await plan(root, ['timeouts'])))).toEqual([
      'packages/a/src/resilience/budgets.ts',
      'packages/a/src/x.ts',
      'packages/b/src/resilience/budgets.ts',
      'packages/b/src/y.ts',
    ]);
  });
});

describe('writeMigration', { timeout: slow }, () => {
  it('writes everything or nothing', async () => {
    const root = createPackage({ 'src/a.ts': call, 'src/b.ts': call });
    const result = await plan(root, ['timeouts']);
    writeFileSync(path.join(root, 'src/b.ts'), '// meanwhile\n');
    expect(() => writeMigration(result)).toThrow(/b\.ts has changed meanwhile/u);
    expect(read(root, 'src/a.ts')).toBe(call);
    expect(readdirSync(path.join(root, 'src')).sort()).toEqual(['a.ts', 'b.ts', 'resilience']);
    expect(readdirSync(path.join(root, 'src/resilience'))).toEqual([]);
  });
});

describe('withDependencies', { timeout: slow }, () => {
  const wanted = [{ name: 'p-limit', range: '^7.0.0' }];

  it.each([
    [
      '{\n  "dependencies": {\n    "axios": "1",\n    "zod": "4"\n  }\n}\n',
      '{\n  "dependencies": {\n    "axios": "1",\n    "p-limit": "^7.0.0",\n    "zod": "4"\n  }\n}\n',
    ],
    ['{\n\t"name": "x"\n}\n', '{\n\t"name": "x",\n\t"dependencies": {\n\t\t"p-limit": "^7.0.0"\n\t}\n}\n'],
    ['{ "dependencies": { "p-limit": "6" } }', '{ "dependencies": { "p-limit": "6" } }'],
    ['{}', '{\n  "dependencies": {\n    "p-limit": "^7.0.0"\n  }\n}\n'],
  ])('makes of %j', (before, after) => {
    expect(withDependencies(before, wanted)).toBe(after);
    expect(JSON.parse(withDependencies(before, wanted))).toHaveProperty(['dependencies', 'p-limit']);
  });
});

it('has a codemod for each name', () => {
  for (const [name, codemod] of Object.entries(codemods)) expect(codemod.name).toBe(name);
});
