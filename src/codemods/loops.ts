/** Turning a hand-written retry loop into a call of a retry library: the same limit, filter and signal, with jitter. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { contains, isFunction, someInside, unwrap, variableOf, walk, type Variable } from '../analysis/module.js';
import { nearestManifest } from '../analysis/packages.js';
import type { RetryScope } from '../analysis/retries/scope.js';
import type { Edit } from '../fixes/edits.js';
import { importName } from '../fixes/imports.js';
import { capOf, numberText, usualBaseMs } from '../fixes/retries.js';

type Source = TSESLint.SourceCode;

/** The library that a project retries with. */
export type RetryLibrary = 'p-retry' | 'cockatiel';

/** A loop, converted. */
export interface Conversion {
  readonly edits: readonly Edit[];
  readonly text: string;
  readonly library: RetryLibrary;
  readonly installed: boolean;
  /** Names that nothing may use any more. */
  readonly drops: readonly string[];
}

/** The parts of a loop that can be converted. */
interface Parts {
  readonly loop: TSESTree.ForStatement;
  readonly attempt: TSESTree.TryStatement;
  readonly handler: TSESTree.CatchClause;
  readonly counter: Variable;
  /** Source text of how many retries there are. */
  readonly retries: string;
  /** Statements of the handler that stay: filters, logs. */
  readonly kept: readonly TSESTree.Statement[];
  readonly filters: readonly TSESTree.IfStatement[];
  readonly dropped: readonly TSESTree.Statement[];
  /** `let lastError`, and `throw lastError` behind the loop. */
  readonly around: readonly TSESTree.Statement[];
  readonly errorName: string | null;
}

/** Converts a loop; `null` where it does not have the usual form, or something in it would be lost. */
export function convertLoop(facts: Facts, source: Source, scope: RetryScope): Conversion | null {
  const parts = scope.kind === 'loop' && scope.limit === 'limited' ? partsOf(facts, source, scope) : null;
  const base = parts && baseOf(source, scope, parts.counter);
  if (!parts || base === null) return null;
  const dependencies = nearestManifest(facts.module.path)?.dependencies ?? {};
  const library: RetryLibrary = dependencies['p-retry'] === undefined ? 'cockatiel' : 'p-retry';
  const cap = numberText(capOf(facts));
  const signal = signalOf(source, parts.dropped);
  const written =
    library === 'p-retry'
      ? withPRetry(facts, source, parts, base, cap, signal)
      : withCockatiel(facts, source, parts, base, cap, signal);
  if (!written) return null;
  const { head, tail, imports } = written;
  const edits: Edit[] = [
    ...imports,
    ...bodyEdits(source, parts, written.handler, head, tail),
    ...parts.around.map((statement) => ({ range: wholeLine(source.text, statement.range), text: '' })),
  ];
  const drops = new Set<string>();
  for (const statement of parts.dropped) {
    walk(statement, facts.module, (node) => {
      if (node.type === 'Identifier') drops.add(node.name);
      return undefined;
    });
  }
  return { edits, text: written.text, library, installed: dependencies[library] !== undefined, drops: [...drops] };
}

function partsOf(facts: Facts, source: Source, { node: loop, waits }: RetryScope): Parts | null {
  if (loop.type !== 'ForStatement' || loop.body.type !== 'BlockStatement') return null;
  const [attempt, ...others] = loop.body.body;
  if (attempt?.type !== 'TryStatement' || others.length > 0 || attempt.finalizer || !attempt.handler) return null;
  const { handler } = attempt;
  const counter = counterOf(facts, loop);
  const retries = counter && retriesOf(source, loop, counter);
  if (!counter || retries === null || handler.param?.type === 'ObjectPattern') return null;
  const errorName = handler.param?.type === 'Identifier' ? handler.param.name : null;
  const usesCounter = (node: TSESTree.Node): boolean =>
    counter.references.some(({ identifier }) => contains(node, identifier));
  if (usesCounter(attempt.block) || !isMovable(facts, attempt.block)) return null;

  const kept: TSESTree.Statement[] = [];
  const filters: TSESTree.IfStatement[] = [];
  const dropped: TSESTree.Statement[] = [];
  let last: Variable | null = null;
  let throwsInTheEnd = false;
  for (const statement of handler.body.body) {
    const isWait = waits.some(({ report }) => contains(statement, report));
    const assigned = errorName === null ? null : assignedFrom(facts, statement, errorName);
    if (assigned) {
      last = assigned;
      dropped.push(statement);
    } else if (isWait && !otherThanWait(statement)) {
      dropped.push(statement);
    } else if (statement.type === 'IfStatement' && usesCounter(statement)) {
      if (!isThrow(statement.consequent, errorName) || statement.alternate) return null;
      throwsInTheEnd = true;
      dropped.push(statement);
    } else if (usesCounter(statement)) {
      return null;
    } else if (statement.type === 'IfStatement' && !statement.alternate && endsInThrow(statement.consequent)) {
      filters.push(statement);
      kept.push(statement);
    } else if (statement.type === 'ExpressionStatement') {
      kept.push(statement);
    } else return null;
  }
  const around = aroundOf(facts, loop, last, throwsInTheEnd);
  if (!around) return null;
  // What is taken out must not take a comment along.
  const lost = source.getCommentsInside(loop).filter((comment) => {
    const inBlock = contains(attempt.block, comment as never);
    return !inBlock && !kept.some((statement) => contains(statement, comment as never));
  });
  return lost.length > 0
    ? null
    : { loop, attempt, handler, counter, retries, kept, filters, dropped, around, errorName };
}

