/** Where the answer of a call goes, and whether its status is looked at on the way. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { CallNode } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  wrapped,
  type Module,
} from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';
import { decisionAt } from './conditions.js';
import { isLogCall, isTelemetryCall } from './logs.js';
import { followBody, followBodyBinding, isText } from './bodies.js';

/** How a body is used: `plain` with no branch on its content, `defaulted` with stand-ins for what is missing. */
export interface BodyUse {
  readonly node: TSESTree.Node;
  readonly module: Module;
  readonly kind: 'plain' | 'defaulted';
}

const readers = /^(?:json|text|arrayBuffer|blob|formData|bytes|buffer)$/;
const statusNames = /^(?:ok|status|statusCode|statusText|statusMessage)$/;
const bodyNames = /^(?:body|data|_data|rawBody)$/;
const aside = /^(?:headers|url|type|redirected|bodyUsed|trailers|rawHeaders)$/;
export const maxDepth = 5;

/** What is known of an answer after it has been followed. */
export interface Flow {
  looked: boolean;
  logged: boolean;
  returned: boolean;
  doubt: string | null;
  readonly bodies: BodyUse[];
}

export interface Walk {
  /** `null`: a first look, which goes into no function that is not right there. */
  readonly evaluator: Evaluator | null;
  /** The call that fetches. */
  readonly source: TSESTree.Node;
  readonly flow: Flow;
  readonly seen: Set<TSESTree.Node>;
  readonly steps: number;
}

export function follow(evaluator: Evaluator | null, source: CallNode, module: Module): Flow {
  const flow: Flow = { looked: false, logged: false, returned: false, doubt: null, bodies: [] };
  followAnswer({ evaluator, source, flow, seen: new Set(), steps: evaluator ? 400 : 40 }, source, module, 0);
  return flow;
}

export function doubt({ flow }: Walk, why: string): void {
  flow.doubt ??= why;
}

/** Goes where the answer that `node` stands for goes. */
function followAnswer(walk: Walk, node: TSESTree.Node, module: Module, depth: number): void {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (walk.seen.has(outer) || walk.seen.size > walk.steps) return;
  walk.seen.add(outer);
  switch (parent?.type) {
    case 'MemberExpression':
      if (parent.object === outer) followMember(walk, parent, module, depth);
      return;
    case 'VariableDeclarator':
      if (parent.init === outer) followBinding(walk, parent.id, module, depth);
      return;
    case 'AssignmentExpression':
      if (parent.right !== outer) return;
      if (parent.left.type === 'Identifier') followBinding(walk, parent.left, module, depth);
      else doubt(walk, 'the answer is kept elsewhere');
      followAnswer(walk, parent, module, depth);
      return;
    case 'ConditionalExpression':
      if (parent.test !== outer) followAnswer(walk, parent, module, depth);
      return;
    case 'LogicalExpression':
      if (parent.right === outer || parent.operator !== '&&') followAnswer(walk, parent, module, depth);
      return;
    case 'SequenceExpression':
      if (parent.expressions.at(-1) === outer) followAnswer(walk, parent, module, depth);
      return;
    case 'ReturnStatement': {
      const fn = enclosingFunction(parent);
      if (fn) followReturn(walk, fn, module, depth);
      return;
    }
    case 'ArrowFunctionExpression':
      followReturn(walk, parent, module, depth);
      return;
    case 'CallExpression':
    case 'NewExpression':
      followArgument(walk, parent, outer, module, depth);
      return;
    case 'ArrayExpression':
      followElement(walk, parent, outer, module, depth);
      return;
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'IfStatement':
    case 'ExpressionStatement':
    case 'WhileStatement':
      return;
    default:
      doubt(walk, 'the answer is handed on');
  }
}

function followMember(walk: Walk, member: TSESTree.MemberExpression, module: Module, depth: number): void {
  const name = memberName(member);
  const outer = wrapped(member);
  const call = outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : null;
  if (name === null) {
    doubt(walk, 'a member of the answer is computed');
  } else if (call && name === 'then') {
    followThen(walk, call, module, depth);
  } else if (call && (name === 'catch' || name === 'finally' || name === 'clone')) {
    followAnswer(walk, call, module, depth);
  } else if (readers.test(name)) {
    if (call) followBody(walk, call, module, depth, 'plain', isText(name));
    else doubt(walk, 'the answer is handed on');
  } else if (statusNames.test(name)) {
    followStatus(walk, member, module);
  } else if (bodyNames.test(name)) {
    const next = outer.parent?.type === 'MemberExpression' ? memberName(outer.parent) : null;
    if (next !== null && /^(?:cancel|destroy|dump)$/.test(next)) return;
    if (name === 'body' && decisionAt(member, false) === 'tested') return;
    followBody(walk, member, module, depth, 'plain', name !== 'data');
  } else if (aside.test(name)) {
    const value = call ?? member;
    if (isTestedBelow(value)) doubt(walk, 'the headers of the answer are looked at');
  }
}

