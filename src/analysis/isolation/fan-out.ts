/**
 * Downstream calls that start all at once: `Promise.all` over a collection whose size nobody limits. The collection is
 * followed to where its size can be told, the mapped function to the calls that it leads to.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import { exposureOf } from '../exposure.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  variableOf,
  walk,
  type Module,
} from '../module.js';
import {
  absent,
  possibilities,
  type FunctionNode,
  type FunctionValue,
  type PolicyValue,
  type Value,
} from '../values.js';
import { configIndexOf } from '../evaluate.js';
import type { IsolationContext } from './facts.js';
import { policyRunAt } from './policies.js';
import { reachedFrom } from './reach.js';

/** How many elements a collection may have. */
export type Size =
  | { readonly kind: 'known'; readonly count: number }
  | { readonly kind: 'bounded' | 'unbounded' }
  | { readonly kind: 'doubt'; readonly why: string };

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
}

const maxDepth = 4;

/** The places of a file that start downstream calls all at once. */
export function fanOutsOf(context: IsolationContext): readonly FanOutFact[] {
  const facts: FanOutFact[] = [];
  const { module } = context;
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const fact = (node.type === 'CallExpression' ? judgeAll(context, node) : null) ?? judgeLimiter(context, node);
    if (fact) facts.push(fact);
    return undefined;
  });
  return facts;
}

function judgeAll(context: IsolationContext, node: TSESTree.CallExpression): FanOutFact | null {
  const { module } = context;
  const [argument] = node.arguments;
  if (!argument || argument.type === 'SpreadElement') return null;
  if (!/^Promise\.all(?:Settled)?$/.test(module.text.slice(...node.callee.range))) return null;
  for (const source of sourcesOf(context, argument, 0)) {
    if (source.size.kind === 'bounded') continue;
    const work = workOf(context, source.work);
    if (!work) continue;
    const doubt = work.doubt ?? (source.size.kind === 'doubt' ? source.size.why : null);
    return {
      node,
      verdict: doubt === null ? 'unbounded' : 'unknown',
      size: source.size,
      why: doubt ?? '',
      call: work.call,
      shape: { work: source.work, mapped: source.mapped },
      policy: null,
    };
  }
  return null;
}

/** The work that a list of promises stands for. */
function sourcesOf(context: IsolationContext, node: TSESTree.Node, depth: number): readonly Source[] {
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
      },
    ];
  }
  if (callee.type !== 'MemberExpression') return [];
  if ((name === 'map' || name === 'flatMap') && first) {
    const size = sizeOf(context, callee.object, 0);
    // `client.map(…)` of something that is no list, and limiters that map by themselves.
    if (possibilities(context.evaluator.callee(callee.object, module)).some(({ kind }) => kind === 'policy')) return [];
    return [{ size, work: first, mapped: name === 'map' ? { call, collection: callee.object } : null }];
  }
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
  return size === null ? [] : [{ size, work, mapped: null }];
}

/** How often a node is run: by the loop, or the iteration, around it. */
function sizeOfRepetition(context: IsolationContext, node: TSESTree.Node): Size | null {
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'ForOfStatement':
        if (parent.body === child) return sizeOf(context, parent.right, 0);
        break;
      case 'ForInStatement':
        if (parent.body === child) return sizeOfKeys(context, parent.right, 0);
        break;
      case 'ForStatement': {
        if (parent.body !== child) break;
        const limit = parent.test?.type === 'BinaryExpression' ? parent.test.right : null;
        return limit ? sizeOfNumber(context, limit) : { kind: 'doubt', why: 'the loop ends on a condition' };
      }
      case 'WhileStatement':
      case 'DoWhileStatement':
        return { kind: 'doubt', why: 'the loop ends on a condition' };
      case 'ArrowFunctionExpression':
      case 'FunctionExpression': {
        const call = parent.parent;
        const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
        if (callee?.type === 'MemberExpression' && memberName(callee) === 'forEach')
          return sizeOf(context, callee.object, 0);
        return null;
      }
      case 'FunctionDeclaration':
        return null;
      default:
    }
  }
  return null;
}