/** `for (let attempt = 0; …; attempt++)` */
function counterOf(facts: Facts, { init, update }: TSESTree.ForStatement): Variable | null {
  if (init?.type !== 'VariableDeclaration' || init.declarations.length !== 1) return null;
  const id = init.declarations[0]?.id;
  if (id?.type !== 'Identifier' || update?.type !== 'UpdateExpression' || update.operator !== '++') return null;
  return variableOf(facts.module, id);
}

/** How many further attempts a loop allows, as source text. */
function retriesOf(source: Source, { init, test }: TSESTree.ForStatement, counter: Variable): string | null {
  const start = init?.type === 'VariableDeclaration' ? init.declarations[0]?.init : null;
  if (start?.type !== 'Literal' || (start.value !== 0 && start.value !== 1)) return null;
  if (test?.type !== 'BinaryExpression' || (test.operator !== '<' && test.operator !== '<=')) return null;
  if (test.left.type !== 'Identifier' || test.left.name !== counter.name) return null;
  const { right } = test;
  const less = 1 + start.value - (test.operator === '<=' ? 1 : 0);
  if (right.type === 'Literal' && typeof right.value === 'number') return String(right.value - less);
  if (right.type !== 'Identifier' && right.type !== 'MemberExpression') return null;
  const text = source.text.slice(...right.range);
  return less === 0 ? text : `${text} - ${String(less)}`;
}

/** Whether a block can become a function: it returns on success, and neither jumps nor names what functions have. */
function isMovable(facts: Facts, block: TSESTree.BlockStatement): boolean {
  const jumps = someInside(
    block,
    facts.module,
    (node) =>
      /^(?:Break|Continue)Statement$|^YieldExpression$/.test(node.type) ||
      (node.type === 'Identifier' && node.name === 'arguments'),
    { intoFunctions: false },
  );
  return !jumps && block.body.at(-1)?.type === 'ReturnStatement';
}

function assignedFrom(facts: Facts, statement: TSESTree.Statement, error: string): Variable | null {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return null;
  const { left, right, operator } = statement.expression;
  const value = unwrap(right);
  if (operator !== '=' || left.type !== 'Identifier' || value.type !== 'Identifier' || value.name !== error)
    return null;
  return variableOf(facts.module, left);
}

/** Whether a statement does more than wait. */
function otherThanWait(statement: TSESTree.Statement): boolean {
  if (statement.type === 'IfStatement') {
    return statement.alternate !== null || otherThanWait(statement.consequent);
  }
  if (statement.type === 'BlockStatement')
    return statement.body.length !== 1 || otherThanWait(statement.body[0] as never);
  return statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AwaitExpression';
}

function isThrow(statement: TSESTree.Statement, errorName: string | null): boolean {
  const inner = statement.type === 'BlockStatement' && statement.body.length === 1 ? statement.body[0] : statement;
  return inner?.type === 'ThrowStatement' && inner.argument.type === 'Identifier' && inner.argument.name === errorName;
}

function endsInThrow(statement: TSESTree.Statement): boolean {
  if (statement.type === 'ThrowStatement') return true;
  return statement.type === 'BlockStatement' && statement.body.at(-1)?.type === 'ThrowStatement';
}

