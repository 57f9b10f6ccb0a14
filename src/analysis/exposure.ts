/** Who can reach a function or a client: code elsewhere, only this file, or whoever it is handed to. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, keyName, variableOf, wrapped, type Module } from './module.js';
import { exportsOf } from './modules.js';
import type { FunctionNode } from './values.js';

/** `exported`: callers elsewhere; `local`: every caller is in this file; `handed-on`: called by what it is given to. */
export type Exposure = 'exported' | 'local' | 'handed-on';

/** Who can call a function. */
export function exposureOf(fn: FunctionNode, module: Module): Exposure {
  if (fn.type === 'FunctionDeclaration') {
    if (fn.parent.type === 'ExportDefaultDeclaration' || fn.parent.type === 'ExportNamedDeclaration') return 'exported';
    return fn.id ? exposureOfName(fn.id, module) : 'handed-on';
  }
  const outer = wrapped(fn);
  const parent = outer.parent;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? exposureOfName(parent.id, module) : 'handed-on';
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return 'exported';
    case 'AssignmentExpression':
      return isExport(parent.left) ? 'exported' : 'handed-on';
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return exposureOfMember(parent, module);
    case 'Property': {
      const object = wrapped(parent.parent);
      const holder = object.parent;
      if (holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier')
        return exposureOfName(holder.id, module);
      if (holder?.type === 'ExportDefaultDeclaration') return 'exported';
      if (holder?.type === 'AssignmentExpression' && isExport(holder.left)) return 'exported';
      // An object that a function returns: its callers have it.
      if (holder?.type === 'ReturnStatement' || isFunction(holder)) return 'exported';
      return 'handed-on';
    }
    default:
      return 'handed-on';
  }
}

/** Whether a client leaves its file: it is exported, returned, or kept where others can reach it. */
export function leavesFile(node: TSESTree.Node, module: Module): boolean {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return nameLeaves(parent.id, module);
  if (parent?.type === 'PropertyDefinition') return exposureOfMember(parent, module) !== 'local';
  if (parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier')
    return nameLeaves(parent.left, module);
  if (parent?.type === 'MemberExpression') return false;
  if (parent?.type === 'CallExpression' && parent.callee === outer) return false;
  return true;
}

function nameLeaves(name: TSESTree.Identifier, module: Module): boolean {
  if (exposureOfName(name, module) === 'exported') return true;
  const variable = variableOf(module, name);
  return (variable?.references ?? []).some(({ identifier, init }) => {
    if (init === true || identifier === name) return false;
    const use = wrapped(identifier);
    const parent = use.parent;
    if (parent?.type === 'MemberExpression' && parent.object === use) return false;
    if (parent?.type === 'CallExpression' && parent.callee === use) return false;
    if (parent?.type === 'TaggedTemplateExpression' || parent?.type === 'ExpressionStatement') return false;
    return !(parent?.type === 'AssignmentExpression' && parent.left === use);
  });
}

function exposureOfName(name: TSESTree.Identifier, module: Module): Exposure {
  const variable = variableOf(module, name);
  for (const entries of exportsOf(module).named.values()) {
    for (const entry of entries) {
      if (
        entry.kind === 'local' &&
        (entry.identifier === name || (variable && variableOf(module, entry.identifier) === variable))
      )
        return 'exported';
      if (
        entry.kind === 'node' &&
        entry.node.type === 'Identifier' &&
        variable &&
        variableOf(module, entry.node) === variable
      )
        return 'exported';
    }
  }
  for (const node of exportsOf(module).whole) {
    if (node.type === 'Identifier' && variable && variableOf(module, node) === variable) return 'exported';
  }
  const declaration = name.parent.parent?.parent;
  if (declaration?.type === 'ExportNamedDeclaration') return 'exported';
  // A name listed in an object that is returned or exported goes with it.
  const listed = (variable?.references ?? []).some(({ identifier }) => {
    const property = identifier.parent;
    return property.type === 'Property' && property.value === identifier && objectLeaves(property.parent);
  });
  if (listed) return 'exported';
  const returned = (variable?.references ?? []).some(({ identifier }) => identifier.parent.type === 'ReturnStatement');
  return returned ? 'handed-on' : 'local';
}

function objectLeaves(object: TSESTree.Node): boolean {
  const parent = wrapped(object).parent;
  return (
    parent?.type === 'ReturnStatement' ||
    parent?.type === 'ExportDefaultDeclaration' ||
    isFunction(parent) ||
    (parent?.type === 'AssignmentExpression' && isExport(parent.left)) ||
    (parent?.type === 'VariableDeclarator' && parent.parent.parent.type === 'ExportNamedDeclaration')
  );
}

function exposureOfMember(member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition, module: Module): Exposure {
  if (member.accessibility === 'private' || keyName(member)?.startsWith('#') === true) return 'local';
  const owner = member.parent.parent;
  if (owner.parent.type === 'ExportDefaultDeclaration' || owner.parent.type === 'ExportNamedDeclaration')
    return 'exported';
  if (owner.id) return exposureOfName(owner.id, module) === 'local' ? 'local' : 'exported';
  return 'exported';
}

function isExport(left: TSESTree.Node): boolean {
  if (left.type === 'Identifier') return left.name === 'exports';
  if (left.type !== 'MemberExpression') return false;
  if (left.object.type === 'Identifier' && (left.object.name === 'module' || left.object.name === 'exports'))
    return true;
  return left.object.type === 'MemberExpression' && isExport(left.object);
}
