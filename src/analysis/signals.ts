/** Abort signals that a function receives: as a parameter, in its options, from its object, or with a request. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from './evaluate.js';
import {
  enclosingClass,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  variableOf,
  type Module,
} from './module.js';
import { membersOf } from './classes.js';
import { possibilities, type FunctionNode } from './values.js';

/** A signal that is at hand inside a function. */
export interface ReceivedSignal {
  /** The function that receives it. */
  readonly function: FunctionNode;
  /** Source text that stands for it inside the function; `null` where no name leads to it. */
  readonly text: string | null;
  /** Which parameter it comes with, and which members lead to it; `null` for `this.signal`. */
  readonly parameter: { readonly index: number; readonly path: readonly string[] } | null;
  /** It may be missing. */
  readonly optional: boolean;
  /** It tells that the peer of a request has gone. */
  readonly fromRequest: boolean;
}

const known = new WeakMap<FunctionNode, ReceivedSignal | null>();

/** The signal that a function receives itself, or `null`. */
export function receivedSignal(evaluator: Evaluator, fn: FunctionNode, module: Module): ReceivedSignal | null {
  const found = known.get(fn);
  if (found !== undefined) return found;
  const signal = fromParameters(evaluator, fn, module) ?? fromObject(fn, module);
  known.set(fn, signal);
  return signal;
}

/** The signal that is at hand where a node stands: of its function, or of one around it that waits for it. */
export function signalAt(evaluator: Evaluator, node: TSESTree.Node, module: Module): ReceivedSignal | null {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const signal = receivedSignal(evaluator, fn, module);
    if (signal) return signal;
    if (isDetachedCallback(fn)) return null;
  }
  return null;
}

/** A function that something else runs later: a timer, a listener, what a function returns. */
function isDetachedCallback(fn: FunctionNode): boolean {
  const parent = fn.parent;
  if (parent.type === 'ReturnStatement' || fn.type === 'FunctionDeclaration') return true;
  if (parent.type === 'ArrowFunctionExpression') return parent.body === fn;
  if (parent.type !== 'CallExpression') return false;
  const { callee } = parent;
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
  return /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|on|once|addEventListener|addListener|after|waitUntil|subscribe)$/.test(
    name ?? '',
  );
}

function fromParameters(evaluator: Evaluator, fn: FunctionNode, module: Module): ReceivedSignal | null {
  for (const [index, parameter] of fn.params.entries()) {
    const binding = bindingOf(parameter);
    const optional = parameter.type === 'AssignmentPattern' || ('optional' in binding && binding.optional === true);
    const base = { function: fn, optional };
    if (binding.type === 'Identifier') {
      if (isSignal(binding, module)) {
        return { ...base, text: binding.name, parameter: { index, path: [] }, fromRequest: false };
      }
      const member = signalMember(evaluator, binding, binding.typeAnnotation, module);
      if (member) {
        const text = `${binding.name}${optional ? '?.' : '.'}${member.name}`;
        const { fromRequest } = member;
        return {
          ...base,
          text,
          optional: optional || !fromRequest,
          parameter: { index, path: [member.name] },
          fromRequest,
        };
      }
      if (index === 0 && isHonoContext(evaluator, fn, binding, module)) {
        const text = `${binding.name}.req.raw.signal`;
        return { ...base, text, parameter: { index, path: ['req', 'raw', 'signal'] }, fromRequest: true };
      }
      continue;
    }
    if (binding.type !== 'ObjectPattern') continue;
    const found = fromPattern(evaluator, fn, binding, index, module);
    if (found) return { ...base, ...found };
  }
  return null;
}

/** `{ signal }`, `{ url, ...init }`, or a pattern that leaves out the signal that its type offers. */
function fromPattern(
  evaluator: Evaluator,
  fn: FunctionNode,
  pattern: TSESTree.ObjectPattern,
  index: number,
  module: Module,
): Pick<ReceivedSignal, 'text' | 'optional' | 'parameter' | 'fromRequest'> | null {
  const typed = signalMember(evaluator, pattern, pattern.typeAnnotation, module);
  const fromRequest = typed?.fromRequest ?? false;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      if (!typed || property.argument.type !== 'Identifier') continue;
      const text = `${property.argument.name}.${typed.name}`;
      return { text, optional: true, parameter: { index, path: [typed.name] }, fromRequest };
    }
    const name = keyName(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (value.type !== 'Identifier' || name === null) continue;
    const isIt =
      typed?.name === name ||
      isSignal(value, module) ||
      (name === 'signal' && isPolicyContext(evaluator, fn, index, module));
    if (isIt) return { text: value.name, optional: true, parameter: { index, path: [name] }, fromRequest };
  }
  return typed ? { text: null, optional: true, parameter: { index, path: [typed.name] }, fromRequest } : null;
}