/** What stands around the loop for the last failure's sake; `null`: something else than that. */
function aroundOf(
  facts: Facts,
  loop: TSESTree.ForStatement,
  last: Variable | null,
  throwsInTheEnd: boolean,
): readonly TSESTree.Statement[] | null {
  const block = loop.parent;
  if (block.type !== 'BlockStatement' || !isFunction(block.parent) || !block.parent.async) return null;
  const next = block.body[block.body.indexOf(loop) + 1];
  if (!last) return throwsInTheEnd && (!next || next.type === 'ThrowStatement') ? (next ? [next] : []) : null;
  if (next?.type !== 'ThrowStatement' || unwrap(next.argument).type !== 'Identifier') return null;
  const thrown = unwrap(next.argument);
  if (thrown.type !== 'Identifier' || variableOf(facts.module, thrown) !== last) return null;
  const declaration = (last.defs[0]?.node as TSESTree.Node | undefined)?.parent;
  if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return null;
  if (declaration.parent !== block || declaration.declarations[0].init) return null;
  const uses = last.references.length;
  return uses === 2 ? [declaration, next] : null;
}

/** Source text of the first wait; `null`: it cannot be told. */
function baseOf(source: Source, { waits, waitsUnknown }: RetryScope, counter: Variable): string | null {
  const [wait, ...others] = waits;
  if (others.length > 0 || waitsUnknown) return null;
  if (!wait || wait.growth === 'none') return numberText(usualBaseMs);
  if (wait.growth === 'server' || wait.growth === 'unknown' || !wait.delay) return null;
  const delay = unwrap(wait.delay.node);
  const names = (node: TSESTree.Node): boolean =>
    counter.references.some(({ identifier }) => contains(node, identifier));
  if (/^(?:Identifier|MemberExpression|Literal)$/.test(delay.type) && !names(delay)) return source.getText(delay);
  if (delay.type === 'BinaryExpression' && delay.operator === '*') {
    const [base] = [delay.left, delay.right].filter((side) => !names(side));
    if (base && /^(?:Identifier|MemberExpression|Literal)$/.test(base.type)) return source.getText(base);
  }
  const { baseMs } = wait.delay;
  return baseMs !== null && baseMs > 0 ? numberText(baseMs) : null;
}

/** The signal that ends the wait, where there is one. */
function signalOf(source: Source, dropped: readonly TSESTree.Statement[]): string | null {
  for (const statement of dropped) {
    const found = /\{\s*signal(?::\s*([\w.?]+))?\s*\}/.exec(source.getText(statement));
    if (found) return found[1] ?? 'signal';
  }
  return null;
}

interface Written {
  readonly head: string;
  readonly tail: string;
  /** The handler's statements that stay; empty: no handler is needed. */
  readonly handler: string;
  readonly imports: readonly Edit[];
  readonly text: string;
}

function withPRetry(
  facts: Facts,
  source: Source,
  parts: Parts,
  base: string,
  cap: string,
  signal: string | null,
): Written | null {
  const { module } = facts;
  const own = importName(source, module, 'p-retry', 'default', 'pRetry');
  const abort = parts.filters.length > 0 ? importName(source, module, 'p-retry', 'AbortError') : null;
  const typescript = /\.[mc]?tsx?$/.test(module.path);
  const statements = parts.kept.map((statement) => {
    if (!abort || statement.type !== 'IfStatement') return source.getText(statement);
    return throwsAbort(source, statement, abort.local, typescript, parts.errorName);
  });
  const members = [
    `retries: ${parts.retries}`,
    'factor: 2',
    base === 'minTimeout' ? base : `minTimeout: ${base}`,
    `maxTimeout: ${cap}`,
    'randomize: true',
    ...(signal === null ? [] : [signal === 'signal' ? signal : `signal: ${signal}`]),
  ];
  return {
    head: `return ${own.local}(async () => `,
    tail: `, { ${members.join(', ')} });`,
    handler: statements.join('\n'),
    imports: joined([...own.edits], abort ? [...abort.edits] : []),
    text: `${own.local}(…, { ${members.join(', ')} })`,
  };
}

/** `throw error` becomes `throw new AbortError(error)`, which p-retry does not repeat. */
function throwsAbort(
  source: Source,
  statement: TSESTree.IfStatement,
  abort: string,
  typescript: boolean,
  errorName: string | null,
): string {
  const body = statement.consequent;
  const thrown = body.type === 'BlockStatement' ? body.body.at(-1) : body;
  const text = source.getText(statement);
  if (thrown?.type !== 'ThrowStatement') return text;
  const { argument } = thrown;
  const own = source.getText(argument);
  const value = typescript && argument.type === 'Identifier' && own === errorName ? `${own} as Error` : own;
  const [start, end] = argument.range.map((at) => at - statement.range[0]) as [number, number];
  return `${text.slice(0, start)}new ${abort}(${value})${text.slice(end)}`;
}