const fewByName =
  /config|setting|provider|client|node|replica|shard|server|plugin|adapter|chain|network|region|locale|language|environment|endpoint|host|peer|broker|upstream|service|backend|channel|strateg|mirror|registr|worker|categor|feature|kind|type|tier|flag|stage|phase|step|section|column|tab|weekday|month|quarter|currenc|exchange/i;
const cutByName = /batch|chunk|page|slice|window|group|bucket|partition|top|recent|sample|first/i;
const cutByCall =
  /(?:^|\.)(?:chunk|chunks|chunked|batch|batches|toChunks|inChunks|splitEvery|partition|take|limit|sampleSize|window|paginate|pages)$/i;
const cutInText =
  /\b(?:take|limit|first|pageSize|page_size|per_page|perPage|MaxKeys|MaxNumberOfMessages|maxResults|top_?k|size|Limit|count)\b\s*[:(]\s*\d|\bLIMIT\s+\d/;
const passing = /^(?:filter|sort|toSorted|reverse|toReversed|flat|values|keys|entries|fill|toArray|concat|map)$/;

/** How many elements a collection may have. */
export function sizeOf(context: IsolationContext, node: TSESTree.Node, depth: number): Size {
  const { evaluator, module } = context;
  const inner = unwrap(node);
  if (depth > maxDepth) return { kind: 'doubt', why: 'the collection comes from too far' };
  switch (inner.type) {
    case 'AwaitExpression':
      return sizeOf(context, inner.argument, depth);
    case 'ArrayExpression': {
      const sizes = inner.elements.map((element): Size =>
        element?.type === 'SpreadElement' ? sizeOf(context, element.argument, depth + 1) : { kind: 'known', count: 1 },
      );
      return sizes.reduce<Size>(add, { kind: 'known', count: 0 });
    }
    case 'ConditionalExpression':
      return worst(sizeOf(context, inner.consequent, depth + 1), sizeOf(context, inner.alternate, depth + 1));
    case 'LogicalExpression':
      return worst(sizeOf(context, inner.left, depth + 1), sizeOf(context, inner.right, depth + 1));
    case 'CallExpression':
    case 'NewExpression':
      return sizeOfCall(context, inner, depth);
    case 'Identifier': {
      const variable = variableOf(module, inner);
      const definition = variable?.defs[0]?.node;
      const known = sizeOfValue(evaluator.evaluate(inner, module));
      if (known && !(variable && isGrown(variable))) return known;
      if (known && variable)
        return variable.references.reduce(
          (all, { identifier }) => worst(all, growthAt(context, identifier, inner.name)),
          known,
        );
      if (definition?.type === 'VariableDeclarator') {
        const loop = definition.parent.parent;
        if (loop.type === 'ForOfStatement' && loop.left === definition.parent) return sizeOfPart(loop.right, module);
        if (definition.init && definition.id.type === 'Identifier') {
          if (cutInText.test(module.text.slice(...definition.init.range)))
            return { kind: 'doubt', why: 'a query limits it' };
          const own = sizeOf(context, definition.init, depth + 1);
          return own.kind === 'unbounded' ? named(inner.name) : own;
        }
        if (definition.init && cutInText.test(module.text.slice(...definition.init.range)))
          return { kind: 'doubt', why: 'a query limits it' };
      }
      if (variable?.defs[0]?.type === 'Parameter') return sizeOfParameter(context, inner, depth);
      if ((variable?.defs[0]?.type as string | undefined) === 'ImportBinding' || /^[A-Z][A-Z\d_]+$/.test(inner.name))
        return { kind: 'doubt', why: 'the collection is a constant that cannot be seen' };
      return named(inner.name);
    }
    case 'MemberExpression': {
      const known = sizeOfValue(evaluator.evaluate(inner, module));
      if (known) return known;
      const name = memberName(inner) ?? '';
      if (inner.computed) return { kind: 'doubt', why: 'the collection is an element of another one' };
      if (unwrap(inner.object).type === 'ThisExpression') return { kind: 'doubt', why: 'the collection is a field' };
      if (name === 'Records' || /^[A-Z][A-Z\d_]+$/.test(name)) return { kind: 'doubt', why: 'a batch has few records' };
      if (isLimitedAtRoot(inner, module)) return { kind: 'doubt', why: 'a query limits it' };
      const path = module.text.slice(...inner.range);
      return fewByName.test(path.replace(/\(.*/s, '')) || cutByName.test(path)
        ? { kind: 'doubt', why: 'its name says that there are few' }
        : { kind: 'unbounded' };
    }
    default:
      return { kind: 'doubt', why: 'the collection cannot be followed' };
  }
}

/** `page.data`, where `page` is what a query with a limit gave. */
function isLimitedAtRoot(member: TSESTree.MemberExpression, module: Module): boolean {
  let root: TSESTree.Node = member;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  if (root.type === 'AwaitExpression') root = root.argument;
  const definition = root.type === 'Identifier' ? variableOf(module, root)?.defs[0]?.node : root;
  const source = definition?.type === 'VariableDeclarator' ? definition.init : definition;
  return source?.type !== undefined && !isFunction(source) && cutInText.test(module.text.slice(...source.range));
}

function named(name: string): Size {
  if (fewByName.test(name) || cutByName.test(name)) return { kind: 'doubt', why: 'its name says that there are few' };
  return { kind: 'unbounded' };
}

/** How many elements a use of a list adds to it. */
function growthAt(context: IsolationContext, identifier: TSESTree.Node, name: string): Size {
  const call = identifier.parent?.parent;
  const added = identifier.parent?.type === 'MemberExpression' ? memberName(identifier.parent) : null;
  const adds = added === 'push' || added === 'unshift' || added === 'splice';
  if (!adds || call?.type !== 'CallExpression') return { kind: 'bounded' };
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return named(name);
  return sizeOfRepetition(context, call) ?? { kind: 'bounded' };
}

/** Whether elements are added to a variable after it is made. */
function isGrown(variable: NonNullable<ReturnType<typeof variableOf>>): boolean {
  return variable.references.some(({ identifier, init }) => {
    const { parent } = identifier;
    if (parent.type === 'AssignmentExpression' && parent.left === identifier) return init !== true;
    if (parent.type !== 'MemberExpression' || parent.object !== identifier) return false;
    if (/^(?:push|unshift|splice|fill|add|set)$/.test(memberName(parent) ?? '')) return true;
    return parent.computed && parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent;
  });
}

function sizeOfValue(value: Value): Size | null {
  const sizes = possibilities(value).map((member): Size | null => {
    if (member.kind !== 'array' || member.elements.includes(null)) return null;
    return { kind: 'known', count: member.elements.length };
  });
  const [first, ...others] = sizes;
  return first && !sizes.includes(null) ? others.reduce<Size>((all, size) => worst(all, size ?? all), first) : null;
}

/** The element of a loop over chunks; of any other list of lists nothing is known. */
function sizeOfPart(right: TSESTree.Node, module: Module): Size {
  const inner = unwrap(right);
  const call = inner.type === 'CallExpression' ? module.text.slice(...inner.callee.range) : null;
  const name =
    inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? (memberName(inner) ?? '') : '';
  if ((call !== null && cutByCall.test(call)) || /batch|chunk|page/i.test(call ?? name)) return { kind: 'bounded' };
  return { kind: 'doubt', why: 'the collection is an element of another one' };
}

function sizeOfParameter(context: IsolationContext, name: TSESTree.Identifier, depth: number): Size {
  const { module } = context;
  const fn = variableOf(module, name)?.defs[0]?.node;
  if (!isFunction(fn)) return named(name.name);
  const index = fn.params.findIndex((parameter) =>
    contains(parameter, variableOf(module, name)?.identifiers[0] ?? parameter),
  );
  const parameter = fn.params[index];
  if (parameter?.type === 'RestElement') return { kind: 'doubt', why: 'the arguments of the caller' };
  if (parameter?.type === 'Identifier' && isTuple(parameter)) return { kind: 'bounded' };
  if (ownerOf(name) !== fn) return { kind: 'doubt', why: 'the collection is given to a function around this one' };
  const callers = parameter?.type === 'Identifier' ? localCallers(fn, module) : null;
  if (callers) {
    const sizes = callers.map((call): Size => {
      const argument = call.arguments[index];
      return argument && argument.type !== 'SpreadElement'
        ? sizeOf(context, argument, depth + 1)
        : { kind: 'doubt', why: 'the arguments of the caller' };
    });
    const [first, ...others] = sizes;
    if (first) return others.reduce(worst, first);
  }
  // A function that an iteration calls with one element after another.
  if (fn.parent.type === 'CallExpression' && fn.parent.arguments.includes(fn as never)) {
    return { kind: 'doubt', why: 'the collection is an element of another one' };
  }
  return named(name.name);
}

/** The function that a node belongs to, apart from callbacks that stand in it. */
function ownerOf(node: TSESTree.Node): FunctionNode | null {
  let fn = enclosingFunction(node);
  while (fn?.parent.type === 'CallExpression') fn = enclosingFunction(fn);
  return fn;
}

function isTuple(parameter: TSESTree.Identifier): boolean {
  let type = parameter.typeAnnotation?.typeAnnotation;
  if (type?.type === 'TSTypeOperator') type = type.typeAnnotation;
  return type?.type === 'TSTupleType';
}

/** The calls of a function that only this file can call; `null` where others can. */
function localCallers(fn: FunctionNode, module: Module): readonly TSESTree.CallExpression[] | null {
  if (exposureOf(fn, module) !== 'local') return null;
  const name =
    fn.type === 'FunctionDeclaration' ? fn.id : fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null;
  if (name?.type !== 'Identifier') return null;
  const calls: TSESTree.CallExpression[] = [];
  for (const { identifier, init } of variableOf(module, name)?.references ?? []) {
    if (init === true) continue;
    if (identifier.parent.type !== 'CallExpression' || identifier.parent.callee !== identifier) return null;
    calls.push(identifier.parent);
  }
  return calls;
}

function sizeOfCall(
  context: IsolationContext,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  depth: number,
): Size {
  const { module } = context;
  const callee = unwrap(call.callee);
  const text = module.text.slice(...call.callee.range);
  const [first] = call.arguments;
  if (/^(?:new )?(?:Set|Array\.from|Array\.of|uniq|_\.uniq|Promise\.all|structuredClone)$/.test(text)) {
    if (!first || first.type === 'SpreadElement') return { kind: 'known', count: 0 };
    const source = unwrap(first);
    if (source.type === 'ObjectExpression') {
      const length = source.properties.find(
        (property): property is TSESTree.Property =>
          property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'length',
      );
      if (length) return sizeOfNumber(context, length.value);
    }
    return sizeOf(context, source, depth + 1);
  }
  if (text === 'Array' && first && first.type !== 'SpreadElement') return sizeOfNumber(context, first);
  if (/^Object\.(?:keys|values|entries)$/.test(text) && first && first.type !== 'SpreadElement')
    return sizeOfKeys(context, first, depth);
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee);
    if (name === 'split') return sizeOfSplit(context, callee.object, first);
    if (name === 'slice' || name === 'splice') {
      const cut =
        name === 'splice' || call.arguments.length > 1 || (first?.type === 'UnaryExpression' && first.operator === '-');
      return cut ? { kind: 'bounded' } : sizeOf(context, callee.object, depth + 1);
    }
    if (name !== null && passing.test(name)) {
      const own = sizeOf(context, callee.object, depth + 1);
      return name === 'concat'
        ? call.arguments.reduce<Size>(
            (all, part) =>
              add(all, part.type === 'SpreadElement' ? { kind: 'unbounded' } : sizeOf(context, part, depth + 1)),
            own,
          )
        : own;
    }
  }
  if (cutByCall.test(text)) return { kind: 'bounded' };
  if (cutInText.test(module.text.slice(...call.range))) return { kind: 'doubt', why: 'a query limits it' };
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
  return named(name);
}

