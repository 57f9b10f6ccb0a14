/** The downstream calls that code leads to, through functions and other files. */
import type { TSESTree } from '@typescript-eslint/utils';
import { countCutOff } from '../budget.js';
import type { CallNode, DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';

/** What is needed to look for calls. */
export interface ReachContext {
  readonly evaluator: Evaluator;
  readonly identify: (node: CallNode, module: Module) => DownstreamCall | null;
}

/** A downstream call that some code leads to. */
export interface Reached {
  readonly call: DownstreamCall;
  /** The call inside the code that leads to it; the call itself where it stands there. */
  readonly from: CallNode;
}

/** What may keep a call from counting: `skip` leaves out a node and what is below it. */
export interface ReachOptions {
  readonly skip?: (node: TSESTree.Node, module: Module) => boolean;
}

const maxDepth = 3;
const maxCalls = 160;
const iteration = /^(?:map|flatMap|forEach|filter|reduce|some|every|find|then|catch|finally|from|all|allSettled)$/;

/** The downstream calls that `root` leads to, each once. */
export function reachedFrom(
  context: ReachContext,
  root: TSESTree.Node,
  module: Module,
  { skip = () => false }: ReachOptions = {},
): readonly Reached[] {
  const found: Reached[] = [];
  const seen = new Set<TSESTree.Node>();
  let looked = 0;
  const look = (node: TSESTree.Node, inside: Module, from: CallNode | null, depth: number): void => {
    walk(node, inside, (inner) => {
      if (found.length > 15 || looked > maxCalls || skip(inner, inside)) return false;
      if (inner !== node && isFunction(inner) && isKeptForLater(inner)) return false;
      if (inner.type !== 'CallExpression' && inner.type !== 'TaggedTemplateExpression') return undefined;
      const call = context.identify(inner, inside);
      if (call) {
        if (!found.some((other) => other.call.node === call.node)) found.push({ call, from: from ?? inner });
        return undefined;
      }
      if (inner.type !== 'CallExpression' || depth >= maxDepth) return undefined;
      looked++;
      for (const fn of calledBy(context, inner, inside)) {
        if (seen.has(fn.node)) continue;
        seen.add(fn.node);
        look(fn.node.body, fn.module, from ?? inner, depth + 1);
      }
      return undefined;
    });
  };
  look(root, module, null, 0);
  if (looked > maxCalls) countCutOff();
  return found;
}

/** The functions of this project that a call runs: its callee, and the names that it hands to an iteration. */
function calledBy({ evaluator }: ReachContext, call: TSESTree.CallExpression, module: Module): FunctionValue[] {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const nodes: TSESTree.Node[] = [callee];
  if (name !== null && iteration.test(name)) {
    nodes.push(...call.arguments.filter(({ type }) => type === 'Identifier' || type === 'MemberExpression'));
  }
  return nodes.flatMap((node) => {
    if (isFunction(node)) return [];
    return possibilities(evaluator.callee(node, module)).filter(
      (value): value is FunctionValue => value.kind === 'function',
    );
  });
}

/** A function that is only made here: declared, kept in a name, or given to something that calls it on an event. */
function isKeptForLater(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (fn.type === 'FunctionDeclaration') return true;
  if (parent.type === 'VariableDeclarator' || parent.type === 'Property' || parent.type === 'AssignmentExpression')
    return true;
  if (parent.type !== 'CallExpression' || parent.callee === fn) return false;
  const callee = unwrap(parent.callee);
  const name =
    callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  return (
    name !== null &&
    /^(?:on|once|addEventListener|addListener|setTimeout|setInterval|setImmediate|queueMicrotask|useCallback|subscribe)$/.test(
      name,
    )
  );
}

/** The name that a function goes by: its own, or that of what holds it. */
export function nameOfFunction(fn: FunctionNode): string | null {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : null;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return parent.key.type === 'Identifier' || parent.key.type === 'PrivateIdentifier' ? parent.key.name : null;
    case 'AssignmentExpression':
      return parent.left.type === 'MemberExpression' ? memberName(parent.left) : null;
    default:
      return null;
  }
}

/** What is put into an array that a name stands for: the elements of its initial value, and what is pushed. */
export function contentsOf(name: TSESTree.Identifier, module: Module): readonly TSESTree.Node[] {
  const variable = variableOf(module, name);
  if (!variable) return [];
  const nodes: TSESTree.Node[] = [];
  for (const { node } of variable.defs) {
    if (node.type === 'VariableDeclarator' && node.init) nodes.push(node.init);
  }
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    const call = member.parent;
    if (member.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== member) continue;
    if (memberName(member) === 'push') nodes.push(...call.arguments);
  }
  return nodes;
}