function withCockatiel(
  facts: Facts,
  source: Source,
  parts: Parts,
  base: string,
  cap: string,
  signal: string | null,
): Written | null {
  const { module } = facts;
  const error = parts.errorName ?? 'error';
  // Its filter sees the failure as it is: one that throws another error in its place cannot be said.
  const conditions = parts.filters.map((filter) =>
    isThrow(filter.consequent, parts.errorName) ? source.getText(filter.test) : null,
  );
  if (conditions.includes(null)) return null;
  const names = ['retry', 'ExponentialBackoff', conditions.length > 0 ? 'handleWhen' : 'handleAll'];
  const imported = names.map((name) => importName(source, module, 'cockatiel', name));
  const [retry, backoff, handled] = imported.map(({ local }) => local);
  const filter =
    conditions.length === 0
      ? handled
      : `${handled ?? ''}((${error}) => ${conditions.map((condition) => `!(${condition ?? ''})`).join(' && ')})`;
  const logs = parts.kept.filter((statement) => statement.type !== 'IfStatement');
  const options = `{ maxAttempts: ${parts.retries}, backoff: new ${backoff ?? ''}({ initialDelay: ${base}, maxDelay: ${cap} }) }`;
  return {
    head: `return ${retry ?? ''}(${filter ?? ''}, ${options}).execute(async () => `,
    tail: `${signal === null ? '' : `, ${signal}`});`,
    handler: logs.map((statement) => source.getText(statement)).join('\n'),
    imports: joinedNames(imported),
    text: `${retry ?? ''}(…, ${options})`,
  };
}

/** A default and a named import of one package, as one declaration where both are new. */
function joined(first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const [a, b] = [first[0], second[0]];
  if (!a || !b || a.range[0] !== b.range[0]) return [...first, ...second];
  const named = /\{[^}]*\}/.exec(b.text)?.[0];
  return named === undefined || !a.text.includes(' from ')
    ? [...first, ...second]
    : [{ range: a.range, text: a.text.replace(' from ', `, ${named} from `) }];
}

/** Several named imports of one package, as one declaration where they are new. */
function joinedNames(names: readonly { readonly local: string; readonly edits: readonly Edit[] }[]): readonly Edit[] {
  const edits = names.flatMap(({ edits: own }) => own);
  const [first] = edits;
  if (!first || edits.length < 2) return edits;
  const added = edits.map(({ text }) => /\{ (.*) \}/.exec(text)?.[1] ?? text.replace(/^, /, ''));
  const text = first.text.includes('{')
    ? first.text.replace(/\{ .* \}/, `{ ${added.join(', ')} }`)
    : `, ${added.join(', ')}`;
  return [{ range: first.range, text }];
}

/** The loop's head and end, and what is left of its handler. */
function bodyEdits(source: Source, parts: Parts, handler: string, head: string, tail: string): readonly Edit[] {
  const { loop, attempt } = parts;
  const { text } = source;
  const indent = /^[ \t]*/.exec(source.lines[loop.loc.start.line - 1] ?? '')?.[0] ?? '';
  const block = attempt.block;
  if (handler !== '') {
    const inner = `${indent}    `;
    const body = `catch (${parts.errorName ?? 'error'}) {\n${inner}${handler.replaceAll(/\n(?=\S)/gu, `\n${inner}`)}\n${inner}throw ${parts.errorName ?? 'error'};\n${indent}  }`;
    return [
      { range: [loop.range[0], loop.body.range[0]], text: head },
      { range: parts.handler.range, text: body },
      { range: [loop.range[1], loop.range[1]], text: tail },
    ];
  }
  const [only, ...others] = block.body;
  const value = only?.type === 'ReturnStatement' && others.length === 0 ? only.argument : null;
  if (value && source.getCommentsInside(block).length === 0) {
    const call = value.type === 'AwaitExpression' ? value.argument : value;
    const holdsAwait = value.type !== 'AwaitExpression' || /\bawait\b/.test(source.getText(call));
    const arrow = holdsAwait ? head : head.replace(/async \(\) => $/, '() => ');
    const own = source.getText(call);
    return [{ range: loop.range, text: `${arrow}${own.startsWith('{') ? `(${own})` : own}${tail}` }];
  }
  // What stood two levels deep stands one level deep.
  const inside = text.slice(block.range[0], block.range[1]).replaceAll(`\n${indent}  `, `\n${indent}`);
  return [{ range: loop.range, text: `${head}${inside}${tail}` }];
}

/** A statement with its line, where nothing else stands on it. */
function wholeLine(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const alone = text.slice(lineStart, start).trim() === '' && (lineEnd < 0 || text.slice(end, lineEnd).trim() === '');
  return alone ? [lineStart, lineEnd < 0 ? end : lineEnd + 1] : [start, end];
}
