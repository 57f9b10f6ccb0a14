/** Putting a bound on a call or a client: which options, which value, and whether that is the team's decision. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import type { Verdict } from '../analysis/bounds.js';
import {
  argumentNodes,
  argumentsOf,
  carriesOptions,
  firstArgument,
  isCallbackAt,
  optionsIndex,
  type DownstreamCall,
} from '../analysis/calls.js';
import { isFunction, type Module } from '../analysis/module.js';
import { isStreamed } from '../analysis/responses.js';
import { isOptionalParameter, type TimeoutFact, type TimeoutSubject } from '../analysis/timeouts.js';
import { possibilities, type ClientValue, type ParameterValue, type Value } from '../analysis/values.js';
import { dependsOn, hasTimeoutSignals, versionTest } from '../analysis/versions.js';
import type { Bound, ClientType, Operation, Phase } from '../catalog/schema.js';
import { matchesPattern, type Settings } from '../settings.js';
import { setArgumentMembers, type Edit, type MemberEdit } from './edits.js';

/** A way to bound a call. */
export interface TimeoutFix {
  readonly edits: readonly Edit[];
  /** What is written, for messages: `timeout: 5000`. */
  readonly text: string;
  readonly ms: number;
  /** Whether a budget of the settings names the value. */
  readonly budgeted: boolean;
}

/** The value to write: a matching budget, else the operation's usual duration, else `timeoutMs`. */
export function timeoutValue(
  settings: Settings,
  names: readonly (string | null)[],
  operation: Operation | null,
): { readonly ms: number; readonly budgeted: boolean } {
  const budget = settings.budgets.find(({ match }) =>
    names.some((name) => name !== null && matchesPattern(match, name)),
  );
  if (budget) return { ms: budget.timeoutMs, budgeted: true };
  return { ms: operation?.usualMs ?? settings.timeoutMs, budgeted: false };
}

/** The bounds to write so that no judged phase stays open. */
function boundsToWrite(
  type: ClientType,
  operation: Operation | null,
  where: 'call' | 'construction',
  open: readonly Phase[] | null,
  inRange: (range: string | undefined) => boolean,
): readonly Bound[] {
  const candidates = (operation?.bounds ?? type.bounds)
    .filter(
      (bound) =>
        bound.fix !== undefined &&
        bound.untyped !== where &&
        inRange(bound.versions) &&
        (bound.where === where || bound.where === 'both'),
    )
    .sort((a, b) => (a.fix ?? 0) - (b.fix ?? 0));
  const judged: readonly Phase[] = ['handshake', 'headers', 'body'];
  const wanted = new Set(
    (open ?? operation?.phases ?? type.limits.flatMap((limit) => limit.phases)).filter((phase) =>
      judged.includes(phase),
    ),
  );
  const chosen: Bound[] = [];
  for (const bound of candidates) {
    if (!bound.phases.some((phase) => wanted.has(phase))) continue;
    chosen.push(bound);
    for (const phase of bound.phases) wanted.delete(phase);
    if (wanted.size === 0) break;
  }
  return chosen;
}

/**
 * A limit as an option takes it: `5000`, `AbortSignal.timeout(5000)`.
 *
 * @param ms milliseconds, or the source text of an expression that gives them
 */
export function valueText(bound: Bound, ms: number | string): string {
  switch (bound.takes) {
    case 'signal':
      return `AbortSignal.timeout(${ms})`;
    case 's':
      return typeof ms === 'string' ? `${ms} / 1000` : String(ms / 1000);
    case 'epoch':
      return `Date.now() + ${ms}`;
    default:
      return String(ms);
  }
}

function memberEdits(bounds: readonly Bound[], ms: number | string): readonly MemberEdit[] {
  return bounds.flatMap((bound) => [
    { path: bound.option, value: valueText(bound, ms) },
    ...(bound.requires === undefined ? [] : [{ path: bound.requires, value: 'true' }]),
  ]);
}

/**
 * A bound for what a fact is about. `null` where there is no place for one: a caller of a wrapper has to think, and a
 * lifetime cuts a healthy stream.
 *
 * @param expression source text that gives the milliseconds, in place of a number
 */
