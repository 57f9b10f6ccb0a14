/** Guards: which downstream calls run under a circuit breaker, and the ways in which a breaker guards nothing. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Family } from '../../catalog/schema.js';
import { calleeOf, type CallNode, type DownstreamCall } from '../calls.js';
import { downstreamOfCall } from '../downstreams.js';
import { wholePackage } from '../evaluation/exports.js';
import { exposureOf } from '../exposure.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  variableOf,
  walk,
  wrapped,
  type Module,
} from '../module.js';
import { nearestManifest } from '../packages.js';
import {
  absent,
  possibilities,
  type FunctionNode,
  type FunctionValue,
  type PolicyValue,
  type Value,
} from '../values.js';
import type { IsolationContext } from './facts.js';
import { operationFunction, partsOfPolicy, policyRunAt, policyRunsIn, type PolicyRun } from './policies.js';
import { nameOfFunction, reachedFrom } from './reach.js';

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

/** A downstream that is called outside any guard. */
export interface UnguardedFact {
  readonly downstream: string | null;
  readonly client: string;
  readonly family: Family;
  /** The construction of the client in this file, else its first use without a guard. */
  readonly report: TSESTree.Node;
  /** Every use without a guard. */
  readonly calls: readonly DownstreamCall[];
  readonly verdict: 'unguarded' | 'unknown';
}

const maxDepth = 3;
const guardLike = /guard|breaker|circuit|resilien|protect|shield|bulkhead|policy|failsafe/i;

/** Whether the project shows that it guards its calls: by a library, or by its settings. */
export function knowsPolicy({ module, settings }: IsolationContext): boolean {
  if (settings.policy || settings.guards.length > 0) return true;
  const dependencies = nearestManifest(module.path)?.dependencies ?? {};
  return ['cockatiel', 'opossum', 'mollitia'].some((name) => dependencies[name] !== undefined);
}

// Guarded or not

/** The downstreams of a file that are called outside any guard. */
export function unguardedOf(context: IsolationContext): readonly UnguardedFact[] {
  const groups = new Map<unknown, DownstreamCall[]>();
  for (const call of context.calls) {
    const key = call.client.site?.node ?? downstreamOfCall(context.evaluator, call) ?? call.library.name;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const facts: UnguardedFact[] = [];
  for (const calls of groups.values()) {
    const states = calls.map((call) => guardOfCall(context, call));
    const open = calls.filter((_, index) => states[index] === 'none');
    const [first] = open.length > 0 ? open : calls.filter((_, index) => states[index] === 'unknown');
    if (!first) continue;
    const built = context.constructions.find(({ node }) => node === first.client.site?.node);
    facts.push({
      downstream: downstreamOfCall(context.evaluator, first),
      client: first.library.name,
      family: first.library.family,
      report: calleeOf(built ? built.node : first.node),
      calls: open,
      verdict: open.length > 0 ? 'unguarded' : 'unknown',
    });
  }
  return facts;
}

/** A client that may bring a guard along: its construction, or what it is built with, is not visible. */
function mayGuardItself({ client }: DownstreamCall): boolean {
  if (client.origin === 'injected') return client.library.name !== 'fetch';
  if (client.origin === 'shared' || !client.site) return false;
  const { node, module } = client.site;
  // A subclass: what it is built with is up to those who build it.
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return true;
  if (node.type === 'CallExpression' && node.callee.type === 'Super') return true;
  if (guardLike.test(module.text.slice(...node.range)) || /\badapter\b/.test(module.text.slice(...node.range)))
    return true;
  return client.configs.some((config) =>
    possibilities(config).some(({ kind }) => kind === 'parameter' || kind === 'unknown'),
  );
}

/** Whether a circuit breaker is around a call. */
export type Guarded = 'guarded' | 'none' | 'unknown';

/** Whether a call can only be reached through a guard. */
export function guardOfCall(context: IsolationContext, call: DownstreamCall): Guarded {
  const state = guardOf(context, call.node, call.module, 0);
  return state === 'none' && mayGuardItself(call) ? 'unknown' : state;
}

/** Whether a node can only be reached through a guard. */
function guardOf(context: IsolationContext, node: TSESTree.Node, module: Module, depth: number): Guarded {
  let doubt = false;
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      const run = parent.callee === child ? null : policyRunAt(context, parent, module);
      if (run && contains(run.operation, child)) {
        if (run.guard) return 'guarded';
      } else if (
        parent.callee !== child &&
        isFunction(unwrap(child)) &&
        guardLike.test(module.text.slice(...parent.callee.range))
      ) {
        doubt = true;
      }
    }
    if (isFunction(parent) && isNamed(parent)) {
      if (isDecorated(context, parent, module)) return 'guarded';
      const callers = depth < maxDepth ? referencesOf(parent, module) : null;
      if (callers && callers.length > 0) {
        const states = callers.map((use) => guardOfUse(context, use, module, depth + 1));
        if (states.every((state) => state === 'guarded')) return 'guarded';
        if (states.every((state) => state !== 'none')) doubt = true;
      }
      return doubt ? 'unknown' : 'none';
    }
  }
  return doubt ? 'unknown' : 'none';
}