/** `this.signal`, where the class declares it as one. */
function fromObject(fn: FunctionNode, module: Module): ReceivedSignal | null {
  if (fn.parent.type !== 'MethodDefinition' || fn.parent.kind === 'constructor' || fn.parent.static) return null;
  const owner = enclosingClass(fn.body);
  if (!owner) return null;
  for (const [name, annotation] of membersOf(owner, module).annotations) {
    if (!namesSignal(annotation, module)) continue;
    const optional = module.text.slice(...annotation.range).includes('undefined');
    return { function: fn, text: `this.${name}`, parameter: null, optional, fromRequest: false };
  }
  return null;
}

function bindingOf(parameter: TSESTree.Parameter): TSESTree.Node {
  const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  return inner.type === 'AssignmentPattern' ? inner.left : inner;
}

/** Whether a name is an `AbortSignal`: by its annotation, its type, or by what is done with it. */
function isSignal(node: TSESTree.Identifier, module: Module): boolean {
  if (node.typeAnnotation && namesSignal(node.typeAnnotation, module)) return true;
  const names = module.types?.namesOf(node);
  if (names && names.length > 0) {
    return names.some(({ name, package: owner }) => name === 'AbortSignal' && owner === 'global');
  }
  // `signal: Options['signal']` says nothing without types: what is done with it does.
  const annotation = node.typeAnnotation?.typeAnnotation.type;
  return (annotation === undefined || annotation === 'TSIndexedAccessType') && isUsedAsSignal(node, module);
}

/** Whether something is asked of a name that only an abort signal answers. */
function isUsedAsSignal(node: TSESTree.Identifier, module: Module): boolean {
  const references = variableOf(module, node)?.references ?? [];
  return references.some(({ identifier }) => {
    const parent = identifier.parent;
    if (parent.type === 'MemberExpression' && parent.object === identifier) {
      return /^(?:aborted|throwIfAborted)$/.test(memberName(parent) ?? '');
    }
    return isMerged(identifier);
  });
}

/** `AbortSignal.any([signal, …])`, `AbortSignal.any([…, ...(signal ? [signal] : [])])` */
function isMerged({ parent }: TSESTree.Identifier | TSESTree.JSXIdentifier): boolean {
  if (parent.type !== 'ArrayExpression') return false;
  const taker = outOfList(parent);
  return (
    taker?.type === 'CallExpression' &&
    taker.callee.type === 'MemberExpression' &&
    taker.callee.object.type === 'Identifier' &&
    taker.callee.object.name === 'AbortSignal'
  );
}

/** What takes a list, of which a node is a part. */
function outOfList(node: TSESTree.Node | undefined): TSESTree.Node | undefined {
  const isPart = /^(?:ArrayExpression|ConditionalExpression|LogicalExpression|SpreadElement)$/.test(node?.type ?? '');
  return isPart ? outOfList(node?.parent) : node;
}

function namesSignal(annotation: TSESTree.TSTypeAnnotation, module: Module): boolean {
  const types =
    annotation.typeAnnotation.type === 'TSUnionType' ? annotation.typeAnnotation.types : [annotation.typeAnnotation];
  return types.some(
    (type) =>
      type.type === 'TSTypeReference' &&
      type.typeName.type === 'Identifier' &&
      type.typeName.name === 'AbortSignal' &&
      !variableOf(module, type.typeName),
  );
}

/** The member of what a parameter is given that is a signal: an option, or a request's own. */
interface SignalMember {
  readonly name: string;
  readonly fromRequest: boolean;
}

function signalMember(
  evaluator: Evaluator,
  binding: TSESTree.Node,
  annotation: TSESTree.TSTypeAnnotation | undefined,
  module: Module,
): SignalMember | null {
  const members = module.types?.membersOfType(binding, 'AbortSignal') ?? [];
  const name = members.includes('signal') ? 'signal' : members[0];
  if (name !== undefined) {
    const owners = module.types?.namesOf(binding) ?? [];
    return { name, fromRequest: owners.some((owner) => /Request$/.test(owner.name)) };
  }
  if (module.types || !annotation) return null;
  return declaredMember(evaluator, annotation.typeAnnotation, module, 0);
}

/** Without types: a literal type, an interface or alias, or a platform type that has a signal. */
function declaredMember(
  evaluator: Evaluator,
  type: TSESTree.TypeNode,
  module: Module,
  depth: number,
): SignalMember | null {
  if (depth > 3) return null;
  switch (type.type) {
    case 'TSTypeLiteral':
      return memberOf(type.members, module);
    case 'TSIntersectionType':
      return (
        type.types.map((part) => declaredMember(evaluator, part, module, depth + 1)).find((found) => found !== null) ??
        null
      );
    case 'TSTypeReference': {
      if (type.typeName.type !== 'Identifier') return null;
      const { name } = type.typeName;
      const local = declarationNamed(module, name);
      if (local) return declaredBy(evaluator, local, module, depth);
      const source = importedFrom(module, name);
      if (source) {
        const resolution = evaluator.modules.resolve(source, module);
        if (resolution.kind === 'package') return contextOf(resolution.name, name);
        const other = resolution.kind === 'module' ? resolution.load() : null;
        const declaration = other && declarationNamed(other, name);
        return other && declaration ? declaredBy(evaluator, declaration, other, depth) : null;
      }
      if (name === 'RequestInit') return { name: 'signal', fromRequest: false };
      return name === 'Request' ? { name: 'signal', fromRequest: true } : null;
    }
    default:
      return null;
  }
}

