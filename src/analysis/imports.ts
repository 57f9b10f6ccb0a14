/** What an import binding stands for. */
import type { TSESTree } from '@typescript-eslint/utils';

/** Where an import binding comes from, and under which name. */
export function importOf(node: TSESTree.Node): { source: TSESTree.StringLiteral | null; imported: string } {
  switch (node.type) {
    case 'ImportSpecifier':
      return {
        source: (node.parent as TSESTree.ImportDeclaration).source,
        imported: node.imported.type === 'Identifier' ? node.imported.name : node.imported.value,
      };
    case 'ImportDefaultSpecifier':
      return { source: node.parent.source, imported: 'default' };
    case 'ImportNamespaceSpecifier':
      return { source: node.parent.source, imported: '*' };
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference'
        ? { source: node.moduleReference.expression, imported: '*' }
        : { source: null, imported: '*' };
    default:
      return { source: null, imported: '*' };
  }
}
