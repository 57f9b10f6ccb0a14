/** Policies around work: which ones a call runs its operation under, and whether a circuit breaker is among them. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Policy } from '../../catalog/schema.js';
import type { Settings } from '../../settings.js';
import type { Evaluator } from '../evaluate.js';
import { ownNamed } from '../libraries.js';
import { contains, isFunction, unwrap, variableOf, walk, type Module } from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue, type PolicyValue, type Value } from '../values.js';

export type PolicyKind = Policy['kind'];

/** An operation that runs under policies. */
export interface PolicyRun {
  /** The call that runs it. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  /** What is run: a function, a name of one, or a promise. */
  readonly operation: TSESTree.Node;
  /** Every kind of policy, those that a combined one is made of included, from the outside in. */
  readonly kinds: readonly PolicyKind[];
  readonly policy: PolicyValue | null;
  /** A circuit breaker is among them, or the settings call it a guard. */
  readonly guard: boolean;
}

/** What is needed to look for policies. */
export interface PolicyContext {
  readonly evaluator: Evaluator;
  readonly settings: Settings;
}

const maxDepth = 3;

/** The policies that a policy is made of, itself included, from the outside in. */
export function partsOfPolicy(evaluator: Evaluator, policy: PolicyValue, depth = 0): readonly PolicyValue[] {
  if (depth > maxDepth) return [policy];
  const inner = policy.args.flatMap((arg) => policiesIn(evaluator, arg));
  const parts = inner.flatMap((part) => partsOfPolicy(evaluator, part, depth + 1));
  return policy.policy.kind === 'wrap' ? parts : [policy, ...parts];
}

/** The policies in an argument: itself, the elements of a list, the `modules` of an options object. */
function policiesIn(evaluator: Evaluator, value: Value): readonly PolicyValue[] {
  return possibilities(value).flatMap((member): readonly PolicyValue[] => {
    if (member.kind === 'policy') return member.built ? [member] : [];
    if (member.kind === 'array')
      return member.elements.flatMap((element) => (element ? policiesIn(evaluator, element) : []));
    if (member.kind !== 'object') return [];
    return policiesIn(
      evaluator,
      evaluator.property(evaluator.property(member, 'options', null), 'modules', null),
    ).concat(policiesIn(evaluator, evaluator.property(member, 'modules', null)));
  });
}

/** The operation that a call runs under policies, or that a construction takes; `null` where there is none. */
export function policyRunAt(
  context: PolicyContext,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): PolicyRun | null {
  const { evaluator, settings } = context;
  const callee = unwrap(node.callee);
  if (callee.type === 'Super') return null;
  const named = callee.type === 'Identifier' ? declaredGuard(callee, module) : null;
  const guarded = named?.operation === undefined ? undefined : node.arguments[named.operation];
  if (guarded) return { node, operation: guarded, kinds: ['breaker'], policy: null, guard: true };
  const [first] = node.arguments;
  if (first && isOwnPolicy(settings.policy, callee, module))
    return { node, operation: first, kinds: ['breaker'], policy: null, guard: true };
  for (const value of possibilities(evaluator.callee(callee, module))) {
    if (value.kind === 'policy') {
      const run = runOf(evaluator, node, value);
      if (run) return run;
    }
    if (value.kind === 'function') {
      const run = runThrough(context, node, value);
      if (run) return run;
    }
  }
  return null;
}

function runOf(
  evaluator: Evaluator,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  value: PolicyValue,
): PolicyRun | null {
  const { policy, built, method } = value;
  if (policy.operation === undefined) return null;
  const operation = node.arguments[policy.operation];
  if (!operation || operation.type === 'SpreadElement') return null;
  const isRun = built
    ? // Of a guard's class in the settings every method runs its argument.
      (policy.run?.includes(method ?? '()') ?? (policy.kind === 'breaker' && method !== null))
    : policy.runs !== undefined || policy.makes !== undefined || policy.run === undefined;
  if (!isRun) return null;
  const kinds = partsOfPolicy(evaluator, value).map((part) => part.policy.kind);
  return { node, operation, kinds, policy: value, guard: kinds.includes('breaker') };
}

