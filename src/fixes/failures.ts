/** Letting a failure be seen: a call of the project's own function, a rethrow, a log line. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { FailureFact } from '../analysis/isolation/failures.js';
import { isFunction, unwrap, wrapped, type Module } from '../analysis/module.js';
import type { ModuleExport, Settings } from '../settings.js';
import type { Edit } from './edits.js';
import { freeName, importName } from './imports.js';

/** One way to make a failure visible. */
export interface FailureFix {
  readonly kind: 'onFailure' | 'rethrow' | 'log';
  readonly edits: readonly Edit[];
  /** What is written, for messages. */
  readonly text: string;
}

/** The ways to make a failure visible, the project's own first. */
export function tellFailure(
  source: TSESLint.SourceCode,
  fact: FailureFact,
  settings: Settings,
  downstream: string | null,
  module: Module,
): readonly FailureFix[] {
  const { onFailure } = settings;
  return [
    onFailure && byFunction(source, fact, onFailure, module),
    fact.subject.kind === 'settled' ? null : rethrow(source, fact, downstream ?? fact.call.library.name),
    tell(source, fact, 'console.error', 'log'),
  ].filter((fix) => fix !== null);
}

function byFunction(
  source: TSESLint.SourceCode,
  fact: FailureFact,
  { module: from, export: exported }: ModuleExport,
  module: Module,
): FailureFix | null {
  const { local, edits } = importName(source, module, from, exported);
  const fix = tell(source, fact, local, 'onFailure');
  return fix && { ...fix, edits: [...edits, ...fix.edits] };
}

/** Calls a function with the failure, before anything else is done. */
function tell(
  source: TSESLint.SourceCode,
  { subject }: FailureFact,
  callee: string,
  kind: FailureFix['kind'],
): FailureFix | null {
  if (subject.kind === 'settled') return tellSettled(source, subject.node, callee, kind);
  const place = handlerPlace(source, subject);
  if (!place) return null;
  const text = `${callee}(${place.error});`;
  return { kind, text, edits: place.first(text) };
}

