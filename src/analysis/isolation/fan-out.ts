/**
 * Downstream calls that start all at once: `Promise.all` over a collection whose size nobody limits. The collection is
 * followed to where its size can be told, the mapped function to the calls that it leads to.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  someInside,
  unwrap,
  variableOf,
  walk,
  type Module,
} from '../module.js';
import { librariesOf } from '../libraries.js';
import { possibilities, type FunctionNode, type FunctionValue, type PolicyValue } from '../values.js';
import type { IsolationContext } from './facts.js';
import { policyRunAt } from './policies.js';
import { reachedFrom } from './reach.js';
import { maxDepth, sizeOfCall, sizeOf, sizeOfRepetition, type Size } from './sizes.js';
import { judgeLimiter } from './limiters.js';
import { fanOutHelperOf } from './fan-out-helpers.js';
import { waitsForTurn } from './turns.js';

/** What a fix changes: each piece of work, and the place that waits for all of it. */
export interface FanOutShape {
  /** The function that is mapped, or an expression that is pushed. */
  readonly work: TSESTree.Node;
  /** The collection, where it is mapped right there. */
  readonly mapped: { readonly call: TSESTree.CallExpression; readonly collection: TSESTree.Node } | null;
}

export interface FanOutFact {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly verdict: 'unbounded' | 'limiterWithoutLimit' | 'unknown';
  readonly size: Size;
  readonly why: string;
  readonly call: DownstreamCall;
  readonly shape: FanOutShape | null;
  /** The limiter that limits nothing. */
  readonly policy: PolicyValue | null;
}

/** A part of what is waited for: work done for each element of a collection. */
interface Source {
  readonly size: Size;
  readonly work: TSESTree.Node;
  readonly mapped: FanOutShape['mapped'];
  /** A number says how many there are, and no collection. */
  readonly counted?: boolean;
  /** The work stands in a function that puts the list together: a fix would have to take it out. */
  readonly isFolded?: boolean;
}

/** The places of a file that start downstream calls all at once. */
export function fanOutsOf(context: IsolationContext): readonly FanOutFact[] {
  const facts: FanOutFact[] = [];
  const { module } = context;
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const fact =
      (node.type === 'CallExpression' ? (judgeAll(context, node) ?? judgeHelper(context, node)) : null) ??
      judgeLimiter(context, node);
    if (fact) facts.push(fact);
    return undefined;
  });
  return facts;
}

function judgeAll(context: IsolationContext, node: TSESTree.CallExpression): FanOutFact | null {
  const [argument] = node.arguments;
  if (!argument || argument.type === 'SpreadElement' || !isPromiseAll(context, node)) return null;
  return judgeSources(context, node, sourcesOf(context, argument, 0), null);
}

function isPromiseAll({ module }: IsolationContext, { callee }: TSESTree.CallExpression): boolean {
  return /^Promise\.all(?:Settled)?$/.test(module.text.slice(...callee.range));
}

/** `mapAll(ids, load)`, where a function of the project starts all at once what it is given. */
function judgeHelper(context: IsolationContext, node: TSESTree.CallExpression): FanOutFact | null {
  if (
    node.arguments.length < 2 ||
    node.arguments.every(({ type }) => type === 'Literal' || type === 'ObjectExpression')
  )
    return null;
  for (const fn of possibilities(context.evaluator.evaluate(node.callee, context.module))) {
    const helper = fn.kind === 'function' ? fanOutHelperOf(context, fn) : null;
    const collection = helper && node.arguments[helper.collection];
    const work = helper && node.arguments[helper.work];
    if (!collection || !work || collection.type === 'SpreadElement') continue;
    return judgeSources(context, node, [{ size: sizeOf(context, collection, 0), work, mapped: null }], null);
  }
  return null;
}

