/** Other files: which one an import leads to, what it exports. Parsed when first asked for, kept within a bound. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { mayLeadToClient, mayLeadToRetry } from './fast-path.js';
import { librariesOf } from './libraries.js';
import { keyName, linkParents, memberName, unwrap, walk, type Module } from './module.js';
import { packageFolder, readManifest, safely, stampOf } from './packages.js';
import { createTypeOracle, packageOfFile } from './types.js';

/** A parser as ESLint takes it. */
export interface Parser {
  readonly meta?: { readonly name?: string };
  parseForESLint(text: string, options: Record<string, unknown>): TSESLint.Parser.ParseResult;
}

/** What an import leads to: a file of this project is parsed when `load` asks for it. */
export type Resolution =
  | {
      readonly kind: 'module';
      readonly load: () => Module | null;
      /** Whether functions and objects of that file can lead to a client, by a look at its text. */
      readonly mayLeadToClient: () => boolean;
      /** Whether a function of that file may run again what it is given, by a look at its text. */
      readonly mayLeadToRetry: () => boolean;
      /** Whether that file can export a name, itself or from others, by a look at its text. */
      readonly mayExport: (name: string) => boolean;
    }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'missing' };

/** One exported name: an expression or declaration here, or a name in another module (`*`: all of it). */
export type ExportEntry =
  | { readonly kind: 'node'; readonly node: TSESTree.Node }
  | { readonly kind: 'local'; readonly identifier: TSESTree.Identifier }
  | { readonly kind: 'from'; readonly source: TSESTree.StringLiteral; readonly name: string };

export interface ExportTable {
  readonly named: ReadonlyMap<string, readonly ExportEntry[]>;
  /** `export * from`. */
  readonly stars: readonly TSESTree.StringLiteral[];
  /** `module.exports = …` and `export = …`. */
  readonly whole: readonly TSESTree.Node[];
  readonly commonjs: boolean;
}

/** How many files are kept parsed, and how much text they may have together. */
const maxModules = 96;
const maxText = 2_000_000;
/** A file longer than this is not followed. */
const maxFile = 1_000_000;
/** How many paths and texts are remembered, without their trees. */
const maxFiles = 20_000;
/** How long a look at the disk holds, ms: longer than one file takes, shorter than somebody needs to save another. */
const freshMs = 250;

/** What is remembered of a file's text. */
interface SourceText {
  at: number;
  readonly stamp: string;
  /** The program has the file; else it is read from disk. */
  readonly typed: boolean;
  readonly length: number;
  readonly text: () => string | null;
  readonly mayLeadToClient: boolean;
  readonly mayLeadToRetry: boolean;
}

/** Parses and remembers other files, for one program or for none. */
export class Modules {
  readonly #parser: () => Parser | null;
  readonly #program: object | null;
  readonly #loaded = new Map<string, { readonly read: SourceText; readonly module: Module | null }>();
  readonly #texts = new Map<string, SourceText>();
  readonly #files = new Map<string, { readonly at: number; readonly file: string | null }>();
  #text = 0;

  constructor(program: object | null, parser: () => Parser | null) {
    this.#program = program;
    this.#parser = parser;
  }

  /** What the specifier of an import, export or `require` leads to. */
  resolve(specifier: TSESTree.StringLiteral, from: Module): Resolution {
    const name = specifier.value;
    if (isBuiltin(name)) return { kind: 'package', name: name.startsWith('node:') ? name : `node:${name}` };
    const relative = name.startsWith('.') || name.startsWith('/');
    const packageName = packageNameOf(name);
    if (!relative && librariesOf(packageName).length > 0) return { kind: 'package', name: packageName };
    const typed = from.types?.fileOf(specifier);
    if (typed) {
      const owner = packageOfFile(typed);
      if (owner !== null) return { kind: 'package', name: relative ? owner : packageName };
      const source = /\.d\.[cm]?ts$/.test(typed) ? sourceOfDeclaration(typed) : typed;
      if (source) return this.#resolution(source, from);
      if (relative) return { kind: 'missing' };
    }
    const file = this.#fileOf(name, relative, from.path);
    if (file) return this.#resolution(file, from);
    return relative || name.startsWith('#') || name.startsWith('@/') || name.startsWith('~/')
      ? { kind: 'missing' }
      : { kind: 'package', name: packageName };
  }

