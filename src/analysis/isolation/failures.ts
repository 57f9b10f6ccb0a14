/**
 * Whether anybody can tell that a downstream call failed: what a `catch` leaves behind, and who reads the results of
 * `Promise.allSettled`. Any use of the error, any call, and any stand-in that somebody chose counts as telling.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import { exposureOf } from '../exposure.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  walk,
  wrapped,
  type Module,
} from '../module.js';
import { decisionAt, isDecidedUpon } from './conditions.js';
import type { IsolationContext } from './facts.js';
import { judgeCatch, judgeOperator } from './failure-handlers.js';
import { isLogCall } from './logs.js';
import { contentsOf, reachedFrom, type Reached } from './reach.js';
import { isTeardown, doubtAbout, reasonIn, isExplainedAbove } from './reasons.js';

/** Where a failure ends. */
export type FailureSubject =
  | { readonly kind: 'clause'; readonly node: TSESTree.CatchClause; readonly try: TSESTree.TryStatement }
  /** `promise.catch(handler)`, or the second argument of `then`. */
  | { readonly kind: 'handler'; readonly node: TSESTree.CallExpression; readonly handler: TSESTree.Node }
  | { readonly kind: 'settled'; readonly node: TSESTree.CallExpression };

export interface FailureFact {
  readonly subject: FailureSubject;
  readonly verdict: 'swallowed' | 'unreadSettled' | 'cancellationSwallowed' | 'unknown';
  readonly why: string;
  readonly call: DownstreamCall;
}

/** What a handler leaves behind: something that tells, nothing that does, or what cannot be decided. */
export type Outcome = 'told' | 'swallowed' | 'unknown';

/** What stands in for a result that did not come. */
export type Emptiness = 'nothing' | 'empty' | 'other';

/** The places of a file where the failure of a downstream call may vanish. */
export function failuresOf(context: IsolationContext): readonly FailureFact[] {
  const facts: FailureFact[] = [];
  const { module } = context;
  walk(module.ast, module, (node) => {
    const fact =
      node.type === 'TryStatement' && node.handler
        ? judgeTry(context, node, node.handler)
        : node.type === 'CallExpression'
          ? (judgeCatch(context, node) ?? judgeOperator(context, node) ?? judgeSettled(context, node))
          : null;
    if (fact) facts.push(fact);
    return undefined;
  });
  return facts;
}

// catch (…) { … }

function judgeTry(
  context: IsolationContext,
  node: TSESTree.TryStatement,
  clause: TSESTree.CatchClause,
): FailureFact | null {
  const { module } = context;
  const outcome = outcomeOfClause(node, clause, module);
  const subject: FailureSubject = { kind: 'clause', node: clause, try: node };
  if (outcome === 'told') {
    if (!hidesCancellation(node, clause, module)) return null;
    const call = firstCall(context, node.block);
    return call && { subject, verdict: 'cancellationSwallowed', why: '', call: call.call };
  }
  if (isTeardown(node, node.block, module)) return null;
  const reached = firstCall(context, node.block);
  if (!reached) return null;
  const doubt = outcome === 'unknown' ? 'its comment gives no reason' : doubtAbout(reached);
  return { subject, verdict: doubt === null ? 'swallowed' : 'unknown', why: doubt ?? '', call: reached.call };
}

function outcomeOfClause(node: TSESTree.TryStatement, clause: TSESTree.CatchClause, module: Module): Outcome {
  if (clause.param && isUsed(clause.param, module)) return 'told';
  const left = leftBehind(clause.body.body);
  if (left === null) return 'told';
  const reason = reasonIn(clause.body.range, module);
  if (reason === 'reason' || isExplainedAbove(node, module)) return 'told';
  if (left.assigned.some((name) => isDecidedUpon(name, module, node.range[1]) || isFlag(name, node, module)))
    return 'told';
  const outcome = left.returned ?? outcomeBehind(node, module);
  if (outcome === null || outcome === 'other') return 'told';
  if (outcome === 'nothing' && left.returned !== null && callersCanTell(node, module)) return 'told';
  return reason === 'word' ? 'unknown' : 'swallowed';
}