export function boundSubject(
  facts: Facts,
  source: TSESLint.SourceCode,
  { subject, verdict }: TimeoutFact,
  names: readonly (string | null)[],
  expression: string | null = null,
): TimeoutFix | null {
  if (subject.kind === 'construction') {
    const { node, client } = subject.construction;
    if (node.type === 'TaggedTemplateExpression' || client.configIndex === null) return null;
    return boundConstruction(facts, source, node, client, client.configIndex, verdict, names, expression);
  }
  if (subject.kind === 'wrapper-call' || isStreamed(facts.evaluator, subject.call)) return null;
  return boundCall(facts, source, subject.call, verdict, names, expression);
}

/**
 * A bound for a call, at the call. `null` where the client takes none there.
 *
 * @param expression source text that gives the milliseconds, in place of a number
 */
export function boundCall(
  facts: Facts,
  source: TSESLint.SourceCode,
  call: DownstreamCall,
  verdict: Verdict,
  names: readonly (string | null)[],
  expression: string | null = null,
): TimeoutFix | null {
  if (call.node.type === 'TaggedTemplateExpression') return null;
  const chained = boundInChain(facts, call, names, expression);
  if (chained) return chained;
  const position = optionsIndex(facts.evaluator, call);
  const before = firstArgument(call);
  if (position === null || before === null) return null;
  const index = before + position;
  const value = argumentsOf(facts.evaluator, call)[position];
  const node = argumentNodes(call)[position];
  // SQL text may stand where options do.
  if (value && node && mayBeString(value, node, facts.module)) return null;
  const insert = isCallbackAt(facts.evaluator, call, position);
  const { ms, budgeted } = timeoutValue(facts.settings, names, call.operation);
  const open = verdict.kind === 'openPhase' ? verdict.phases : null;
  const bounds = boundsToWrite(call.type, call.operation, 'call', open, versionTest(call.library, call.module));
  const [first] = bounds;
  if (!first) return null;
  const handedOn = verdict.kind === 'callerOwned';
  if (handedOn && first.takes === 'signal')
    return mergeSignal(source, call, index, verdict.parameter, { ms, budgeted, limit: expression ?? String(ms) });
  const members = memberEdits(bounds, expression ?? ms);
  const edits = setArgumentMembers(source, call.node, index, members, { first: handedOn, insert });
  return edits && { edits, text: textOf(members), ms, budgeted };
}

/** A bound that is set on what the call returns: `.timeout(5000)`. `null` where the client takes none there. */
function boundInChain(
  facts: Facts,
  call: DownstreamCall,
  names: readonly (string | null)[],
  expression: string | null,
): TimeoutFix | null {
  const inRange = versionTest(call.library, facts.module);
  const bound = (call.operation.bounds ?? call.type.bounds).find(
    ({ where, fix, versions }) => where === 'chain' && fix !== undefined && inRange(versions),
  );
  if (!bound) return null;
  const { ms, budgeted } = timeoutValue(facts.settings, names, call.operation);
  const text = `.${bound.option}(${valueText(bound, expression ?? ms)})`;
  const end = call.node.range[1];
  return { edits: [{ range: [end, end], text }], text, ms, budgeted };
}

/** A bound for every call of a client, where it is built. */
function boundConstruction(
  facts: Facts,
  source: TSESLint.SourceCode,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  client: ClientValue,
  configIndex: number,
  verdict: Verdict,
  names: readonly (string | null)[],
  expression: string | null = null,
): TimeoutFix | null {
  const { ms, budgeted } = timeoutValue(facts.settings, names, null);
  const open = verdict.kind === 'openPhase' ? verdict.phases : null;
  const bounds = boundsToWrite(client.type, null, 'construction', open, versionTest(client.library, facts.module));
  if (bounds.length === 0) return null;
  const argument = node.arguments[configIndex];
  // A connection string stands where the options do.
  if (argument && client.configs[0] && mayBeString(client.configs[0], argument, facts.module)) return null;
  const members = memberEdits(bounds, expression ?? ms);
  const edits = setArgumentMembers(source, node, configIndex, members, { first: verdict.kind === 'callerOwned' });
  return edits && { edits, text: textOf(members), ms, budgeted };
}

function mayBeString(value: Value, node: TSESTree.Node, module: Module): boolean {
  return (
    possibilities(value).some(
      (member) => member.kind === 'environment' || (member.kind === 'literal' && typeof member.value === 'string'),
    ) || module.types?.kindsOf(node)?.has('string') === true
  );
}