/** The guard of the settings that a name of this very file is; imported ones are values. */
function declaredGuard(name: TSESTree.Identifier, module: Module): Policy | null {
  const definition = variableOf(module, name)?.defs[0];
  if (!definition || (definition.type as string) === 'ImportBinding') return null;
  const own = ownNamed(name.name, null, module.path);
  const policy = own?.export.is === 'policy' ? own.library.policies?.[own.export.policy] : undefined;
  return policy?.kind === 'breaker' ? policy : null;
}

/** Whether a callee is the policy that the settings name, or a method of it. */
function isOwnPolicy(policy: Settings['policy'], callee: TSESTree.Node, module: Module): boolean {
  if (!policy) return false;
  const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (object.type !== 'Identifier') return false;
  const definition = variableOf(module, object)?.defs[0]?.node;
  if (definition?.type !== 'ImportSpecifier' && definition?.type !== 'ImportDefaultSpecifier') {
    return false;
  }
  const { imported } = definition as Partial<TSESTree.ImportSpecifier>;
  const name = imported ? (imported.type === 'Identifier' ? imported.name : imported.value) : 'default';
  const { source } = definition.parent as TSESTree.ImportDeclaration;
  return name === policy.export && fileName(source.value) === fileName(policy.module);
}

/** The last part of a path, as imports and the settings may write it in different ways. */
function fileName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.[mc]?[jt]sx?$/, '');
}

/** What a function does with each of its parameters: the policies that it runs them under. */
const wrappers = new WeakMap<FunctionNode, Map<number, Omit<PolicyRun, 'node' | 'operation'>>>();

/** A function of this project that runs its argument under policies. */
function runThrough(
  context: PolicyContext,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  fn: FunctionValue,
): PolicyRun | null {
  for (const [index, run] of wrapperOf(context, fn)) {
    const operation = node.arguments[index];
    if (operation && operation.type !== 'SpreadElement') return { ...run, node, operation };
  }
  return null;
}

function wrapperOf(context: PolicyContext, fn: FunctionValue): Map<number, Omit<PolicyRun, 'node' | 'operation'>> {
  const known = wrappers.get(fn.node);
  if (known) return known;
  const found = new Map<number, Omit<PolicyRun, 'node' | 'operation'>>();
  wrappers.set(fn.node, found);
  for (const [index, parameter] of fn.node.params.entries()) {
    if (parameter.type !== 'Identifier') continue;
    for (const { identifier } of variableOf(fn.module, parameter)?.references ?? []) {
      const run = runHolding(context, identifier, fn);
      if (run) found.set(index, { kinds: run.kinds, policy: run.policy, guard: run.guard });
    }
  }
  return found;
}

/** The policy inside a function that runs the parameter, or a function that calls it. */
function runHolding(context: PolicyContext, parameter: TSESTree.Node, fn: FunctionValue): PolicyRun | null {
  for (let node = parameter.parent; node && node !== fn.node; node = node.parent) {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
    const run = policyRunAt(context, node, fn.module);
    if (!run || !contains(run.operation, parameter)) continue;
    // What the operation only reads is not what it runs.
    const { parent } = parameter;
    if (run.operation === parameter || (parent?.type === 'CallExpression' && parent.callee === parameter)) return run;
  }
  return null;
}

/** The function that an operation is, where it stands there. */
export function operationFunction(operation: TSESTree.Node): FunctionNode | null {
  const inner = unwrap(operation);
  return isFunction(inner) ? inner : null;
}

/** Every policy run below a node. */
export function policyRunsIn(context: PolicyContext, root: TSESTree.Node, module: Module): readonly PolicyRun[] {
  const runs: PolicyRun[] = [];
  walk(root, module, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const run = policyRunAt(context, node, module);
      if (run) runs.push(run);
    }
    return undefined;
  });
  return runs;
}
