/** Defaults that other modules set on a client that everybody shares: `axios.defaults.timeout = 5000` in a set-up file. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberWritesOf } from './flow.js';
import type { Module, Variable } from './module.js';

/** The modules that a module surely loads before its own code runs: its imports, and what it requires at its top level. */
export function importsOf(module: Module): readonly TSESTree.StringLiteral[] {
  return module.ast.body.flatMap((statement): TSESTree.StringLiteral[] => {
    switch (statement.type) {
      case 'ImportDeclaration':
        return statement.importKind === 'type' ? [] : [statement.source];
      case 'ExportAllDeclaration':
        return statement.exportKind === 'type' ? [] : [statement.source];
      case 'ExportNamedDeclaration':
        return statement.source && statement.exportKind !== 'type' ? [statement.source] : [];
      case 'ExpressionStatement':
        return required(statement.expression);
      case 'VariableDeclaration':
        return statement.declarations.flatMap(({ init }) => required(init));
      default:
        return [];
    }
  });
}

/** The specifier of `require('./setup')`. */
function required(node: TSESTree.Expression | null): TSESTree.StringLiteral[] {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return [];
  const [specifier] = node.arguments;
  return specifier?.type === 'Literal' && typeof specifier.value === 'string' ? [specifier] : [];
}

/** The variables of a module below whose member `member` the module writes. */
export function variablesWritten(module: Module, member: string): readonly Variable[] {
  return module.scopes.scopes
    .slice(0, 2)
    .flatMap(({ variables }) => variables)
    .filter((variable) => memberWritesOf(variable).some(({ path }) => path[0] === member));
}
