/** Mending retries: waits that grow and differ, limits that hold; in loops, and by the options of libraries. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { firstArgument, isCallbackAt, optionsIndex, type DownstreamCall } from '../analysis/calls.js';
import { isFunction, unwrap, walk } from '../analysis/module.js';
import type { RetryScope, Wait } from '../analysis/retries/scope.js';
import { possibilities } from '../analysis/values.js';
import { setArgumentMembers, type Edit, type MemberEdit } from './edits.js';

/** An edit of a retry, and what it writes, for messages. */
export interface RetryFix {
  readonly edits: readonly Edit[];
  readonly text: string;
  /** The team must choose. */
  readonly choice: boolean;
}

type Source = TSESLint.SourceCode;

/** What a wait begins with where nothing says otherwise, ms. */
export const usualBaseMs = 1000;

/** The longest single wait that fixes write, ms. */
export const capOf = ({ settings }: Facts): number => Math.min(30_000, settings.maxWaitMs);

/** How many retries a fix allows. */
const usualRetries = 3;

/** Full jitter over exponential backoff, with a cap: `Math.random() * Math.min(30_000, 1000 * 2 ** attempt)`. */
function backoffText(facts: Facts, baseMs: number, counter: string, first: number): string {
  const exponent = first === 0 ? counter : `(${counter} - ${first})`;
  const cap = Math.max(capOf(facts), baseMs);
  return `Math.random() * Math.min(${numberText(cap)}, ${numberText(baseMs)} * 2 ** ${exponent})`;
}

export const numberText = (value: number): string =>
  value >= 10_000 && Number.isInteger(value)
    ? String(value)
        .replace(/(?=(?:\d{3})+$)/g, '_')
        .replace(/^_/, '')
    : String(value);

/** Makes the waits of a scope grow. */
export function addBackoff(facts: Facts, source: Source, scope: RetryScope, wait: Wait | null): RetryFix | null {
  if (scope.options) return byOptions(source, scope, backoffMembers(facts, scope));
  if (wait) return replaceDelay(facts, source, wait);
  return insertWait(facts, source, scope);
}

/** Makes the waits of a scope random. */
export function addJitter(facts: Facts, source: Source, scope: RetryScope, wait: Wait): RetryFix | null {
  if (scope.options) return byOptions(source, scope, jitterMembers(scope));
  const delay = wait.delay?.node;
  if (!delay) return null;
  const text = source.text.slice(...delay.range);
  const clean = unwrap(delay);
  if (wait.jitter === 'clipped' || wait.jitter === 'weak') {
    // What is there is random already, in a way that does not help: the dice go around the whole.
    return {
      edits: [{ range: delay.range, text: `Math.random() * ${operandText(clean, text)}` }],
      text: `Math.random() * ${text}`,
      choice: true,
    };
  }
  const replaced = `Math.random() * ${operandText(clean, text)}`;
  return { edits: [{ range: delay.range, text: replaced }], text: replaced, choice: !isPlain(clean, facts) };
}

/** An expression as an operand of `*`. */
function operandText(node: TSESTree.Node, text: string): string {
  return /^(?:Identifier|MemberExpression|CallExpression|Literal)$/.test(node.type) ? text : `(${text})`;
}

/** Whether nothing happens in an expression but arithmetic. */
function isPlain(node: TSESTree.Node, facts: Facts): boolean {
  let plain = true;
  walk(node, facts.module, (inner) => {
    if (isFunction(inner) || inner.type === 'UpdateExpression' || inner.type === 'AssignmentExpression') plain = false;
    return plain;
  });
  return plain;
}

function replaceDelay(facts: Facts, source: Source, wait: Wait): RetryFix | null {
  const { delay } = wait;
  if (!delay?.counter) return null;
  const { variable, first } = delay.counter;
  if (!isVisible(variable.name, delay.node, facts)) return null;
  const inner = unwrap(delay.node);
  const baseMs = wait.jitter === 'none' ? delay.baseMs : null;
  // A name for the first wait stays; randomness about a constant goes.
  const base =
    wait.jitter === 'none' && /^(?:Identifier|MemberExpression)$/.test(inner.type)
      ? source.text.slice(...inner.range)
      : baseMs !== null && baseMs > 0
        ? numberText(baseMs)
        : numberText(usualBaseMs);
  const exponent = first === 0 ? variable.name : `(${variable.name} - ${first})`;
  const cap = Math.max(capOf(facts), delay.baseMs ?? 0);
  const text = `Math.random() * Math.min(${numberText(cap)}, ${base} * 2 ** ${exponent})`;
  return { edits: [{ range: delay.node.range, text }], text, choice: !isPlain(inner, facts) };
}

