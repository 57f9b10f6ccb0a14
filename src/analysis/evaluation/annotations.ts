/** What type annotations say of values whose making is not visible. */
import type { TSESTree } from '@typescript-eslint/utils';
import { policyTypeOf, clientTypeOf } from '../libraries.js';
import { variableOf, type Module, type Variable } from '../module.js';
import { importOf } from '../imports.js';
import type { ClientValue, Value } from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { externalValue, exportedValue } from './exports.js';

/** A client that a type annotation names, without being able to see where it is built. */
export function annotatedValue(
  evaluator: Evaluator,
  annotation: TSESTree.TSTypeAnnotation | undefined | null,
  module: Module,
): Value | null {
  return annotation ? typeValue(evaluator, annotation.typeAnnotation, module) : null;
}

function typeValue(evaluator: Evaluator, type: TSESTree.TypeNode, module: Module): Value | null {
  switch (type.type) {
    case 'TSTypeQuery': {
      if (type.exprName.type === 'TSImportType') return null;
      const value = entityNamed(evaluator, type.exprName, module);
      return value?.kind === 'client' ? { ...value, origin: 'injected', site: null } : null;
    }
    case 'TSTypeReference': {
      const value = entityNamed(evaluator, type.typeName, module);
      const argument = type.typeArguments?.params[0];
      if (
        !value &&
        argument &&
        type.typeName.type === 'Identifier' &&
        /^(?:Readonly|Required)$/.test(type.typeName.name)
      ) {
        return typeValue(evaluator, argument, module);
      }
      if (value?.kind === 'external') {
        const name = value.path[value.path.length - 1] ?? 'default';
        const known = clientTypeOf(value.package, name);
        if (known) return injected(known.library, known.type);
        const policy = policyTypeOf(value.package, name);
        return policy && { kind: 'policy', ...policy, site: null, args: [], built: true, method: null };
      }
      if (value?.kind === 'client') return injected(value.library, value.type);
      if (value?.kind === 'class') return { kind: 'instance', class: value, args: null, site: null };
      return null;
    }
    case 'TSUnionType': {
      const parts = type.types.filter((part) => !/^TS(?:Undefined|Null)Keyword$/.test(part.type));
      const [only] = parts;
      return parts.length === 1 && only ? typeValue(evaluator, only, module) : null;
    }
    default:
      return null;
  }
}

/** What a name in a type means, where it is imported or a class of this file. */
function entityNamed(evaluator: Evaluator, name: TSESTree.EntityName, module: Module): Value | null {
  if (name.type === 'TSQualifiedName') {
    const left = entityNamed(evaluator, name.left, module);
    return left?.kind === 'external' ? externalValue(evaluator, left.package, [...left.path, name.right.name]) : null;
  }
  if (name.type !== 'Identifier') return null;
  const variable = variableOf(module, name) ?? findByName(module, name);
  if (!variable) return externalValue(evaluator, 'global', [name.name]);
  const definition = variable.defs[0];
  if ((definition?.type as string) === 'ImportBinding') {
    const { source, imported } = importOf(definition?.node as TSESTree.Node);
    if (!source) return null;
    const resolution = evaluator.modules.resolve(source, module);
    if (resolution.kind === 'package') {
      const path = imported === '*' ? [] : [imported];
      return { kind: 'external', package: resolution.name, path };
    }
    const other = evaluator.open(resolution);
    if (other) {
      const value = exportedValue(evaluator, other, imported);
      return value.kind === 'class' || value.kind === 'client' ? value : null;
    }
    return null;
  }
  if ((definition?.type as string) === 'ClassName') return { kind: 'class', node: definition?.node as never, module };
  return null;
}

/** A client of a known type whose construction is not visible. */
export function injected(library: ClientValue['library'], type: ClientValue['type']): ClientValue {
  return {
    kind: 'client',
    library,
    type,
    site: null,
    configs: [],
    origin: 'injected',
    target: null,
    configIndex: null,
  };
}

/** A variable of the module scope by its name: for names that stand in types and export lists. */
export function findByName(module: Module, identifier: TSESTree.Identifier): Variable | null {
  for (const scope of module.scopes.scopes.slice(0, 2)) {
    const variable = scope.set.get(identifier.name);
    if (variable && variable.defs.length > 0) return variable;
  }
  return null;
}