export function judgeSources(
  context: IsolationContext,
  node: TSESTree.CallExpression,
  sources: readonly Source[],
  policy: PolicyValue | null,
): FanOutFact | null {
  for (const source of sources) {
    if (source.size.kind === 'bounded' || (source.counted === true && isWorker(context, source.work))) continue;
    const work = workOf(context, source.work);
    if (!work) continue;
    const doubt = work.doubt ?? (source.size.kind === 'doubt' ? source.size.why : null);
    return {
      node,
      verdict: doubt !== null ? 'unknown' : policy ? 'limiterWithoutLimit' : 'unbounded',
      size: source.size,
      why: doubt ?? '',
      call: work.call,
      shape:
        isPromiseAll(context, node) && source.isFolded !== true ? { work: source.work, mapped: source.mapped } : null,
      policy,
    };
  }
  return null;
}

/** The work that a list of promises stands for. */
export function sourcesOf(context: IsolationContext, node: TSESTree.Node, depth: number): readonly Source[] {
  if (depth > maxDepth) return [];
  const { module } = context;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'AwaitExpression':
      return sourcesOf(context, inner.argument, depth);
    case 'ArrayExpression':
      return inner.elements.flatMap((element) =>
        element?.type === 'SpreadElement' ? sourcesOf(context, element.argument, depth + 1) : [],
      );
    case 'ConditionalExpression':
      return [inner.consequent, inner.alternate].flatMap((part) => sourcesOf(context, part, depth + 1));
    case 'CallExpression':
      return sourceOfCall(context, inner, depth);
    case 'Identifier': {
      const variable = variableOf(module, inner);
      const definition = variable?.defs[0]?.node;
      if (
        !variable ||
        definition?.type !== 'VariableDeclarator' ||
        !definition.init ||
        definition.id.type !== 'Identifier'
      )
        return [];
      // Emptied on the way, or raced: a limiter of the project's own.
      const drained = variable.references.some(({ identifier, init }) => {
        if (init === true) return false;
        const { parent } = identifier;
        if (
          identifier.parent.type === 'AssignmentExpression' &&
          parent.type === 'AssignmentExpression' &&
          parent.left === identifier
        )
          return true;
        if (parent.type === 'CallExpression') return module.text.slice(...parent.callee.range) === 'Promise.race';
        if (parent.type !== 'MemberExpression' || parent.object !== identifier) return false;
        const name = memberName(parent);
        return (
          name === 'splice' ||
          name === 'shift' ||
          (name === 'length' &&
            parent.parent.type !== 'TemplateLiteral' &&
            /Binary|Assignment/.test(parent.parent.type))
        );
      });
      const pushed = variable.references.flatMap(({ identifier }) => pushedAt(context, identifier));
      const sources = [...sourcesOf(context, definition.init, depth + 1), ...pushed];
      return drained
        ? sources.map((source) => ({ ...source, size: { kind: 'doubt', why: 'the list is emptied on the way' } }))
        : sources;
    }
    default:
      return [];
  }
}

function sourceOfCall(context: IsolationContext, call: TSESTree.CallExpression, depth: number): readonly Source[] {
  const { module } = context;
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const text = module.text.slice(...call.callee.range);
  const [first, second] = call.arguments;
  if (/^(?:Array\.from|_\.map|lodash\.map|map)$/.test(text)) {
    if (!first || first.type === 'SpreadElement') return [];
    if (!second) return sourcesOf(context, first, depth + 1);
    return [
      {
        size: text === 'Array.from' ? sizeOfCall(context, call, 0) : sizeOf(context, first, 0),
        work: second,
        mapped: null,
        counted: isCount(call, module),
      },
    ];
  }
  if (callee.type !== 'MemberExpression') return [];
  if ((name === 'map' || name === 'flatMap') && first) {
    const size = sizeOf(context, callee.object, 0);
    // `client.map(…)` of something that is no list, and limiters that map by themselves.
    if (possibilities(context.evaluator.callee(callee.object, module)).some(({ kind }) => kind === 'policy')) return [];
    return [
      {
        size,
        work: first,
        mapped: name === 'map' ? { call, collection: callee.object } : null,
        counted: isCount(callee.object, module),
      },
    ];
  }
  // `items.reduce((all, item) => [...all, load(item)], [])`
  if (name === 'reduce' && isFunction(first) && second && unwrap(second).type === 'ArrayExpression')
    return [{ size: sizeOf(context, callee.object, 0), work: first, mapped: null, isFolded: true }];
  if (name === 'filter' || name === 'concat' || name === 'flat' || name === 'reverse') {
    return [callee.object, ...(name === 'concat' ? call.arguments : [])].flatMap((part) =>
      sourcesOf(context, part, depth + 1),
    );
  }
  return [];
}

