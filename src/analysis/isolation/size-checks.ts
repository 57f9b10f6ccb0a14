/** What code makes sure of about the length of a collection, beside how it is made. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, memberName, unwrap, type Module, type Variable } from '../module.js';

/** The number of elements of a list that is spelled out; `null` for anything else. */
export function emptyLists(node: TSESTree.Node): number | null {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression' ? inner.elements.length : null;
}

/** `if (batch.length === 20) { …; batch = []; }`: never longer than what it is compared with. */
export function isEmptiedWhenFull(variable: Variable): boolean {
  const compared = variable.references.some(({ identifier }) => {
    const { parent } = identifier;
    return (
      parent.type === 'MemberExpression' &&
      parent.object === identifier &&
      /^(?:length|size)$/.test(memberName(parent) ?? '') &&
      parent.parent.type === 'BinaryExpression' &&
      /^(?:>=?|===?)$/.test(parent.parent.operator) &&
      parent.parent.left === parent &&
      !isZero(parent.parent.right)
    );
  });
  return (
    compared &&
    variable.references.some(({ identifier, init }) => {
      const { parent } = identifier;
      if (init !== true && parent.type === 'AssignmentExpression' && parent.left === identifier)
        return emptyLists(parent.right) === 0;
      return (
        parent.type === 'MemberExpression' &&
        parent.object === identifier &&
        (/^(?:splice|shift|clear)$/.test(memberName(parent) ?? '') ||
          (memberName(parent) === 'length' &&
            parent.parent.type === 'AssignmentExpression' &&
            isZero(parent.parent.right)))
      );
    })
  );
}

function isZero(node: TSESTree.Node): boolean {
  return node.type === 'Literal' && node.value === 0;
}

/** Whether code before a use, or around it, makes sure that a collection is no longer than some number. */
export function isSizeChecked(collection: TSESTree.Node, module: Module): boolean {
  if (collection.type !== 'Identifier' && collection.type !== 'MemberExpression') return false;
  const length = `${module.text.slice(...collection.range)}.length`;
  let child: TSESTree.Node = collection;
  for (let parent: TSESTree.Node | undefined = child.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'IfStatement' && parent.consequent === child && limitsLength(parent.test, length, module, true))
      return true;
    if (parent.type === 'BlockStatement') {
      const before = parent.body.slice(0, parent.body.indexOf(child as TSESTree.Statement));
      if (
        before.some(
          (statement) =>
            statement.type === 'IfStatement' &&
            leaves(statement.consequent) &&
            limitsLength(statement.test, length, module, false),
        )
      )
        return true;
    }
    if (isFunction(parent) && parent.parent.type !== 'CallExpression') return false;
  }
  return false;
}

function leaves(statement: TSESTree.Statement): boolean {
  const last = statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
  return last?.type === 'ThrowStatement' || last?.type === 'ReturnStatement';
}

/** `ids.length > 10` (`holds: false`), or `ids.length <= 10` (`holds: true`). */
function limitsLength(test: TSESTree.Node, length: string, module: Module, holds: boolean): boolean {
  if (test.type === 'LogicalExpression') {
    if (test.operator === (holds ? '&&' : '||'))
      return limitsLength(test.left, length, module, holds) || limitsLength(test.right, length, module, holds);
    return false;
  }
  if (test.type !== 'BinaryExpression' || isZero(test.right) || isZero(test.left)) return false;
  const text = (node: TSESTree.Node): string => module.text.slice(...node.range);
  const above = /^>=?$/.test(test.operator);
  const below = /^<=?$/.test(test.operator);
  if (text(test.left) === length) return holds ? below || /^===?$/.test(test.operator) : above;
  if (text(test.right) === length) return holds ? above : below;
  return false;
}