/** Whether the caught error is used for anything. */
export function isUsed(param: TSESTree.Node, module: Module): boolean {
  if (param.type !== 'Identifier') return true;
  return (variableOf(module, param)?.references ?? []).some(
    ({ identifier }) => !(identifier.parent.type === 'UnaryExpression' && identifier.parent.operator === 'void'),
  );
}

/** `partial = true`: a name that only the handler sets, and that somebody reads afterwards. */
function isFlag(name: TSESTree.Identifier, node: TSESTree.TryStatement, module: Module): boolean {
  const variable = variableOf(module, name);
  if (!variable || assignedIn(node.block, module).some((other) => variableOf(module, other) === variable)) return false;
  return variable.references.some((reference) => reference.isRead() && reference.identifier.range[0] >= node.range[1]);
}

/** What the statements of a handler leave behind; `null` where they do anything that may tell. */
export function leftBehind(
  statements: readonly TSESTree.Statement[],
): { readonly returned: Emptiness | null; readonly assigned: readonly TSESTree.Identifier[] } | null {
  const assigned: TSESTree.Identifier[] = [];
  let returned: Emptiness | null = null;
  for (const statement of statements) {
    switch (statement.type) {
      case 'EmptyStatement':
      case 'ContinueStatement':
      case 'BreakStatement':
        break;
      case 'ReturnStatement':
        returned = statement.argument ? emptinessOf(statement.argument) : 'nothing';
        break;
      case 'ExpressionStatement': {
        const expression = unwrap(statement.expression);
        if (expression.type === 'UnaryExpression' && expression.operator === 'void') break;
        if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return null;
        if (expression.left.type !== 'Identifier' || emptinessOf(expression.right) === 'other') return null;
        assigned.push(expression.left);
        break;
      }
      default:
        return null;
    }
  }
  return { returned, assigned };
}

const failureName =
  /err|fail|reason|message|status|code|unavail|stale|degrad|offline|unknown|missing|skipped|warning|partial|timeout|problem/i;

/** What a stand-in says: nothing at all, an empty or successful result, or something of its own. */
export function emptinessOf(node: TSESTree.Node): Emptiness {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      if (inner.value === null && inner.raw === 'null') return 'nothing';
      return inner.value === '' ||
        inner.value === 0 ||
        inner.value === true ||
        /^(?:\[\]|\{\})$/.test(String(inner.value))
        ? 'empty'
        : 'other';
    case 'TemplateLiteral':
      return inner.expressions.length === 0 && inner.quasis[0]?.value.raw === '' ? 'empty' : 'other';
    case 'Identifier':
      return inner.name === 'undefined' ? 'nothing' : inner.name === 'EMPTY' ? 'empty' : 'other';
    case 'UnaryExpression':
      return inner.operator === 'void' ? 'nothing' : 'other';
    case 'AwaitExpression':
      return emptinessOf(inner.argument);
    case 'ArrayExpression':
      return inner.elements.every(
        (element) => element && element.type !== 'SpreadElement' && emptinessOf(element) !== 'other',
      )
        ? 'empty'
        : 'other';
    case 'ObjectExpression':
      return inner.properties.every(
        (property) =>
          property.type === 'Property' &&
          !failureName.test(keyName(property) ?? 'error') &&
          emptinessOf(property.value) !== 'other',
      )
        ? 'empty'
        : 'other';
    case 'NewExpression':
      return inner.callee.type === 'Identifier' &&
        /^(?:Map|Set|Array|WeakMap|URLSearchParams)$/.test(inner.callee.name) &&
        inner.arguments.length === 0
        ? 'empty'
        : 'other';
    case 'CallExpression': {
      const { callee } = inner;
      const [argument] = inner.arguments;
      if (callee.type === 'Identifier' && callee.name === 'of' && argument && argument.type !== 'SpreadElement')
        return emptinessOf(argument);
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return 'other';
      const name = `${callee.object.name}.${memberName(callee) ?? ''}`;
      if (name === 'Promise.resolve' || name === 'Object.freeze') {
        return argument ? (argument.type === 'SpreadElement' ? 'other' : emptinessOf(argument)) : 'nothing';
      }
      return name === 'Buffer.alloc' && argument?.type === 'Literal' && argument.value === 0 ? 'empty' : 'other';
    }
    default:
      return 'other';
  }
}