/** Whether a name means there what it means in the loop's head. */
function isVisible(name: string, at: TSESTree.Node, { module }: Facts): boolean {
  let scope = null as TSESLint.Scope.Scope | null;
  for (let node: TSESTree.Node | undefined = at; node && !scope; node = node.parent)
    scope = module.scopes.acquire(node, true);
  for (let current = scope; current; current = current.upper) if (current.set.has(name)) return true;
  return false;
}

/** A wait where there is none: each way into the next attempt must pass it. */
function insertWait(facts: Facts, source: Source, scope: RetryScope): RetryFix | null {
  const { loop } = scope;
  if (!loop?.waitAt || !loop.counter || !loop.async) return null;
  const { before, block } = loop.waitAt;
  const ms = backoffText(facts, usualBaseMs, loop.counter.variable.name, loop.counter.first);
  const text = `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
  const at = before ?? null;
  if (at) {
    const indent = indentOf(source.text, at.range[0]);
    return { edits: [{ range: [at.range[0], at.range[0]], text: `${text}\n${indent}` }], text, choice: false };
  }
  const last = block.body.at(-1);
  if (last) {
    const indent = indentOf(source.text, last.range[0]);
    return { edits: [{ range: [last.range[1], last.range[1]], text: `\n${indent}${text}` }], text, choice: false };
  }
  const inside = source.text.slice(block.range[0] + 1, block.range[1] - 1);
  const end = block.range[1] - 1;
  if (inside.trim() === '') {
    const indent = indentOf(source.text, lineStart(source.text, block.range[0]));
    return {
      edits: [{ range: [block.range[0] + 1, end], text: `\n${indent}  ${text}\n${indent}` }],
      text,
      choice: false,
    };
  }
  const indent = indentOf(source.text, lineStart(source.text, end));
  return {
    edits: [
      {
        range: [end, end],
        text: `${inside.endsWith('\n') || /\n[ \t]*$/.test(inside) ? '  ' : '\n'}${text}\n${indent}`,
      },
    ],
    text,
    choice: false,
  };
}

const lineStart = (text: string, at: number): number => {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0);
};

function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}

/** Sets options of a library's call. */
function byOptions(source: Source, { options }: RetryScope, members: readonly MemberEdit[] | null): RetryFix | null {
  if (!options || !members || members.length === 0) return null;
  const { call, index, value } = options;
  const argument = call.arguments[index];
  const isObject =
    argument === undefined || possibilities(value).every(({ kind }) => kind === 'object' || kind === 'absent');
  if (!isObject) return null;
  // What another name holds is shared with others: it is spread, never changed.
  const edits = setArgumentMembers(source, call, index, members);
  return edits && { edits, text: members.map(({ path, value: text }) => `${path}: ${text}`).join(', '), choice: false };
}

/** What makes a library's waits grow. */
function backoffMembers(facts: Facts, { options, waits }: RetryScope): readonly MemberEdit[] | null {
  if (!options) return null;
  const base = waits[0]?.samples[0] ?? usualBaseMs;
  switch (options.library.name) {
    case 'bullmq':
      return [{ path: 'backoff', value: `{ type: 'exponential', delay: ${numberText(base)}, jitter: 0.5 }` }];
    case 'p-retry':
    case 'async-retry':
    case 'retry':
    case 'promise-retry':
    case 'undici':
      return [{ path: options.library.name === 'undici' ? 'timeoutFactor' : 'factor', value: '2' }];
    case 'exponential-backoff':
      return [{ path: 'timeMultiple', value: '2' }];
    case 'axios-retry':
      return null;
    case 'ts-retry-promise':
      return [
        { path: 'backoff', value: `(attempt) => ${backoffText(facts, waits[0]?.samples[0] ?? 100, 'attempt', 1)}` },
      ];
    case 'fetch-retry':
    case 'ofetch':
      return null;
    default:
      return null;
  }
}

/** What makes a library's waits random. */
function jitterMembers({ options }: RetryScope): readonly MemberEdit[] | null {
  const all = options?.retry.options;
  const jitter = all?.jitter;
  if (!options || !jitter) return null;
  const on = jitter.on[0];
  const value =
    on === undefined ? (jitter.above === undefined ? null : '0.5') : typeof on === 'string' ? `'${on}'` : String(on);
  if (value === null || options.library.name === 'cockatiel') return null;
  const bare = all.attempts;
  const root = bare?.bare === true ? bare.option.split('.')[0] : undefined;
  if (root !== undefined && jitter.option.startsWith(`${root}.`) && options.value.kind === 'object') {
    // `retry: 3` has no room for anything else.
    const part = [...options.value.parts].reverse().find((candidate) => 'key' in candidate && candidate.key === root);
    const written = part && 'key' in part ? part.member.value : null;
    if (written?.kind === 'literal') {
      return [
        { path: root, value: `{ limit: ${String(written.value)}, ${jitter.option.slice(root.length + 1)}: ${value} }` },
      ];
    }
  }
  return [{ path: jitter.option, value }];
}

/** Gives the attempts of a library an end. */
export function limitAttempts(facts: Facts, source: Source, scope: RetryScope): RetryFix | null {
  const { options } = scope;
  const attempts = options?.retry.options?.attempts;
  if (!options || !attempts) return null;
  const count = attempts.counts === 'retries' ? usualRetries : usualRetries + 1;
  const written = possibilities(options.value).find((value) => value.kind === 'literal');
  if (written && attempts.bare === true) {
    const argument = options.call.arguments[options.index];
    return argument
      ? { edits: [{ range: argument.range, text: String(count) }], text: String(count), choice: false }
      : null;
  }
  const members: MemberEdit[] = [{ path: attempts.option, value: String(count) }];
  const { forever } = options.retry.options ?? {};
  if (forever !== undefined && isForever(scope, forever)) members.push({ path: forever, value: 'false' });
  return byOptions(source, scope, members);
}

function isForever(scope: RetryScope, name: string): boolean {
  const property = scope.limitSite?.parent;
  return property?.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name;
}

/** Gives the waits of a library a cap. */
export function capWaits(facts: Facts, source: Source, scope: RetryScope, wait: Wait | null): RetryFix | null {
  const cap = scope.options?.retry.options?.cap;
  if (scope.options && cap) {
    const ms = capOf(facts);
    return byOptions(source, scope, [{ path: cap.option, value: numberText(cap.unit === 's' ? ms / 1000 : ms) }]);
  }
  const delay = wait?.delay?.node;
  if (scope.options || !delay) return null;
  const text = cappedText(unwrap(delay), source.text.slice(...delay.range), numberText(capOf(facts)));
  return { edits: [{ range: delay.range, text }], text, choice: !isPlain(unwrap(delay), facts) };
}

/** A delay with a cap: below the dice where they multiply it, so that they are not cut off. */
function cappedText(node: TSESTree.Node, text: string, cap: string): string {
  const dice = 'Math.random() * ';
  return text.startsWith(dice) && isProduct(node)
    ? `${dice}Math.min(${cap}, ${text.slice(dice.length)})`
    : `Math.min(${cap}, ${text})`;
}

function isProduct(node: TSESTree.Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type !== 'BinaryExpression' || inner.operator === '**' || (inner.operator === '*' && isProduct(inner.left))
  );
}

/** Switches the retries of a client off for one call. `null` where that cannot be said at the call. */
export function switchOff(facts: Facts, source: Source, call: DownstreamCall): RetryFix | null {
  const { retry } = call.type;
  const off = retry?.options?.off;
  if (off === undefined || call.module !== facts.module || call.node.type !== 'CallExpression') return null;
  if (retry?.where !== 'call' && retry?.where !== 'both') return null;
  const position = optionsIndex(facts.evaluator, call);
  const before = firstArgument(call);
  if (position === null || before === null) return null;
  const split = off.indexOf(':');
  const member: MemberEdit = { path: off.slice(0, split).trim(), value: off.slice(split + 1).trim() };
  const insert = isCallbackAt(facts.evaluator, call, position);
  const edits = setArgumentMembers(source, call.node, before + position, [member], { insert });
  return edits && { edits, text: off, choice: false };
}

/** Lets an abort out of a loop, at the beginning of its handler. */
export function rethrowAbort(source: Source, { loop }: RetryScope): RetryFix | null {
  const handler = loop?.waitAt?.block.parent;
  if (handler?.type !== 'CatchClause' || handler.param?.type !== 'Identifier') return null;
  const [first] = handler.body.body;
  if (!first) return null;
  const { name } = handler.param;
  const text = `if (${name} instanceof Error && ${name}.name === 'AbortError') throw ${name};`;
  return {
    edits: [{ range: [first.range[0], first.range[0]], text: `${text}\n${indentOf(source.text, first.range[0])}` }],
    text,
    choice: true,
  };
}