/** A content type that is tested, perhaps through `get('content-type')`. */
function isTestedBelow(node: TSESTree.Node): boolean {
  let current = wrapped(node);
  for (let steps = 0; steps < 6; steps++) {
    if (decisionAt(current) === 'tested') return true;
    const parent = current.parent;
    if (parent?.type === 'VariableDeclarator') return true;
    if (
      parent?.type !== 'MemberExpression' &&
      parent?.type !== 'CallExpression' &&
      parent?.type !== 'LogicalExpression'
    )
      return false;
    current = wrapped(parent);
  }
  return false;
}

function followThen(walk: Walk, call: TSESTree.CallExpression, module: Module, depth: number): void {
  const [callback] = call.arguments;
  if (!callback || callback.type === 'SpreadElement') return;
  const functions = functionsAt(walk, callback, module);
  if (functions.length === 0) {
    doubt(walk, 'the answer is handed to a function that cannot be seen');
    return;
  }
  for (const fn of functions) followParameter(walk, fn, 0, depth, call, module);
}

/** The functions of this project that an expression stands for; none where one of them cannot be seen. */
export function functionsAt({ evaluator }: Walk, node: TSESTree.Node, module: Module): readonly FunctionValue[] {
  const inner = unwrap(node);
  if (isFunction(inner))
    return [{ kind: 'function', node: inner, module, env: { args: new Map(), self: null, depth: 0 } }];
  if (!evaluator) return [];
  const values = possibilities(evaluator.evaluate(inner, module));
  const functions = values.filter((value): value is FunctionValue => value.kind === 'function');
  return functions.length === values.length ? functions : [];
}

/** Goes on inside a function that gets the answer, and, where it gives it back, behind the call. */
function followParameter(
  walk: Walk,
  fn: FunctionValue,
  index: number,
  depth: number,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): void {
  if (depth > maxDepth) {
    doubt(walk, 'the answer is handed on too far');
    return;
  }
  const parameter = fn.node.params[index];
  if (!parameter) return;
  const inside: Walk = { ...walk, flow: { ...walk.flow, returned: false, bodies: walk.flow.bodies } };
  if (parameter.type === 'RestElement') doubt(walk, 'the answer is handed on');
  followBinding(inside, parameter, fn.module, depth + 1);
  walk.flow.looked ||= inside.flow.looked;
  walk.flow.logged ||= inside.flow.logged;
  walk.flow.doubt ??= inside.flow.doubt;
  if (inside.flow.returned) followAnswer(walk, call, module, depth);
}

