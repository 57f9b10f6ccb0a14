/** `signals`: hands an abort signal from where it is received down to the calls, through the functions between. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import type { DownstreamCall } from '../analysis/calls.js';
import { isRead, signalBound } from '../analysis/forwarding.js';
import { importOf } from '../analysis/imports.js';
import { reachedFrom } from '../analysis/isolation/reach.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  someInside,
  variableOf,
  walk,
  type Module,
} from '../analysis/module.js';
import { exportsOf } from '../analysis/modules.js';
import { isAside, receivedSignal, signalAt } from '../analysis/signals.js';
import { noEnv, possibilities, type FunctionNode, type FunctionValue } from '../analysis/values.js';
import { addArgument, type Edit } from '../fixes/edits.js';
import { forwardSignal } from '../fixes/signals.js';
import { needsNewerPlatform } from '../fixes/timeouts.js';
import type { OpenFile } from '../project/open.js';
import type { Change, Codemod, Findings, Left, Package } from './codemod.js';

export const signals: Codemod = {
  name: 'signals',
  summary: 'hand an AbortSignal from where it is received down to the calls',
  rules: ['forward-abort-signal'],
  begin: (target) => ({
    visit: (file) => (file.facts ? visit(file, file.facts, target) : { changes: [], left: [] }),
  }),
};

/** A signal that is at hand somewhere. */
interface Signal {
  readonly text: string;
  /** Whoever aborts it has gone away: a write that stops midway may be worse than one that goes on. */
  readonly readsOnly: boolean;
}

function visit(file: OpenFile, facts: Facts, target: Package): Findings {
  const forwarded = forward(file, facts);
  const handled = new Set(forwarded.changes.map(({ line }) => line));
  const threaded = thread(file, facts, target);
  return {
    changes: [...forwarded.changes, ...threaded.changes.filter(({ line }) => !handled.has(line))],
    left: [...forwarded.left, ...threaded.left],
  };
}

/** Calls that take a signal, and do not get the one that their function has. */
function forward({ path, source }: OpenFile, facts: Facts): Findings {
  const changes: Change[] = [];
  const left: Left[] = [];
  for (const dropped of facts.droppedSignals) {
    if (!dropped.certain) continue;
    const { line } = dropped.report.loc.start;
    if (dropped.signal.fromRequest && !isRead(facts.evaluator, dropped.call)) {
      left.push({
        path,
        line,
        why: 'a write that stops midway when the peer goes away may be worse than one that goes on',
      });
      continue;
    }
    const fix = forwardSignal(facts, source, dropped);
    if (!fix) left.push({ path, line, why: 'no name leads to the signal here' });
    else if (needsNewerPlatform(facts, fix.text)) {
      left.push({ path, line, why: 'the platform that the package names has no AbortSignal.any' });
    } else changes.push({ path, line, what: fix.text, edits: fix.edits });
  }
  return { changes, left };
}

/** Calls of functions of the project that could hand a signal on, and take none. */
function thread(file: OpenFile, facts: Facts, target: Package): Findings {
  const { module } = facts;
  const changes: Change[] = [];
  const left: Left[] = [];
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' || facts.callAt(node, module) || isAside(node)) return undefined;
    const signal = signalNear(facts, node);
    if (!signal) return undefined;
    const callee = functionCalled(facts, node, module);
    if (!callee || callee.node === enclosingFunction(node)) return undefined;
    const change = throughFunction(file, facts, node, callee, signal, target);
    if (change && 'why' in change) left.push(change);
    else if (change) changes.push(change);
    return undefined;
  });
  return { changes, left };
}

/** The signal at hand: received by a function around, or of a controller that one of them has made. */
function signalNear({ evaluator, module }: Facts, node: TSESTree.Node): Signal | null {
  const received = signalAt(evaluator, node, module);
  if (received) return received.text === null ? null : { text: received.text, readsOnly: received.fromRequest };
  for (let scope = module.scopes.acquire(enclosingFunction(node) ?? module.ast); scope; scope = scope.upper) {
    if (scope.type === 'module' || scope.type === 'global') return null;
    for (const variable of scope.variables) {
      const definition = variable.defs[0]?.node as TSESTree.Node | undefined;
      const init = definition?.type === 'VariableDeclarator' ? definition.init : null;
      if (init?.type !== 'NewExpression' || init.range[1] > node.range[0]) continue;
      const made = possibilities(evaluator.evaluate(init, module));
      if (made.some((value) => value.kind === 'platform' && value.name === 'AbortController')) {
        return { text: `${variable.name}.signal`, readsOnly: true };
      }
      if (
        init.callee.type === 'Identifier' &&
        init.callee.name === 'AbortController' &&
        !variableOf(module, init.callee)
      ) {
        return { text: `${variable.name}.signal`, readsOnly: true };
      }
    }
  }
  return null;
}