/** A use of a function's name: called, or handed to a guard. */
function guardOfUse(context: IsolationContext, use: TSESTree.Node, module: Module, depth: number): Guarded {
  const { parent } = use;
  if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee !== use) {
    const run = policyRunAt(context, parent, module);
    if (run && contains(run.operation, use)) return run.guard ? 'guarded' : guardOf(context, parent, module, depth);
    return guardLike.test(module.text.slice(...parent.callee.range)) ? 'unknown' : guardOf(context, use, module, depth);
  }
  return guardOf(context, use, module, depth);
}

function isNamed(fn: FunctionNode): boolean {
  return (
    fn.type === 'FunctionDeclaration' ||
    /^(?:VariableDeclarator|MethodDefinition|PropertyDefinition)$/.test(fn.parent.type)
  );
}

/** `@usePolicy(policy)` and decorators of the like. */
function isDecorated({ evaluator }: IsolationContext, fn: FunctionNode, module: Module): boolean {
  const member = fn.parent;
  if (member.type !== 'MethodDefinition') return false;
  return member.decorators.some(({ expression }) => {
    const text = module.text.slice(...expression.range);
    if (/^UseGuards\b/.test(text)) return false;
    if (/circuit|breaker|resilien/i.test(text)) return true;
    const [argument] = expression.type === 'CallExpression' && /^usePolicy\b/.test(text) ? expression.arguments : [];
    if (!argument || argument.type === 'SpreadElement') return false;
    return possibilities(evaluator.evaluate(argument, module)).some(
      (value) =>
        value.kind === 'policy' && partsOfPolicy(evaluator, value).some(({ policy }) => policy.kind === 'breaker'),
    );
  });
}

/** Every use of a function that only this file can reach; `null` where others can. */
function referencesOf(fn: FunctionNode, module: Module): readonly TSESTree.Node[] | null {
  if (exposureOf(fn, module) !== 'local') return null;
  const { parent } = fn;
  const name = fn.type === 'FunctionDeclaration' ? fn.id : parent.type === 'VariableDeclarator' ? parent.id : null;
  if (name?.type === 'Identifier') {
    return (variableOf(module, name)?.references ?? []).flatMap(({ identifier, init }) =>
      init === true ? [] : [identifier],
    );
  }
  if (parent.type !== 'MethodDefinition' && parent.type !== 'PropertyDefinition') return null;
  const own = nameOfFunction(fn);
  const uses: TSESTree.Node[] = [];
  walk(parent.parent, module, (node) => {
    if (
      node.type === 'MemberExpression' &&
      node.object.type === 'ThisExpression' &&
      memberName(node)?.replace(/^#/, '') === own
    ) {
      uses.push(node);
    }
    return undefined;
  });
  return uses;
}

// Misuse

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
  const byBreaker = new Map<
    TSESTree.Node,
    { run: PolicyRun; names: readonly string[]; call: DownstreamCall | null }[]
  >();
  for (const run of runs) {
    const breaker = run.policy && partsOfPolicy(evaluator, run.policy).find((part) => part.policy.kind === 'breaker');
    // A breaker that is made around its operation has no other one.
    if (!breaker?.site || breaker.site.node === run.node) continue;
    const reached = reachedFrom(context, run.operation, module);
    const names = reached.flatMap(({ call }) => downstreamOfCall(evaluator, call) ?? []);
    byBreaker.set(breaker.site.node, [
      ...(byBreaker.get(breaker.site.node) ?? []),
      { run, names, call: reached[0]?.call ?? null },
    ]);
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
