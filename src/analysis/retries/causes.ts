/** Why control goes round again: because an operation failed, or for a reason that makes it no retry. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  walk,
  type Module,
  type Variable,
} from '../module.js';
import { downstreamCallAt } from '../calls.js';
import { effectOf } from '../effects.js';
import type { Evaluator } from '../evaluate.js';
import type { Path } from './paths.js';

/** A repeated attempt with other credentials, after a conflict, or with a name that is free. */
const otherReason =
  /\b(?:40[139]|412|P2002|P2025|P2034|23505|40001|40P01|11000)\b|unauthori[sz]ed|expired|conflict|unique|duplicate|already.?exists|serializ|deadlock|optimistic|stale|version.?mismatch|WriteConflict|TransientTransaction|ConditionalCheck|collision|isTaken|taken\b|csrf|captcha/i;
const transient = /\b(?:429|50\d|408|425)\b|>=? ?(?:499|500)|timeout|ECONN|network|transient|retryable|retriable/i;

/** Whether a way goes round for a reason that makes it no retry: other credentials, a conflict. */
export function hasOtherReason(path: Path, module: Module, operation: TSESTree.Node): boolean {
  return path.steps.some((step) => {
    if (step.kind !== 'test' || contains(step.node, operation)) return false;
    return speaksOfOtherReason(step.node, step.holds, module);
  });
}

/** Whether a condition that falls out like this says that there is another reason, and no failure of the other side. */
function speaksOfOtherReason(node: TSESTree.Node, holds: boolean, module: Module): boolean {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression' && inner.operator === '!')
    return speaksOfOtherReason(inner.argument, !holds, module);
  if (inner.type === 'LogicalExpression' && inner.operator !== '??') {
    const sides = [inner.left, inner.right].map((side) => speaksOfOtherReason(side, holds, module));
    // Of what holds together, one part is enough; of alternatives, all must say so.
    return (inner.operator === '&&') === holds ? sides.some(Boolean) : sides.every(Boolean);
  }
  const positive = inner.type === 'BinaryExpression' && inner.operator.startsWith('!') ? !holds : holds;
  const text = module.text.slice(...inner.range);
  return positive && otherReason.test(text) && !transient.test(text);
}

/** The statuses by which the other side says that it has done nothing, and that it may be asked again. */
const refusal = 429;

/** Whether a way is taken only after a refusal: `if (response.status !== 429) return response`. */
export function followsRefusal(path: Path): boolean {
  return path.steps.some((step) => step.kind === 'test' && impliesRefusal(step.node, step.holds));
}

function impliesRefusal(node: TSESTree.Node, holds: boolean): boolean {
  const inner = unwrap(node);
  if (inner.type === 'UnaryExpression' && inner.operator === '!') return impliesRefusal(inner.argument, !holds);
  if (inner.type === 'LogicalExpression' && inner.operator !== '??') {
    const sides = [inner.left, inner.right].map((side) => impliesRefusal(side, holds));
    // What holds together: one is enough. Alternatives: each of them.
    return (inner.operator === '&&') === holds ? sides.some(Boolean) : sides.every(Boolean);
  }
  if (inner.type !== 'BinaryExpression') return false;
  const sides = [inner.left, inner.right].map((side) => unwrap(side));
  const isStatus = sides.some((side) => side.type === 'Literal' && side.value === refusal);
  if (!isStatus) return false;
  return /^===?$/.test(inner.operator) ? holds : /^!==?$/.test(inner.operator) && !holds;
}

/** Another go at a transaction that the store has rolled back. */
const rolledBack = /\b(?:40001|40P01|P2034)\b|serializ|deadlock|TransientTransaction|WriteConflict/i;

/** Whether a way goes round because a store has rolled back what was done in it. */
export function followsRollback(path: Path, module: Module): boolean {
  return path.steps.some((step) => step.kind === 'test' && rolledBack.test(module.text.slice(...step.node.range)));
}

/** The names and literals of an expression, for a look at what it speaks of. */
function textOf(node: TSESTree.Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'Literal':
      return String(inner.value);
    case 'MemberExpression':
      return `${textOf(inner.object)}.${memberName(inner) ?? ''}`;
    case 'CallExpression':
      return `${textOf(inner.callee)}(${inner.arguments.map(textOf).join()})`;
    case 'UnaryExpression':
      return `${inner.operator}${textOf(inner.argument)}`;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return `${textOf(inner.left)} ${inner.operator} ${textOf(inner.right)}`;
    default:
      return '';
  }
}

