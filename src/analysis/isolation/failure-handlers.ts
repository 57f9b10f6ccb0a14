/** What the handler of a promise's failure leaves behind: `.catch(…)`, the second argument of `then`, rxjs `catchError`. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, memberName, someInside, unwrap, wrapped, type Module } from '../module.js';
import { possibilities, type FunctionNode } from '../values.js';
import { isDecidedUpon } from './conditions.js';
import type { IsolationContext } from './facts.js';
import {
  emptinessOf,
  firstCall,
  isTested,
  isUsed,
  leftBehind,
  type Emptiness,
  type FailureFact,
  type Outcome,
} from './failures.js';
import { doubtAbout, isExplainedAbove, isTeardown, reasonIn } from './reasons.js';
import type { Reached } from './reach.js';

export function judgeCatch(context: IsolationContext, node: TSESTree.CallExpression): FailureFact | null {
  const { module } = context;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return null;
  const name = memberName(callee);
  const handler =
    name === 'catch' && node.arguments.length === 1 ? node.arguments[0] : name === 'then' ? node.arguments[1] : null;
  if (!handler || handler.type === 'SpreadElement') return null;
  const outcome = outcomeOfHandler(context, node, handler);
  if (outcome === 'told' || isTeardown(node, callee.object, module)) return null;
  const reached = firstCall(context, callee.object) ?? bodyRead(context, callee.object, node);
  if (!reached) return null;
  const doubt = outcome === 'unknown' ? 'its comment gives no reason' : doubtAbout(reached);
  return {
    subject: { kind: 'handler', node, handler },
    verdict: doubt === null ? 'swallowed' : 'unknown',
    why: doubt ?? '',
    call: reached.call,
  };
}

/** `source.pipe(catchError(() => of([])))` */
export function judgeOperator(context: IsolationContext, node: TSESTree.CallExpression): FailureFact | null {
  const { evaluator, module } = context;
  const [handler] = node.arguments;
  const pipe = node.parent.type === 'CallExpression' ? unwrap(node.parent.callee) : null;
  if (!isFunction(handler) || pipe?.type !== 'MemberExpression' || memberName(pipe) !== 'pipe') return null;
  const operator = evaluator.evaluate(node.callee, module);
  if (operator.kind !== 'external' || operator.package !== 'rxjs' || operator.path.at(-1) !== 'catchError') return null;
  const outcome = outcomeOfHandler(context, node, handler);
  const reached = outcome === 'told' ? null : firstCall(context, node.parent);
  if (!reached) return null;
  const doubt = outcome === 'unknown' ? 'its comment gives no reason' : null;
  return {
    subject: { kind: 'handler', node, handler },
    verdict: doubt === null ? 'swallowed' : 'unknown',
    why: doubt ?? '',
    call: reached.call,
  };
}

/** `response.json()`: the call whose body it reads; `null` where it only words an error that follows. */
function bodyRead(
  { evaluator, module, identify }: IsolationContext,
  work: TSESTree.Node,
  node: TSESTree.CallExpression,
): Reached | null {
  const read = unwrap(work);
  const callee = read.type === 'CallExpression' ? unwrap(read.callee) : null;
  if (callee?.type !== 'MemberExpression' || !/^(?:json|text|arrayBuffer|blob|bytes)$/.test(memberName(callee) ?? ''))
    return null;
  const answer = possibilities(evaluator.evaluate(callee.object, module)).find(({ kind }) => kind === 'result');
  if (answer?.kind !== 'result' || answer.site.node.type !== 'CallExpression' || wordsAnError(node, module))
    return null;
  const call = identify(answer.site.node, answer.site.module);
  return call && { call, from: answer.site.node };
}

/** Whether a value goes into an error, or is only read where one is thrown. */
function wordsAnError(node: TSESTree.Node, module: Module): boolean {
  const parent = wrapped(node).parent;
  const names = parent?.type === 'VariableDeclarator' ? module.scopes.getDeclaredVariables(parent) : [];
  const uses = [node, ...names.flatMap(({ references }) => references.map(({ identifier }) => identifier))];
  return uses.some((use) => {
    let child: TSESTree.Node = use;
    for (let outer: TSESTree.Node | undefined = use.parent; outer && !isFunction(outer); outer = outer.parent) {
      if (outer.type === 'ThrowStatement' || (outer.type === 'NewExpression' && outer.arguments.length > 0))
        return true;
      if (outer.type === 'IfStatement' && outer.test !== child && someInside(outer, module, isThrow)) return true;
      child = outer;
    }
    return false;
  });
}

function isThrow({ type }: TSESTree.Node): boolean {
  return type === 'ThrowStatement';
}

function outcomeOfHandler(context: IsolationContext, node: TSESTree.CallExpression, handler: TSESTree.Node): Outcome {
  const { module } = context;
  const fn = handlerFunction(context, handler);
  if (!fn) return 'told';
  if (fn !== 'noop') {
    const [param] = fn.params;
    if (param && isUsed(param, module)) return 'told';
  }
  const emptiness = fn === 'noop' ? 'nothing' : standInOf(fn, module);
  if (emptiness === null || emptiness === 'other') return 'told';
  const reason = reasonIn(handler.range, module);
  if (reason === 'reason' || isExplainedAbove(node, module)) return 'told';
  if (emptiness === 'nothing' && isTested(node, module)) return 'told';
  // Kept in a field, or handed on: somebody may test it there.
  if (emptiness === 'nothing' && isHandedOn(node) && !isTakenApart(node)) return 'unknown';
  return reason === 'word' ? 'unknown' : 'swallowed';
}

function isHandedOn(node: TSESTree.Node): boolean {
  const parent = wrapped(node).parent;
  return parent?.type === 'CallExpression' || parent?.type === 'Property' || parent?.type === 'ArrayExpression';
}

/** `const [user] = await Promise.all([load().catch(() => null), …])`: a name of its own, which has been looked at. */
function isTakenApart(node: TSESTree.Node): boolean {
  const list = wrapped(node).parent;
  const all =
    list?.type === 'ArrayExpression' && list.parent.type === 'CallExpression' ? wrapped(list.parent).parent : null;
  return all?.type === 'VariableDeclarator' && all.id.type === 'ArrayPattern';
}

function handlerFunction(
  { evaluator, module }: IsolationContext,
  handler: TSESTree.Node,
): FunctionNode | 'noop' | null {
  const inner = unwrap(handler);
  if (isFunction(inner)) return inner;
  const values = possibilities(evaluator.evaluate(inner, module));
  const [value] = values;
  if (values.length !== 1 || !value) return null;
  if (value.kind === 'function') {
    if (value.module === module) return value.node;
    const { body } = value.node;
    const isNoop = body.type === 'BlockStatement' ? body.body.length === 0 : emptinessOf(body) === 'nothing';
    return isNoop ? 'noop' : null;
  }
  return value.kind === 'external' && /^noop$/.test(value.path.at(-1) ?? '') ? 'noop' : null;
}

/** What a handler gives in place of a result; `null` where it does anything else. */
function standInOf(fn: FunctionNode, module: Module): Emptiness | null {
  if (fn.body.type !== 'BlockStatement') return emptinessOf(fn.body);
  const left = leftBehind(fn.body.body);
  if (left === null) return null;
  if (left.assigned.some((name) => isDecidedUpon(name, module))) return null;
  return left.returned ?? 'nothing';
}