/**
 * What the code behind a `try` makes of a failure whose handler falls through: `null` where it can tell, or tries
 * something else.
 */
function outcomeBehind(node: TSESTree.TryStatement, module: Module): Emptiness | null {
  const loop = loopAround(node);
  const leaves = leavesOnSuccess(node.block, module);
  // Success leaves the loop: a failure goes round again, or to the next target.
  if (loop && leaves) return null;
  if (leaves) {
    const next = statementsAfter(node);
    const [first] = next;
    if (!first) return 'nothing';
    if (first.type === 'ReturnStatement') return first.argument ? emptinessOf(first.argument) : 'nothing';
    return null;
  }
  // What the block sets is looked at below.
  for (const name of assignedIn(node.block, module)) {
    if (isDecidedUpon(name, module, node.range[1])) return null;
  }
  return 'nothing';
}

function loopAround(node: TSESTree.Node): TSESTree.Node | null {
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (/^(?:For|While|DoWhile)/.test(parent.type)) return parent;
  }
  return null;
}

/** Whether a block returns, or breaks out of a loop around it, when nothing fails. */
function leavesOnSuccess(block: TSESTree.BlockStatement, module: Module): boolean {
  let leaves = false;
  walk(
    block,
    module,
    (inner) => {
      if (inner.type === 'ReturnStatement' || inner.type === 'BreakStatement') leaves = true;
      return !leaves;
    },
    { intoFunctions: false },
  );
  return leaves;
}

function statementsAfter(node: TSESTree.Statement): readonly TSESTree.Statement[] {
  const { parent } = node;
  if (parent.type === 'BlockStatement' || parent.type === 'Program') {
    const index = parent.body.indexOf(node);
    const after = parent.body.slice(index + 1);
    if (after.length > 0) return after;
    if (parent.type === 'BlockStatement' && !isFunction(parent.parent) && 'body' in parent.parent)
      return statementsAfter(parent.parent as TSESTree.Statement);
    if (parent.type === 'BlockStatement' && parent.parent.type === 'IfStatement') return statementsAfter(parent.parent);
  }
  return [];
}

/** The names from outside that a block assigns to. */
function assignedIn(block: TSESTree.BlockStatement, module: Module): readonly TSESTree.Identifier[] {
  const names: TSESTree.Identifier[] = [];
  walk(block, module, (inner) => {
    if (inner.type === 'AssignmentExpression') {
      const target = inner.left;
      if (target.type === 'Identifier') names.push(target);
      else if (target.type === 'ArrayPattern' || target.type === 'ObjectPattern') {
        walk(target, module, (part) => {
          if (part.type === 'Identifier') names.push(part);
          return undefined;
        });
      }
    }
    return undefined;
  });
  return names.filter((name) => {
    const declared = variableOf(module, name)?.identifiers[0];
    return declared !== undefined && !contains(block, declared);
  });
}

/** Whether every caller of the function around a node is in this file, and tests what it gets. */
function callersCanTell(node: TSESTree.Node, module: Module): boolean {
  const fn = enclosingFunction(node);
  if (!fn || exposureOf(fn, module) !== 'local') return false;
  const name =
    fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null;
  if (name?.type !== 'Identifier') return false;
  const calls = (variableOf(module, name)?.references ?? []).filter(
    ({ identifier, init }) => identifier !== name && init !== true,
  );
  return (
    calls.length > 0 &&
    calls.every(({ identifier }) => identifier.parent.type === 'CallExpression' && isTested(identifier.parent, module))
  );
}

/** Whether what a call gives is tested, where it stands or by the name that it is stored in. */
export function isTested(call: TSESTree.Node, module: Module): boolean {
  if (decisionAt(call) !== null) return true;
  const outer = wrapped(call);
  const parent = outer.parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return isDecidedUpon(parent.id, module);
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier')
    return isDecidedUpon(parent.left, module);
  if (parent?.type === 'ArrayExpression') {
    // `const [user, cart] = await Promise.all([loadUser().catch(() => null), …])`
    const index = parent.elements.indexOf(outer as TSESTree.Expression);
    const all = wrapped(parent.parent).parent;
    const pattern = all?.type === 'VariableDeclarator' ? all.id : null;
    const target = pattern?.type === 'ArrayPattern' ? pattern.elements[index] : null;
    return target?.type === 'Identifier' && isDecidedUpon(target, module);
  }
  return false;
}

