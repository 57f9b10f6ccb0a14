/** Abort controllers: who aborts them. A controller bounds a call only when a timer aborts it. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from './evaluate.js';
import { reaches } from './flow.js';
import {
  contains,
  enclosingClass,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  walk,
  wrapped,
  type Module,
} from './module.js';
import type { ControllerValue, Value } from './values.js';

/** A timer that aborts a controller. */
export interface Armed {
  /** The call of `setTimeout`. */
  readonly timer: TSESTree.CallExpression;
  readonly ms: Value;
  /** Set whenever the use is reached. */
  readonly certain: boolean;
}

/** What is known of a controller. */
export interface ControllerUse {
  readonly armed: readonly Armed[];
  /** Places that abort it other than a timer. */
  readonly aborted: readonly TSESTree.Node[];
  /** It is handed to code that cannot be seen. */
  readonly escapes: boolean;
}

/** Who aborts a controller, as a use of its signal at `use` sees it. */
export function controllerUse(evaluator: Evaluator, controller: ControllerValue, use: TSESTree.Node): ControllerUse {
  const { node, module } = controller.site;
  const armed: Armed[] = [];
  const aborted: TSESTree.Node[] = [];
  const holders = holdersOf(node, module);
  if (!holders) return { armed, aborted, escapes: true };
  let escapes = false;
  for (const holder of holders) {
    const parent = holder.parent;
    if (parent?.type === 'MemberExpression' && parent.object === holder) {
      if (memberName(parent) !== 'abort') continue;
      const timer = timerOf(parent, module, evaluator);
      if (!timer) {
        aborted.push(parent);
        continue;
      }
      const ms = timer.arguments[1];
      armed.push({
        timer,
        ms:
          ms && ms.type !== 'SpreadElement'
            ? evaluator.evaluate(ms, module, controller.env)
            : { kind: 'literal', value: 0, site: null },
        certain: use === node || !sameFile(use, node) || reaches(timer, use) === 'always',
      });
    } else if (!isDestructuring(holder) && !isAssigned(holder) && !isOwnReceiver(holder)) escapes = true;
  }
  return { armed, aborted, escapes };
}

function sameFile(first: TSESTree.Node, second: TSESTree.Node): boolean {
  return rootOf(first) === rootOf(second);
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** `const { signal } = controller`. */
function isDestructuring(node: TSESTree.Node): boolean {
  return (
    node.parent?.type === 'VariableDeclarator' && node.parent.init === node && node.parent.id.type === 'ObjectPattern'
  );
}

/** `controller.abort.bind(controller)`: what it is bound to is itself. */
function isOwnReceiver(node: TSESTree.Node): boolean {
  const call = node.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== node) return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'bind') return false;
  const method = unwrap(callee.object);
  return method.type === 'MemberExpression' && memberName(method) === 'abort';
}

/** The left side of an assignment, or a comparison or test: nothing leaves. */
function isAssigned(node: TSESTree.Node): boolean {
  const parent = node.parent;
  return (
    (parent?.type === 'AssignmentExpression' && parent.left === node) ||
    parent?.type === 'IfStatement' ||
    parent?.type === 'BinaryExpression' ||
    parent?.type === 'UnaryExpression' ||
    (parent?.type === 'LogicalExpression' && parent.left === node)
  );
}

/** Every place that names the variable or field that a controller is kept in; `null` where it is kept elsewhere. */
function holdersOf(node: TSESTree.Node, module: Module): readonly TSESTree.Node[] | null {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return usesOf(parent.id, module);
  // `new AbortController().signal`: nobody has the controller.
  if (parent?.type === 'MemberExpression' && parent.object === outer && memberName(parent) === 'signal') return [];
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') {
    // `const { signal } = new AbortController()`: likewise.
    const { properties } = parent.id;
    return properties.every((property) => property.type === 'Property' && keyName(property) === 'signal') ? [] : null;
  }
  if (parent?.type === 'AssignmentExpression' && parent.right === outer) {
    const left = unwrap(parent.left);
    if (left.type === 'Identifier') return usesOf(left, module);
    if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression')
      return fieldUses(left, memberName(left), module);
  }
  if (parent?.type === 'LogicalExpression' || parent?.type === 'ConditionalExpression')
    return holdersOf(parent, module);
  if (
    parent?.type === 'PropertyDefinition' &&
    parent.key.type !== 'PrivateIdentifier' &&
    parent.key.type === 'Identifier'
  ) {
    return fieldUses(parent, parent.key.name, module);
  }
  if (parent?.type === 'PropertyDefinition' && parent.key.type === 'PrivateIdentifier') {
    return fieldUses(parent, `#${parent.key.name}`, module);
  }
  return null;
}