/** `tasks.push(work)` in a loop. */
function pushedAt(context: IsolationContext, identifier: TSESTree.Node): readonly Source[] {
  const member = identifier.parent;
  const call = member?.parent;
  if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== member) return [];
  if (memberName(member) !== 'push') return [];
  const [work] = call.arguments;
  if (!work || work.type === 'SpreadElement') return [];
  const size = sizeOfRepetition(context, call);
  return size === null ? [] : [{ size, work, mapped: null, counted: isCountedLoop(call, context.module) }];
}

/** `Array.from({ length: n })`, `new Array(n).fill(0)`, `[...Array(n).keys()]`. */
function isCount(node: TSESTree.Node, module: Module): boolean {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') {
    const [element] = inner.elements;
    return element?.type === 'SpreadElement' && isCount(element.argument, module);
  }
  if (inner.type !== 'CallExpression' && inner.type !== 'NewExpression') return false;
  const text = module.text.slice(...inner.callee.range);
  if (text === 'Array') return true;
  if (text === 'Array.from') return inner.arguments[0]?.type === 'ObjectExpression';
  const callee = unwrap(inner.callee);
  return (
    callee.type === 'MemberExpression' &&
    /^(?:fill|keys)$/.test(memberName(callee) ?? '') &&
    isCount(callee.object, module)
  );
}

/** `for (let i = 0; i < n; i++)`, where `n` is not the length of something. */
function isCountedLoop(node: TSESTree.Node, module: Module): boolean {
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (/^(?:ForOf|ForIn|While|DoWhile)Statement$/.test(parent.type)) return false;
    if (parent.type === 'ForStatement')
      return parent.test?.type === 'BinaryExpression' && !/\.length\b/.test(module.text.slice(...parent.test.range));
  }
  return false;
}

/** A worker takes one piece of work after another: their number is the limit. */
function isWorker(context: IsolationContext, work: TSESTree.Node): boolean {
  const inner = unwrap(work);
  const called = inner.type === 'CallExpression' ? inner.callee : inner;
  const values: readonly { readonly node: FunctionNode; readonly module: Module }[] = isFunction(called)
    ? [{ node: called, module: context.module }]
    : possibilities(context.evaluator.callee(called, context.module)).filter(
        (value): value is FunctionValue => value.kind === 'function',
      );
  return values.some(({ node, module }) =>
    node.body.type === 'BlockStatement'
      ? someInside(node.body, module, ({ type }) => /^(?:For|While|DoWhile)/.test(type), { intoFunctions: false })
      : node.body.type === 'CallExpression' && isWorker({ ...context, module }, node.body),
  );
}

/** How libraries call what waits for a slot: enough for a doubt where their code cannot be seen. */
const waiting =
  /acquire|semaphore|mutex|throttl|limiter|rate.?limit|waitForSlot|runExclusive|concurren|enqueue|debounce|dataloader|bulkhead/i;
const harmless =
  /^(?:map|filter|forEach|flatMap|reduce|some|every|find|then|catch|finally|sort|from|all|allSettled|race|any|resolve|push|pipe|setTimeout|includes|replace|at|on|once)$/;