/** `text.split(',')`: known for a text that is spelled out. */
function sizeOfSplit(
  { evaluator, module }: IsolationContext,
  text: TSESTree.Node,
  by: TSESTree.Node | undefined,
): Size {
  const [value, separator] = [text, by].map((node) => node && evaluator.evaluate(node, module));
  return value?.kind === 'literal' && separator?.kind === 'literal'
    ? { kind: 'known', count: String(value.value).split(String(separator.value)).length }
    : { kind: 'unbounded' };
}

function sizeOfKeys(context: IsolationContext, node: TSESTree.Node, depth: number): Size {
  const { evaluator, module } = context;
  const inner = unwrap(node);
  const definition = inner.type === 'Identifier' ? variableOf(module, inner)?.defs[0] : undefined;
  if ((definition?.type as string | undefined) === 'TSEnumName') return { kind: 'bounded' };
  if (
    (definition?.type as string | undefined) === 'ImportBinding' &&
    inner.type === 'Identifier' &&
    /^[A-Z]/.test(inner.name)
  )
    return { kind: 'doubt', why: 'the collection is a constant that cannot be seen' };
  const value = evaluator.evaluate(inner, module);
  if (value.kind === 'object' && value.parts.every((part) => 'key' in part) && value.parts.length > 0)
    return { kind: 'known', count: value.parts.length };
  return sizeOf(context, inner, depth + 1);
}

