/** Guarding calls: in the project's own policy, or in a new breaker; and making guards guard. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { argumentNodes, optionsIndex, type DownstreamCall } from '../analysis/calls.js';
import type { UnguardedFact } from '../analysis/isolation/guards.js';
import type { MisuseFact } from '../analysis/isolation/misuses.js';
import { contains, enclosingFunction, isFunction, keyName, unwrap, walk, wrapped } from '../analysis/module.js';
import { nearestManifest } from '../analysis/packages.js';
import { possibilities } from '../analysis/values.js';
import { setArgumentMembers, type Edit } from './edits.js';
import { freeName, importName } from './imports.js';

/** One way to guard a downstream: all of its uses in the file, in one change. */
export interface GuardFix {
  readonly by: 'policy' | 'cockatiel' | 'opossum';
  readonly edits: readonly Edit[];
}

/** The ways to guard a downstream: the project's own policy, or, where none is named, a new breaker. */
export function guardDownstream(facts: Facts, source: TSESLint.SourceCode, fact: UnguardedFact): readonly GuardFix[] {
  if (fact.calls.length === 0) return [];
  const { policy } = facts.settings;
  if (!policy) return [byCockatiel(facts, source, fact), byOpossum(facts, source, fact)].filter((fix) => fix !== null);
  const dependencies = nearestManifest(facts.module.path)?.dependencies ?? {};
  const fires = dependencies['opossum'] !== undefined && dependencies['cockatiel'] === undefined;
  const { local, edits } = importName(source, facts.module, policy.module, policy.export);
  const wrapped = wrapAll(facts, source, fact, fires ? `${local}.fire` : `${local}.execute`, !fires);
  return wrapped ? [{ by: 'policy', edits: [...edits, ...wrapped] }] : [];
}

function byCockatiel(facts: Facts, source: TSESLint.SourceCode, fact: UnguardedFact): GuardFix | null {
  const { module } = facts;
  const name = freeName(source, 'breaker');
  const wrapped = wrapAll(facts, source, fact, `${name}.execute`, true);
  if (!wrapped) return null;
  const imports = joinImports(
    ['circuitBreaker', 'ConsecutiveBreaker', 'handleWhen'].map((exported) =>
      importName(source, module, 'cockatiel', exported),
    ),
    'cockatiel',
  );
  const cast = /\.[mc]?tsx?$/.test(module.path)
    ? '(error as { status?: number; response?: { status?: number } })'
    : 'error';
  const declaration = [
    '',
    '// What the caller did wrong is no failure of the other side.',
    `const ${name} = circuitBreaker(`,
    '  handleWhen((error) => {',
    `    const { response, status = response?.status ?? 0 } = ${cast};`,
    '    return status < 400 || status >= 500;',
    '  }).orWhenResult((answer) => answer instanceof Response && answer.status >= 500),',
    '  { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) },',
    ');',
  ].join('\n');
  return { by: 'cockatiel', edits: [...imports, declareBehindImports(source, imports, declaration), ...wrapped] };
}

function byOpossum(facts: Facts, source: TSESLint.SourceCode, fact: UnguardedFact): GuardFix | null {
  const { module } = facts;
  const typescript = /\.[mc]?tsx?$/.test(module.path);
  const breaker = freeName(source, 'breaker');
  const guarded = freeName(source, 'guarded');
  const wrapped = wrapAll(facts, source, fact, guarded, false);
  if (!wrapped) return null;
  const { local, edits } = importName(source, module, 'opossum', 'default', 'CircuitBreaker');
  const cast = typescript ? '(error as { status?: number; response?: { status?: number } })' : 'error';
  const declaration = [
    '',
    `const ${breaker} = new ${local}((run${typescript ? ': () => Promise<unknown>' : ''}) => run(), {`,
    '  volumeThreshold: 5,',
    '  // What the caller did wrong is no failure of the other side.',
    '  errorFilter: (error) => {',
    `    const { response, status = response?.status ?? 0 } = ${cast};`,
    '    return status >= 400 && status < 500;',
    '  },',
    '});',
    typescript
      ? `const ${guarded} = <T>(run: () => Promise<T>): Promise<T> => ${breaker}.fire(run) as Promise<T>;`
      : `const ${guarded} = (run) => ${breaker}.fire(run);`,
  ].join('\n');
  return { by: 'opossum', edits: [...edits, declareBehindImports(source, edits, declaration), ...wrapped] };
}

