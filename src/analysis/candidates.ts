/** Which calls are worth a question at all, by a look at their spelling, their imports and what the project depends on. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { ClientType, Library } from '../catalog/schema.js';
import { calleeOf, type CallNode } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { importOf } from './imports.js';
import { clientTypeOf, hasOwnLibraries, librariesOf, libraries, matchesName, resolveExport } from './libraries.js';
import { isFunction, memberName, unwrap, variableOf, type Module, type Variable } from './module.js';
import { declaredPackages } from './packages.js';

/**
 * - `no`: the call can neither reach a client nor build one
 * - `typed`: only its type can show that it does
 * - `full`: its value may
 */
export type Candidacy = 'no' | 'typed' | 'full';

/** Whether a call may be, or lead to, a downstream call. */
export function candidacyOf(evaluator: Evaluator, node: CallNode, module: Module): Candidacy {
  const root = rootOf(calleeOf(node));
  if (root.type !== 'Identifier') return root.type === 'Literal' || root.type === 'TemplateLiteral' ? 'no' : 'full';
  const variable = variableOf(module, root);
  if (!variable) return isPlatformClient(root.name) ? 'full' : 'no';
  const source = importedFrom(variable);
  if (!source) return 'full';
  if (hasOwnLibraries()) return 'full';
  const resolution = evaluator.modules.resolve(source, module);
  if (resolution.kind === 'package') return librariesOf(resolution.name).length > 0 ? 'full' : 'typed';
  return resolution.kind === 'module' && resolution.mayLeadToClient() ? 'full' : 'typed';
}

/** Whether a call is given a function to run. */
export function takesFunction(node: CallNode): boolean {
  return node.type === 'CallExpression' && node.arguments.some((argument) => isFunction(unwrap(argument)));
}

/** What the types of clients that are called themselves are called after. */
const clientWords = /fetch|axios|got/i;

/** Whether the types are worth asking what a callee is: its name is that of an operation that the project can have. */
export function mayBeOperation(callee: TSESTree.Node, module: Module): boolean {
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee);
    if (name === null) return false;
    // A client that is called itself may be kept under any name: what it is declared as tells.
    const operations = operationsFor(module);
    if (operations.names.has(name)) return true;
    // Any method of some client: then its object says more, and is asked first, than what is called on it.
    if (operations.patterns.some((pattern) => matchesName(pattern, name)) && mayBeClient(callee.object, module))
      return true;
    if (!module.types || !(clientWords.test(name) || module.types.mayBeDeclaredWith(name, clientWords))) return false;
    return clientWords.test(module.types.annotationOf(callee) ?? '');
  }
  if (callee.type !== 'Identifier') return true;
  const definition = variableOf(module, callee)?.defs[0];
  return (definition?.type as string) === 'Parameter' || (definition?.type as string) === 'Variable';
}

/** The object at the beginning of a chain of members and calls. */
function rootOf(node: TSESTree.Node): TSESTree.Node {
  let root = unwrap(node);
  for (;;) {
    if (root.type === 'MemberExpression') root = unwrap(root.object);
    else if (root.type === 'CallExpression') root = unwrap(root.callee);
    else if (root.type === 'AwaitExpression') root = unwrap(root.argument);
    else return root;
  }
}

function isPlatformClient(name: string): boolean {
  return /^(?:globalThis|window|self|global|require)$/.test(name) || resolveExport('global', [name]) !== null;
}

/** The specifier of the import that a variable stands for. */
function importedFrom(variable: Variable): TSESTree.StringLiteral | null {
  const definition = variable.defs[0];
  return (definition?.type as string) === 'ImportBinding' && definition ? importOf(definition.node).source : null;
}

/** Whether an expression may be a client, by its type. */
function mayBeClient(node: TSESTree.Node, { types }: Module): boolean {
  if (!types || hasOwnLibraries()) return true;
  const names = types.namesOf(node);
  return names.length === 0 || names.some(({ name, package: owner, open }) => open ?? clientTypeOf(owner, name));
}

/** The names that operations have, and the patterns that stand for any number of names. */
interface OperationNames {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

const byPackages = new WeakMap<ReadonlySet<string>, OperationNames>();
const byProgram = new WeakMap<ReadonlySet<string>, WeakMap<ReadonlySet<string>, OperationNames>>();
const everything: OperationNames = { names: new Set(), patterns: ['*'] };

/** The operations of the libraries that the project around a file depends on and its program has, and of the platform's. */
function operationsFor({ path, types }: Module): OperationNames {
  const declared = declaredPackages(path);
  if (!declared || hasOwnLibraries()) return everything;
  const inProgram = types?.packages ?? null;
  const memo = inProgram
    ? (byProgram.get(inProgram) ?? new WeakMap<ReadonlySet<string>, OperationNames>())
    : byPackages;
  if (inProgram) byProgram.set(inProgram, memo);
  const known = memo.get(declared);
  if (known) return known;
  const names = new Set<string>();
  const patterns: string[] = [];
  for (const library of libraries()) {
    if (!isPresent(library, declared) || (inProgram && !isPresent(library, inProgram))) continue;
    for (const type of Object.values(library.clients ?? {})) collectNames(type, names, patterns);
  }
  const operations: OperationNames = { names, patterns: patterns.includes('*') ? ['*'] : patterns };
  memo.set(declared, operations);
  return operations;
}

function isPresent(library: Library, packages: ReadonlySet<string>): boolean {
  return library.packages.some((name) => {
    if (name === 'global' || name.startsWith('node:') || /^https?$/.test(name)) return true;
    if (!name.endsWith('*')) return packages.has(name);
    const prefix = name.slice(0, -1);
    return [...packages].some((candidate) => candidate.startsWith(prefix));
  });
}

function collectNames(type: ClientType, names: Set<string>, patterns: string[]): void {
  for (const { name } of type.operations) {
    for (const one of typeof name === 'string' ? [name] : name) {
      if (one.includes('*')) patterns.push(one);
      else names.add(one);
    }
  }
}
