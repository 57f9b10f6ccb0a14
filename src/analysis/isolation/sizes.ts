/** How many elements a collection may have. */
import type { TSESTree } from '@typescript-eslint/utils';
import { exposureOf } from '../exposure.js';
import { contains, enclosingFunction, isFunction, memberName, unwrap, variableOf, type Module } from '../module.js';
import { possibilities, type FunctionNode, type Value } from '../values.js';
import type { IsolationContext } from './facts.js';

/** How many elements a collection may have. */
export type Size =
  | { readonly kind: 'known'; readonly count: number }
  | { readonly kind: 'bounded' | 'unbounded' }
  | { readonly kind: 'doubt'; readonly why: string };

export const maxDepth = 4;

/** How often a node is run: by the loop, or the iteration, around it. */
export function sizeOfRepetition(context: IsolationContext, node: TSESTree.Node): Size | null {
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

export function sizeOfCall(
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