/** Throws an error that has the failure as its cause, in place of what the handler did. */
function rethrow(source: TSESLint.SourceCode, { subject }: FailureFact, who: string): FailureFix | null {
  if (subject.kind === 'settled') return null;
  const place = handlerPlace(source, subject);
  if (!place) return null;
  const quoted = `${who} failed`.replaceAll(/['\\\n]/g, '');
  const text = `throw new Error('${quoted}', { cause: ${place.error} });`;
  return { kind: 'rethrow', text, edits: place.only(text) };
}

/** Where code goes in a handler: before everything else, or in place of it. */
interface Place {
  readonly error: string;
  readonly first: (text: string) => readonly Edit[];
  readonly only: (text: string) => readonly Edit[];
}

function handlerPlace(
  source: TSESLint.SourceCode,
  subject: Exclude<FailureFact['subject'], { kind: 'settled' }>,
): Place | null {
  if (subject.kind === 'clause') return clausePlace(source, subject.node);
  const fn = unwrap(subject.handler);
  if (!isFunction(fn)) return null;
  const [param] = fn.params;
  if (fn.params.length > 1 || (param && param.type !== 'Identifier')) return null;
  const error = param?.type === 'Identifier' ? param.name : freeName(source, 'error');
  const named: readonly Edit[] = param ? [] : nameParameter(source, fn, error);
  if (!param && named.length === 0) return null;
  if (fn.body.type === 'BlockStatement') {
    const { first, only } = blockPlace(source, fn.body);
    return { error, first: (text) => [...named, ...first(text)], only: (text) => [...named, ...only(text)] };
  }
  const [start, end] = withParentheses(source, fn.body);
  const value = source.text.slice(...fn.body.range);
  const nothing = /^(?:undefined|void 0)$/.test(value);
  return {
    error,
    first: (text) => [...named, { range: [start, end], text: `{ ${text}${nothing ? '' : ` return ${value};`} }` }],
    only: (text) => [...named, { range: [start, end], text: `{ ${text} }` }],
  };
}

function nameParameter(
  source: TSESLint.SourceCode,
  fn: TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression,
  error: string,
): readonly Edit[] {
  const open = source.getTokens(fn).find(({ value }) => value === '(');
  const at = open?.range[1];
  return at === undefined ? [] : [{ range: [at, at], text: error }];
}

function withParentheses(source: TSESLint.SourceCode, node: TSESTree.Node): readonly [number, number] {
  const before = source.getTokenBefore(node);
  const after = source.getTokenAfter(node);
  const arrow = before && source.getTokenBefore(before);
  return before?.value === '(' && after?.value === ')' && arrow?.value === '=>'
    ? [before.range[0], after.range[1]]
    : node.range;
}

function clausePlace(source: TSESLint.SourceCode, clause: TSESTree.CatchClause): Place | null {
  const { param, body } = clause;
  if (param && param.type !== 'Identifier') return null;
  const error = param ? param.name : freeName(source, 'error');
  const at = clause.range[0] + 'catch'.length;
  const named: readonly Edit[] = param ? [] : [{ range: [at, at], text: ` (${error})` }];
  const { first, only } = blockPlace(source, body);
  return { error, first: (text) => [...named, ...first(text)], only: (text) => [...named, ...only(text)] };
}

function blockPlace(source: TSESLint.SourceCode, block: TSESTree.BlockStatement): Omit<Place, 'error'> {
  const [start, end] = block.range;
  const outer = /^[ \t]*/.exec(source.lines[block.loc.end.line - 1] ?? '')?.[0] ?? '';
  const [first] = block.body;
  const last = block.body.at(-1);
  const empty = (text: string): readonly Edit[] => {
    // Comments stay.
    const inside = source.text.slice(start + 1, end - 1);
    if (inside.trim() === '') return [{ range: [start, end], text: `{\n${outer}  ${text}\n${outer}}` }];
    return [
      {
        range: [end - 1, end - 1],
        text:
          inside.endsWith('\n') || /\n[ \t]*$/.test(inside) ? `  ${text}\n${outer}` : `\n${outer}  ${text}\n${outer}`,
      },
    ];
  };
  return {
    first: (text) => {
      if (!first) return empty(text);
      const oneLine = first.loc.start.line === block.loc.start.line;
      const indent = /^[ \t]*/.exec(source.lines[first.loc.start.line - 1] ?? '')?.[0] ?? '';
      return [{ range: [first.range[0], first.range[0]], text: oneLine ? `${text} ` : `${text}\n${indent}` }];
    },
    only: (text) => (first && last ? [{ range: [first.range[0], last.range[1]], text }] : empty(text)),
  };
}

/** Keeps the results of `Promise.allSettled`, and goes through those that were rejected. */
function tellSettled(
  source: TSESLint.SourceCode,
  node: TSESTree.CallExpression,
  callee: string,
  kind: FailureFix['kind'],
): FailureFix | null {
  const outer = wrapped(node);
  const statement = outer.parent;
  if (outer.type !== 'AwaitExpression' || statement?.type !== 'ExpressionStatement') return null;
  const indent = /^[ \t]*/.exec(source.lines[statement.loc.start.line - 1] ?? '')?.[0] ?? '';
  const results = freeName(source, 'results');
  const result = freeName(source, 'result');
  const at = statement.range[1];
  const line = `${callee}(${result}.reason);`;
  const loop = `for (const ${result} of ${results}) {\n${indent}  if (${result}.status === 'rejected') ${line}\n${indent}}`;
  return {
    kind,
    text: line,
    edits: [
      { range: [statement.range[0], statement.range[0]], text: `const ${results} = ` },
      { range: [at, at], text: `${source.text[at - 1] === ';' ? '' : ';'}\n${indent}${loop}` },
    ],
  };
}