/**
 * A timeout beside the signal that the caller may hand in, behind the spread: `AbortSignal.any` of both, with the
 * caller's read once and left out where there is none.
 */
function mergeSignal(
  source: TSESLint.SourceCode,
  call: DownstreamCall,
  index: number,
  parameter: ParameterValue,
  { ms, budgeted, limit }: Pick<TimeoutFix, 'ms' | 'budgeted'> & { readonly limit: string },
): TimeoutFix | null {
  const { node } = call;
  const argument = node.type === 'TaggedTemplateExpression' ? undefined : node.arguments[index];
  if (node.type === 'TaggedTemplateExpression' || !argument || argument.type === 'SpreadElement') return null;
  const expression = argument.type === 'ObjectExpression' ? spreadIn(argument) : argument;
  if (expression?.type !== 'Identifier' && expression?.type !== 'MemberExpression') return null;
  const caller = source.text.slice(...expression.range);
  const signal = `${caller}${isOptionalParameter(parameter) ? '?.' : '.'}signal`;
  const own = `${caller}.signal`;
  const carried = carriedSignal(source, call);
  if (carried === null) return null;
  const value = `AbortSignal.any([AbortSignal.timeout(${limit}), ...(${signal} ? [${own}] : ${carried}[])])`;
  const members: readonly MemberEdit[] = [{ path: 'signal', value }];
  const edits = setArgumentMembers(source, node, index, members);
  return edits && { edits, text: `signal: ${value}`, ms, budgeted };
}

/** The signal that a target may bring along, which one in the options takes the place of; `null`: it cannot be named. */
function carriedSignal(source: TSESLint.SourceCode, call: DownstreamCall): string | null {
  const { carrier } = call.operation;
  if (!carrier || carriesOptions(call) === 'never') return '';
  const target = argumentNodes(call)[carrier.argument];
  if (target?.type !== 'Identifier') return null;
  const name = source.text.slice(...target.range);
  return `${name} instanceof ${carrier.type} ? [${name}.signal] : `;
}

function spreadIn(object: TSESTree.ObjectExpression): TSESTree.Expression | null {
  const spreads = object.properties.filter((property) => property.type === 'SpreadElement');
  const [only] = spreads;
  return spreads.length === 1 && only ? only.argument : null;
}

function textOf(members: readonly MemberEdit[]): string {
  return members.map(({ path, value }) => `${path}: ${value}`).join(', ');
}

/**
 * Whether a bound is the team's decision: stores, queues, uploads and models without a budget, a catch that tests for the
 * abort, a `fetch` that Next remembers by its arguments, a platform without `AbortSignal.any`.
 */
export function isTeamsChoice(facts: Facts, subject: TimeoutSubject, fix: TimeoutFix): boolean {
  const client = subject.kind === 'construction' ? subject.construction.client : subject.call.client;
  const node = subject.kind === 'construction' ? subject.construction.node : subject.call.node;
  if (needsNewerPlatform(facts, fix.text)) return true;
  if (testsForAbort(node, facts.module)) return true;
  if (client.library.name === 'fetch' && dependsOn(facts.module.path, 'next')) return true;
  if (fix.budgeted) return false;
  const operation = subject.kind === 'construction' ? null : subject.call.operation;
  return client.library.family === 'store' || client.library.family === 'queue' || operation?.usualMs !== undefined;
}

/** Whether what a fix writes is not there on every platform that the file may run on. */
export function needsNewerPlatform(facts: Facts, text: string): boolean {
  return text.includes('AbortSignal.') && !hasTimeoutSignals(facts.module.path, text.includes('AbortSignal.any'));
}

/** Whether a catch around a call tells an abort from other failures. */
function testsForAbort(node: TSESTree.Node, module: Module): boolean {
  const tests = /AbortError|TimeoutError|ABORT_ERR|ECONNABORTED|ETIMEDOUT|isCancel|ERR_CANCELED/;
  for (let child: TSESTree.Node = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) {
      if (tests.test(module.text.slice(...parent.handler.range))) return true;
    }
    if (isFunction(parent) && parent.parent.type !== 'CallExpression') return false;
  }
  return false;
}
