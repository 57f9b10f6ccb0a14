/**
 * The layers of the source tree, and which may import which (an ESLint configuration). Whatever is not allowed here is an error.
 */
import { createNodeResolver, importX } from 'eslint-plugin-import-x';

/**
 * Every layer: the paths that belong to it, and the layers that it may import beside itself.
 *
 * @type {ReadonlyMap<string, { readonly paths: readonly [string, ...string[]], readonly mayImport: readonly string[] }>}
 */
export const layers = new Map([
  ['catalog', { paths: ['src/catalog'], mayImport: [] }],
  ['settings', { paths: ['src/settings.ts', 'src/settings'], mayImport: ['catalog'] }],
  ['analysis', { paths: ['src/analysis', 'src/findings.ts'], mayImport: ['catalog', 'settings'] }],
  ['fixes', { paths: ['src/fixes'], mayImport: ['catalog', 'settings', 'analysis'] }],
  [
    'rules',
    {
      paths: ['rules', 'src/define-rule.ts', 'src/rule-context.ts'],
      mayImport: ['catalog', 'settings', 'analysis', 'fixes'],
    },
  ],
  [
    'plugin',
    { paths: ['src/plugin.ts', 'src/configs.ts'], mayImport: ['catalog', 'settings', 'analysis', 'fixes', 'rules'] },
  ],
  ['project', { paths: ['src/project'], mayImport: ['catalog', 'settings', 'analysis'] }],
  ['report', { paths: ['src/report'], mayImport: ['catalog', 'settings', 'analysis', 'project'] }],
  ['codemods', { paths: ['src/codemods'], mayImport: ['catalog', 'settings', 'analysis', 'fixes', 'project'] }],
  [
    'cli',
    {
      paths: ['src/cli'],
      mayImport: ['catalog', 'settings', 'analysis', 'fixes', 'rules', 'plugin', 'project', 'report', 'codemods'],
    },
  ],
]);

/** What only tools need: no file that ships may import from these. */
const tooling = ['test', 'bench', 'scripts', 'examples'];

/** Packages that must not be loaded with the plugin (their types may be imported: those vanish in the build). */
const notWithThePlugin = {
  regex: '^(typescript|ts-api-utils|ts-morph|@typescript-eslint/(type-utils|parser|typescript-estree))(/|$)',
  allowTypeImports: true,
  message: 'The plugin must load without it: load it lazily, or import only its types.',
};

/** The layers that run inside ESLint. */
const insideEslint = new Set(['catalog', 'settings', 'analysis', 'fixes', 'rules', 'plugin']);

/** @param {string} path */
const asGlob = (path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`);

/**
 * The configuration objects that hold the layers apart in the tree below `root`.
 *
 * @param {string} root an absolute path
 * @param {Record<string, unknown>} typescriptPlugin the `@typescript-eslint` plugin
 * @returns {import('eslint').Linter.Config[]}
 */
export function layersConfig(root, typescriptPlugin) {
  const zones = [...layers].map(([name, { paths, mayImport }]) => {
    const others = [...layers].filter(([other]) => other !== name && !mayImport.includes(other));
    return {
      target: [...paths],
      from: [...others.flatMap(([, other]) => other.paths), ...tooling],
      message: `The layer "${name}" may import ${mayImport.length === 0 ? 'no other layer' : `only: ${mayImport.join(', ')}`}.`,
    };
  });
  return [
    {
      name: 'layers/direction',
      files: [...layers.values()].flatMap(({ paths }) => paths.map(asGlob)),
      plugins: { 'import-x': importX },
      settings: {
        'import-x/resolver-next': [createNodeResolver({ extensionAlias: { '.js': ['.ts', '.js'] } })],
      },
      rules: { 'import-x/no-restricted-paths': ['error', { basePath: root, zones }] },
    },
    {
      name: 'layers/inside-eslint',
      files: [...layers].filter(([name]) => insideEslint.has(name)).flatMap(([, { paths }]) => paths.map(asGlob)),
      plugins: { '@typescript-eslint': typescriptPlugin },
      rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [notWithThePlugin] }] },
    },
    {
      name: 'layers/catalog-is-data',
      files: ['src/catalog/**/*.ts'],
      plugins: { '@typescript-eslint': typescriptPlugin },
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          { patterns: [{ regex: '^[^.]', message: 'The catalog is data: it imports nothing but itself.' }] },
        ],
      },
    },
  ];
}
