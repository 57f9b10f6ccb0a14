/** One parsed file: its tree, its scopes, and, where the host has them, its types. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { TypeOracle } from './types.js';
import type { ClassNode, FunctionNode } from './values.js';

export type Variable = TSESLint.Scope.Variable;
export type Reference = TSESLint.Scope.Reference;

/** A parsed file. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  readonly types: TypeOracle | null;
}

/** Sets `parent` on every node of a tree that a parser left without. */
export function linkParents(ast: TSESTree.Program, visitorKeys: Module['visitorKeys']): void {
  const stack: TSESTree.Node[] = [ast];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const first = stack.length;
    pushChildren(stack, node, visitorKeys);
    for (let index = first; index < stack.length; index++) (stack[index] as TSESTree.Node).parent = node;
  }
}

/** The child nodes of a node, in source order. */
export function childrenOf(node: TSESTree.Node, visitorKeys: Module['visitorKeys']): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  pushChildren(children, node, visitorKeys);
  return children.reverse();
}

/** Puts the child nodes of a node on a stack, so that the first of them comes off first. */
function pushChildren(stack: TSESTree.Node[], node: TSESTree.Node, visitorKeys: Module['visitorKeys']): void {
  const keys = visitorKeys[node.type] ?? [];
  for (let index = keys.length - 1; index >= 0; index--) {
    const child = (node as unknown as Record<string, unknown>)[keys[index] as string];
    if (Array.isArray(child)) {
      for (let at = child.length - 1; at >= 0; at--) if (isNode(child[at])) stack.push(child[at] as TSESTree.Node);
    } else if (isNode(child)) stack.push(child);
  }
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/**
 * Visits a node and everything below it. `visit` returns `false` to leave out what is below a node.
 * With `intoFunctions: false` the bodies of functions inside are left out.
 */
export function walk(
  root: TSESTree.Node,
  module: Module,
  visit: (node: TSESTree.Node) => boolean | undefined,
  { intoFunctions = true }: { readonly intoFunctions?: boolean } = {},
): void {
  const stack: TSESTree.Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (visit(node) === false) continue;
    if (!intoFunctions && node !== root && isFunction(node)) continue;
    pushChildren(stack, node, module.visitorKeys);
  }
}

/** Whether something at or below a node answers a question with yes. */
export function someInside(
  root: TSESTree.Node,
  module: Module,
  question: (node: TSESTree.Node) => boolean,
  options?: { readonly intoFunctions?: boolean },
): boolean {
  const found: TSESTree.Node[] = [];
  walk(
    root,
    module,
    (node) => {
      if (found.length === 0 && question(node)) found.push(node);
      return found.length === 0;
    },
    options,
  );
  return found.length > 0;
}

/** Whether a node is a function with parameters and a body. */
export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' ||
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression'
  );
}

/** The function around a node, or `null` at the top level. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | null {
  for (let parent = node.parent; parent; parent = parent.parent) if (isFunction(parent)) return parent;
  return null;
}

/** The class whose `this` a node sees, or `null`. */
export function enclosingClass(node: TSESTree.Node): ClassNode | null {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'FunctionDeclaration') return null;
    if (parent.type === 'FunctionExpression' && parent.parent.type !== 'MethodDefinition') return null;
    if (parent.type === 'ClassBody') return parent.parent;
  }
  return null;
}

/** Whether `ancestor` is `node` or around it. */
export function contains(ancestor: TSESTree.Node, node: TSESTree.Node): boolean {
  return ancestor.range[0] <= node.range[0] && node.range[1] <= ancestor.range[1];
}

const references = new WeakMap<Module, Map<TSESTree.Node, Reference>>();

function referenceOf(module: Module, identifier: TSESTree.Node): Reference | undefined {
  let map = references.get(module);
  if (!map) {
    map = new Map();
    for (const scope of module.scopes.scopes) {
      for (const reference of scope.references) map.set(reference.identifier, reference);
    }
    references.set(module, map);
  }
  return map.get(identifier);
}

/**
 * The variable that an identifier refers to (or declares); `null` for a name that only the platform can provide.
 */
export function variableOf(module: Module, identifier: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | null {
  const reference = referenceOf(module, identifier);
  if (reference?.resolved && reference.resolved.defs.length > 0) return reference.resolved;
  if (!reference) {
    const declared = declaredBy(module, identifier);
    if (declared) return declared;
  }
  const globalVariable = module.scopes.scopes[0]?.set.get(identifier.name);
  return globalVariable && globalVariable.defs.length > 0 ? globalVariable : null;
}

/** The variable that an identifier declares. */
function declaredBy(module: Module, identifier: TSESTree.Node): Variable | null {
  for (let node: TSESTree.Node | undefined = identifier.parent; node; node = node.parent) {
    for (const variable of module.scopes.getDeclaredVariables(node)) {
      if (variable.identifiers.includes(identifier as TSESTree.Identifier)) return variable;
    }
    if (isFunction(node)) break;
  }
  return null;
}

/** Takes off what changes nothing at run time: type assertions, `!`, parentheses, optional chains. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** The outermost node that is the same value as `node`: assertions, `await` and chains around it. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  while (outer.parent) {
    const parent: TSESTree.Node = outer.parent;
    if (
      parent.type === 'TSAsExpression' ||
      parent.type === 'TSSatisfiesExpression' ||
      parent.type === 'TSTypeAssertion' ||
      parent.type === 'TSNonNullExpression' ||
      parent.type === 'ChainExpression' ||
      parent.type === 'AwaitExpression'
    ) {
      outer = parent;
    } else break;
  }
  return outer;
}

/** The name of a member, where it is written down: `a.b`, `a['b']`, `a.#b`. */
export function memberName(node: TSESTree.MemberExpression): string | null {
  if (!node.computed) return node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : node.property.name;
  if (node.property.type === 'Literal' && typeof node.property.value === 'string') return node.property.value;
  return null;
}

/** The name of a property or class member, where it is written down. */
export function keyName(node: { readonly key: TSESTree.Node; readonly computed: boolean }): string | null {
  const { key } = node;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!node.computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  return null;
}