/** An answer that a function gives back: to the call that the function is an argument of, or to whoever calls it. */
function followReturn(walk: Walk, fn: FunctionNode, module: Module, depth: number): void {
  const outer = wrapped(fn);
  const parent = outer.parent;
  if (parent?.type !== 'CallExpression') {
    walk.flow.returned = true;
    return;
  }
  if (parent.callee === outer) {
    followAnswer(walk, parent, module, depth);
    return;
  }
  const callee = unwrap(parent.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (name !== null && /^(?:map|flatMap)$/.test(name) && contains(fn, walk.source)) {
    followList(walk, parent, module, depth);
    return;
  }
  if (name === 'then' || name === 'catch') {
    // The function is a callback whose parameter was followed to here, or one that fetches in its turn.
    if (contains(fn, walk.source)) followAnswer(walk, parent, module, depth);
    else walk.flow.returned = true;
    return;
  }
  const values = walk.evaluator ? possibilities(walk.evaluator.evaluate(parent, module)) : [];
  const handsOn =
    values.length > 0 && values.every((value) => value.kind === 'result' && value.site.node === walk.source);
  if (handsOn) followAnswer(walk, parent, module, depth);
  else doubt(walk, 'the answer is given back to a function that cannot be seen');
}

function followArgument(
  walk: Walk,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: TSESTree.Node,
  module: Module,
  depth: number,
): void {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  if (index < 0 || isLogCall(call, module)) return;
  if (call.type === 'CallExpression' && /^Promise\.resolve$/.test(module.text.slice(...call.callee.range))) {
    followAnswer(walk, call, module, depth);
    return;
  }
  const callee = unwrap(call.callee);
  const list = callee.type === 'MemberExpression' && memberName(callee) === 'push' ? unwrap(callee.object) : null;
  if (list?.type === 'Identifier') {
    for (const { identifier } of readsOf(list, module))
      if (identifier !== list) followList(walk, identifier, module, depth);
    return;
  }
  const functions = functionsAt(walk, callee, module);
  if (functions.length === 0) doubt(walk, 'the answer is handed to a function that cannot be seen');
  else for (const fn of functions) followParameter(walk, fn, index, depth, call, module);
}

/** `const [a, b] = await Promise.all([fetch(x), fetch(y)])` */
function followElement(
  walk: Walk,
  array: TSESTree.ArrayExpression,
  element: TSESTree.Node,
  module: Module,
  depth: number,
): void {
  const index = array.elements.indexOf(element as TSESTree.Expression);
  const call = array.parent;
  const all =
    call.type === 'CallExpression' && /^Promise\.(?:all|race|any)$/.exec(module.text.slice(...call.callee.range));
  if (!all || call.arguments[0] !== array) {
    doubt(walk, 'the answer is kept in a list');
    return;
  }
  if (all[0] !== 'Promise.all') {
    followAnswer(walk, call, module, depth);
    return;
  }
  const outer = wrapped(call);
  const pattern = outer.parent?.type === 'VariableDeclarator' ? outer.parent.id : null;
  const target = pattern?.type === 'ArrayPattern' ? pattern.elements[index] : undefined;
  if (pattern?.type !== 'ArrayPattern') followList(walk, call, module, depth);
  else if (target) followBinding(walk, target, module, depth);
}

/** Goes where a list of answers goes, or of promises of them: into loops, iterations, and names. */
function followList(walk: Walk, node: TSESTree.Node, module: Module, depth: number): void {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (walk.seen.has(outer) || walk.seen.size > walk.steps) return;
  walk.seen.add(outer);
  switch (parent?.type) {
    case 'VariableDeclarator':
      if (parent.init === outer) followListBinding(walk, parent.id, module, depth);
      return;
    case 'ForOfStatement':
      if (parent.right !== outer) return;
      if (parent.left.type === 'VariableDeclaration')
        for (const { id } of parent.left.declarations) followBinding(walk, id, module, depth);
      return;
    case 'MemberExpression': {
      if (parent.object !== outer) return;
      const member = wrapped(parent);
      const call = member.parent?.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
      if (parent.computed) followAnswer(walk, parent, module, depth);
      else if (call) followIteration(walk, call, memberName(parent), module, depth);
      return;
    }
    case 'CallExpression':
      if (/^Promise\.all$/.test(module.text.slice(...parent.callee.range))) followList(walk, parent, module, depth);
      else doubt(walk, 'the answer is kept in a list');
      return;
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      walk.flow.returned = true;
      return;
    case 'ExpressionStatement':
      return;
    default:
      doubt(walk, 'the answer is kept in a list');
  }
}

function followListBinding(walk: Walk, binding: TSESTree.Node, module: Module, depth: number): void {
  if (binding.type === 'Identifier') {
    for (const { identifier } of readsOf(binding, module)) followList(walk, identifier, module, depth);
  } else if (binding.type === 'ArrayPattern') {
    for (const element of binding.elements) if (element) followBinding(walk, element, module, depth);
  } else doubt(walk, 'the answer is kept in a list');
}

/** `answers.map(…)`, `answers.filter(…)`: into the callback, and on with what is left of the list. */
function followIteration(
  walk: Walk,
  call: TSESTree.CallExpression,
  name: string | null,
  module: Module,
  depth: number,
): void {
  if (name === 'push' || name === 'then') {
    const [callback] = call.arguments;
    if (name === 'then' && callback && isFunction(callback)) {
      const [parameter] = callback.params;
      if (parameter) followListBinding(walk, parameter, module, depth);
    } else if (name === 'then') doubt(walk, 'the answer is kept in a list');
    return;
  }
  const [callback] = call.arguments;
  if (name === null || !/^(?:map|flatMap|forEach|filter|every|some|find|at|slice|reverse)$/.test(name)) {
    doubt(walk, 'the answer is kept in a list');
    return;
  }
  if (name === 'at' || name === 'find') followAnswer(walk, call, module, depth);
  if (/^(?:filter|slice|reverse)$/.test(name)) followList(walk, call, module, depth);
  if (!callback || callback.type === 'SpreadElement' || /^(?:at|slice)$/.test(name)) return;
  const functions = functionsAt(walk, callback, module);
  if (functions.length === 0) doubt(walk, 'the answer is handed to a function that cannot be seen');
  for (const fn of functions) {
    const [parameter] = fn.node.params;
    if (!parameter) continue;
    const inside: Walk = { ...walk, flow: { ...walk.flow, returned: false, bodies: walk.flow.bodies } };
    followBinding(inside, parameter, fn.module, depth + 1);
    walk.flow.looked ||= inside.flow.looked;
    walk.flow.logged ||= inside.flow.logged;
    walk.flow.doubt ??= inside.flow.doubt;
    if (inside.flow.returned && /^(?:map|flatMap)$/.test(name)) followList(walk, call, module, depth);
  }
}

function followBinding(walk: Walk, binding: TSESTree.Node, module: Module, depth: number): void {
  let pattern = unwrap(binding);
  if (pattern.type === 'TSParameterProperty') {
    doubt(walk, 'the answer is kept elsewhere');
    return;
  }
  if (pattern.type === 'AssignmentPattern') pattern = pattern.left;
  if (pattern.type === 'Identifier') {
    for (const { identifier } of readsOf(pattern, module)) followAnswer(walk, identifier, module, depth);
    return;
  }
  if (pattern.type !== 'ObjectPattern') {
    doubt(walk, 'the answer is taken apart');
    return;
  }
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      doubt(walk, 'the answer is taken apart');
      continue;
    }
    const name = keyName(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (name === null) doubt(walk, 'the answer is taken apart');
    else if (value.type !== 'Identifier') {
      if (bodyNames.test(name)) followBodyBinding(walk, value, module, depth, 'plain', name !== 'data');
    } else if (statusNames.test(name)) {
      for (const { identifier } of readsOf(value, module)) followStatus(walk, identifier, module);
    } else if (bodyNames.test(name)) {
      for (const { identifier } of readsOf(value, module))
        followBodyName(walk, identifier, module, depth, name !== 'data');
    }
  }
}

