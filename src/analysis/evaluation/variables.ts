/** What names stand for: variables, parameters, and what patterns take out of values. */
import type { TSESTree } from '@typescript-eslint/utils';
import { reachingWrites } from '../flow.js';
import { contains, keyName, variableOf, type Module, type Variable } from '../module.js';
import {
  absent,
  literal,
  mapValue,
  noEnv,
  union,
  unknown,
  type Env,
  type FunctionNode,
  type ObjectPart,
  type ParameterValue,
  type Site,
  type Value,
} from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { externalValue, importBinding } from './exports.js';
import { withMemberWrites, withSharedDefaults } from './writes.js';
import { annotatedValue } from './annotations.js';
import { either } from './expressions.js';
import { propertyOf } from './properties.js';

/** A variable that is assigned to more often is not followed. */
export const maxWrites = 16;

export function identifierValue(evaluator: Evaluator, node: TSESTree.Identifier, module: Module, env: Env): Value {
  if (node.name === 'undefined') return literal(undefined, { node, module });
  const variable = variableOf(module, node);
  if (!variable) {
    if (node.name === 'NaN') return literal(Number.NaN, { node, module });
    if (node.name === 'Infinity') return literal(Infinity, { node, module });
    return externalValue(evaluator, 'global', [node.name]);
  }
  return variableValue(evaluator, variable, module, env, node);
}

/** What a variable is when `use` is evaluated. */
export function variableValue(
  evaluator: Evaluator,
  variable: Variable,
  module: Module,
  around: Env,
  use: TSESTree.Node,
): Value {
  // What stands outside of all functions is the same for every call.
  const env = isTopLevel(variable) ? noEnv : around;
  const definition = variable.defs[0];
  const site: Site = { node: use, module };
  if (!definition) return unknown('no definition', site);
  switch (definition.type as string) {
    case 'ImportBinding':
      return withMemberWrites(
        evaluator,
        withSharedDefaults(evaluator, importBinding(evaluator, definition.node, module), module),
        variable,
        module,
        env,
        use,
      );
    case 'FunctionName':
      return evaluator.evaluate(definition.node, module, env);
    case 'ClassName':
      return evaluator.evaluate(definition.node, module, env);
    case 'TSEnumName':
      return unknown('enum', { node: definition.node, module });
    case 'Parameter':
      return withMemberWrites(
        evaluator,
        reassignedValue(
          evaluator,
          () => parameterValue(evaluator, variable, definition.node as FunctionNode, module, env),
          variable,
          module,
          env,
          use,
        ),
        variable,
        module,
        env,
        use,
      );
    case 'Variable': {
      const declarator = definition.node as TSESTree.VariableDeclarator;
      return withMemberWrites(
        evaluator,
        withSharedDefaults(
          evaluator,
          reassignedValue(
            evaluator,
            () => declaredValue(evaluator, declarator, variable, module, env),
            variable,
            module,
            env,
            use,
          ),
          module,
        ),
        variable,
        module,
        env,
        use,
      );
    }
    default:
      return unknown(definition.type, site);
  }
}

