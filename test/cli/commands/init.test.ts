import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { createProject } from '../project.js';
import { run } from '../run.js';

const root = path.join(import.meta.dirname, '../../..');
const unbounded = "import axios from 'axios';\nexport const get = () => axios.get('https://payments.test/charges');\n";

/** A project in which the tools are installed, and this package as it was built. */
function createInstalled(files: Readonly<Record<string, string>>): string {
  const project = createProject({ 'pay.js': unbounded, ...files });
  mkdirSync(path.join(project, 'node_modules'));
  for (const name of ['eslint', 'typescript-eslint', '@eslint', 'axios']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(project, 'node_modules', name));
  }
  symlinkSync(root, path.join(project, 'node_modules/eslint-plugin-resilience'));
  return project;
}

async function rulesThatReport(project: string): Promise<unknown[]> {
  const [result] = await new ESLint({ cwd: project }).lintFiles(['pay.js']);
  return result!.messages.map(({ ruleId }) => ruleId);
}

const read = (project: string, name: string): string => readFileSync(path.join(project, name), 'utf8');

describe('resilience init', () => {
  it.each([
    ['for JavaScript', {}],
    ['for TypeScript', { 'tsconfig.json': '{}' }],
  ])('writes a configuration %s where there is none', async (_name, files) => {
    const project = createInstalled({ 'package.json': '{ "type": "module" }', ...files });
    const { code, stdout } = await run(project, 'init', '--write');
    expect(code).toBe(0);
    expect(stdout).toContain('+++ b/eslint.config.js\n');
    expect(stdout).toContain('eslint.config.js is written.\n');
    expect(await rulesThatReport(project)).toEqual(['resilience/require-timeout']);
  });

  it.each([
    [
      'an array',
      "import js from '@eslint/js';\n\nexport default [js.configs.recommended];\n",
      "import js from '@eslint/js';\nimport resilience from 'eslint-plugin-resilience';\n\nexport default [js.configs.recommended, ...resilience.configs.recommended];\n",
    ],
    [
      'an array over several lines, with comments and a last comma',
      "// @ts-check\nimport js from '@eslint/js';\n\n/** ours */\nexport default [\n  js.configs.recommended, // first, always\n  // and no more\n];\n",
      "// @ts-check\nimport js from '@eslint/js';\nimport resilience from 'eslint-plugin-resilience';\n\n/** ours */\nexport default [\n  js.configs.recommended, // first, always\n  ...resilience.configs.recommended,\n  // and no more\n];\n",
    ],
    [
      'defineConfig',
      "import { defineConfig } from 'eslint/config';\nexport default defineConfig([\n  { rules: { eqeqeq: 'off' } }\n])\n",
      "import { defineConfig } from 'eslint/config';\nimport resilience from 'eslint-plugin-resilience';\nexport default defineConfig([\n  { rules: { eqeqeq: 'off' } },\n  ...resilience.configs.recommended\n])\n",
    ],
    [
      'arguments',
      "import tseslint from 'typescript-eslint';\nconst config = tseslint.config({}, { rules: {} });\nexport default config;\n",
      "import tseslint from 'typescript-eslint';\nimport resilience from 'eslint-plugin-resilience';\nconst config = tseslint.config({}, { rules: {} }, ...resilience.configs.recommended);\nexport default config;\n",
    ],
    [
      'nothing',
      'export default [];\n',
      "import resilience from 'eslint-plugin-resilience';\n\nexport default [...resilience.configs.recommended];\n",
    ],
    [
      'a name that is taken',
      'const resilience = {};\nexport default [resilience];\n',
      "import resiliencePlugin from 'eslint-plugin-resilience';\n\nconst resilience = {};\nexport default [resilience, ...resiliencePlugin.configs.recommended];\n",
    ],
  ])('adds the plugin to %s, and leaves the rest', async (_name, before, after) => {
    const project = createInstalled({ 'package.json': '{ "type": "module" }', 'eslint.config.js': before });
    expect(await run(project, 'init', '--write')).toMatchObject({ code: 0, stderr: '' });
    const written = read(project, 'eslint.config.js');
    // A file without a single semicolon gets none.
    expect(written.replaceAll(';', '')).toBe(after.replaceAll(';', ''));
    expect(await rulesThatReport(project)).toEqual(['resilience/require-timeout']);
    expect(await run(project, 'init', '--write')).toMatchObject({ code: 0 });
    expect(read(project, 'eslint.config.js')).toBe(written);
  });

  it('adds it to CommonJS, and keeps line ends', async () => {
    const before = "const js = require('@eslint/js');\r\n\r\nmodule.exports = [\r\n  js.configs.recommended,\r\n];\r\n";
    const project = createInstalled({ 'eslint.config.cjs': before });
    expect(await run(project, 'init', '--write', '--preset', 'strict')).toMatchObject({ code: 0, stderr: '' });
    expect(read(project, 'eslint.config.cjs')).toBe(
      "const js = require('@eslint/js');\r\nconst resilience = require('eslint-plugin-resilience');\r\n\r\nmodule.exports = [\r\n  js.configs.recommended,\r\n  ...resilience.configs.strict,\r\n];\r\n",
    );
    expect(await rulesThatReport(project)).toContain('resilience/require-timeout');
  });

  it('writes nothing without being told to', async () => {
    const before = 'export default [];\n';
    const project = createInstalled({ 'eslint.config.mjs': before });
    const { code, stdout } = await run(project, 'init');
    expect(code).toBe(1);
    expect(stdout).toContain('+export default [...resilience.configs.recommended];\n');
    expect(stdout).toContain('Nothing is written. resilience init --write writes eslint.config.mjs.\n');
    expect(read(project, 'eslint.config.mjs')).toBe(before);
  });

  it('says what is to be installed', async () => {
    const project = createProject({
      'pnpm-lock.yaml': '',
      'package.json': '{ "devDependencies": { "eslint": "10" } }',
    });
    expect((await run(project, 'init', '--write')).stdout).toContain(
      'Next: pnpm add --save-dev eslint-plugin-resilience\n',
    );
  });

  it.each([
    ['a legacy configuration', { '.eslintrc.json': '{}' }, '.eslintrc.json is read by no ESLint of today'],
    ['one that does not parse', { 'eslint.config.js': 'export default [' }, 'eslint.config.js does not parse: '],
    [
      'one that is put together elsewhere',
      { 'eslint.config.js': "export { default } from './config.js';\n" },
      'eslint.config.js is left alone, since it exports nothing that is an array',
    ],
    [
      'one that is a promise of something',
      { 'eslint.config.js': "import { load } from './x.js';\nexport default load();\n" },
      'eslint.config.js is left alone, since what it exports is not written as an array',
    ],
  ])('leaves %s alone, in one line', async (_name, files, message) => {
    const project = createProject(files);
    const { code, stdout, stderr } = await run(project, 'init', '--write');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(`resilience: ${message}`), stderr).toBe(true);
    expect(stderr.match(/\n/gu)).toHaveLength(1);
  });
});