  #resolution(path: string, from: Module): Resolution {
    return {
      kind: 'module',
      load: () => this.#load(path, from),
      mayLeadToClient: () => this.#read(path, from)?.mayLeadToClient ?? false,
      mayLeadToRetry: () => this.#read(path, from)?.mayLeadToRetry ?? false,
      mayExport: (name) => {
        const text = this.#read(path, from)?.text();
        return text != null && (text.includes(name) || /\bexport\s*\*/.test(text));
      },
    };
  }

  /** The file on disk that a specifier means, remembered for a moment. */
  #fileOf(specifier: string, relative: boolean, from: string): string | null {
    const base = dirname(from);
    const key = relative ? resolve(base, specifier) : `${specifier}\0${base}`;
    const known = this.#files.get(key);
    const now = Date.now();
    if (known && now - known.at < freshMs) return known.file;
    const file = relative ? resolveFile(key) : resolvePackage(specifier, from);
    if (this.#files.size > maxFiles) this.#files.clear();
    this.#files.set(key, { at: now, file });
    return file;
  }

  /** Whether every file that has been read from disk is still what it was. */
  isUnchanged(): boolean {
    for (const [path, read] of this.#texts) {
      if (!read.typed && (stampOf(path) ?? '') !== read.stamp) return false;
    }
    return true;
  }

  /** Takes a file that the host has parsed with the program, for those that import it. */
  adopt(module: Module): void {
    if (module.types?.textOf(module.path) !== module.text) return;
    const read = this.#read(module.path, module);
    if (read) this.#remember(module.path, { read, module });
  }

  /** A file's text and what can be told from it; `null` where it cannot be read. */
  #read(path: string, from: Module): SourceText | null {
    const fromProgram = from.types?.textOf(path) ?? null;
    const known = this.#texts.get(path);
    const now = Date.now();
    if (fromProgram === null && known && !known.typed && now - known.at < freshMs) return known;
    const stamp = fromProgram === null ? (stampOf(path) ?? '') : '';
    if (
      known &&
      known.typed === (fromProgram !== null) &&
      (fromProgram === null ? known.stamp === stamp : known.length === fromProgram.length)
    ) {
      known.at = now;
      return known;
    }
    const text = fromProgram ?? safely(() => readFileSync(path, 'utf8'), null);
    if (text === null || text.length > maxFile) return null;
    const read: SourceText = {
      at: now,
      stamp,
      typed: fromProgram !== null,
      length: text.length,
      text: () => from.types?.textOf(path) ?? safely(() => readFileSync(path, 'utf8'), null),
      mayLeadToClient: mayLeadToClient(text),
      mayLeadToRetry: mayLeadToRetry(text),
    };
    if (this.#texts.size > maxFiles) this.#texts.clear();
    this.#texts.set(path, read);
    return read;
  }

  /** A file, parsed; `null` where it cannot be read or parsed. */
  #load(path: string, from: Module): Module | null {
    const read = this.#read(path, from);
    if (!read) return null;
    const known = this.#loaded.get(path);
    if (known?.read === read) {
      this.#loaded.delete(path);
      this.#loaded.set(path, known);
      return known.module;
    }
    const text = read.text();
    if (text === null) return null;
    const module = this.#parse(path, text, read.typed);
    this.#remember(path, { read, module });
    return module;
  }

  #remember(path: string, entry: { read: SourceText; module: Module | null }): void {
    this.#text += entry.read.length - (this.#loaded.get(path)?.read.length ?? 0);
    this.#loaded.set(path, entry);
    for (const [oldest, { read }] of this.#loaded) {
      if (this.#loaded.size <= maxModules && this.#text <= maxText) break;
      if (oldest === path) break;
      this.#loaded.delete(oldest);
      this.#text -= read.length;
    }
  }

  #parse(path: string, text: string, typed: boolean): Module | null {
    const parser = this.#parser();
    if (!parser) return null;
    return safely(() => {
      const options = typed ? { programs: [this.#program] } : { jsx: /x$/.test(path), sourceType: 'module' };
      const { ast, scopeManager, visitorKeys, services } = parser.parseForESLint(text, {
        ...options,
        filePath: path,
        range: true,
        loc: true,
      });
      if (!scopeManager) return null;
      const keys = (visitorKeys ?? {}) as Module['visitorKeys'];
      linkParents(ast, keys);
      return {
        path,
        text,
        ast: ast,
        scopes: scopeManager,
        visitorKeys: keys,
        types: typed ? createTypeOracle(services) : null,
      };
    }, null);
  }
}

