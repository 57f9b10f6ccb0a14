/** The ways in which a breaker guards nothing. */
import type { TSESTree } from '@typescript-eslint/utils';
import { calleeOf, type CallNode, type DownstreamCall } from '../calls.js';
import { downstreamOfCall } from '../downstreams.js';
import { wholePackage } from '../evaluation/exports.js';
import {
  contains,
  enclosingClass,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  variableOf,
  walk,
  wrapped,
  type Module,
} from '../module.js';
import {
  absent,
  possibilities,
  type FunctionNode,
  type FunctionValue,
  type PolicyValue,
  type Value,
} from '../values.js';
import type { IsolationContext } from './facts.js';
import { referencesOf } from './guards.js';
import { operationFunction, partsOfPolicy, policyRunsIn, type PolicyRun } from './policies.js';
import { reachedFrom } from './reach.js';

/** A guard that does not guard. */
export interface MisuseFact {
  readonly kind:
    | 'perCall'
    | 'sharedAcross'
    | 'ignoredSignal'
    | 'wrongOrder'
    | 'hidesFailures'
    | 'noMinimum'
    | 'retriesOpenBreaker'
    | 'unknown';
  readonly report: TSESTree.Node;
  /** The construction, the `wrap`, or the call that runs the operation. */
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly policy: PolicyValue;
  readonly call: DownstreamCall | null;
  /** Downstreams that a breaker is shared by; why nothing is known. */
  readonly detail: string;
}

/** The guards of a file that do not guard. */
export function misusesOf(context: IsolationContext): readonly MisuseFact[] {
  const { module } = context;
  const facts: MisuseFact[] = [];
  const runs = policyRunsIn(context, module.ast, module);
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const policy = madeAt(context, node);
    if (!policy) return undefined;
    facts.push(...judgeMade(context, node, policy));
    return undefined;
  });
  facts.push(...judgeShared(context, runs));
  for (const run of runs) facts.push(...judgeRun(context, run));

  return facts.sort((a, b) => a.report.range[0] - b.report.range[0]);
}

/** The policy that a call makes right here. */
function madeAt({ evaluator, module }: IsolationContext, node: CallNode): PolicyValue | null {
  if (node.type === 'TaggedTemplateExpression') return null;
  const callee = possibilities(evaluator.callee(unwrap(node.callee), module)).map((value) =>
    wholePackage(evaluator, value),
  );
  const factories = callee.filter((value): value is FunctionValue => value.kind === 'function');
  if (factories.length === 0 && !callee.some((value) => value.kind === 'policy' && !value.built)) return null;
  return (
    possibilities(evaluator.evaluate(node, module)).find(
      (value): value is PolicyValue =>
        value.kind === 'policy' &&
        value.built &&
        (value.site?.node === node || factories.some((factory) => makesAnew(factory, value))),
    ) ?? null
  );
}

/** Whether a function of the project makes a policy each time that it is called, and keeps it nowhere. */
function makesAnew({ node, module }: FunctionValue, { site }: PolicyValue): boolean {
  if (!site || site.module !== module || !contains(node, site.node)) return false;
  const returned = wrapped(site.node);
  const { parent } = returned;
  if (parent === node || parent?.type === 'ReturnStatement') return enclosingFunction(site.node) === node;
  // `const breaker = new CircuitBreaker(…); breaker.on(…); return breaker;`
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  return (variableOf(module, parent.id)?.references ?? []).every(
    ({ identifier, init }) =>
      init === true || identifier.parent.type === 'ReturnStatement' || identifier.parent.type === 'MemberExpression',
  );
}

function judgeMade(
  context: IsolationContext,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  policy: PolicyValue,
): readonly MisuseFact[] {
  const { evaluator } = context;
  const facts: MisuseFact[] = [];
  const fact = (kind: MisuseFact['kind'], report: TSESTree.Node = calleeOf(node)): void => {
    facts.push({ kind, report, node, policy, call: null, detail: '' });
  };
  const kinds = partsOfPolicy(evaluator, policy).map((part) => part.policy.kind);
  const breaker = kinds.indexOf('breaker');
  // A breaker that is given to what combines policies is judged by what becomes of the whole.
  const inside = partsOfPolicy(evaluator, policy).find((part) => part.policy.kind === 'breaker')?.site;
  const holdsBreaker =
    policy.policy.kind === 'breaker' ||
    (inside?.module === context.module &&
      inside.node !== node &&
      contains(node, inside.node) &&
      wrapped(inside.node).parent?.type === 'ArrayExpression');
  if (holdsBreaker && isMadePerCall(context, node)) fact('perCall');
  if (policy.policy.kind === 'wrap' && breaker >= 0) {
    if (kinds.indexOf('retry', breaker) > breaker) fact('wrongOrder');
    if (kinds.indexOf('fallback', breaker) > breaker) fact('hidesFailures');
    const retry = partsOfPolicy(evaluator, policy).find((part) => part.policy.kind === 'retry');
    const handled = retry?.args[0];
    if (
      kinds.indexOf('retry') >= 0 &&
      kinds.indexOf('retry') < breaker &&
      handled &&
      nameOfValue(handled) === 'handleAll'
    )
      fact('retriesOpenBreaker');
  }
  if (policy.library.name === 'opossum') {
    const options = policy.args[1] ?? absent;
    const minimum = evaluator.property(options, 'volumeThreshold', null);
    if (minimum.kind === 'absent' && possibilities(options).every(({ kind }) => kind === 'object' || kind === 'absent'))
      fact('noMinimum');
  }
  return facts;
}