/** Whether a condition on an answer asks whether the call failed: its status, an error member, a name that says so. */
export function asksForFailure(
  test: TSESTree.Node,
  results: ReadonlySet<Variable>,
  swallowed: boolean,
  module: Module,
): boolean {
  // `switch (response.status) { case 503: continue; }`
  if (test.parent?.type === 'SwitchCase' && test.parent.test === test) {
    const status = test.type === 'Literal' && typeof test.value === 'number' ? test.value : 0;
    const asked = unwrap(test.parent.parent.discriminant);
    return status >= 400 && /^status(?:Code)?$/.test((asked.type === 'MemberExpression' && memberName(asked)) || '');
  }
  let failure = false as boolean;
  walk(test, module, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'MemberExpression') {
      const name = memberName(node) ?? '';
      if (/^(?:ok|status|statusCode|isError|isOk|success)$/.test(name) && !isTextCompared(node)) failure = true;
      if (/^(?:error|err|failed|errors)$/.test(name)) failure = true;
    }
    if (
      node.type === 'CallExpression' &&
      /retr(?:y|i)|transient|isServerError|isSuccess|isOk|hasFailed|isError/i.test(textOf(node.callee))
    )
      failure = true;
    if (node.type === 'Identifier') {
      const variable = variableOf(module, node);
      if (
        variable &&
        results.has(variable) &&
        (swallowed || /^(?:error|err|ok|status|success|failed)$/i.test(node.name))
      )
        failure = true;
    }
    return undefined;
  });
  return failure && !isAboutContent(test, module);
}

/** `job.status === 'done'`, `status === 202`, `status === 404`: the answer is there, and says that it is too early. */
function isAboutContent(test: TSESTree.Node, module: Module): boolean {
  const text = module.text.slice(...test.range);
  return /\b(?:20[1-9]|30\d|404|410)\b/.test(text) && !transient.test(text);
}

/** `status === 'done'`. */
function isTextCompared(member: TSESTree.Node): boolean {
  let parent = member.parent;
  while (
    parent?.type === 'ChainExpression' ||
    parent?.type === 'TSNonNullExpression' ||
    parent?.type === 'TSAsExpression'
  )
    parent = parent.parent;
  if (parent?.type !== 'BinaryExpression') return parent?.type === 'SwitchStatement';
  const other = parent.left === member || contains(parent.left, member) ? parent.right : parent.left;
  return (
    (other.type === 'Literal' && typeof other.value === 'string') ||
    (other.type === 'MemberExpression' && /^[A-Z]/.test(textOf(other)))
  );
}

/** The variables that an operation's answer is put into, and those made from it. */
export function resultsOf(operation: TSESTree.Node, region: TSESTree.Node, module: Module): ReadonlySet<Variable> {
  const results = new Set<Variable>();
  const add = (pattern: TSESTree.Node): void => {
    walk(pattern, module, (node) => {
      if (node.type === 'Identifier') {
        const variable = variableOf(module, node);
        if (variable) results.add(variable);
      }
      return undefined;
    });
  };
  walk(region, module, (node) => {
    if (isFunction(node) && node !== region) return false;
    if (node.type === 'VariableDeclarator' && node.init && contains(node.init, operation)) add(node.id);
    if (node.type === 'AssignmentExpression' && contains(node.right, operation)) add(node.left);
    return undefined;
  });
  return results;
}

/** Members of options that may be new in each attempt without making it another request. */
const incidental =
  /^(?:headers|signal|timeout|timeoutMs|agent|dispatcher|meta|trace\w*|.*(?:idempotency|request|correlation|attempt).*)$/i;

/**
 * Whether an operation is another one each time: its target, or what it sends, depends on what changes between attempts
 * (another host, the next page, a name with a new suffix). A plain attempt number, headers and signals do not count.
 */
export function changesInput(
  operation: TSESTree.Node,
  region: TSESTree.Node,
  changing: (variable: Variable) => 'counter' | 'item' | 'assigned' | null,
  module: Module,
): boolean {
  const seen = new Set<Variable>();
  let changed = false;
  const look = (root: TSESTree.Node): void => {
    walk(root, module, (node) => {
      if (changed) return false;
      if (isFunction(node) && node.parent.type !== 'CallExpression') return false;
      if (node.type === 'Property' && incidental.test(keyName(node) ?? '')) return false;
      if (node.type === 'MemberExpression' && node.computed && namesCounter(node.property, changing, module)) {
        changed = true;
        return false;
      }
      if (
        (node.type === 'TemplateLiteral' || (node.type === 'BinaryExpression' && /^[%+]$/.test(node.operator))) &&
        namesCounter(node, changing, module)
      ) {
        // A counter inside a text or an offset makes another request.
        changed = true;
        return false;
      }
      if (node.type === 'CallExpression' && contains(region, node) && isFresh(node, module) && root !== operation) {
        changed = true;
        return false;
      }
      if (node.type !== 'Identifier') return undefined;
      const variable = variableOf(module, node);
      if (!variable || seen.has(variable)) return undefined;
      seen.add(variable);
      const kind = changing(variable);
      if (kind === 'item' || (kind === 'assigned' && !isHandle(variable, module))) changed = true;
      if (kind === null) {
        const declarator = variable.defs[0]?.node as TSESTree.Node | undefined;
        if (
          declarator?.type === 'VariableDeclarator' &&
          declarator.init &&
          contains(region, declarator) &&
          !contains(declarator, operation)
        ) {
          look(declarator.init);
        }
      }
      return undefined;
    });
  };
  look(operation);
  return changed;
}

