import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import tseslint from 'typescript-eslint';
import { layersConfig } from './scripts/layers.js';

export default defineConfig([
  globalIgnores([
    'dist/',
    'coverage/',
    '.cache/',
    '**/node_modules/',
    'examples/',
    // Inputs of tests: code with the faults that the rules are about.
    'test/fixtures/',
    'test/accuracy/',
    // Packages of their own, with dependencies that are not installed here.
    'test/proofs/',
    // A user's configuration: a test compiles it against the packed plugin.
    'test/types/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    name: 'project/javascript',
    files: ['**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly', performance: 'readonly' },
    },
  },
  {
    name: 'project/page',
    files: ['src/report/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'location', 'setTimeout', 'addEventListener', 'FormData', 'Element', 'SVGElement', 'HTMLElement']
          .concat(['HTMLDetailsElement', 'HTMLFormElement', 'HTMLInputElement'])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    name: 'project/typescript',
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // ESTree kinds are compared as strings, and TypeScript's own enums are not there at run time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    name: 'project/tests',
    files: ['test/**/*.ts'],
    // A test that meets an unexpected undefined fails anyway.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    name: 'project/rules',
    files: ['rules/**/*.ts'],
    ignores: ['rules/index.ts'],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      'eslint-plugin/require-meta-default-options': 'error',
      'eslint-plugin/require-meta-docs-description': ['error', { pattern: '^(require|disallow|enforce) .*[^.]$' }],
      'eslint-plugin/require-meta-schema-description': 'error',
      'eslint-plugin/require-meta-type': 'error',
      'eslint-plugin/no-property-in-node': 'off',
      // Suggestions come from `mendsOf`, which the check cannot see into.
      'eslint-plugin/require-meta-has-suggestions': 'off',
    },
  },
  ...layersConfig(import.meta.dirname, tseslint.plugin),
]);