export function firstCall(context: IsolationContext, root: TSESTree.Node): Reached | null {
  const reached = reachedFrom(context, root, context.module, {
    // What is caught on the way never gets here.
    skip: (inner, module) =>
      (inner !== root && inner.type === 'TryStatement' && ends(inner, module)) || isCaught(inner),
  });
  return reached[0] ?? null;
}

/** Whether the handler of a `try` keeps the error to itself. */
function ends({ handler }: TSESTree.TryStatement, module: Module): boolean {
  if (!handler) return false;
  let throws = false;
  walk(handler.body, module, (inner) => {
    if (inner.type === 'ThrowStatement') throws = true;
    return !throws;
  });
  return !throws;
}

function isCaught(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'catch' && node.arguments.length > 0;
}

/** A handler that goes on after an abort as after any other failure, although somebody can abort the work. */
function hidesCancellation(node: TSESTree.TryStatement, clause: TSESTree.CatchClause, module: Module): boolean {
  const text = module.text.slice(...clause.body.range);
  if (/abort|signal|cancel|throw|reject|instanceof|\.name\b|\.code\b/i.test(text)) return false;
  if (!/\bsignal\b/.test(module.text.slice(...node.block.range))) return false;
  const onlyLogs = clause.body.body.every(
    (statement) =>
      (statement.type === 'ExpressionStatement' && isLogCall(unwrap(statement.expression), module)) ||
      statement.type === 'ReturnStatement' ||
      statement.type === 'ContinueStatement',
  );
  return onlyLogs && clause.body.body.length > 0;
}

// Promise.allSettled(…)

function judgeSettled(context: IsolationContext, node: TSESTree.CallExpression): FailureFact | null {
  const { module } = context;
  const [argument] = node.arguments;
  if (!argument || module.text.slice(...node.callee.range) !== 'Promise.allSettled') return null;
  if (!isUnread(node, module) || isTeardown(node, argument, module) || isExplainedAbove(node, module)) return null;
  const roots = argument.type === 'Identifier' ? contentsOf(argument, module) : [argument];
  for (const root of roots) {
    if (tellsByItself(root, module)) return null;
    const reached = reachedFrom(context, root, module, {
      skip: (inner, inside) =>
        (inner.type === 'TryStatement' && inner.handler !== null) || isCaught(inner) || isLogCall(inner, inside),
    })[0];
    if (!reached) continue;
    const doubt = doubtAbout(reached);
    return {
      subject: { kind: 'settled', node },
      verdict: doubt === null ? 'unreadSettled' : 'unknown',
      why: doubt ?? '',
      call: reached.call,
    };
  }
  return null;
}

/** Whether nobody reads the results. */
function isUnread(node: TSESTree.Node, module: Module): boolean {
  const outer = wrapped(node);
  const parent = outer.parent;
  switch (parent?.type) {
    case 'ExpressionStatement':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'void';
    case 'VariableDeclarator': {
      if (parent.id.type !== 'Identifier') return false;
      return (variableOf(module, parent.id)?.references ?? []).every(({ init }) => init === true);
    }
    case 'MemberExpression': {
      const call = parent.parent;
      if (parent.object !== outer || call.type !== 'CallExpression' || memberName(parent) !== 'then') return false;
      const [callback] = call.arguments;
      return isFunction(callback) && callback.params.length === 0;
    }
    default:
      return false;
  }
}

/** Whether what is settled deals with its failures before: by a `catch` of its own. */
function tellsByItself(root: TSESTree.Node, module: Module): boolean {
  let handles = false;
  walk(root, module, (inner) => {
    if (inner.type === 'TryStatement' && inner.handler) handles = true;
    if (isCaught(inner)) handles = true;
    return !handles;
  });
  return handles;
}
