/** The recipes in examples/ci: valid for those who read them, and made of commands that work. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.js';
import { commitAll, git } from '../cli/git.js';
import { addFiles, createProject } from '../cli/project.js';

const root = path.join(import.meta.dirname, '../..');
const schemas = path.join(
  path.dirname(createRequire(import.meta.url).resolve('schemastore/package.json')),
  'schemas/json',
);
const gitlab = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json';
const unbounded = "import axios from 'axios';\nawait axios.get('https://payments.test/charges');\n";

const read = (name: string): string => readFileSync(path.join(root, 'examples/ci', name), 'utf8');

/** One of them names its dialect without the fragment, which Ajv takes for another one. */
const schemaOf = (name: string): object => ({
  ...(JSON.parse(readFileSync(path.join(schemas, name), 'utf8')) as object),
  $schema: 'http://json-schema.org/draft-07/schema#',
});

describe.each([
  ['github-actions.yml', 'github-workflow.json'],
  ['gitlab-ci.yml', gitlab],
  ['pre-commit-config.yaml', 'pre-commit-config.json'],
])('%s', (name, schemaName) => {
  const recipe: unknown = parse(read(name));

  it('is what its reader expects', () => {
    const validator = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
    for (const other of new Set(['pre-commit-hooks.json', schemaName])) validator.addSchema(schemaOf(other), other);
    const validate = validator.getSchema(schemaName)!;
    void validate(recipe);
    expect(validate.errors).toBeNull();
  });

  it('runs commands that work', async () => {
    const project = createProject({ 'found.js': unbounded });
    commitAll(project);
    const commands = [...JSON.stringify(recipe).matchAll(/npx --no-install resilience (?<args>[^"\\&|]+)/gu)];
    expect(commands).toHaveLength(1);
    let stderr = '';
    const code = await main(commands[0]!.groups!['args']!.trim().split(/\s+/u), {
      cwd: project,
      env: {},
      stdout: { write: () => true },
      stderr: { write: (text) => (stderr += text) },
    });
    expect(stderr).toBe('');
    // The hook looks at changes, and there are none.
    expect(code).toBe(name.startsWith('pre-commit') ? 0 : 1);
  });
});

describe('pre-commit', () => {
  /** A repository with the hook, the built program where npm would put it, and an old finding. */
  function createRepository(): string {
    const project = createProject({ '.gitignore': 'node_modules/\n', 'old.js': unbounded });
    commitAll(project);
    const bin = path.join(project, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    const program = path.join(root, 'dist/src/cli/bin.js');
    writeFileSync(path.join(bin, 'resilience'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
    chmodSync(path.join(bin, 'resilience'), 0o755);
    addFiles(project, { 'package.json': '{ "name": "shop", "version": "1.0.0" }' });
    copyFileSync(path.join(root, 'examples/ci/pre-commit'), path.join(project, '.git/hooks/pre-commit'));
    return project;
  }

  /** Commits everything. Gives what git said when it refused. */
  function commit(project: string): string {
    try {
      commitAll(project);
      return '';
    } catch (error) {
      return (error as { stdout: string; stderr: string }).stdout + (error as { stderr: string }).stderr;
    }
  }

  it('refuses a commit that brings a finding in, and no other', () => {
    const project = createRepository();
    addFiles(project, { 'README.md': 'x\n' });
    expect(commit(project)).toBe('');
    addFiles(project, { 'clean.js': 'export {};\n' });
    expect(commit(project)).toBe('');
    addFiles(project, { 'new.js': unbounded });
    const refused = commit(project);
    expect(refused).toContain('new.js');
    expect(refused).toContain('resilience/require-timeout');
    expect(refused).not.toContain('old.js');
    expect(git(project, 'status', '--short')).toBe('A  new.js\n');
    addFiles(project, { 'new.js': 'export {};\n' });
    expect(commit(project)).toBe('');
  });

  it('looks at everything before the first commit', () => {
    const project = createRepository();
    git(project, 'update-ref', '-d', 'HEAD');
    expect(commit(project)).toContain('old.js');
  });

  it('is a script that any shell reads', () => {
    execFileSync('sh', ['-n', path.join(root, 'examples/ci/pre-commit')]);
    expect(read('pre-commit')).toMatch(/^#!\/bin\/sh\n/u);
  });
});