/** Several names of one package: the edits that each would need, as one. */
function joinImports(
  names: readonly { readonly edits: readonly Edit[]; readonly local: string }[],
  from: string,
): readonly Edit[] {
  const edits = names.flatMap(({ edits: own }) => own);
  const [first] = edits;
  if (!first) return [];
  const added = edits.map(({ text }) => /\{ (.*) \}/.exec(text)?.[1] ?? text.replace(/^, /, ''));
  if (!first.text.includes(from)) return [{ range: first.range, text: `, ${added.join(', ')}` }];
  return [{ range: first.range, text: first.text.replace(/\{ .* \}/, `{ ${added.join(', ')} }`) }];
}

/** A declaration behind the imports, those that are added among them. */
function declareBehindImports(source: TSESLint.SourceCode, added: readonly Edit[], text: string): Edit {
  const last = source.ast.body.findLast(
    (node) =>
      node.type === 'ImportDeclaration' ||
      (node.type === 'VariableDeclaration' && /\brequire\(/.test(source.getText(node))),
  );
  const end = Math.max(last?.range[1] ?? 0, ...added.map(({ range }) => range[1]));
  return { range: [end, end], text: last ? `\n${text}` : `${text}\n\n` };
}

/** Runs every use in a guard; `null` where one of them cannot be. */
function wrapAll(
  facts: Facts,
  source: TSESLint.SourceCode,
  { calls }: UnguardedFact,
  run: string,
  signal: boolean,
): readonly Edit[] | null {
  const edits: Edit[] = [];
  const covered: TSESTree.Node[] = [];
  for (const call of calls) {
    const wrapping = wrapCall(facts, source, call, run, signal);
    const whole = chainOf(call.node);
    if (!wrapping || covered.some((other) => contains(other, whole) || contains(whole, other))) return null;
    covered.push(whole);
    edits.push(...wrapping);
  }
  return edits;
}

/**
 * Runs one call in a guard; `null` where it cannot be.
 *
 * @param run source text of what takes the operation: `policy.execute`
 * @param signal whether it hands a signal to the operation, and takes one of the caller's
 */
export function wrapCall(
  facts: Facts,
  source: TSESLint.SourceCode,
  call: DownstreamCall,
  run: string,
  signal: boolean,
): readonly Edit[] | null {
  if (call.operation.stream === true || call.node.type === 'TaggedTemplateExpression') return null;
  return wrapOne(facts, source, call, chainOf(call.node), run, signal);
}

/** The whole of `fetch(url).then(…).catch(…)`: what is awaited in the end. */
function chainOf(call: TSESTree.Node): TSESTree.Node {
  let whole = call;
  for (;;) {
    const member: TSESTree.Node | undefined = whole.parent;
    if (member?.type !== 'MemberExpression' || member.object !== whole) return whole;
    const next: TSESTree.Node = member.parent;
    if (next.type !== 'CallExpression' || next.callee !== member) return whole;
    whole = next;
  }
}

function wrapOne(
  facts: Facts,
  source: TSESLint.SourceCode,
  call: DownstreamCall,
  whole: TSESTree.Node,
  run: string,
  signal: boolean,
): readonly Edit[] | null {
  const outer = wrapped(whole);
  const { parent } = outer;
  const isPromise =
    outer.type === 'AwaitExpression' ||
    parent?.type === 'ReturnStatement' ||
    (isFunction(parent) && parent.body === outer) ||
    (parent?.type === 'ArrayExpression' && parent.parent.type === 'CallExpression');
  if (!isPromise || !enclosingFunction(whole)) return null;
  const holds = { await: false, bound: false };
  walk(
    whole,
    facts.module,
    (node) => {
      if (node.type === 'AwaitExpression') holds.await = true;
      if (node.type === 'YieldExpression' || (node.type === 'Identifier' && node.name === 'arguments'))
        holds.bound = true;
      return undefined;
    },
    { intoFunctions: false },
  );
  if (holds.bound) return null;
  const name = hasName(source, call.node, 'signal') ? 'stop' : 'signal';
  const passed = signal ? passSignal(facts, source, call, name) : null;
  const parameter = name === 'signal' ? '{ signal }' : '{ signal: stop }';
  const head = `${run}(${holds.await ? 'async ' : ''}(${passed ? parameter : ''}) => `;
  return [
    { range: [whole.range[0], whole.range[0]], text: head },
    ...(passed ?? []),
    { range: [whole.range[1], whole.range[1]], text: ')' },
  ];
}

/** The policy's signal, beside the one that is there. `null` where the call takes none. */
function passSignal(
  facts: Facts,
  source: TSESLint.SourceCode,
  call: DownstreamCall,
  name = 'signal',
): readonly Edit[] | null {
  const { node } = call;
  if (node.type === 'TaggedTemplateExpression' || call.by !== null) return null;
  const bound = (call.operation.bounds ?? call.type.bounds).find(
    ({ takes, where, option }) => takes === 'signal' && (where === 'call' || where === 'both') && !option.includes('.'),
  );
  const index = optionsIndex(facts.evaluator, call);
  if (!bound || index === null || hasName(source, node, name)) return null;
  const set = (value: string): readonly Edit[] | null =>
    setArgumentMembers(source, node, index, [{ path: bound.option, value }]);
  const argument = argumentNodes(call)[index];
  if (!argument) return set(name);
  const options = unwrap(argument);
  if (isName(options)) return set(merged(name, `${source.getText(options)}?.${bound.option}`));
  if (options.type !== 'ObjectExpression') return null;
  const at = options.properties.findIndex(
    (property) => property.type === 'Property' && keyName(property) === bound.option,
  );
  const own = options.properties[at];
  const spreads = options.properties.filter(({ type }) => type === 'SpreadElement');
  if (own?.type !== 'Property') {
    const [spread] = spreads;
    if (!spread) return set(name);
    if (spreads.length > 1 || spread.type !== 'SpreadElement' || !isName(spread.argument)) return null;
    return set(merged(name, `${source.getText(spread.argument)}?.${bound.option}`));
  }
  // What is spread in behind it would take its place.
  if (spreads.some((spread) => spread.range[0] > own.range[0])) return null;
  const text = source.text.slice(...own.value.range);
  const isThere = possibilities(facts.evaluator.evaluate(own.value, facts.module)).every(({ kind }) =>
    /^(?:timeout|any|controller)-signal$/.test(kind),
  );
  const value = text.startsWith('AbortSignal.any([')
    ? text.replace('AbortSignal.any([', `AbortSignal.any([${name}, `)
    : isThere || text.startsWith('AbortSignal.timeout(')
      ? `AbortSignal.any([${name}, ${text}])`
      : isName(own.value)
        ? merged(name, text)
        : null;
  if (value === null) return null;
  if (own.shorthand) return [{ range: [own.range[1], own.range[1]], text: `: ${value}` }];
  return [{ range: own.value.range, text: value }];
}

const isName = (node: TSESTree.Node): boolean =>
  node.type === 'Identifier' || (node.type === 'MemberExpression' && !node.computed && isName(node.object));

/** Two signals as one, where the second may be missing. */
const merged = (name: string, other: string): string =>
  `AbortSignal.any([${name}, ...(${other} ? [${other.replace('?.', '.')}] : [])])`;

/** Whether a name means something in a call already. */
function hasName(source: TSESLint.SourceCode, node: TSESTree.Node, name: string): boolean {
  return source
    .getTokens(node)
    .some((token) => token.type === 'Identifier' && token.value === name && !isKey(source, token));
}

function isKey(source: TSESLint.SourceCode, token: TSESTree.Token): boolean {
  return source.getTokenAfter(token)?.value === ':' || source.getTokenBefore(token)?.value === '.';
}

/** Makes a guard guard; `null` where that is not one plain change. */
export function mendMisuse(facts: Facts, source: TSESLint.SourceCode, fact: MisuseFact): readonly Edit[] | null {
  switch (fact.kind) {
    case 'perCall':
      return hoist(facts, source, fact.node);
    case 'ignoredSignal':
      return handSignal(facts, source, fact);
    case 'wrongOrder':
      return swap(facts, source, fact);
    default:
      return null;
  }
}

/** `const breaker = …` goes to the module, where nothing of the function is needed for it. */
function hoist(facts: Facts, source: TSESLint.SourceCode, node: TSESTree.Node): readonly Edit[] | null {
  let declarator: TSESTree.Node | undefined = node.parent;
  while (declarator && declarator.type !== 'VariableDeclarator' && !isFunction(declarator))
    declarator = declarator.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.parent.declarations.length !== 1) return null;
  const declaration = declarator.parent;
  const fn = enclosingFunction(declaration);
  if (!fn || !declarator.init || declarator.id.type !== 'Identifier') return null;
  if (source.getCommentsInside(declaration).length > 0) return null;
  const init = declarator.init;
  // Names and `this` of the functions around it.
  const scope = source.scopeManager?.scopes ?? [];
  const needs = { local: false };
  walk(init, facts.module, (inner) => {
    if (inner.type === 'ThisExpression' || inner.type === 'AwaitExpression') needs.local = true;
    return !needs.local;
  });
  for (const { references } of scope) {
    for (const { identifier, resolved } of references) {
      if (!contains(init, identifier)) continue;
      const [definition] = resolved?.defs ?? [];
      if (definition && enclosingFunction(definition.name) && !contains(init, definition.name)) needs.local = true;
    }
  }
  if (needs.local) return null;
  const top = source.ast.body.find((statement) => contains(statement as TSESTree.Node, fn));
  if (!top) return null;
  if (
    scope.some(
      (other) =>
        other.type === 'module' && other.set.has(declarator.id.type === 'Identifier' ? declarator.id.name : ''),
    )
  )
    return null;
  const lineStart = source.text.lastIndexOf('\n', declaration.range[0]) + 1;
  const alone = /^\s*$/.test(source.text.slice(lineStart, declaration.range[0]));
  const lineEnd = source.text.indexOf('\n', declaration.range[1]);
  const whole = alone && lineEnd >= 0 && /^\s*$/.test(source.text.slice(declaration.range[1], lineEnd));
  const text = source.text.slice(...declaration.range);
  const indent = source.text.slice(lineStart, declaration.range[0]);
  return [
    { range: [top.range[0], top.range[0]], text: `${alone ? text.replaceAll(`\n${indent}`, '\n') : text}\n\n` },
    { range: whole ? [lineStart, lineEnd + 1] : [declaration.range[0], declaration.range[1]], text: '' },
  ];
}

