/**
 * Whether anybody looks at the status of an answer before its body is believed. For clients whose calls resolve whatever
 * the status is: the answer is followed through variables, `then`, functions that take or return it, and other files.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { countCutOff } from '../budget.js';
import { argumentNodes, optionsOf, type CallNode, type DownstreamCall } from '../calls.js';
import { schemeOf } from '../downstreams.js';
import type { Evaluator } from '../evaluate.js';
import { exposureOf } from '../exposure.js';
import { memberAt } from '../members.js';
import { contains, enclosingFunction, memberName, someInside, unwrap, wrapped, type Module } from '../module.js';
import { possibilities, type FunctionNode, type ResultValue } from '../values.js';
import { follow, type BodyUse, type Flow } from './answers.js';

export type StatusVerdict =
  | { readonly kind: 'checked' | 'unused' | 'returned' }
  | { readonly kind: 'unchecked' | 'onlyLogged'; readonly uses: readonly BodyUse[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Whether the status of what a call answers is looked at. */
export interface StatusFact {
  /** The call that fetches, or the call of a function that hands on what it fetched. */
  readonly node: CallNode;
  readonly call: DownstreamCall;
  readonly verdict: StatusVerdict;
}

/** What is looked at together. */
export interface StatusContext {
  readonly evaluator: Evaluator;
  readonly module: Module;
  readonly calls: readonly DownstreamCall[];
  /** Every call of the file that may be a call of a function of this project. */
  readonly otherCalls: readonly CallNode[];
  readonly identify: (node: CallNode, module: Module) => DownstreamCall | null;
}

const maxCalls = 4000;
const maxWrappers = 3;

/** Whether a call resolves whatever the status is: by the library's nature, or by an option of it. */
function answersWithStatus(evaluator: Evaluator, call: DownstreamCall): boolean {
  if (call.library.family !== 'http' || /^node:http2?$/.test(call.library.name)) return false;
  return call.operation.failure === 'status' || isLenient(evaluator, call);
}

/** `validateStatus: () => true`, `throwHttpErrors: false`: of the call, else of its client. */
function isLenient(evaluator: Evaluator, call: DownstreamCall): boolean {
  const { lenient } = call.type;
  if (!lenient) return false;
  for (const layer of [optionsOf(evaluator, call), ...call.client.configs]) {
    const given = memberAt(evaluator, layer, lenient.option);
    if (given.kind === 'absent') continue;
    return possibilities(given).every((value) =>
      value.kind === 'literal'
        ? lenient.is.some((special) => special === value.value)
        : value.kind === 'function' && lenient.is.includes('accepts-all') && alwaysGives(value.node, true),
    );
  }
  return false;
}

/** Whether a function does nothing but give one constant. */
function alwaysGives({ body }: FunctionNode, constant: boolean): boolean {
  const [statement] = body.type === 'BlockStatement' ? body.body : [];
  const given =
    body.type !== 'BlockStatement' ? body : statement?.type === 'ReturnStatement' ? statement.argument : null;
  return given?.type === 'Literal' && given.value === constant;
}