export function readsOf(name: TSESTree.Identifier, module: Module): { identifier: TSESTree.Node }[] {
  return (variableOf(module, name)?.references ?? []).filter(
    ({ identifier, init }) => identifier !== name && init !== true && !isTarget(identifier),
  );
}

function isTarget(identifier: TSESTree.Node): boolean {
  return identifier.parent?.type === 'AssignmentExpression' && identifier.parent.left === identifier;
}

/** `const { body } = await request(url)`: what is done with the name. */
function followBodyName(walk: Walk, identifier: TSESTree.Node, module: Module, depth: number, text: boolean): void {
  const outer = wrapped(identifier);
  const next = outer.parent?.type === 'MemberExpression' ? memberName(outer.parent) : null;
  if (next !== null && /^(?:cancel|destroy|dump|resume|on)$/.test(next)) return;
  const call = next !== null && readers.test(next) ? outer.parent?.parent : null;
  followBody(
    walk,
    call?.type === 'CallExpression' ? call : identifier,
    module,
    depth,
    'plain',
    text && next !== 'json',
  );
}

/** What a read of the status is for: a log, which changes nothing, or anything else. */
function followStatus(walk: Walk, node: TSESTree.Node, module: Module): void {
  let current = wrapped(node);
  for (let steps = 0; steps < 12; steps++) {
    const parent = current.parent;
    switch (parent?.type) {
      case 'TemplateLiteral':
      case 'Property':
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'ChainExpression':
        current = parent;
        continue;
      case 'BinaryExpression':
        current = parent;
        continue;
      case 'CallExpression':
        if (isLogCall(parent, module)) {
          walk.flow.logged = true;
          return;
        }
        if (isTelemetryCall(parent, module)) {
          doubt(walk, 'the status of the answer is recorded');
          return;
        }
        if (parent.callee.type === 'Identifier' && parent.callee.name === 'String') {
          current = parent;
          continue;
        }
        break;
      case 'VariableDeclarator': {
        if (parent.id.type !== 'Identifier' || parent.init !== current) break;
        for (const { identifier } of readsOf(parent.id, module)) followStatus(walk, identifier, module);
        return;
      }
      case 'ExpressionStatement':
        return;
      case 'UnaryExpression':
      case 'LogicalExpression':
        current = parent;
        continue;
      case 'IfStatement':
        if (parent.test !== current || !onlyLogs(parent, module)) break;
        walk.flow.logged = true;
        return;
      default:
    }
    break;
  }
  walk.flow.looked = true;
}

/** `if (!response.ok) console.warn(…)`: a look that changes nothing. */
function onlyLogs({ consequent, alternate }: TSESTree.IfStatement, module: Module): boolean {
  const logs = (statement: TSESTree.Statement): boolean =>
    statement.type === 'BlockStatement'
      ? statement.body.length > 0 && statement.body.every(logs)
      : statement.type === 'ExpressionStatement' && isLogCall(unwrap(statement.expression), module);
  return logs(consequent) && (alternate === null || logs(alternate));
}