/** The one function of the project that a call runs, or `null`. */
function functionCalled(
  { evaluator }: Facts,
  { callee }: TSESTree.CallExpression,
  module: Module,
): FunctionValue | null {
  const values = possibilities(evaluator.callee(callee, module));
  const [value] = values;
  if (values.length !== 1) return null;
  if (value?.kind === 'function') return value;
  // The evaluator does not follow imports of files that name no client.
  if (callee.type !== 'Identifier') return null;
  const binding = variableOf(module, callee)?.defs[0]?.node as TSESTree.Node | undefined;
  const { source, imported } = binding ? importOf(binding) : { source: null, imported: '' };
  const resolution = source && evaluator.modules.resolve(source, module);
  const other = resolution?.kind === 'module' ? resolution.load() : null;
  const [entry] = (other && exportsOf(other).named.get(imported)) ?? [];
  if (!other || !entry || entry.kind === 'from') return null;
  const definition = entry.kind === 'node' ? entry.node : variableOf(other, entry.identifier)?.defs[0]?.node;
  const node = definition?.type === 'VariableDeclarator' ? definition.init : definition;
  return isFunction(node) ? { kind: 'function', node, module: other, env: noEnv } : null;
}

const maxDepth = 3;

/** The downstream calls that a function leads to, through files that name no client too. */
function reachedBy(facts: Facts, fn: FunctionValue, depth: number): readonly DownstreamCall[] {
  const { evaluator } = facts;
  const found = reachedFrom({ evaluator, identify: facts.callAt }, fn.node.body, fn.module).map(({ call }) => call);
  if (found.length > 0 || depth >= maxDepth) return found;
  const below: DownstreamCall[] = [];
  walk(fn.node.body, fn.module, (node) => {
    const callee = node.type === 'CallExpression' ? functionCalled(facts, node, fn.module) : null;
    if (callee && callee.node !== fn.node && below.length < 16) below.push(...reachedBy(facts, callee, depth + 1));
    return undefined;
  });
  return below;
}

function throughFunction(
  { path, source }: OpenFile,
  facts: Facts,
  node: TSESTree.CallExpression,
  fn: FunctionValue,
  signal: Signal,
  { files, read }: Package,
): Change | Left | null {
  const { evaluator } = facts;
  // Without types nobody would notice that a caller gives something else in that place.
  if (!fn.module.types || !/\.[mc]?tsx?$/.test(fn.module.path) || !files.files.includes(fn.module.path)) return null;
  const accepted = receivedSignal(evaluator, fn.node, fn.module);
  const reached = reachedBy(facts, fn, 0);
  const taking = reached.filter((call) => signalBound(call) !== null && !hasOwnSignal(facts, call));
  if (taking.length === 0) return null;
  const { line } = node.loc.start;
  if (signal.readsOnly && !reached.every((call) => isRead(facts.evaluator, call))) return null;
  if (accepted) {
    // What is received is handed on above; a controller's own signal is not looked at there.
    const { parameter } = accepted;
    if (!parameter || parameter.path.length > 0 || !signal.text.endsWith('.signal') || !signal.readsOnly) return null;
    const edits =
      node.arguments.length <= parameter.index ? addArgument(source, node, parameter.index, signal.text) : null;
    return edits && { path, line, what: signal.text, edits };
  }
  if (fn.node.params.some(({ type }) => type === 'RestElement')) {
    return { path, line, why: 'the function takes any number of arguments: there is no place for a signal' };
  }
  const name = freeName(fn.node, fn.module);
  const added = addArgument(source, node, fn.node.params.length, signal.text);
  const parameter = parameterEdit(fn.node, fn.module.text, name);
  if (!added || !parameter || read(fn.module.path) !== fn.module.text) return null;
  return { path, line, what: signal.text, edits: added, also: [{ path: fn.module.path, edits: [parameter] }] };
}

/** A call that a callback around it gives a signal: a policy's, which is there already. */
function hasOwnSignal({ evaluator }: Facts, { node, module }: DownstreamCall): boolean {
  return signalAt(evaluator, node, module)?.function.parent.type === 'CallExpression';
}

/** `signal`, unless it means something inside already. */
function freeName(fn: FunctionNode, module: Module): string {
  const taken = someInside(
    fn,
    module,
    (node) => node.type === 'Identifier' && node.name === 'signal' && variableOf(module, node) !== null,
  );
  return taken ? 'abortSignal' : 'signal';
}

/** An optional last parameter; `null` where there are no parentheses for it. */
function parameterEdit(fn: FunctionNode, text: string, name: string): Edit | null {
  const declared = `${name}?: AbortSignal`;
  const last = fn.params.at(-1);
  if (last) {
    const end = last.range[1];
    const hasParentheses = fn.type !== 'ArrowFunctionExpression' || text.slice(end, fn.body.range[0]).includes(')');
    if (hasParentheses) return { range: [end, end], text: `, ${declared}` };
    return { range: last.range, text: `(${text.slice(...last.range)}, ${declared})` };
  }
  const start =
    fn.typeParameters?.range[1] ?? (fn.type !== 'ArrowFunctionExpression' && fn.id ? fn.id.range[1] : fn.range[0]);
  const open = text.indexOf('(', start);
  if (open < 0 || open > fn.body.range[0] || !isFunction(fn) || !contains(fn, fn.body)) return null;
  return { range: [open + 1, open + 1], text: declared };
}
