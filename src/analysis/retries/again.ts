/** How a function calls itself again: directly, by a timer, or through another function of its file. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isTimer } from '../controllers.js';
import type { Evaluator } from '../evaluate.js';
import {
  contains,
  enclosingClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  walk,
  type Module,
} from '../module.js';
import type { FunctionNode } from '../values.js';
import { nameOf } from './causes.js';

/** A call that goes again: of the function itself, or of one that calls it. */
export interface Again {
  readonly call: TSESTree.CallExpression | TSESTree.Identifier | TSESTree.MemberExpression;
  /** The function in between: `scheduleReconnect()`. */
  readonly through: FunctionNode | null;
  /** Functions around the call, inside the function itself; outermost last. */
  readonly around: readonly FunctionNode[];
}

/** How a function is called from inside: its variable, or the field of `this` that it is. */
export function isSelf(fn: FunctionNode, module: Module): (node: TSESTree.Node) => boolean {
  const name = nameOf(fn);
  const parent = fn.parent;
  const id =
    fn.type !== 'ArrowFunctionExpression' && fn.id
      ? fn.id
      : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
        ? parent.id
        : parent.type === 'CallExpression' &&
            parent.parent.type === 'VariableDeclarator' &&
            parent.parent.id.type === 'Identifier'
          ? parent.parent.id
          : null;
  const variable = id && variableOf(module, id);
  const isMember =
    parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'Property';
  const owner = isMember ? enclosingClass(parent) : null;
  const memberKey = isMember ? keyName(parent) : null;
  return (node) => {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return variable !== null && variableOf(module, inner) === variable;
    if (
      inner.type !== 'MemberExpression' ||
      memberKey === null ||
      memberName(inner) !== memberKey ||
      memberKey !== name
    )
      return false;
    const object = unwrap(inner.object);
    if (object.type === 'ThisExpression') return true;
    return object.type === 'Identifier' && owner?.id?.name === object.name;
  };
}

export function againCalls(evaluator: Evaluator, fn: FunctionNode, module: Module): readonly Again[] {
  const self = isSelf(fn, module);
  const found: Again[] = [];
  walk(fn.body, module, (node) => {
    if (node.type === 'CallExpression') {
      const callee = unwrap(node.callee);
      const direct =
        self(callee) ||
        (callee.type === 'MemberExpression' &&
          /^(?:call|apply)$/.test(memberName(callee) ?? '') &&
          self(callee.object));
      if (direct) found.push({ call: node, through: null, around: around(node, fn) });
      else if (found.length < 8) {
        const through = throughCall(evaluator, callee, fn, self, module);
        if (through) found.push({ call: node, through, around: around(node, fn) });
      }
      // `setTimeout(connect, 1000)`
      for (const argument of node.arguments) {
        const inner = argument.type === 'SpreadElement' ? argument : unwrap(argument);
        const bound =
          inner.type === 'CallExpression' &&
          inner.callee.type === 'MemberExpression' &&
          memberName(inner.callee) === 'bind'
            ? inner.callee.object
            : inner;
        if (bound.type !== 'Identifier' && bound.type !== 'MemberExpression') continue;
        if (self(bound) && isTimer(node, module, evaluator))
          found.push({ call: bound, through: null, around: around(node, fn) });
      }
    }
    return undefined;
  });
  return found;
}

/** A function of this file that calls the one that is looked at, in its own turn: `this.scheduleReconnect()`. */
function throughCall(
  evaluator: Evaluator,
  callee: TSESTree.Node,
  fn: FunctionNode,
  self: (node: TSESTree.Node) => boolean,
  module: Module,
): FunctionNode | null {
  if (
    callee.type !== 'Identifier' &&
    !(callee.type === 'MemberExpression' && unwrap(callee.object).type === 'ThisExpression')
  )
    return null;
  const other = functionOf(callee, fn, module);
  if (!other || other === fn || contains(other, fn) || contains(fn, other)) return null;
  let timed = false as boolean;
  walk(other.body, module, (node) => {
    if (node.type === 'CallExpression' && isTimer(node, module, evaluator)) {
      walk(node, module, (inner) => {
        if (inner.type === 'Identifier' || inner.type === 'MemberExpression') timed ||= self(inner);
        return !timed;
      });
    }
    return !timed;
  });
  return timed ? other : null;
}

/** The function of this file, or the method of the same class, that a callee names; only those that set a timer. */
function functionOf(callee: TSESTree.Node, fn: FunctionNode, module: Module): FunctionNode | null {
  let found: TSESTree.Node | null | undefined = null;
  if (callee.type === 'Identifier') {
    const definition: TSESTree.Node | undefined = variableOf(module, callee)?.defs[0]?.node;
    found = definition?.type === 'VariableDeclarator' ? definition.init : definition;
  } else if (callee.type === 'MemberExpression') {
    const owner = enclosingClass(fn);
    const name = memberName(callee);
    const member =
      owner && name !== null
        ? owner.body.body.find(
            (candidate) =>
              (candidate.type === 'MethodDefinition' || candidate.type === 'PropertyDefinition') &&
              keyName(candidate) === name,
          )
        : null;
    found = member?.type === 'MethodDefinition' || member?.type === 'PropertyDefinition' ? member.value : null;
  }
  return isFunction(found) && /\bsetTimeout\b/.test(module.text.slice(...found.range)) ? found : null;
}

function around(node: TSESTree.Node, fn: FunctionNode): readonly FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (let parent = node.parent; parent && parent !== fn; parent = parent.parent)
    if (isFunction(parent)) functions.push(parent);
  return functions;
}

/** Whether a function is run in the course of what its surroundings do: a timer's callback, a promise's. */
export function runsInCourse(evaluator: Evaluator, fn: FunctionNode, module: Module): boolean {
  const parent = fn.parent;
  if (parent.type === 'NewExpression') return parent.callee.type === 'Identifier' && parent.callee.name === 'Promise';
  if (parent.type !== 'CallExpression') return false;
  if (isTimer(parent, module, evaluator)) return true;
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' && /^(?:then|finally)$/.test(memberName(callee) ?? '');
}

export function holdsTimer(evaluator: Evaluator, node: TSESTree.Node, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'CallExpression') found ||= isTimer(inner, module, evaluator);
    return !found;
  });
  return found;
}

/** The callback's content in the timer of a function: any node of it serves to recognise the timer. */
export function timedCall(body: TSESTree.BlockStatement): TSESTree.Node | null {
  let found: TSESTree.Node | null = null;
  const visit = (node: TSESTree.Node): void => {
    if (node.type === 'CallExpression' && /setTimeout$/.test(nameOfCallee(node))) found ??= node.arguments[0] ?? null;
    for (const value of Object.entries(node) as [string, unknown][]) {
      if (value[0] === 'parent' || found) continue;
      for (const child of Array.isArray(value[1]) ? (value[1] as unknown[]) : [value[1]]) {
        if (typeof child === 'object' && child !== null && 'type' in child) visit(child as TSESTree.Node);
      }
    }
  };
  visit(body);
  return found;
}

function nameOfCallee({ callee }: TSESTree.CallExpression): string {
  return callee.type === 'Identifier'
    ? callee.name
    : callee.type === 'MemberExpression'
      ? (memberName(callee) ?? '')
      : '';
}
