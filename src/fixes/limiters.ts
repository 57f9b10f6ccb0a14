/** Putting a limit on calls that start all at once: with the limiter that the project depends on. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { homeOf, type FanOutFact } from '../analysis/isolation/fan-out.js';
import { contains, isFunction, unwrap, type Module } from '../analysis/module.js';
import { nearestManifest } from '../analysis/packages.js';
import { setArgumentMembers, type Edit } from './edits.js';
import { freeName, importName } from './imports.js';

/** A way to limit how many calls are in flight. */
export interface LimiterFix {
  readonly edits: readonly Edit[];
  /** The limiter, as npm knows it. */
  readonly package: string;
  /** The project depends on it. */
  readonly installed: boolean;
}

/** A limiter by the way it is made and run. */
interface Limiter {
  readonly package: string;
  readonly name: string;
  readonly make: (imported: string, limit: number) => string;
  readonly local: string;
  /** The function that takes the work. */
  readonly run: (local: string) => string;
}

const limiters: readonly Limiter[] = [
  {
    package: 'p-limit',
    name: 'pLimit',
    make: (imported, limit) => `${imported}(${limit})`,
    local: 'limit',
    run: (local) => local,
  },
  {
    package: 'bottleneck',
    name: 'Bottleneck',
    make: (imported, limit) => `new ${imported}({ maxConcurrent: ${limit} })`,
    local: 'limiter',
    run: (local) => `${local}.schedule`,
  },
  {
    package: 'p-queue',
    name: 'PQueue',
    make: (imported, limit) => `new ${imported}({ concurrency: ${limit} })`,
    local: 'queue',
    run: (local) => `${local}.add`,
  },
];

/** Limits what a fan-out starts to `limit` at once. */
export function limitFanOut(
  source: TSESLint.SourceCode,
  fact: FanOutFact,
  limit: number,
  module: Module,
): LimiterFix | null {
  if (fact.verdict === 'limiterWithoutLimit') return limitLimiter(source, fact, limit);
  const { shape } = fact;
  if (!shape) return null;
  const dependencies = nearestManifest(module.path)?.dependencies ?? {};
  const own = limiters.find((limiter) => dependencies[limiter.package] !== undefined);
  if (!own && dependencies['p-map'] !== undefined && shape.mapped && isAll(fact.node, module)) {
    return withMap(source, fact.node, shape.mapped.call, shape.mapped.collection, shape.work, limit, module);
  }
  const limiter = own ?? limiters[0];
  if (!limiter) return null;
  const local = freeName(source, limiter.local);
  const work = wrapWork(source, shape.work, limiter.run(local));
  const { local: imported, edits } = importName(source, module, limiter.package, 'default', limiter.name);
  const made = work && declare(source, fact.node, shape.work, `const ${local} = ${limiter.make(imported, limit)};`);
  if (!made) return null;
  return { edits: [...edits, ...made, ...work], package: limiter.package, installed: own !== undefined };
}

function isAll(node: TSESTree.Node, module: Module): boolean {
  return node.type === 'CallExpression' && module.text.slice(...node.callee.range) === 'Promise.all';
}

/** `new PQueue()` and `pMap(ids, load)`: the option that is missing. */
function limitLimiter(source: TSESLint.SourceCode, { node, policy }: FanOutFact, limit: number): LimiterFix | null {
  const option = policy?.policy.concurrency?.option;
  const index = policy?.policy.options;
  if (option === undefined || typeof index !== 'number') return null;
  const edits = setArgumentMembers(source, node, index, [{ path: option, value: String(limit) }]);
  return edits && { edits, package: policy?.library.name ?? '', installed: true };
}

/** `Promise.all(ids.map(load))` becomes `pMap(ids, load, { concurrency: 10 })`. */
function withMap(
  source: TSESLint.SourceCode,
  all: TSESTree.Node,
  map: TSESTree.CallExpression,
  collection: TSESTree.Node,
  work: TSESTree.Node,
  limit: number,
  module: Module,
): LimiterFix | null {
  if (all.type !== 'CallExpression' || all.arguments[0] !== map || map.arguments.length !== 1) return null;
  if (
    source
      .getCommentsInside(all)
      .some((comment) => !contains(collection, comment as never) && !contains(work, comment as never))
  )
    return null;
  const { local, edits } = importName(source, module, 'p-map', 'default', 'pMap');
  const text = `${local}(${source.text.slice(...collection.range)}, ${source.text.slice(...work.range)}, { concurrency: ${limit} })`;
  return { edits: [...edits, { range: all.range, text }], package: 'p-map', installed: true };
}

/** Lets the limiter start a piece of work. */
function wrapWork(source: TSESLint.SourceCode, work: TSESTree.Node, run: string): readonly Edit[] | null {
  const inner = unwrap(work);
  if (inner.type === 'ArrowFunctionExpression') {
    const start = source.getTokenAfter(source.getTokenBefore(inner.body, ({ value }) => value === '=>') ?? inner.body);
    const from = start ? Math.min(start.range[0], inner.body.range[0]) : inner.body.range[0];
    const own = inner.async ? source.getFirstToken(inner) : null;
    const next = own && source.getTokenAfter(own);
    return [
      // The function inside is the one that waits.
      ...(own && next ? [{ range: [own.range[0], next.range[0]] as const, text: '' }] : []),
      { range: [from, from], text: `${run}(${inner.async ? 'async ' : ''}() => ` },
      { range: [inner.range[1], inner.range[1]], text: ')' },
    ];
  }
  if (isFunction(inner)) return null;
  if (inner.type === 'Identifier' || inner.type === 'MemberExpression') {
    const text = source.text.slice(...work.range);
    const item = freeName(source, 'item');
    return [{ range: work.range, text: `(${item}) => ${run}(() => ${text}(${item}))` }];
  }
  if (inner.type !== 'CallExpression') return null;
  const [start, end] = work.range;
  return [
    { range: [start, start], text: `${run}(() => ` },
    { range: [end, end], text: ')' },
  ];
}

/** Declares the limiter in the function that starts the work, outside its loops. */
function declare(
  source: TSESLint.SourceCode,
  node: TSESTree.Node,
  work: TSESTree.Node,
  text: string,
): readonly Edit[] | null {
  const home = homeOf(node);
  if (home && home.body.type !== 'BlockStatement') {
    const before = source.getTokenBefore(home.body);
    const after = source.getTokenAfter(home.body);
    const wrappedInParentheses = before?.value === '(' && after?.value === ')' && home.body.type === 'ObjectExpression';
    const [start, end] = wrappedInParentheses ? [before.range[0], after.range[1]] : home.body.range;
    return [
      { range: [start, start], text: `{ ${text} return ` },
      { range: [end, end], text: '; }' },
    ];
  }
  const body: TSESTree.Node = home ? home.body : source.ast;
  let statement: TSESTree.Node = work.range[0] < node.range[0] ? work : node;
  while (statement.parent && statement.parent !== body) statement = statement.parent;
  if (statement.parent !== body) return null;
  const indent = /^[ \t]*/.exec(source.lines[statement.loc.start.line - 1] ?? '')?.[0] ?? '';
  const at = statement.range[0];
  return [{ range: [at, at], text: `${text}\n${indent}` }];
}