function nameOfValue(value: Value): string | null {
  if (value.kind === 'external') return value.path.at(-1) ?? null;
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

/** A breaker that is made, used and dropped in one run of a function: it never sees a second call. */
function isMadePerCall({ module }: IsolationContext, node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const fn = enclosingFunction(node);
  if (!fn || (fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'constructor')) return false;
  const callers = referencesOf(fn, module);
  // Run once, when the module loads.
  if (callers && callers.length > 0 && callers.every((use) => enclosingFunction(use) === null)) return false;

  let holder = wrapped(node);
  // `wrap(retry, circuitBreaker(…))`: what becomes of the whole.
  while (
    holder.parent?.type === 'CallExpression' &&
    holder.parent.callee !== holder &&
    /^(?:\w+\.)?wrap$/.test(module.text.slice(...holder.parent.callee.range))
  ) {
    holder = wrapped(holder.parent);
  }
  const { parent } = holder;
  if (parent?.type === 'MemberExpression') return isRunMember(parent);
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return false;
  const uses = (variableOf(module, parent.id)?.references ?? []).filter(({ init }) => init !== true);
  return (
    uses.length > 0 &&
    uses.every(({ identifier }) => {
      const member = identifier.parent;
      if (member.type !== 'MemberExpression' || member.object !== identifier) return false;
      if (enclosingFunction(identifier) !== fn || loopBetween(identifier, parent)) return false;
      return (
        isRunMember(member) ||
        /^(?:on|fallback|onBreak|onReset|onHalfOpen|onSuccess|onFailure|opened|stats)$/.test(memberName(member) ?? '')
      );
    }) &&
    uses.some(({ identifier }) => identifier.parent.type === 'MemberExpression' && isRunMember(identifier.parent))
  );
}

function isRunMember(member: TSESTree.MemberExpression): boolean {
  return /^(?:execute|fire|call|fn)$/.test(memberName(member) ?? '') && member.parent.type === 'CallExpression';
}

/** Whether a loop goes round a use, but not round the construction. */
function loopBetween(use: TSESTree.Node, construction: TSESTree.Node): boolean {
  for (let node = use.parent; node && !isFunction(node); node = node.parent) {
    if (/^(?:For|While|DoWhile)/.test(node.type) && !contains(node, construction)) return true;
  }
  return false;
}

/** One breaker for downstreams that have nothing to do with each other: one that fails closes the others off. */
function judgeShared(context: IsolationContext, runs: readonly PolicyRun[]): readonly MisuseFact[] {
  const { evaluator, module } = context;
  const byBreaker = new Map<unknown, { run: PolicyRun; names: readonly string[]; call: DownstreamCall | null }[]>();
  for (const run of runs) {
    const breaker = run.policy && partsOfPolicy(evaluator, run.policy).find((part) => part.policy.kind === 'breaker');
    // A breaker that is made around its operation has no other one.
    if (!breaker?.site || breaker.site.node === run.node) continue;
    const reached = reachedFrom(context, run.operation, module);
    const names = reached.flatMap(({ call }) => downstreamOfCall(evaluator, call) ?? []);
    const key = identityOf(run, breaker.site.node, module);
    if (key === null) continue;
    byBreaker.set(key, [...(byBreaker.get(key) ?? []), { run, names, call: reached[0]?.call ?? null }]);
  }
  const facts: MisuseFact[] = [];
  for (const uses of byBreaker.values()) {
    const first = uses.find(({ names }) => names.length > 0);
    for (const { run, names, call } of uses) {
      const [other] = names;
      if (!first || other === undefined || !run.policy || names.some((name) => first.names.includes(name))) continue;
      facts.push({
        kind: 'sharedAcross',
        report: calleeOf(run.node),
        node: run.node,
        policy: run.policy,
        call,
        detail: `${first.names[0] ?? ''} and ${other}`,
      });
    }
  }
  return facts;
}

/** What stands for one breaker: where it is made; with a factory, which makes many there, what each is kept in. */
function identityOf({ node }: PolicyRun, site: TSESTree.Node, module: Module): unknown {
  const factory = enclosingFunction(site);
  if (!factory || contains(factory, node)) return site;
  const callee = unwrap(node.callee);
  let object = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (object.type === 'Identifier') return variableOf(module, object);
  while (object.type === 'MemberExpression' && object.object.type !== 'ThisExpression') object = unwrap(object.object);
  if (object.type === 'Identifier') return variableOf(module, object);
  const owner = object.type === 'MemberExpression' ? enclosingClass(object) : null;
  return owner && object.type === 'MemberExpression' ? `${owner.range[0]}.${memberName(object) ?? ''}` : null;
}

/** What is wrong with the operation that a guard, or a cooperative timeout, runs. */
function judgeRun(context: IsolationContext, run: PolicyRun): readonly MisuseFact[] {
  const { evaluator, module } = context;
  const { policy } = run;
  if (!policy) return [];
  const facts: MisuseFact[] = [];
  const fact = (kind: MisuseFact['kind'], report: TSESTree.Node, call: DownstreamCall | null): void => {
    facts.push({ kind, report, node: run.node, policy, call, detail: '' });
  };
  const body = bodyOf(context, run);
  if (!body) return [];
  if (run.guard && body.module === module) {
    const inner = policyRunsIn(context, body.fn.body, module).find(({ kinds }) => kinds.includes('retry'));
    if (inner && !inner.guard) fact('wrongOrder', calleeOf(run.node), null);
    const hidden = hiddenBy(body.fn, module);
    if (hidden) {
      const [reached] = reachedFrom(context, body.fn.body, module);
      if (reached) fact('hidesFailures', run.operation, reached.call);
    }
  }
  const cooperative = partsOfPolicy(evaluator, policy).some(
    (part) => part.policy.kind === 'timeout' && part.policy.races !== undefined && isCooperative(context, part),
  );
  if (cooperative && !usesSignal(body.fn, body.module)) {
    const [reached] = reachedFrom(context, body.fn.body, body.module);
    const call = reached?.call ?? null;
    if (call && takesSignal(call)) fact('ignoredSignal', run.operation, call);
  }
  return facts;
}

function bodyOf({ evaluator, module }: IsolationContext, run: PolicyRun): { fn: FunctionNode; module: Module } | null {
  const inline = operationFunction(run.operation);
  if (inline) return { fn: inline, module };
  const value = possibilities(evaluator.evaluate(run.operation, module)).find(({ kind }) => kind === 'function');
  return value?.kind === 'function' ? { fn: value.node, module: value.module } : null;
}

function isCooperative({ evaluator }: IsolationContext, { policy, args }: PolicyValue): boolean {
  const strategy = args[policy.races?.argument ?? 1] ?? absent;
  const option = policy.races?.option;
  const named = [strategy, option === undefined ? absent : evaluator.property(strategy, option, null)];
  return named.some((value) => /^(?:cooperative|optimistic)$/i.test(nameOfValue(value) ?? ''));
}

/** Whether a function takes what the policy hands it, and uses it. */
function usesSignal(fn: FunctionNode, module: Module): boolean {
  const [parameter] = fn.params;
  if (!parameter) return false;
  let used = false;
  walk(parameter, module, (node) => {
    if (node.type === 'Identifier') used ||= (variableOf(module, node)?.references.length ?? 1) > 0;
    return undefined;
  });
  return used;
}

function takesSignal(call: DownstreamCall): boolean {
  return (call.operation.bounds ?? call.type.bounds).some(
    ({ takes, where }) => takes === 'signal' && where !== 'construction',
  );
}

/** Whether an operation turns every failure into a result. */
function hiddenBy(fn: FunctionNode, module: Module): boolean {
  if (fn.body.type !== 'BlockStatement') return catches(unwrap(fn.body), module);
  const [first, ...others] = fn.body.body;
  if (first?.type === 'ReturnStatement' && first.argument) return catches(unwrap(first.argument), module);
  return (
    first?.type === 'TryStatement' &&
    others.every(({ type }) => type === 'ReturnStatement') &&
    first.handler !== null &&
    !throwsIn(first.handler.body, module)
  );
}

function catches(node: TSESTree.Node, module: Module): boolean {
  const inner = node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
  if (inner.type !== 'CallExpression') return false;
  const callee = unwrap(inner.callee);
  const [handler] = inner.arguments;
  return (
    callee.type === 'MemberExpression' &&
    memberName(callee) === 'catch' &&
    isFunction(handler) &&
    !throwsIn(handler.body, module)
  );
}

function throwsIn(node: TSESTree.Node, module: Module): boolean {
  let throws = false;
  walk(node, module, (inner) => {
    if (inner.type === 'ThrowStatement') throws = true;
    if (inner.type === 'CallExpression' && /\breject\b/.test(module.text.slice(...inner.callee.range))) throws = true;
    return !throws;
  });
  return throws;
}