/** The downstream call that a piece of work leads to without a limiter, and what makes that doubtful. */
function workOf(
  context: IsolationContext,
  work: TSESTree.Node,
): { readonly call: DownstreamCall; readonly doubt: string | null } | null {
  const state: { limited: boolean; doubt: string | null } = { limited: false, doubt: null };
  const roots = rootsOf(context, work);
  const skip = (node: TSESTree.Node, inside: Module): boolean => {
    if (node.type !== 'CallExpression') return false;
    const text = inside.text.slice(...node.callee.range);
    const run = node.arguments.length > 0 ? policyRunAt(context, node, inside) : null;
    if (run?.kinds.some((kind) => kind === 'limiter' || kind === 'bulkhead' || kind === 'rate-limit') === true) {
      // One that is made for each element limits nothing.
      const site = run.policy?.site;
      return !site || !roots.some((root) => root.module === site.module && contains(root.node, site.node));
    }
    if (run) return false;
    const callee = unwrap(node.callee);
    const name = nameOf(callee);
    if (name !== null && harmless.test(name)) return false;
    if (callee.type === 'ImportExpression' || isFunction(callee)) return false;
    const values = possibilities(context.evaluator.evaluate(callee, inside));
    if (values.some((value) => value.kind === 'function' && waitsForTurn(context.evaluator, value))) {
      state.limited = true;
      return true;
    }
    const seen = values.every(
      (value) =>
        /^(?:function|client|method)$/.test(value.kind) ||
        // What the catalog knows of a library's limiters has been looked at above.
        (value.kind === 'external' && librariesOf(value.package).length > 0),
    );
    if (seen) return false;
    if (waiting.test(text)) state.doubt ??= 'it may wait for a slot';
    else if (node.arguments.some((argument) => isFunction(unwrap(argument))))
      state.doubt ??= 'a function that cannot be seen runs it';
    return false;
  };
  for (const { node, module } of roots) {
    for (const { call } of reachedFrom(context, node, module, { skip })) {
      if (state.limited) return null;
      if (!/^(?:http|rpc|sdk|queue)$/.test(call.library.family)) continue;
      if (call.library.family === 'queue') state.doubt ??= 'the client sends over one connection';
      if (isLimitedClient(call)) state.doubt ??= 'the client has a limit of its own';
      return { call, doubt: state.doubt };
    }
  }
  return null;
}

/** The last name of what is called. */
function nameOf(callee: TSESTree.Node): string | null {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : null;
}

/** The code of a piece of work: the body of a function, or the expression that starts it. */
function rootsOf(
  { evaluator, module }: IsolationContext,
  work: TSESTree.Node,
): readonly { readonly node: TSESTree.Node; readonly module: Module }[] {
  const inner = unwrap(work);
  if (isFunction(inner)) return [{ node: inner.body, module }];
  if (inner.type === 'CallExpression' || inner.type === 'AwaitExpression') return [{ node: inner, module }];
  return possibilities(evaluator.callee(inner, module))
    .filter((value): value is FunctionValue => value.kind === 'function')
    .map((fn) => ({ node: fn.node.body, module: fn.module }));
}

/** Sockets or connections that the client's own configuration limits. */
function isLimitedClient({ client }: DownstreamCall): boolean {
  const { site } = client;
  return (
    site !== null &&
    /maxSockets|connections\s*:|maxConcurrent|limiter|bottleneck|throttl/i.test(
      site.module.text.slice(...site.node.range),
    )
  );
}

/** The function whose block a limiter belongs into: around every loop and iteration that starts the work. */
export function homeOf(node: TSESTree.Node): FunctionNode | null {
  let fn = enclosingFunction(node);
  while (fn) {
    const call = fn.parent;
    const callee = call.type === 'CallExpression' && call.callee !== fn ? unwrap(call.callee) : null;
    const name = callee?.type === 'MemberExpression' ? memberName(callee) : null;
    if (name === null || !/^(?:map|forEach|flatMap|reduce|filter|then)$/.test(name)) break;
    fn = enclosingFunction(fn);
  }
  return fn;
}
