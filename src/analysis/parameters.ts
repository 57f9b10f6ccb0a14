/** What the declaration of a parameter says about what its caller must give. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, keyName, type Module } from './module.js';
import type { ParameterValue } from './values.js';

/** Whether a function's caller may leave out what a parameter stands for: the argument, or a member of it. */
export function mayBeLeftOut(parameter: ParameterValue): boolean {
  const { module, node } = parameter.site;
  const kinds = module.types?.kindsOf(node);
  if (kinds) return kinds.has('nullish');
  if (!isFunction(parameter.function)) return false;
  const declared = parameter.function.params[parameter.index];
  const binding = declared?.type === 'TSParameterProperty' ? declared.parameter : declared;
  if (!binding) return false;
  if (binding.type === 'AssignmentPattern' || binding.type === 'RestElement') return true;
  if (binding.optional) return true;
  // Without types only what is written here counts: a member of what is declared elsewhere may be required.
  return parameter.path.length > 0 && isOptionalMember(binding.typeAnnotation?.typeAnnotation, parameter.path, module);
}

function isOptionalMember(type: TSESTree.TypeNode | undefined, path: readonly string[], module: Module): boolean {
  const [name, ...rest] = path;
  const members = type && membersOf(type, module);
  const member = members?.find(
    (candidate): candidate is TSESTree.TSPropertySignature =>
      candidate.type === 'TSPropertySignature' && keyName(candidate) === name,
  );
  if (!member) return false;
  return member.optional || (rest.length > 0 && isOptionalMember(member.typeAnnotation?.typeAnnotation, rest, module));
}

/** The members of an object type that is written in place, or declared in the same file. */
function membersOf(type: TSESTree.TypeNode, module: Module): readonly TSESTree.TypeElement[] | null {
  if (type.type === 'TSTypeLiteral') return type.members;
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return null;
  const { name } = type.typeName;
  for (const statement of module.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'TSInterfaceDeclaration' && declaration.id.name === name) return declaration.body.body;
    if (declaration?.type === 'TSTypeAliasDeclaration' && declaration.id.name === name) {
      return declaration.typeAnnotation.type === 'TSTypeLiteral' ? declaration.typeAnnotation.members : null;
    }
  }
  return null;
}
