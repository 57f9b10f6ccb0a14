/** Decorators of the project that run the decorated method again: `@Retryable({ attempts: 5 })`. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { noEnv, possibilities, type Env, type FunctionNode, type FunctionValue } from '../values.js';
import { partsOf, scopesInFunction } from './helpers.js';
import type { RetryScope } from './scope.js';

/** The methods of a file that decorators of the project run again. */
export function decoratorsIn(evaluator: Evaluator, module: Module): readonly RetryScope[] {
  const scopes: RetryScope[] = [];
  walk(module.ast, module, (node) => {
    if (node.type !== 'MethodDefinition' && node.type !== 'PropertyDefinition') return undefined;
    const method = node.value;
    if (!method || !isFunction(method)) return undefined;
    for (const decorator of node.decorators) {
      const scope = scopeOf(evaluator, decorator, method, module);
      if (scope) scopes.push(scope);
    }
    return undefined;
  });
  return scopes;
}

function scopeOf(
  evaluator: Evaluator,
  decorator: TSESTree.Decorator,
  method: FunctionNode,
  module: Module,
): RetryScope | null {
  const expression = unwrap(decorator.expression);
  const callee = expression.type === 'CallExpression' ? unwrap(expression.callee) : expression;
  for (const value of possibilities(evaluator.evaluate(expression, module))) {
    if (value.kind !== 'function') continue;
    const bound = rerunOf(evaluator, value, value.env);
    if (!bound) continue;
    return {
      ...bound,
      kind: 'decorator',
      module,
      node: decorator,
      head: { node: callee },
      name: `\`@${module.text.slice(...callee.range)}\``,
      explicit: true,
      runs: [{ node: method, module }],
      loop: null,
      options: null,
      elsewhere: true,
      ...givenBy(evaluator, expression, module, value),
    };
  }
  return null;
}

/** What the arguments of a decorator's factory decide. */
function givenBy(
  evaluator: Evaluator,
  expression: TSESTree.Node,
  module: Module,
  decorator: FunctionValue,
): Pick<RetryScope, 'given'> {
  if (expression.type !== 'CallExpression') return {};
  const base = rerunOf(evaluator, decorator, noEnv);
  const factory = possibilities(evaluator.evaluate(expression.callee, module)).find(
    (value): value is FunctionValue => value.kind === 'function',
  );
  if (!base || !factory) return {};
  const args = evaluator.arguments(expression.arguments, module, noEnv);
  return {
    given: {
      base,
      parts: partsOf(expression, args, null, (changed) => {
        const made = evaluator.returns(factory, changed);
        return made.kind === 'function' ? rerunOf(evaluator, made, made.env) : null;
      }),
    },
  };
}

/** How a decorator runs the method again; `null` where it does not. */
function rerunOf(evaluator: Evaluator, { node, module }: FunctionValue, env: Env): RetryScope | null {
  const uses = usesOfMethod(node, module);
  if (uses.length === 0) return null;
  return (
    scopesInFunction(evaluator, node, module, env).find((scope) =>
      scope.runs.some((run) => run.module === module && uses.some((use) => contains(run.node, use))),
    ) ?? null
  );
}

/** Where a decorator calls the method: `descriptor.value`, or, as the standard has it, its first parameter. */
function usesOfMethod(fn: FunctionNode, module: Module): readonly TSESTree.Node[] {
  const uses: TSESTree.Node[] = [];
  const [first, , descriptor] = fn.params;
  const owner = descriptor?.type === 'Identifier' ? variableOf(module, descriptor) : null;
  const isMethod = (node: TSESTree.Node): boolean => {
    const inner = unwrap(node);
    if (inner.type === 'MemberExpression')
      return (
        memberName(inner) === 'value' &&
        inner.object.type === 'Identifier' &&
        owner !== null &&
        variableOf(module, inner.object) === owner
      );
    if (inner.type !== 'Identifier') return false;
    const variable = variableOf(module, inner);
    if (first?.type === 'Identifier' && !descriptor && variable === variableOf(module, first)) return true;
    const declarator = variable?.defs[0]?.node as TSESTree.Node | undefined;
    if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return false;
    // `const { value } = descriptor`
    if (declarator.id.type === 'ObjectPattern')
      return declarator.init.type === 'Identifier' && variableOf(module, declarator.init) === owner && owner !== null;
    return isMethod(declarator.init);
  };
  walk(fn.body, module, (node) => {
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    const target =
      callee.type === 'MemberExpression' && /^(?:apply|call)$/.test(memberName(callee) ?? '') ? callee.object : callee;
    if (isMethod(target)) uses.push(target);
    return undefined;
  });
  return uses;
}
