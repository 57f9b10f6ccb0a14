import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEslint, loadParser, ownInstall } from '../../src/project/toolchain.js';
import { createProject } from '../cli/project.js';

const fake = (name: string, version: string, code: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, main: 'index.js' }),
  [`node_modules/${name}/index.js`]: code,
});

describe('loadParser', () => {
  it('finds the parser of this package, with the TypeScript that it uses', async () => {
    const { parser, typescript } = await loadParser([ownInstall]);
    expect(parser).toHaveProperty('parseForESLint');
    expect(typescript.version).toMatch(/^6\.0\./u);
  });

  it('says in one line what is not installed, and how to install it', async () => {
    await expect(loadParser([createProject({})])).rejects.toMatchObject({
      name: 'MissingToolError',
      message:
        '@typescript-eslint/parser is not installed. Install it with: npm install --save-dev @typescript-eslint/parser@8 typescript@6.0',
    });
  });

  it('goes on to the next place where TypeScript has no JavaScript API', async () => {
    const root = createProject({
      ...fake('typescript', '7.0.2', "exports.version = '7.0.2';"),
      ...fake('@typescript-eslint/parser', '8.73.0', "throw new Error('no TypeScript');"),
    });
    await expect(loadParser([root])).rejects.toThrow(/^typescript 7\.0\.2 has no JavaScript API/u);
    expect((await loadParser([root, ownInstall])).typescript.version).toMatch(/^6\./u);
  });

  it('takes no parser of another major version', async () => {
    const root = createProject({
      ...fake('typescript', '5.9.0', "exports.version = '5.9.0'; exports.createProgram = () => {};"),
      ...fake('@typescript-eslint/parser', '7.1.0', "exports.version = '7.1.0';"),
    });
    await expect(loadParser([root])).rejects.toThrow('@typescript-eslint/parser is 7.1.0 (8 is needed)');
  });
});

describe('loadEslint', () => {
  it('finds the class', async () => {
    expect((await loadEslint([ownInstall])).ESLint.version).toMatch(/^10\./u);
  });

  it('takes no version that is too old', async () => {
    const root = createProject(fake('eslint', '9.21.0', "exports.ESLint = class { static version = '9.21.0' };"));
    await expect(loadEslint([root])).rejects.toThrow('eslint is 9.21.0 (9.22 or later is needed)');
    await expect(loadEslint([path.join(root, 'nowhere'), ownInstall])).resolves.toHaveProperty('ESLint');
  });
});
