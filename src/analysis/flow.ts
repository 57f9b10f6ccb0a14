/** What happens before what, as far as the text shows it: which writes to a name can reach a use. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, enclosingFunction, memberName, type Variable } from './module.js';

/** How a write relates to a use. */
export type Reach = 'always' | 'maybe' | 'never';

/** Whether what `write` does has happened when `use` is evaluated. */
export function reaches(write: TSESTree.Node, use: TSESTree.Node): Reach {
  const writer = enclosingFunction(write);
  const user = enclosingFunction(use);
  if (writer !== user) {
    // A function that runs later sees what its surroundings have written before it was made, and perhaps more.
    if (writer === null || contains(writer, use))
      return isUnconditional(write, use) && write.range[1] <= use.range[0] ? 'always' : 'maybe';
    return 'maybe';
  }
  if (write.range[0] >= use.range[0]) return sharesLoop(write, use) ? 'maybe' : 'never';
  if (isUnconditional(write, use)) return 'always';
  return exclusive(write, use) ? 'never' : 'maybe';
}

/** Whether `write` has run whenever control is at `use`, which stands after it. */
function isUnconditional(write: TSESTree.Node, use: TSESTree.Node): boolean {
  let child = write;
  for (let parent = write.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'BlockStatement':
      case 'Program':
      case 'StaticBlock':
      case 'TSModuleBlock':
        if (contains(parent, use)) return true;
        // A block of its own that always runs: go on with what is around it.
        if (parent.parent?.type === 'BlockStatement' || parent.parent?.type === 'Program') break;
        if (parent.parent?.type === 'DoWhileStatement' && parent.parent.body === parent) break;
        if (parent.parent?.type === 'TryStatement' && parent.parent.finalizer === parent) break;
        return false;
      case 'LogicalExpression':
        if (parent.right === child && !contains(parent.right, use)) return false;
        break;
      case 'ConditionalExpression':
        if (parent.test !== child && !contains(child, use)) return false;
        break;
      case 'IfStatement':
        if (parent.test !== child && !contains(child, use)) return false;
        break;
      case 'SwitchCase':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'CatchClause':
        if (!contains(parent, use)) return false;
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return false;
      default:
    }
  }
  return true;
}

/** Whether two nodes stand in the two arms of one condition. */
function exclusive(first: TSESTree.Node, second: TSESTree.Node): boolean {
  for (let node = first.parent; node; node = node.parent) {
    if (node.type !== 'IfStatement' || !contains(node, second)) continue;
    return (
      (contains(node.consequent, first) && node.alternate !== null && contains(node.alternate, second)) ||
      (node.alternate !== null && contains(node.alternate, first) && contains(node.consequent, second))
    );
  }
  return false;
}

/** Whether a loop inside their function goes round both nodes. */
function sharesLoop(first: TSESTree.Node, second: TSESTree.Node): boolean {
  for (let node = first.parent; node; node = node.parent) {
    if (/Function/.test(node.type)) return false;
    if (/^(?:For|While|DoWhile)/.test(node.type) && contains(node, second)) return true;
  }
  return false;
}

/** The candidates that can reach a use, the last certain one first killing those before it. */
export function reachingWrites<T extends { readonly node: TSESTree.Node }>(
  writes: readonly T[],
  use: TSESTree.Node,
): readonly { readonly write: T; readonly certain: boolean }[] {
  let reaching: { write: T; certain: boolean }[] = [];
  for (const write of [...writes].sort((a, b) => a.node.range[0] - b.node.range[0])) {
    const reach = reaches(write.node, use);
    if (reach === 'never') continue;
    if (reach === 'always') reaching = [];
    reaching.push({ write, certain: reach === 'always' });
  }
  return reaching;
}

/** An assignment to a member below a variable: `options.signal = s`, `client.defaults.timeout = 5`. */
export interface MemberWrite {
  readonly node: TSESTree.AssignmentExpression;
  readonly path: readonly string[];
}

/** Likewise for members: a write to one says nothing about the others. In source order. */
export function reachingMemberWrites(
  writes: readonly MemberWrite[],
  use: TSESTree.Node,
): readonly { readonly write: MemberWrite; readonly certain: boolean }[] {
  const byPath = new Map<string, MemberWrite[]>();
  for (const write of writes) {
    const path = write.path.join('.');
    byPath.set(path, [...(byPath.get(path) ?? []), write]);
  }
  return [...byPath.values()]
    .flatMap((group) => reachingWrites(group, use))
    .sort((a, b) => a.write.node.range[0] - b.write.node.range[0]);
}

const memberWrites = new WeakMap<Variable, readonly MemberWrite[]>();

/** The assignments to members of a variable in its own file. */
export function memberWritesOf(variable: Variable): readonly MemberWrite[] {
  const known = memberWrites.get(variable);
  if (known) return known;
  const writes: MemberWrite[] = [];
  for (const reference of variable.references) {
    const write = memberWriteAt(reference.identifier);
    if (write) writes.push(write);
  }
  memberWrites.set(variable, writes);
  return writes;
}

/** The assignment whose left side is a path of members that begins at `root`. */
export function memberWriteAt(root: TSESTree.Node): MemberWrite | null {
  const path: string[] = [];
  let node = root;
  for (;;) {
    const parent: TSESTree.Node | undefined = node.parent;
    if (!parent) return null;
    if (parent.type === 'TSNonNullExpression' || parent.type === 'TSAsExpression') {
      node = parent;
      continue;
    }
    if (parent.type === 'MemberExpression' && parent.object === node) {
      const name = memberName(parent);
      if (name === null) return null;
      path.push(name);
      node = parent;
      continue;
    }
    return parent.type === 'AssignmentExpression' && parent.left === node && path.length > 0
      ? { node: parent, path }
      : null;
  }
}