/** The typescript-eslint parser: the host's own where it is one, else the installed one, else none. */
export function findParser(hostParser: unknown): Parser | null {
  if (isTypescriptParser(hostParser)) return hostParser;
  return safely(() => {
    const loaded: unknown = createRequire(import.meta.url)('@typescript-eslint/parser');
    return isTypescriptParser(loaded) ? loaded : null;
  }, null);
}

function isTypescriptParser(parser: unknown): parser is Parser {
  const candidate = parser as Parser | null | undefined;
  return typeof candidate?.parseForESLint === 'function' && candidate.meta?.name === 'typescript-eslint/parser';
}

/** The package of a bare specifier: `@scope/name` of `@scope/name/sub`. */
export function packageNameOf(specifier: string): string {
  const [first = '', second] = specifier.split('/');
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first;
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const emitted: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The source file that a path means: with its extension, the one it was emitted from, or an index. */
export function resolveFile(path: string): string | null {
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  const stem = extension === undefined ? path : path.slice(0, -extension.length);
  const candidates = [
    ...(extension === undefined ? [] : (emitted[extension] ?? []).map((other) => stem + other)),
    path,
    ...extensions.map((other) => path + other),
    ...extensions.map((other) => join(path, `index${other}`)),
  ];
  return candidates.find((candidate) => /\.[cm]?[jt]sx?$/.test(candidate) && isFile(candidate)) ?? null;
}

/** The source of a package that is part of the project: one that is linked from outside `node_modules`. */
function resolvePackage(specifier: string, from: string): string | null {
  const name = packageNameOf(specifier);
  const folder = packageFolder(name, from);
  if (folder === null || /[\\/]node_modules[\\/]/.test(`${folder}/`)) return null;
  const subpath = specifier.slice(name.length + 1);
  if (subpath !== '') return sourceOf(join(folder, subpath)) ?? resolveFile(join(folder, 'src', subpath));
  const entries = readManifest(join(folder, 'package.json'))?.entries ?? [];
  for (const entry of entries) {
    const source = sourceOf(join(folder, entry));
    if (source) return source;
  }
  return resolveFile(join(folder, 'src', 'index')) ?? resolveFile(join(folder, 'index'));
}

/** The source of a file that a build writes, whether or not it has been written. */
function sourceOf(path: string): string | null {
  if (/\.d\.[cm]?ts$/.test(path)) return sourceOfDeclaration(path);
  for (const folder of outputFolders(path)) {
    const source = resolveFile(folder);
    if (source) return source;
  }
  return resolveFile(path);
}

/** The source of a declaration file: by its declaration map, else by the usual places of output. */
export function sourceOfDeclaration(file: string): string | null {
  const map = safely<unknown>(() => JSON.parse(readFileSync(`${file}.map`, 'utf8')), null) as {
    sources?: string[];
    sourceRoot?: string;
  } | null;
  const mapped = map?.sources?.[0];
  if (mapped !== undefined) {
    const source = resolve(dirname(file), map?.sourceRoot ?? '', mapped);
    if (isFile(source)) return source;
  }
  const stem = file.replace(/\.d\.([cm]?)ts$/, '.$1js');
  for (const folder of outputFolders(stem)) {
    const source = resolveFile(folder);
    if (source) return source;
  }
  return null;
}

const outputFolder = /^(?:dist|lib|build|out|output|esm|cjs|types)$/;

/** `dist/a.js` may come from `src/a.ts` or `a.ts`; `dist/esm/a.js` too. */
function outputFolders(path: string): string[] {
  const parts = path.replaceAll('\\', '/').split('/');
  const candidates: string[] = [];
  const last = parts.findLastIndex((part) => outputFolder.test(part));
  for (let index = last; index > 0 && outputFolder.test(parts[index] ?? ''); index--) {
    const head = parts.slice(0, index);
    const tail = parts.slice(index + 1).filter((part) => !/^(?:esm|cjs|types|src)$/.test(part));
    candidates.push([...head, 'src', ...tail].join('/'), [...head, ...tail].join('/'));
  }
  return candidates;
}

function isFile(path: string): boolean {
  return existsSync(path) && safely(() => statSync(realpathSync(path)).isFile(), false);
}

const tables = new WeakMap<Module, ExportTable>();

/** What a module exports, by name. */
export function exportsOf(module: Module): ExportTable {
  const known = tables.get(module);
  if (known) return known;
  const named = new Map<string, ExportEntry[]>();
  const stars: TSESTree.StringLiteral[] = [];
  const whole: TSESTree.Node[] = [];
  const add = (name: string, entry: ExportEntry): void => {
    named.set(name, [...(named.get(name) ?? []), entry]);
  };
  for (const statement of module.ast.body) collectExports(statement, add, stars, whole);
  const commonjs = collectCommonJs(module, add, whole);
  const table = { named, stars, whole, commonjs };
  tables.set(module, table);
  return table;
}

function collectExports(
  statement: TSESTree.ProgramStatement,
  add: (name: string, entry: ExportEntry) => void,
  stars: TSESTree.StringLiteral[],
  whole: TSESTree.Node[],
): void {
  switch (statement.type) {
    case 'ExportDefaultDeclaration':
      add('default', { kind: 'node', node: statement.declaration });
      break;
    case 'ExportAllDeclaration':
      if (statement.exported) add(statement.exported.name, { kind: 'from', source: statement.source, name: '*' });
      else stars.push(statement.source);
      break;
    case 'TSExportAssignment':
      whole.push(statement.expression);
      break;
    case 'ExportNamedDeclaration':
      for (const specifier of statement.specifiers) {
        const exported = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
        const local = specifier.local;
        const localName = local.type === 'Identifier' ? local.name : local.value;
        if (statement.source) add(exported, { kind: 'from', source: statement.source, name: localName });
        else if (local.type === 'Identifier') add(exported, { kind: 'local', identifier: local });
      }
      if (statement.declaration) collectDeclared(statement.declaration, add);
      break;
    default:
  }
}

function collectDeclared(declaration: TSESTree.Node, add: (name: string, entry: ExportEntry) => void): void {
  if (declaration.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) {
      for (const identifier of patternIdentifiers(id)) add(identifier.name, { kind: 'local', identifier });
    }
  } else if (
    (declaration.type === 'FunctionDeclaration' ||
      declaration.type === 'ClassDeclaration' ||
      declaration.type === 'TSEnumDeclaration') &&
    declaration.id
  ) {
    add(declaration.id.name, { kind: 'node', node: declaration });
  }
}

