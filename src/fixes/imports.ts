/** Adding an import to a file in the file's own form, or reusing the one that is there. */
import { dirname, isAbsolute, relative } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Module } from '../analysis/module.js';
import { nearestManifest } from '../analysis/packages.js';
import type { Edit } from './edits.js';

/** The name to use in the file, and what has to be added for it. */
export interface ImportedName {
  readonly local: string;
  readonly edits: readonly Edit[];
}

/**
 * Makes what a module exports (`default` for its default) available under `name`, or under a name like it where that one
 * is taken. `from`: as an import names it, or the absolute path of a file.
 */
export function importName(
  source: TSESLint.SourceCode,
  module: Module,
  from: string,
  exported: string,
  name: string = exported,
): ImportedName {
  const specifier = isAbsolute(from) ? relativeSpecifier(from, module) : from;
  const imports = module.ast.body.filter((node) => node.type === 'ImportDeclaration');
  const own = imports.filter((node) => node.source.value === specifier && node.importKind !== 'type');
  for (const declaration of own) {
    const found = declaration.specifiers.find((node) => isExport(node, exported));
    if (found) return { local: found.local.name, edits: [] };
  }
  const local = freeName(source, name);
  const joined = own
    .map((declaration) => addSpecifier(source, declaration, exported, local))
    .find((edit) => edit !== null);
  if (joined) return { local, edits: [joined] };
  const text = isCommonJs(module)
    ? requireText(source, specifier, exported, local)
    : importText(source, imports, specifier, exported, local);
  return { local, edits: [insertionOf(module, imports, text)] };
}

function isExport(node: TSESTree.ImportClause, exported: string): boolean {
  if (node.type === 'ImportDefaultSpecifier') return exported === 'default';
  return (
    node.type === 'ImportSpecifier' &&
    node.importKind !== 'type' &&
    node.imported.type === 'Identifier' &&
    node.imported.name === exported
  );
}

/** Adds a name to an import that is there; `null` where it does not fit in. */
function addSpecifier(
  source: TSESLint.SourceCode,
  declaration: TSESTree.ImportDeclaration,
  exported: string,
  local: string,
): Edit | null {
  if (exported === 'default') return null;
  const last = declaration.specifiers.at(-1);
  if (!last || last.type === 'ImportNamespaceSpecifier') return null;
  const text = local === exported ? exported : `${exported} as ${local}`;
  const at = last.range[1];
  if (last.type === 'ImportSpecifier') return { range: [at, at], text: `, ${text}` };
  return source.getTokenAfter(last)?.value === 'from' ? { range: [at, at], text: `, { ${text} }` } : null;
}

/** Whether a file is CommonJS: it says so by its name, or requires and imports nothing. */
function isCommonJs(module: Module): boolean {
  if (/\.c[jt]s$/.test(module.path)) return /\.cjs$/.test(module.path);
  if (module.ast.body.some(({ type }) => /^(?:Import|Export|TSImport|TSExport)/.test(type))) return false;
  if (/\.[mc]?tsx?$/.test(module.path)) return false;
  if (/\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w+\s*=/.test(module.text)) return true;
  return /\.jsx?$/.test(module.path) && nearestManifest(module.path)?.type === 'commonjs';
}

function importText(
  source: TSESLint.SourceCode,
  imports: readonly TSESTree.ImportDeclaration[],
  specifier: string,
  exported: string,
  local: string,
): string {
  const { quote, end } = styleOf(source, imports);
  const clause =
    exported === 'default' ? local : local === exported ? `{ ${exported} }` : `{ ${exported} as ${local} }`;
  return `import ${clause} from ${quote}${specifier}${quote}${end}`;
}

function requireText(source: TSESLint.SourceCode, specifier: string, exported: string, local: string): string {
  const { quote, end } = styleOf(source, []);
  const pattern = exported === 'default' ? local : local === exported ? `{ ${exported} }` : `{ ${exported}: ${local} }`;
  return `const ${pattern} = require(${quote}${specifier}${quote})${end}`;
}

function styleOf(
  source: TSESLint.SourceCode,
  imports: readonly TSESTree.ImportDeclaration[],
): { readonly quote: string; readonly end: string } {
  const last = imports.at(-1);
  if (last) return { quote: last.source.raw.charAt(0), end: source.text[last.range[1] - 1] === ';' ? ';' : '' };
  const quote = /require\((["'])/.exec(source.text)?.[1] ?? "'";
  return { quote, end: /;\s*$/m.test(source.text) || source.text.trim() === '' ? ';' : '' };
}

/** Behind the last import (or `require`), else behind the directives. */
function insertionOf(module: Module, imports: readonly TSESTree.ImportDeclaration[], text: string): Edit {
  const last = imports.at(-1) ?? module.ast.body.findLast(isRequire);
  if (last) return { range: [last.range[1], last.range[1]], text: `\n${text}` };
  const directive = module.ast.body.findLast((node) => node.type === 'ExpressionStatement' && Boolean(node.directive));
  if (directive) return { range: [directive.range[1], directive.range[1]], text: `\n${text}` };
  const shebang = /^#!.*\r?\n/.exec(module.text)?.[0].length ?? 0;
  return { range: [shebang, shebang], text: `${text}\n` };
}

function isRequire(node: TSESTree.ProgramStatement): boolean {
  if (node.type !== 'VariableDeclaration') return false;
  const init = node.declarations[0].init;
  return init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === 'require';
}

/** A name that no scope of the file has. */
export function freeName(source: TSESLint.SourceCode, name: string): string {
  const scopes = source.scopeManager?.scopes ?? [];
  const taken = (candidate: string): boolean =>
    scopes.some(
      (scope) =>
        (scope.set.get(candidate)?.defs.length ?? 0) > 0 ||
        scope.through.some(({ identifier }) => identifier.name === candidate),
    );
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!taken(candidate)) return candidate;
  }
}

/** The path of another file as this one writes its imports: with an extension, or without. */
function relativeSpecifier(file: string, module: Module): string {
  const path = relative(dirname(module.path), file).replaceAll('\\', '/');
  const bare = (path.startsWith('.') ? path : `./${path}`).replace(/\.[mc]?[jt]sx?$/, '');
  const others = module.ast.body.flatMap((node) =>
    node.type === 'ImportDeclaration' && node.source.value.startsWith('.') ? [node.source.value] : [],
  );
  const extension = others.map((other) => /\.([mc]?[jt]sx?)$/.exec(other)?.[1]).find((found) => found !== undefined);
  if (extension !== undefined) return `${bare}.${extension}`;
  if (others.length > 0) return bare;
  return nearestManifest(module.path)?.type === 'module' ? `${bare}.js` : bare;
}