/** What a declarator gives a variable at first. */
function declaredValue(
  evaluator: Evaluator,
  declarator: TSESTree.VariableDeclarator,
  variable: Variable,
  module: Module,
  env: Env,
): Value {
  const site: Site = { node: declarator.id, module };
  const loop = declarator.parent.parent;
  if ((loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') && loop.left === declarator.parent) {
    return unknown('loop variable', { node: variable.identifiers[0] ?? declarator.id, module });
  }
  if (!declarator.init) {
    const annotated = annotatedValue(evaluator, declarator.id.typeAnnotation, module);
    if (annotated) return annotated;
    // `declare const x: T`, `let x!: T`: somebody else gives it its value.
    const elsewhere = declarator.definite || declarator.parent.declare;
    return elsewhere
      ? unknown('declared only', { node: variable.identifiers[0] ?? declarator.id, module })
      : literal(undefined, site);
  }
  const value = evaluator.evaluate(declarator.init, module, env);
  const found = destructured(evaluator, declarator.id, value, variable.identifiers[0] ?? declarator.id, module, env);
  if (found?.kind !== 'unknown' && found !== null) return found;
  const annotated =
    declarator.id.type === 'Identifier' ? annotatedValue(evaluator, declarator.id.typeAnnotation, module) : null;
  return annotated ?? found ?? unknown('pattern', site);
}

/** A variable's value when it is assigned to after its declaration. */
function reassignedValue(
  evaluator: Evaluator,
  initial: () => Value,
  variable: Variable,
  module: Module,
  env: Env,
  use: TSESTree.Node,
): Value {
  const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
  if (writes.length === 0) return initial();
  if (writes.length > maxWrites) return unknown('assigned in many places', { node: use, module });
  const candidates = writes.map((reference) => ({ node: reference.identifier.parent, reference }));
  const reaching = reachingWrites(candidates, use);
  let value: Value | null = reaching[0]?.certain === true ? null : initial();
  for (const { write, certain } of reaching) {
    const assignment = write.node;
    let next: Value;
    if (assignment.type === 'AssignmentExpression' && assignment.left === write.reference.identifier) {
      if (assignment.operator === '??=' || assignment.operator === '||=') {
        const before = value ?? initial();
        value = either(before, () => evaluator.evaluate(assignment.right, module, env), assignment.operator === '??=');
        continue;
      }
      next =
        assignment.operator === '='
          ? evaluator.evaluate(assignment.right, module, env)
          : unknown('updated', { node: assignment, module });
    } else next = unknown('assigned by a pattern or a loop', { node: use, module });
    value = value === null || certain ? next : union([value, next]);
  }
  return value ?? initial();
}

/** What a binding pattern gives the name `target`; `null` where the pattern does not hold it. */
function destructured(
  evaluator: Evaluator,
  pattern: TSESTree.Node,
  value: Value,
  target: TSESTree.Node,
  module: Module,
  env: Env,
): Value | null {
  switch (pattern.type) {
    case 'Identifier':
      return pattern === target ? value : null;
    case 'AssignmentPattern': {
      const given = either(value, () => evaluator.evaluate(pattern.right, module, env), true);
      return destructured(evaluator, pattern.left, given, target, module, env);
    }
    case 'TSParameterProperty':
      return destructured(evaluator, pattern.parameter, value, target, module, env);
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') {
          const names = pattern.properties.flatMap((other) => (other.type === 'Property' ? [keyName(other)] : []));
          const found = destructured(evaluator, property.argument, withoutMembers(value, names), target, module, env);
          if (found) return found;
          continue;
        }
        if (!contains(property.value, target)) continue;
        const name = keyName(property);
        const site: Site = { node: property.value, module };
        const member = name === null ? unknown('computed', site) : propertyOf(evaluator, value, name, site);
        return destructured(evaluator, property.value, member, target, module, env);
      }
      return null;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        if (!element || !contains(element, target)) continue;
        if (element.type === 'RestElement') return unknown('rest', { node: target, module });
        const found = value.kind === 'array' ? value.elements[index] : null;
        return destructured(
          evaluator,
          element,
          found ?? unknown('element', { node: target, module }),
          target,
          module,
          env,
        );
      }
      return null;
    case 'RestElement':
      return destructured(evaluator, pattern.argument, value, target, module, env);
    default:
      return null;
  }
}

function parameterValue(evaluator: Evaluator, variable: Variable, fn: FunctionNode, module: Module, env: Env): Value {
  const target = variable.identifiers[0];
  const index = fn.params.findIndex((parameter) => target && contains(parameter, target));
  const parameter = fn.params[index];
  if (!parameter || !target) return unknown('parameter', null);
  const args = env.args.get(fn);
  if (args) {
    if (parameter.type === 'RestElement') {
      return { kind: 'array', elements: args.slice(index), site: { node: parameter, module } };
    }
    const found = destructured(evaluator, parameter, args[index] ?? absent, target, module, env);
    if (found && found.kind !== 'unknown') return found;
    return annotatedValue(evaluator, annotationOf(parameter, target), module) ?? found ?? unknown('parameter', null);
  }
  const binding = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const base: ParameterValue = {
    kind: 'parameter',
    function: fn,
    module,
    index,
    path: [],
    optional: binding.type === 'AssignmentPattern' || ('optional' in binding && binding.optional),
    given: false,
    site: { node: binding.type === 'AssignmentPattern' ? binding.left : binding, module },
  };
  const annotated = annotatedValue(evaluator, annotationOf(parameter, target), module);
  if (annotated) {
    if (binding.type !== 'AssignmentPattern') return annotated;
    return union([evaluator.evaluate(binding.right, module, env), annotated]);
  }
  if (binding.type === 'RestElement') return unknown('rest parameter', base.site);
  return destructured(evaluator, binding, base, target, module, env) ?? unknown('parameter', base.site);
}

function annotationOf(parameter: TSESTree.Parameter, target: TSESTree.Node): TSESTree.TSTypeAnnotation | undefined {
  let binding: TSESTree.Node = parameter;
  if (binding.type === 'TSParameterProperty') binding = binding.parameter;
  if (binding.type === 'AssignmentPattern') binding = binding.left;
  return binding === target && 'typeAnnotation' in binding ? binding.typeAnnotation : undefined;
}

function isTopLevel(variable: Variable): boolean {
  return /^(?:module|global)$/.test(variable.scope.type);
}

/** What is left of an object when named members are taken out. */
function withoutMembers(value: Value, names: readonly (string | null)[]): Value {
  const taken = names.filter((name) => name !== null);
  return mapValue(value, (member): Value => {
    if (member.kind === 'parameter') return { ...member, without: [...(member.without ?? []), ...taken] };
    if (member.kind !== 'object') return member;
    const parts = member.parts.flatMap((part): ObjectPart[] => {
      if ('key' in part) return taken.includes(part.key) ? [] : [part];
      return [{ ...part, spread: withoutMembers(part.spread, names) }];
    });
    return { ...member, parts };
  });
}