/** Whether the status of the answers in a file is looked at. */
export function statusesOf(context: StatusContext): readonly StatusFact[] {
  const facts: StatusFact[] = [];
  const byWrapper = new Map<TSESTree.Node, StatusFact[]>();
  for (const call of context.calls) {
    if (!answersWithStatus(context.evaluator, call) || isLocalTarget(context.evaluator, call)) continue;
    const verdict = judge(context.evaluator, call.node, context.module);
    if (verdict) facts.push({ node: call.node, call, verdict });
  }
  // A file with more calls than people write is a bundle.
  if (context.otherCalls.length > maxCalls) countCutOff();
  for (const node of context.otherCalls.slice(0, maxCalls)) {
    const fact = judgeWrapperCall(context, node);
    if (!fact) continue;
    facts.push(fact);
    const inner = fact.call.node;
    if (fact.call.module === context.module) byWrapper.set(inner, [...(byWrapper.get(inner) ?? []), fact]);
  }
  // A function of this file alone, none of whose callers looks: the fault is in one place.
  for (const [inner, callers] of byWrapper) {
    const fn = enclosingFunction(inner);
    const own = facts.find(({ node }) => node === inner);
    const first = callers[0]?.verdict;
    if (!fn || !own || !first || exposureOf(fn, context.module) !== 'local') continue;
    if (!callers.every(({ verdict }) => isFault(verdict))) continue;
    facts[facts.indexOf(own)] = { ...own, verdict: first };
    for (const caller of callers) facts.splice(facts.indexOf(caller), 1);
  }
  return facts.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function isFault(verdict: StatusVerdict): boolean {
  return verdict.kind === 'unchecked' || verdict.kind === 'onlyLogged';
}

/** A call of a function of this project that hands on an answer. */
function judgeWrapperCall(context: StatusContext, node: CallNode): StatusFact | null {
  const { evaluator, module } = context;
  if (node.type !== 'CallExpression' || !mayGiveAnswer(node, module)) return null;
  if (
    !possibilities(evaluator.callee(node.callee, module)).some(({ kind }) => kind === 'function' || kind === 'policy')
  )
    return null;
  const values = possibilities(evaluator.evaluate(node, module));
  const results = values.filter((value): value is ResultValue => value.kind === 'result');
  if (results.length === 0 || results.length < values.length) return null;
  let call: DownstreamCall | null = null;
  for (const { site } of results) {
    // The call inside is followed to this place by itself.
    if (site.module === module && contains(node, site.node)) return null;
    if (isHandedTo(evaluator, node, module, site.node)) return null;
    const inner = isCall(site.node) ? context.identify(site.node, site.module) : null;
    if (!inner || !answersWithStatus(evaluator, inner) || isLocalTarget(evaluator, inner)) return null;
    const own = follow(evaluator, inner.node, inner.module);
    if (own.looked || own.doubt !== null || looksOnTheWay(evaluator, node, module, site.node, 0)) return null;
    call ??= inner;
  }
  const verdict = call && judge(evaluator, node, module);
  return call && verdict ? { node, call, verdict } : null;
}

/** Whether an argument of a call is a call already that gives what `source` fetched. */
function isHandedTo(
  evaluator: Evaluator,
  { arguments: args }: TSESTree.CallExpression,
  module: Module,
  source: TSESTree.Node,
): boolean {
  return args.some((argument) => {
    const inner = unwrap(argument);
    const call = inner.type === 'AwaitExpression' ? unwrap(inner.argument) : inner;
    return call.type !== 'SpreadElement' && givesAnswerOf(evaluator, call, module, source);
  });
}

function givesAnswerOf(evaluator: Evaluator, node: TSESTree.Node, module: Module, source: TSESTree.Node): boolean {
  return possibilities(evaluator.evaluate(node, module)).some(
    (value) => value.kind === 'result' && value.site.node === source,
  );
}

/** Whether a function between a call and the one that fetches (`source`) looks at the status, or may. */
function looksOnTheWay(
  evaluator: Evaluator,
  node: TSESTree.CallExpression,
  module: Module,
  source: TSESTree.Node,
  depth: number,
): boolean {
  if (depth > maxWrappers) return true;
  return possibilities(evaluator.callee(node.callee, module)).some((fn) => {
    if (fn.kind !== 'function' || contains(fn.node, source)) return false;
    return someInside(fn.node.body, fn.module, (inner) => {
      if (inner.type !== 'CallExpression') return false;
      if (!givesAnswerOf(evaluator, inner, fn.module, source)) return false;
      const flow = follow(evaluator, inner, fn.module);
      return flow.looked || flow.doubt !== null || looksOnTheWay(evaluator, inner, fn.module, source, depth + 1);
    });
  });
}

/** Most calls give no answer: only what is used like one, or handed on whole, is worth a closer look. */
function mayGiveAnswer(node: TSESTree.CallExpression, module: Module): boolean {
  const parent = wrapped(node).parent;
  if (parent?.type === 'ExpressionStatement') return false;
  if (parent?.type === 'CallExpression' && parent.callee !== wrapped(node)) return isFetchLike(node);
  const { bodies, looked, doubt } = follow(null, node, module);
  return !looked && (bodies.length > 0 || (doubt !== null && node.parent.type === 'AwaitExpression'));
}

function isFetchLike({ callee }: TSESTree.CallExpression): boolean {
  const inner = unwrap(callee);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : null;
  return name !== null && /fetch|request|http|call|send/i.test(name);
}

function isCall(node: TSESTree.Node): node is CallNode {
  return node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression';
}

/** `data:`, `blob:` and `file:` reach nothing; nor does what a bundler puts beside the module. */
function isLocalTarget(evaluator: Evaluator, call: DownstreamCall): boolean {
  const { target } = call.operation;
  const node = target === undefined ? undefined : argumentNodes(call)[target];
  if (!node || node.type === 'SpreadElement') return false;
  if (/^(?:['"`](?:data|blob|file):|new URL\([^)]*\bimport\.meta\.url\b)/i.test(call.module.text.slice(...node.range)))
    return true;
  return possibilities(evaluator.evaluate(node, call.module)).every((value) =>
    /^(?:data|blob|file)$/.test(schemeOf(value) ?? ''),
  );
}

function judge(evaluator: Evaluator, node: CallNode, module: Module): StatusVerdict | null {
  return verdictOf(follow(evaluator, node, module));
}

function verdictOf(flow: Flow): StatusVerdict | null {
  if (flow.looked) return { kind: 'checked' };
  if (flow.doubt !== null) return { kind: 'unknown', why: flow.doubt };
  if (flow.bodies.length > 0) return { kind: flow.logged ? 'onlyLogged' : 'unchecked', uses: flow.bodies };
  return { kind: flow.returned ? 'returned' : 'unused' };
}
