/** Whether an expression decides something: where it stands in a condition, or what it is stored in does. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, variableOf, wrapped, type Module } from '../module.js';

const comparison = /^(?:[=!]==?|[<>]=?|in|instanceof)$/;

/** How a value decides: it is tested, or it only has a stand-in where it is missing (`x ?? []`). */
export type Decision = 'tested' | 'defaulted' | null;

/** Whether the value of `node` decides something right where it stands. `deep`: a member of it counts too. */
export function decisionAt(node: TSESTree.Node, deep = true): Decision {
  const outer = wrapped(node);
  const parent = outer.parent;
  switch (parent?.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === outer ? 'tested' : null;
    case 'SwitchStatement':
      return parent.discriminant === outer ? 'tested' : null;
    case 'UnaryExpression':
      return parent.operator === '!' || parent.operator === 'typeof' ? 'tested' : null;
    case 'BinaryExpression':
      return comparison.test(parent.operator) ? 'tested' : null;
    case 'LogicalExpression':
      if (parent.left === outer)
        return parent.operator === '&&' ? 'tested' : (decisionAt(parent, false) ?? 'defaulted');
      return decisionAt(parent, false);
    case 'MemberExpression': {
      if (parent.object !== outer || !deep) return null;
      const below = decisionAt(parent);
      return below ?? (parent.optional ? 'defaulted' : null);
    }
    case 'CallExpression':
      if (parent.callee === outer) {
        // `list.includes(x)`, `text.startsWith('{')`: what the answer decides.
        const name = outer.type === 'MemberExpression' ? memberName(outer) : null;
        return name !== null && /^(?:includes|startsWith|endsWith|some|every|has|match|test|trim)$/.test(name)
          ? decisionAt(parent)
          : null;
      }
      return isTypeTest(parent) ? 'tested' : null;
    default:
      return null;
  }
}

/** `Array.isArray(x)`, `Number.isNaN(x)`, `isError(x)`, `Boolean(x)`. */
function isTypeTest(call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : null;
  return name !== null && /^(?:is[A-Z]\w*|has[A-Z]\w*|Boolean)$/.test(name);
}

/** Whether any read of a variable decides something. */
export function isDecidedUpon(identifier: TSESTree.Identifier, module: Module, after = 0): boolean {
  return (variableOf(module, identifier)?.references ?? []).some(
    (reference) =>
      reference.isRead() && reference.identifier.range[0] >= after && decisionAt(reference.identifier) !== null,
  );
}
