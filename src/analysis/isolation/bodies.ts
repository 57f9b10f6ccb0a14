/** What becomes of the body of an answer. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, unwrap, wrapped, type Module } from '../module.js';
import type { FunctionValue } from '../values.js';
import { decisionAt } from './conditions.js';
import { isLogCall } from './logs.js';
import { doubt, functionsAt, maxDepth, readsOf, type Walk, type BodyUse } from './answers.js';

const validator =
  /(?:^|[._])(?:\w*(?:parse|decode|validate|assert|expect|invariant|ensure|verify|check|guard|coerce|cast|schema|narrow)\w*|is[A-Z]\w*)$/i;

/** The body of `response.text()` is parsed before it can be validated. */
export function isText(name: string): boolean {
  return name !== 'json';
}

/** What becomes of a body: nothing, something, or a closer look that may tell an error from an answer. */
export function followBody(
  walk: Walk,
  node: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (walk.seen.has(outer) || walk.seen.size > walk.steps) return;
  walk.seen.add(outer);
  const use = (): void => {
    walk.flow.bodies.push({ node: outer, module, kind });
  };
  const decision = decisionAt(outer, false);
  // Whether there is any text at all tells no error page from an answer.
  if (decision === 'tested' && text && isPresenceTest(outer)) return;
  if (decision === 'tested') {
    doubt(walk, 'the content of the body decides');
    return;
  }
  switch (parent?.type) {
    case 'ExpressionStatement':
      return;
    case 'UnaryExpression':
      if (parent.operator !== 'void') use();
      return;
    case 'VariableDeclarator':
      if (parent.init === outer) followBodyBinding(walk, parent.id, module, depth, kind, text);
      return;
    case 'AssignmentExpression':
      if (parent.right !== outer) return;
      if (parent.left.type === 'Identifier') followBodyBinding(walk, parent.left, module, depth, kind, text);
      else use();
      return;
    case 'LogicalExpression':
      followBody(walk, parent, module, depth, parent.left === outer ? 'defaulted' : kind, text);
      return;
    case 'ConditionalExpression':
      followBody(walk, parent, module, depth, kind, text);
      return;
    case 'MemberExpression': {
      if (parent.object !== outer) {
        use();
        return;
      }
      const member = wrapped(parent);
      const call = member.parent?.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
      const name = memberName(parent);
      if (call && name === 'then') {
        followBodyThen(walk, call, module, depth, kind, text);
      } else if (call && (name === 'catch' || name === 'finally')) {
        followBody(walk, call, module, depth, kind, text);
      } else if (call) {
        followBody(walk, call, module, depth, kind, text);
      } else {
        followBody(walk, parent, module, depth, parent.optional ? 'defaulted' : kind, text);
      }
      return;
    }
    case 'CallExpression':
    case 'NewExpression':
      followBodyArgument(walk, parent, outer, module, depth, kind, text, use);
      return;
    default:
      use();
  }
}

function followBodyThen(
  walk: Walk,
  call: TSESTree.CallExpression,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const [callback] = call.arguments;
  if (!callback || callback.type === 'SpreadElement') return;
  if (isValidator(callback, module, text)) {
    doubt(walk, 'the body is validated');
    return;
  }
  const functions = functionsAt(walk, callback, module);
  if (functions.length === 0) walk.flow.bodies.push({ node: callback, module, kind });
  for (const fn of functions) followBodyParameter(walk, fn, 0, depth, kind, text);
}

function followBodyArgument(
  walk: Walk,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
  use: () => void,
): void {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  // The arguments of a method of the body itself are no use of it.
  if (index < 0 || isLogCall(call, module)) return;
  if (call.type === 'CallExpression' && module.text.slice(...call.callee.range) === 'JSON.parse') {
    followBody(walk, call, module, depth, kind, false);
    return;
  }
  if (isValidator(call.callee, module, text)) {
    doubt(walk, 'the body is validated');
    return;
  }
  const functions = call.type === 'CallExpression' ? functionsAt(walk, call.callee, module) : [];
  if (functions.length === 0) use();
  for (const fn of functions) followBodyParameter(walk, fn, index, depth, kind, text);
}

function followBodyParameter(
  walk: Walk,
  fn: FunctionValue,
  index: number,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const parameter = fn.node.params[index];
  if (!parameter) return;
  if (depth > maxDepth || parameter.type === 'TSParameterProperty' || parameter.type === 'RestElement') {
    doubt(walk, 'the body is handed on');
    return;
  }
  followBodyBinding(walk, parameter, fn.module, depth + 1, kind, text);
}

export function followBodyBinding(
  walk: Walk,
  binding: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const pattern = unwrap(binding);
  switch (pattern.type) {
    case 'Identifier':
      for (const { identifier } of readsOf(pattern, module)) followBody(walk, identifier, module, depth, kind, text);
      return;
    case 'AssignmentPattern':
      followBodyBinding(walk, pattern.left, module, depth, 'defaulted', text);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        const value = property.type === 'RestElement' ? property.argument : property.value;
        followBodyBinding(walk, value, module, depth, kind, text);
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element) followBodyBinding(walk, element, module, depth, kind, text);
      }
      return;
    default:
  }
}

/** Whether a callee looks at what it gets: `schema.parse`, `assertUser`, `isOrder`. Text is parsed before that. */
function isValidator(callee: TSESTree.Node, module: Module, text: boolean): boolean {
  const name = module.text.slice(...callee.range).replaceAll(/\?|!|\s/g, '');
  if (!validator.test(name)) return false;
  return !text || !/(?:^|\.)parse\w*$|^parse/i.test(name);
}

/** `if (text)`, `!text`, `text ? … : …`, `text && …`. */
function isPresenceTest(node: TSESTree.Node): boolean {
  const { parent } = node;
  return (
    (parent?.type === 'UnaryExpression' && parent.operator === '!') ||
    ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node) ||
    (parent?.type === 'LogicalExpression' && parent.left === node && parent.operator === '&&')
  );
}