/** A number that says how many: a literal, or a name that speaks of a limit. */
function sizeOfNumber(context: IsolationContext, node: TSESTree.Node): Size {
  const inner = unwrap(node);
  const value = context.evaluator.evaluate(inner, context.module);
  if (value.kind === 'literal' && typeof value.value === 'number') return { kind: 'known', count: value.value };
  const text = context.module.text.slice(...inner.range);
  if (/concurr|worker|parallel|limit|pool|thread|slot|max|batch|chunk|retries|attempt|replica|shard|min\(/i.test(text))
    return { kind: 'bounded' };
  if (inner.type === 'MemberExpression' && memberName(inner) === 'length') return sizeOf(context, inner.object, 1);
  return { kind: 'unbounded' };
}

function add(a: Size, b: Size): Size {
  if (a.kind === 'known' && b.kind === 'known') return { kind: 'known', count: a.count + b.count };
  return worst(a, b);
}

const badness = { bounded: 0, known: 1, doubt: 2, unbounded: 3 };

function worst(a: Size, b: Size): Size {
  // A doubt about one part is a doubt about the whole.
  if (a.kind === 'doubt' || b.kind === 'doubt') return a.kind === 'doubt' ? a : b;
  if (a.kind === 'known' && b.kind === 'known') return a.count >= b.count ? a : b;
  return badness[a.kind] >= badness[b.kind] ? a : b;
}

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
  const skip = (node: TSESTree.Node, inside: Module): boolean => {
    if (node.type !== 'CallExpression') return false;
    const text = inside.text.slice(...node.callee.range);
    if (waiting.test(text)) {
      state.limited = true;
      return true;
    }
    if (!node.arguments.some((argument) => isFunction(unwrap(argument)))) return false;
    const run = policyRunAt(context, node, inside);
    if (run?.kinds.some((kind) => kind === 'limiter' || kind === 'bulkhead' || kind === 'rate-limit') === true)
      return true;
    if (run) return false;
    const callee = unwrap(node.callee);
    const name = nameOf(callee);
    if (name !== null && harmless.test(name)) return false;
    if (callee.type === 'ImportExpression' || isFunction(callee)) return false;
    const values = possibilities(context.evaluator.evaluate(callee, inside));
    const seen = values.every(({ kind }) => kind === 'function' || kind === 'client' || kind === 'method');
    if (!seen) state.doubt ??= 'a function that cannot be seen runs it';
    else if (
      values.some((value) => value.kind === 'function' && waiting.test(value.module.text.slice(...value.node.range)))
    )
      return true;
    return false;
  };
  const roots = rootsOf(context, work);
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

// Limiters without a limit

function judgeLimiter(
  context: IsolationContext,
  node: TSESTree.CallExpression | TSESTree.NewExpression,
): FanOutFact | null {
  const { evaluator, module } = context;
  const policy = possibilities(evaluator.callee(unwrap(node.callee), module)).find(
    (value): value is PolicyValue => value.kind === 'policy' && value.policy.kind === 'limiter' && !value.built,
  );
  if (!policy?.policy.concurrency) return null;
  const args = evaluator.arguments(node.arguments, module, { args: new Map(), self: null, depth: 0 });
  if (!isWithoutLimit(context, policy, args)) return null;
  const direct = policy.policy.run === undefined && policy.policy.runs === undefined;
  if (direct) {
    const [collection] = node.arguments;
    const operation = node.arguments[policy.policy.operation ?? 1];
    if (!collection || !operation || collection.type === 'SpreadElement') return null;
    const size = sizeOf(context, collection, 0);
    if (size.kind === 'bounded') return null;
    const work = workOf(context, operation);
    if (!work) return null;
    const doubt = work.doubt ?? (size.kind === 'doubt' ? size.why : null);
    return {
      node,
      verdict: doubt === null ? 'limiterWithoutLimit' : 'unknown',
      size,
      why: doubt ?? '',
      call: work.call,
      shape: null,
      policy,
    };
  }
  const call = usedFor(context, node);
  return (
    call && { node, verdict: 'limiterWithoutLimit', size: { kind: 'unbounded' }, why: '', call, shape: null, policy }
  );
}

function isWithoutLimit({ evaluator }: IsolationContext, { policy }: PolicyValue, args: readonly Value[]): boolean {
  const { concurrency, options } = policy;
  if (concurrency?.default !== 'unbounded') return false;
  const given =
    concurrency.argument === undefined
      ? evaluator.property(
          options === undefined ? absent : (args[configIndexOf(args, options)] ?? absent),
          concurrency.option ?? '',
          null,
        )
      : (args[concurrency.argument] ?? absent);
  // A limit per time is one as well.
  if (options !== undefined && typeof options === 'number') {
    const object = args[options] ?? absent;
    for (const name of ['intervalCap', 'minTime', 'reservoir', 'interval', 'datastore']) {
      if (evaluator.property(object, name, null).kind !== 'absent') return false;
    }
    if (!possibilities(object).every(({ kind }) => kind === 'object' || kind === 'absent' || kind === 'literal'))
      return false;
  }
  return possibilities(given).every(
    (value) =>
      value.kind === 'absent' ||
      (value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === Infinity)),
  );
}

/** The downstream call that a limiter of this file runs. */
function usedFor(context: IsolationContext, construction: TSESTree.Node): DownstreamCall | null {
  const { module } = context;
  let found: DownstreamCall | null = null;
  walk(module.ast, module, (node) => {
    if (found) return false;
    if (node.type !== 'CallExpression') return undefined;
    const run = policyRunAt(context, node, module);
    if (run?.policy?.site?.node !== construction) return undefined;
    const [reached] = reachedFrom(context, run.operation, module);
    if (reached && /^(?:http|rpc|sdk)$/.test(reached.call.library.family)) found = reached.call;
    return undefined;
  });
  return found;
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