/** A number that nobody has had before: a new identifier for a new try. */
function isFresh(node: TSESTree.CallExpression, module: Module): boolean {
  return /\b(?:random\w*|nanoid|uuid\w*|cuid|ulid|customAlphabet|generate\w*(?:Id|Code|Slug|Token|Name|Key)|create\w*(?:Code|Slug))$/i.test(
    module.text.slice(...node.callee.range),
  );
}

/** A controller, timer or error that is kept in a variable: nothing that a request is made of. */
function isHandle(variable: Variable, module: Module): boolean {
  if (/(?:error|err|controller|timer|timeout|signal|token|logger|started?|response|result)$/i.test(variable.name))
    return true;
  return variable.references.some(
    ({ writeExpr }) => writeExpr != null && /^new AbortController/.test(module.text.slice(...writeExpr.range)),
  );
}

function namesCounter(node: TSESTree.Node, changing: (variable: Variable) => string | null, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (isFunction(inner)) return false;
    if (inner.type === 'Identifier') {
      const variable = variableOf(module, inner);
      found ||= variable !== null && changing(variable) === 'counter';
    }
    return !found;
  });
  return found;
}

/** The path of a probe, by which a service says whether it is there. */
const probePath = /\/(?:health\w*|ready\w*|live(?:z|ness)?|ping)(?=[/?#'"`)]|$)/i;

/**
 * Whether code waits for something to come up: it asks a probe, or it makes a read whose answer nobody uses but for whether
 * it came. To wait for that is no retry of anything.
 */
export function waitsForReadiness(
  evaluator: Evaluator,
  operation: TSESTree.Node,
  region: TSESTree.Node,
  module: Module,
): boolean {
  if (probePath.test(module.text.slice(...operation.range))) return true;
  const awaited = operation.type === 'AwaitExpression' ? unwrap(operation.argument) : operation;
  if (awaited.type !== 'CallExpression') return false;
  const call = downstreamCallAt(evaluator, awaited, module);
  if (!call || effectOf(evaluator, call).effect !== 'read') return false;
  return isOnlyAsked(operation, region, module);
}

/** Whether of an answer only its status is looked at, and nothing but the fact that it came is handed on. */
function isOnlyAsked(operation: TSESTree.Node, region: TSESTree.Node, module: Module): boolean {
  const { parent } = operation;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const uses = variableOf(module, parent.id)?.references.filter(({ init }) => init !== true) ?? [];
    if (uses.length === 0 || uses.some(({ identifier }) => !isStatus(identifier.parent, identifier))) return false;
  } else if (parent?.type !== 'ExpressionStatement' || isFunction(region.parent)) return false;
  const fn = enclosingFunction(region);
  let others = false as boolean;
  if (fn) {
    walk(fn.body, module, (node) => {
      if (isFunction(node)) return false;
      if (node.type === 'ReturnStatement' && node.argument) others ||= !isPlain(node.argument);
      return !others;
    });
  }
  return !others;
}

function isStatus(parent: TSESTree.Node, answer: TSESTree.Node): boolean {
  return (
    parent.type === 'MemberExpression' &&
    parent.object === answer &&
    /^(?:ok|status|statusCode)$/.test(memberName(parent) ?? '')
  );
}

/** `true`, `false`, nothing: what a function says that only waits. */
function isPlain(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'Literal' && (typeof inner.value === 'boolean' || inner.value === null)) ||
    (inner.type === 'Identifier' && inner.name === 'undefined')
  );
}

/** What a function is called. */
export function nameOf(fn: TSESTree.Node): string | null {
  if ((fn.type === 'FunctionDeclaration' || fn.type === 'FunctionExpression') && fn.id) return fn.id.name;
  const parent = fn.parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property')
    return keyName(parent);
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'MemberExpression')
    return memberName(parent.left);
  if (
    parent?.type === 'CallExpression' &&
    parent.arguments[0] === fn &&
    parent.parent.type === 'VariableDeclarator' &&
    parent.parent.id.type === 'Identifier'
  ) {
    // `const load = useCallback(async () => …)`
    return parent.parent.id.name;
  }
  return null;
}
