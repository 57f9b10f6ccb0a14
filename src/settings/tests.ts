/** Which files are tests: the presets switch the rules off there, and the codemods and the report leave them alone. */

const extensions = ['js', 'cjs', 'mjs', 'jsx', 'ts', 'cts', 'mts', 'tsx'];
const infixes = ['test', 'spec', 'e2e', 'bench'];
const folders = ['test', 'tests', '__tests__', '__mocks__', '__fixtures__', 'fixtures', 'e2e'];

/** As globs, for ESLint. */
export const testFiles: readonly string[] = [
  `**/*.{${infixes.join(',')}}.{${extensions.join(',')}}`,
  `**/{${folders.join(',')}}/**/*.{${extensions.join(',')}}`,
];

const pattern = new RegExp(
  `(?:^|/)(?:(?:${folders.join('|')})/(?:.*/)?)[^/]*$|\\.(?:${infixes.join('|')})\\.(?:${extensions.join('|')})$`,
  'u',
);

/** Whether a path (relative, with forward slashes) is a test's. */
export const isTestFile = (relative: string): boolean => pattern.test(relative);
