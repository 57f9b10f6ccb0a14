/** Adds this plugin to a flat config, by edits that leave the rest of the file as it is. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { TSESLint } from '@typescript-eslint/utils';
import { splitLines } from './frame.js';

/** The names under which ESLint looks for a configuration, in its order. */
export const configNames = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);

const PACKAGE = 'eslint-plugin-resilience';

/** What became of a configuration. */
export type Addition =
  | { readonly kind: 'added'; readonly text: string }
  | { readonly kind: 'present' }
  /** It is put together in a way that is not looked through. */
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * @param text of the configuration, which is parsed and never run
 * @throws what the parser throws where it does not parse
 */
export function addPlugin(text: string, parser: TSESLint.FlatConfig.Parser, preset: string): Addition {
  if (new RegExp(`['"\`]${PACKAGE}['"\`]`, 'u').test(text)) return { kind: 'present' };
  const program = parse(text, parser);
  const found = exported(program);
  if (!found) return { kind: 'unclear', why: 'it exports nothing that is an array' };
  const list = listOf(found.value, program);
  if (!list) return { kind: 'unclear', why: 'what it exports is not written as an array' };

  const name = freeName(text);
  const edits = [listEdit(list, `...${name}.configs.${preset}`, text), importEdit(program, found.commonjs, name, text)];
  const withEdits = edits
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, insert }) => result.slice(0, at) + insert + result.slice(at), text);
  return { kind: 'added', text: withEdits };
}

function parse(text: string, parser: TSESLint.FlatConfig.Parser): TSESTree.Program {
  const options = { range: true, loc: true, sourceType: 'module', comment: false } as const;
  if ('parseForESLint' in parser) return parser.parseForESLint(text, options).ast as TSESTree.Program;
  return parser.parse(text, options) as TSESTree.Program;
}

/** What is exported by `export default`, or by `module.exports =`. */
function exported({ body }: TSESTree.Program): { value: TSESTree.Node; commonjs: boolean } | undefined {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') return { value: statement.declaration, commonjs: false };
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    const isExports =
      left.type === 'MemberExpression' &&
      left.object.type === 'Identifier' &&
      left.object.name === 'module' &&
      left.property.type === 'Identifier' &&
      left.property.name === 'exports';
    if (isExports) return { value: right, commonjs: true };
  }
  return undefined;
}

/** Where elements are added: an array, or the arguments of a call (`tseslint.config(a, b)`) that has no array of its own. */
type List = TSESTree.ArrayExpression | TSESTree.CallExpression;

function listOf(node: TSESTree.Node, program: TSESTree.Program): List | undefined {
  switch (node.type) {
    case 'ArrayExpression':
      return node;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return listOf(node.expression, program);
    case 'AwaitExpression':
      return listOf(node.argument, program);
    case 'Identifier': {
      const variable = program.body
        .flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : []))
        .find(({ id }) => id.type === 'Identifier' && id.name === node.name);
      return variable?.init ? listOf(variable.init, program) : undefined;
    }
    case 'CallExpression': {
      const callee = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
      // `defineConfig`, `tseslint.config`, and what frameworks name after them take any number of configurations.
      if (callee.type !== 'Identifier' || !/config/iu.test(callee.name)) return undefined;
      const [only, ...others] = node.arguments;
      return only?.type === 'ArrayExpression' && others.length === 0 ? only : node;
    }
    default:
      return undefined;
  }
}

interface Insertion {
  readonly at: number;
  readonly insert: string;
}

function listEdit(list: List, element: string, text: string): Insertion {
  const elements = list.type === 'ArrayExpression' ? list.elements : list.arguments;
  const last = elements.at(-1);
  const closing = list.range[1] - 1;
  if (!last) return { at: closing, insert: element };
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const rest = text.slice(last.range[1], closing);
  // The comma may stand in a comment: only the code between counts.
  const code = rest.replaceAll(/\/\*.*?\*\/|\/\/[^\r\n]*/gsu, (comment) => ' '.repeat(comment.length));
  const comma = code.indexOf(',');
  const line = text.slice(text.lastIndexOf('\n', last.range[0] - 1) + 1, last.range[0]);
  if (!/^\s*$/u.test(line)) {
    const at = last.range[1] + (comma === -1 ? 0 : comma + 1);
    return { at, insert: comma === -1 ? `, ${element}` : ` ${element},` };
  }
  if (comma === -1) return { at: last.range[1], insert: `,${newline}${line}${element}` };
  // Behind the comma, and behind a comment on its line.
  const end = /^[^\r\n]*/u.exec(rest.slice(comma))?.[0].length ?? 1;
  return { at: last.range[1] + comma + end, insert: `${newline}${line}${element},` };
}

function importEdit(program: TSESTree.Program, commonjs: boolean, name: string, text: string): Insertion {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const quote = /from "|require\("/u.test(text) ? '"' : "'";
  const end = /;\s*$/mu.test(text) || !text.includes('import ') ? ';' : '';
  const specifier = `${quote}${PACKAGE}${quote}`;
  // An ES module, which `require` gives whole: its own export is `module.exports`.
  const statement = commonjs ? `const ${name} = require(${specifier})${end}` : `import ${name} from ${specifier}${end}`;
  const last = program.body.findLast((node) =>
    commonjs
      ? node.type === 'VariableDeclaration' && /\brequire\(/u.test(text.slice(...node.range))
      : node.type === 'ImportDeclaration',
  );
  if (last) return { at: last.range[1], insert: `${newline}${statement}` };
  const first = program.body[0]?.range[0] ?? text.length;
  // A comment on top, such as `// @ts-check`, stays there.
  const lineStart = text.lastIndexOf('\n', first - 1) + 1;
  return { at: lineStart, insert: `${statement}${newline}${newline}` };
}

/** A name for the plugin that the file does not use yet. */
function freeName(text: string): string {
  const isTaken = (name: string): boolean => new RegExp(`\\b${name}\\b`, 'u').test(text);
  return ['resilience', 'resiliencePlugin', 'eslintPluginResilience'].find((name) => !isTaken(name)) ?? 'resilience_';
}

/** A configuration from nothing. */
export function newConfig(preset: string, typescript: boolean): string {
  const typed = typescript
    ? [
        '  {',
        "    files: ['**/*.{ts,cts,mts,tsx}'],",
        '    extends: [tseslint.configs.base],',
        '    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },',
        '  },',
      ]
    : [];
  return [
    `import resilience from '${PACKAGE}';`,
    "import { defineConfig } from 'eslint/config';",
    ...(typescript ? ["import tseslint from 'typescript-eslint';"] : []),
    '',
    'export default defineConfig([',
    ...typed,
    `  resilience.configs.${preset},`,
    ']);',
    '',
  ].join('\n');
}

/** Whether a configuration seems to ask for type information. */
export const asksForTypes = (text: string): boolean =>
  splitLines(text).some((line) => /projectService|parserOptions\.project|\bproject\s*:|TypeChecked/u.test(line));
