/** Small projects on disk, opened as a host opens them, for tests of the analysis itself. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AST_NODE_TYPES, TSESTree } from '@typescript-eslint/utils';
import { onTestFinished } from 'vitest';
import { analyze, type Facts } from '../../src/analysis/analyze.js';
import { Evaluator } from '../../src/analysis/evaluate.js';
import { linkParents, variableOf, walk, type Module } from '../../src/analysis/module.js';
import { Modules, type Parser } from '../../src/analysis/modules.js';
import { createTypeOracle } from '../../src/analysis/types.js';
import { possibilities, type Value } from '../../src/analysis/values.js';
import { resolveSettings } from '../../src/settings.js';
import { parser, projectService } from '../support/backend.js';

const repositoryModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    lib: ['ES2023'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    moduleDetection: 'force',
    types: ['node'],
    strict: true,
    allowJs: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['**/*'],
};

/** Files on disk until the test (or what `whenDone` waits for) ends. `node_modules` is this repository's, unless the files bring their own. */
export function project(
  files: Readonly<Record<string, string>>,
  whenDone: (cleanUp: () => void) => void = onTestFinished,
): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resilience-analysis-')));
  whenDone(() => {
    fs.rmSync(root, { recursive: true, force: true });
  });
  const all = {
    'package.json': JSON.stringify({ name: 'case', type: 'module', engines: { node: '>=20.19' } }),
    'tsconfig.json': JSON.stringify(tsconfig),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const modules = path.join(root, 'node_modules');
  if (!fs.existsSync(modules)) fs.symlinkSync(repositoryModules, modules, 'junction');
  return root;
}

/** A file as a host hands it over. */
export interface Opened {
  readonly module: Module;
  readonly evaluator: Evaluator;
  readonly facts: Facts | null;
}

/** Opens a file of a project, with types or without. */
export function open(root: string, file: string, { typed = false }: { readonly typed?: boolean } = {}): Opened {
  const filename = path.join(root, file);
  const text = fs.readFileSync(filename, 'utf8');
  const { ast, scopeManager, visitorKeys, services } = parser.parseForESLint(text, {
    filePath: filename,
    range: true,
    loc: true,
    sourceType: /\.c[jt]s$/.test(file) ? 'commonjs' : 'module',
    jsx: /x$/.test(file),
    ...(typed ? { projectService, tsconfigRootDir: root } : {}),
  });
  const keys = visitorKeys as Module['visitorKeys'];
  linkParents(ast, keys);
  const types = createTypeOracle(services);
  const module: Module = { path: filename, text, ast, scopes: scopeManager, visitorKeys: keys, types };
  const facts = analyze(
    { path: filename, text, ast, scopeManager, visitorKeys: keys, parserServices: services, parser },
    resolveSettings(filename, {}),
  );
  const evaluator = new Evaluator(new Modules(types?.program ?? null, () => parser as unknown as Parser));
  return { module, evaluator, facts };
}

/** One file of text, opened. Other files stand beside it. */
export function openText(
  text: string,
  {
    typed = false,
    file = 'case.ts',
    files = {},
  }: { readonly typed?: boolean; readonly file?: string; readonly files?: Readonly<Record<string, string>> } = {},
): Opened {
  return open(project({ ...files, [file]: text }), file, { typed });
}

type NodeOf<T extends keyof typeof AST_NODE_TYPES> = Extract<TSESTree.Node, { type: (typeof AST_NODE_TYPES)[T] }>;

/** The first node of a type that a test is about. */
export function find<T extends keyof typeof AST_NODE_TYPES>(
  module: Module,
  type: T,
  where: (node: NodeOf<T>, text: string) => boolean = () => true,
): NodeOf<T> {
  const found: TSESTree.Node[] = [];
  walk(module.ast, module, (node) => {
    if (node.type === type && where(node as NodeOf<T>, module.text.slice(...node.range))) found.push(node);
    return found.length === 0;
  });
  const [first] = found;
  if (!first) throw new Error(`no ${type} in ${module.text}`);
  return first as NodeOf<T>;
}

/** What the name `name`, at its last use in the file, is. */
export function valueOf({ module, evaluator }: Opened, name: string): Value {
  const uses: TSESTree.Identifier[] = [];
  walk(module.ast, module, (node) => {
    if (node.type === 'Identifier' && node.name === name && variableOf(module, node)) uses.push(node);
    return undefined;
  });
  const use = uses.at(-1);
  if (!use) throw new Error(`no ${name} in ${module.text}`);
  return evaluator.evaluate(use, module);
}

/** A value as one line: what a reader would write down for it. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? JSON.stringify(value.value) : String(value.value);
    case 'union':
      return possibilities(value).map(show).sort().join(' | ');
    case 'object':
      return `{ ${value.parts
        .map((part) => ('key' in part ? `${part.key}: ${show(part.member.value)}` : `...${show(part.spread)}`))
        .join(', ')} }`.replace('{  }', '{}');
    case 'array':
      return `[${value.elements.map((element) => (element ? show(element) : '…')).join(', ')}]`;
    case 'client':
      return `${value.origin} ${value.library.name}(${value.configs.map(show).join(' < ')})`;
    case 'method':
      return `${show(value.client)}.${value.name}`;
    case 'result':
      return `result of ${value.operation}`;
    case 'external':
      return [value.package, ...value.path].join('.');
    case 'parameter':
      return ['parameter', value.index, ...value.path].join('.') + (value.optional ? '?' : '');
    case 'environment':
      return `$${value.name}`;
    case 'timeout-signal':
      return `timeout(${show(value.ms)})`;
    case 'any-signal':
      return `any(${value.members.map((member) => (member ? show(member) : '…')).join(', ')})`;
    case 'controller-signal':
      return 'controller.signal';
    case 'platform':
      return `new ${value.name}(${value.args.map(show).join(', ')})`;
    case 'instance':
      return `instance of ${value.class.node.id?.name ?? 'a class'}`;
    case 'class':
      return `class ${value.node.id?.name ?? ''}`.trim();
    default:
      return value.kind;
  }
}