/** `policy.execute(() => fetch(url))` gets the signal, and passes it on. */
function handSignal(
  facts: Facts,
  source: TSESLint.SourceCode,
  { node, policy, call }: MisuseFact,
): readonly Edit[] | null {
  const operation = node.arguments[policy.policy.operation ?? 0];
  const fn = operation && unwrap(operation);
  if (!call || !isFunction(fn) || fn.params.length > 0 || enclosingFunction(call.node) !== fn) return null;
  const passed = passSignal(facts, source, call);
  const open = source.getTokens(fn).find(({ value }) => value === '(');
  if (!passed || !open) return null;
  return [{ range: [open.range[1], open.range[1]], text: '{ signal }' }, ...passed];
}

/** `wrap(breaker, retry)` becomes `wrap(retry, breaker)`. */
function swap(facts: Facts, source: TSESLint.SourceCode, { node, policy }: MisuseFact): readonly Edit[] | null {
  const [outer, inner] = node.arguments;
  if (policy.policy.kind !== 'wrap' || node.arguments.length !== 2 || !outer || !inner) return null;
  const kinds = [outer, inner].map((argument) => {
    const value = facts.evaluator.evaluate(argument, facts.module);
    return value.kind === 'policy' ? value.policy.kind : null;
  });
  if (kinds[0] !== 'breaker' || kinds[1] !== 'retry') return null;
  return [
    { range: outer.range, text: source.text.slice(...inner.range) },
    { range: inner.range, text: source.text.slice(...outer.range) },
  ];
}