/** The names that a binding pattern declares. */
function patternIdentifiers(pattern: TSESTree.Node): TSESTree.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternIdentifiers(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternIdentifiers(element) : []));
    case 'AssignmentPattern':
      return patternIdentifiers(pattern.left);
    case 'RestElement':
      return patternIdentifiers(pattern.argument);
    default:
      return [];
  }
}

/** `module.exports = …`, `module.exports.a = …`, `exports.a = …`. */
function collectCommonJs(
  module: Module,
  add: (name: string, entry: ExportEntry) => void,
  whole: TSESTree.Node[],
): boolean {
  if (!module.text.includes('exports')) return whole.length > 0;
  let found = whole.length > 0;
  walk(
    module.ast,
    module,
    (node) => {
      if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return undefined;
      const { left, right } = node;
      if (isModuleExports(left)) {
        whole.push(right);
        found = true;
        const value = unwrap(right);
        if (value.type === 'ObjectExpression') {
          for (const property of value.properties) {
            if (property.type !== 'Property') continue;
            const name = keyName(property);
            if (name !== null) add(name, { kind: 'node', node: property.value });
          }
        }
      } else {
        const name = memberName(left);
        const object = unwrap(left.object);
        if (name === null) return undefined;
        if (isModuleExports(object) || (object.type === 'Identifier' && object.name === 'exports')) {
          add(name, { kind: 'node', node: right });
          found = true;
        }
      }
      return undefined;
    },
    { intoFunctions: false },
  );
  return found;
}

function isModuleExports(node: TSESTree.Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    memberName(node) === 'exports' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module'
  );
}
