/** Abort signals that a function receives: as a parameter, in its options, from its object, or with a request. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from './evaluate.js';
import { enclosingClass, enclosingFunction, isFunction, keyName, memberName, variableOf, type Module } from './module.js';
import { membersOf } from './classes.js';
import { possibilities, type FunctionNode, type ParameterValue } from './values.js';

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
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
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
      const member = signalMember(binding, binding.typeAnnotation, module);
      if (member) {
        const text = `${binding.name}${optional ? '?.' : '.'}signal`;
        const fromRequest = member === 'request';
        return { ...base, text, optional: optional || !fromRequest, parameter: { index, path: ['signal'] }, fromRequest };
      }
      if (index === 0 && isHonoContext(evaluator, fn, binding, module)) {
        const text = `${binding.name}.req.raw.signal`;
        return { ...base, text, parameter: { index, path: ['req', 'raw', 'signal'] }, fromRequest: true };
      }
      continue;
    }
    if (binding.type !== 'ObjectPattern') continue;
    const named = binding.properties.find(
      (property): property is TSESTree.Property => property.type === 'Property' && keyName(property) === 'signal',
    );
    const typed = signalMember(binding, binding.typeAnnotation, module);
    if (!named) {
      // Its type offers a signal that the pattern leaves out.
      if (!typed || binding.properties.some((property) => property.type === 'RestElement')) continue;
      return { ...base, text: null, parameter: { index, path: ['signal'] }, fromRequest: typed === 'request' };
    }
    const value = named.value.type === 'AssignmentPattern' ? named.value.left : named.value;
    if (value.type !== 'Identifier') continue;
    if (!typed && !isSignal(value, module) && !isPolicyContext(evaluator, fn, index, module)) continue;
    return { ...base, text: value.name, optional: true, parameter: { index, path: ['signal'] }, fromRequest: typed === 'request' };
  }
  return null;
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

/** Whether a name is an `AbortSignal`, by its type, or by its annotation. */
function isSignal(node: TSESTree.Identifier, module: Module): boolean {
  if (node.typeAnnotation) return namesSignal(node.typeAnnotation, module);
  return module.types?.namesOf(node).some(({ name, package: owner }) => name === 'AbortSignal' && owner === 'global') === true;
}

function namesSignal(annotation: TSESTree.TSTypeAnnotation, module: Module): boolean {
  const types = annotation.typeAnnotation.type === 'TSUnionType' ? annotation.typeAnnotation.types : [annotation.typeAnnotation];
  return types.some(
    (type) =>
      type.type === 'TSTypeReference' &&
      type.typeName.type === 'Identifier' &&
      type.typeName.name === 'AbortSignal' &&
      !variableOf(module, type.typeName),
  );
}

/** Whether what a parameter is given has a signal: as an option, or as a request has it. */
function signalMember(
  binding: TSESTree.Node,
  annotation: TSESTree.TSTypeAnnotation | undefined,
  module: Module,
): 'option' | 'request' | null {
  const names = module.types?.memberNamesOf(binding, 'signal');
  if (names?.some(({ name }) => name.endsWith('AbortSignal'))) {
    const owners = module.types?.namesOf(binding) ?? [];
    return owners.some(({ name }) => /Request$/.test(name)) ? 'request' : 'option';
  }
  if (module.types || !annotation) return null;
  return declaredMember(annotation.typeAnnotation, module, 0);
}

/** Without types: a literal type, an interface or alias of this file, or a platform type that has a signal. */
function declaredMember(type: TSESTree.TypeNode, module: Module, depth: number): 'option' | 'request' | null {
  if (depth > 3) return null;
  switch (type.type) {
    case 'TSTypeLiteral':
      return hasSignalMember(type.members, module) ? 'option' : null;
    case 'TSIntersectionType':
      return type.types.map((part) => declaredMember(part, module, depth + 1)).find((found) => found !== null) ?? null;
    case 'TSTypeReference': {
      if (type.typeName.type !== 'Identifier') return null;
      const declared = module.ast.body
        .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
        .find(
          (statement) =>
            (statement?.type === 'TSInterfaceDeclaration' || statement?.type === 'TSTypeAliasDeclaration') &&
            type.typeName.type === 'Identifier' &&
            statement.id.name === type.typeName.name,
        );
      if (declared?.type === 'TSInterfaceDeclaration') return hasSignalMember(declared.body.body, module) ? 'option' : null;
      if (declared?.type === 'TSTypeAliasDeclaration') return declaredMember(declared.typeAnnotation, module, depth + 1);
      if (variableOf(module, type.typeName)) return null;
      if (type.typeName.name === 'RequestInit') return 'option';
      return type.typeName.name === 'Request' ? 'request' : null;
    }
    default:
      return null;
  }
}

function hasSignalMember(members: readonly TSESTree.TypeElement[], module: Module): boolean {
  return members.some(
    (member) =>
      member.type === 'TSPropertySignature' &&
      keyName(member) === 'signal' &&
      member.typeAnnotation !== undefined &&
      namesSignal(member.typeAnnotation, module),
  );
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
  if (module.types?.namesOf(binding).some(({ name, package: owner }) => name === 'Context' && owner === 'hono')) return true;
  const call = fn.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const app = call.callee.object;
  const variable = app.type === 'Identifier' ? variableOf(module, app) : null;
  const definition = variable?.defs[0]?.node;
  if (definition?.type !== 'VariableDeclarator' || definition.init?.type !== 'NewExpression') return false;
  const made = evaluator.evaluate(definition.init.callee, module);
  return made.kind === 'external' && made.package === 'hono' && made.path[0] === 'Hono';
}

/** Whether a parameter's value is (a part of) the signal that a function receives. */
export function isReceived(parameter: ParameterValue, signal: ReceivedSignal): boolean {
  if (!signal.parameter || parameter.function !== signal.function || parameter.index !== signal.parameter.index) return false;
  const path = signal.parameter.path;
  return parameter.path.length === 0 || parameter.path.join('.') === path.join('.');
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
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
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