/** The types of packages that hand a signal to what they run, for files without types. */
function contextOf(packageName: string, name: string): SignalMember | null {
  return packageName.startsWith('@tanstack/') && name === 'QueryFunctionContext'
    ? { name: 'signal', fromRequest: false }
    : null;
}

function declaredBy(
  evaluator: Evaluator,
  declaration: TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration,
  module: Module,
  depth: number,
): SignalMember | null {
  if (declaration.type === 'TSTypeAliasDeclaration') {
    return declaredMember(evaluator, declaration.typeAnnotation, module, depth + 1);
  }
  const own = memberOf(declaration.body.body, module);
  const inherits = declaration.extends.some(
    ({ expression }) => expression.type === 'Identifier' && expression.name === 'RequestInit',
  );
  return own ?? (inherits ? { name: 'signal', fromRequest: false } : null);
}

/** The interface or alias that a module declares under a name. */
function declarationNamed(
  module: Module,
  name: string,
): TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration | null {
  for (const statement of module.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'TSInterfaceDeclaration' && declaration?.type !== 'TSTypeAliasDeclaration') continue;
    if (declaration.id.name === name) return declaration;
  }
  return null;
}

/** The specifier of the import that brings in a name under its own name. */
function importedFrom(module: Module, name: string): TSESTree.StringLiteral | null {
  for (const statement of module.ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const found = statement.specifiers.some(
      (specifier) =>
        specifier.type === 'ImportSpecifier' &&
        specifier.local.name === name &&
        specifier.imported.type === 'Identifier' &&
        specifier.imported.name === name,
    );
    if (found) return statement.source;
  }
  return null;
}

function memberOf(members: readonly TSESTree.TypeElement[], module: Module): SignalMember | null {
  for (const member of members) {
    if (member.type !== 'TSPropertySignature' || !member.typeAnnotation) continue;
    const name = keyName(member);
    if (name !== null && namesSignal(member.typeAnnotation, module)) return { name, fromRequest: false };
  }
  return null;
}

/** Whether a function is what a policy runs and hands its context to. */
function isPolicyContext(evaluator: Evaluator, fn: FunctionNode, index: number, module: Module): boolean {
  const call = fn.parent;
  if (call.type !== 'CallExpression' || index !== 0) return false;
  const at = call.arguments.indexOf(fn as TSESTree.Expression);
  return possibilities(evaluator.callee(call.callee, module)).some(
    (value) => value.kind === 'policy' && value.policy.operation === at,
  );
}

/** Whether a function handles a route of Hono, whose context has the request: `c.req.raw.signal`. */
function isHonoContext(evaluator: Evaluator, fn: FunctionNode, binding: TSESTree.Identifier, module: Module): boolean {
  if (module.types?.namesOf(binding).some(({ name, package: owner }) => name === 'Context' && owner === 'hono'))
    return true;
  const call = fn.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const app = call.callee.object;
  const variable = app.type === 'Identifier' ? variableOf(module, app) : null;
  const definition = variable?.defs[0]?.node;
  if (definition?.type !== 'VariableDeclarator' || definition.init?.type !== 'NewExpression') return false;
  const made = evaluator.evaluate(definition.init.callee, module);
  return made.kind === 'external' && made.package === 'hono' && made.path[0] === 'Hono';
}

/** Whether a node runs when the function is done, or has failed: in a `finally`, a `catch`, or detached from it. */
export function isAside(node: TSESTree.Node): boolean {
  let child: TSESTree.Node = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'CatchClause') return true;
    if (parent.type === 'TryStatement' && parent.finalizer === child) return true;
    if (parent.type === 'ExpressionStatement' && isUnawaited(parent.expression)) return true;
    if (parent.type === 'CallExpression' && parent.arguments.includes(child as TSESTree.CallExpressionArgument)) {
      const { callee } = parent;
      const name =
        callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (name === 'waitUntil' || name === 'after' || name === 'catch' || name === 'finally') return true;
    }
    if (isFunction(parent) && parent.parent.type !== 'CallExpression') return false;
  }
  return false;
}

/** `void work()`, `work().catch(report)`: nobody waits for it. */
function isUnawaited(expression: TSESTree.Expression): boolean {
  if (expression.type === 'UnaryExpression') return expression.operator === 'void';
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return false;
  return memberName(expression.callee) === 'catch';
}