function usesOf(identifier: TSESTree.Identifier, module: Module): readonly TSESTree.Node[] | null {
  const variable = variableOf(module, identifier);
  if (!variable) return null;
  return variable.references
    .filter((reference) => reference.isRead())
    .map(({ identifier: use }) => skipAssertions(use));
}

/** Every `this.name` of a class. */
function fieldUses(node: TSESTree.Node, name: string | null, module: Module): readonly TSESTree.Node[] | null {
  const owner = enclosingClass(node) ?? classOf(node);
  if (!owner || name === null) return null;
  const uses: TSESTree.Node[] = [];
  walk(owner.body, module, (inner) => {
    if (inner.type === 'MemberExpression' && inner.object.type === 'ThisExpression' && memberName(inner) === name) {
      uses.push(skipAssertions(inner));
    }
    return undefined;
  });
  return uses;
}

function classOf(node: TSESTree.Node): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'ClassDeclaration' || parent.type === 'ClassExpression') return parent;
  }
  return null;
}

function skipAssertions(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  while (outer.parent?.type === 'TSNonNullExpression' || outer.parent?.type === 'TSAsExpression') outer = outer.parent;
  return outer;
}

/** The `setTimeout` whose callback reaches a node; `null` where something else does. */
function timerOf(node: TSESTree.Node, module: Module, evaluator: Evaluator): TSESTree.CallExpression | null {
  // `setTimeout(controller.abort, ms)` and `setTimeout(controller.abort.bind(controller), ms)`
  const bound = node.parent?.type === 'MemberExpression' && node.parent.object === node ? node.parent.parent : node;
  const direct = timerCall(bound, module, evaluator);
  if (direct) return direct;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const timer = timerCall(fn, module, evaluator) ?? namedTimer(fn, module, evaluator);
    if (timer) return timer;
    // Only functions that run at once, or on the same event, are looked out of.
    if (!isFunction(fn.parent) && fn.parent.type !== 'CallExpression') return null;
  }
  return null;
}

/** The `setTimeout` call that has `callback` as its first argument. */
function timerCall(callback: TSESTree.Node, module: Module, evaluator: Evaluator): TSESTree.CallExpression | null {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== callback) return null;
  return isTimer(call, module, evaluator) ? call : null;
}

/** `const abort = () => controller.abort(); setTimeout(abort, ms)` */
function namedTimer(fn: TSESTree.Node, module: Module, evaluator: Evaluator): TSESTree.CallExpression | null {
  const name =
    fn.type === 'FunctionDeclaration'
      ? fn.id
      : fn.parent?.type === 'VariableDeclarator' && fn.parent.id.type === 'Identifier'
        ? fn.parent.id
        : null;
  const variable = name && variableOf(module, name);
  for (const { identifier } of variable?.references ?? []) {
    const call = timerCall(identifier, module, evaluator);
    if (call) return call;
  }
  return null;
}

/** Whether a call is one of the platform's `setTimeout`, under whatever name. */
export function isTimer(call: TSESTree.CallExpression, module: Module, evaluator: Evaluator): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return false;
  const value = evaluator.callee(callee, module);
  return (
    value.kind === 'external' &&
    (value.package === 'global' || value.package === 'node:timers') &&
    value.path[value.path.length - 1] === 'setTimeout'
  );
}

/** Every use of the variable that holds a timer. */
function usesOfTimer(timer: TSESTree.CallExpression, module: Module): readonly TSESTree.Node[] {
  const declarator = wrapped(timer).parent;
  let name: TSESTree.Identifier | null = null;
  if (declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier') name = declarator.id;
  if (declarator?.type === 'AssignmentExpression' && declarator.left.type === 'Identifier') name = declarator.left;
  if (declarator?.type === 'ConditionalExpression' && declarator.parent.type === 'VariableDeclarator') {
    if (declarator.parent.id.type === 'Identifier') name = declarator.parent.id;
  }
  const variable = name && variableOf(module, name);
  return (variable?.references ?? []).map(({ identifier }) => skipAssertions(identifier));
}

/** Whether a timer is started again: `timer.refresh()`. */
export function isRefreshed(timer: TSESTree.CallExpression, module: Module): boolean {
  return usesOfTimer(timer, module).some(
    ({ parent }) => parent?.type === 'MemberExpression' && memberName(parent) === 'refresh',
  );
}

/** The calls of `clearTimeout` for a timer. */
export function clearsOf(timer: TSESTree.CallExpression, module: Module): readonly TSESTree.CallExpression[] {
  const clears: TSESTree.CallExpression[] = [];
  for (const use of usesOfTimer(timer, module)) {
    const call = use.parent;
    if (call?.type !== 'CallExpression' || call.arguments[0] !== use) continue;
    const callee = unwrap(call.callee);
    const calleeName =
      callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (calleeName === 'clearTimeout' && !contains(timer, call)) clears.push(call);
  }
  return clears;
}
