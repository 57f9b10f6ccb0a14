/** How many elements a collection may have. */
import type { TSESTree } from '@typescript-eslint/utils';
import { exposureOf } from '../exposure.js';
import {
  contains,
  enclosingClass,
  isFunction,
  memberName,
  someInside,
  unwrap,
  variableOf,
  walk,
  type Module,
  type Variable,
} from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue, type Value } from '../values.js';
import type { IsolationContext } from './facts.js';
import { emptyLists, isEmptiedWhenFull, isSizeChecked } from './size-checks.js';

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

/** What lodash, Remeda and their like call the functions that cut a list. */
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
  if (isSizeChecked(inner, module)) return { kind: 'bounded' };
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
      if (variable && isEmptiedWhenFull(variable)) return { kind: 'bounded' };
      if (known && variable)
        return variable.references.reduce((all, { identifier }) => worst(all, growthAt(context, identifier)), known);
      if (definition?.type === 'VariableDeclarator') {
        const loop = definition.parent.parent;
        if (loop.type === 'ForOfStatement' && loop.left === definition.parent)
          return sizeOfElement(context, loop.right, depth + 1);
        if (definition.init && cutInText.test(module.text.slice(...definition.init.range)))
          return { kind: 'doubt', why: 'a query limits it' };
        if (definition.init && definition.id.type === 'Identifier') return sizeOf(context, definition.init, depth + 1);
      }
      if (variable?.defs[0]?.type === 'Parameter') return sizeOfParameter(context, inner, depth);
      if ((variable?.defs[0]?.type as string | undefined) === 'ImportBinding')
        return { kind: 'doubt', why: 'the collection is a constant that cannot be seen' };
      return { kind: 'unbounded' };
    }
    case 'MemberExpression': {
      const known = sizeOfValue(evaluator.evaluate(inner, module));
      if (unwrap(inner.object).type === 'ThisExpression') return sizeOfField(inner, known, module);
      if (known) return known;
      if (inner.computed) return { kind: 'doubt', why: 'the collection is an element of another one' };
      if (memberName(inner) === 'Records') return { kind: 'doubt', why: 'a batch has few records' };
      if (isLimitedAtRoot(inner, module)) return { kind: 'doubt', why: 'a query limits it' };
      if (rootValue(context, inner).kind === 'external')
        return { kind: 'doubt', why: 'the collection is a constant that cannot be seen' };
      return { kind: 'unbounded' };
    }
    default:
      return { kind: 'doubt', why: 'the collection cannot be followed' };
  }
}

/** What the object at the beginning of a chain of members is. */
function rootValue({ evaluator, module }: IsolationContext, member: TSESTree.MemberExpression): Value {
  let root: TSESTree.Node = member;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  return evaluator.evaluate(root, module);
}

/** A list in a field: what its class makes of it. `initial`: what it begins with. */
function sizeOfField(member: TSESTree.MemberExpression, initial: Size | null, module: Module): Size {
  const name = memberName(member);
  const owner = enclosingClass(member);
  if (!owner || name === null) return { kind: 'doubt', why: 'the collection is a field' };
  const grows = someInside(owner.body, module, (node) => {
    if (node.type === 'TSParameterProperty')
      return node.parameter.type === 'Identifier' && node.parameter.name === name;
    if (node.type !== 'MemberExpression' || node.object.type !== 'ThisExpression' || memberName(node) !== name)
      return false;
    const { parent } = node;
    if (parent.type === 'AssignmentExpression') return parent.left === node && emptyLists(parent.right) !== 0;
    return (
      parent.type === 'MemberExpression' &&
      parent.object === node &&
      parent.parent.type === 'CallExpression' &&
      /^(?:push|unshift|splice|add|set)$/.test(memberName(parent) ?? '')
    );
  });
  if (grows) return { kind: 'unbounded' };
  return initial ?? { kind: 'doubt', why: 'the collection is a field' };
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

/** How many elements a use of a list adds to it. */
function growthAt(context: IsolationContext, identifier: TSESTree.Node): Size {
  const call = identifier.parent?.parent;
  const added = identifier.parent?.type === 'MemberExpression' ? memberName(identifier.parent) : null;
  const adds = added === 'push' || added === 'unshift' || added === 'splice';
  if (!adds || call?.type !== 'CallExpression') return { kind: 'bounded' };
  if (call.arguments.some(({ type }) => type === 'SpreadElement')) return { kind: 'unbounded' };
  return sizeOfRepetition(context, call) ?? { kind: 'bounded' };
}

/** Whether elements are added to a variable after it is made. */
function isGrown(variable: Variable): boolean {
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

/** How many elements each element of a list of lists may have: chunks, mostly. */
function sizeOfElement(context: IsolationContext, node: TSESTree.Node, depth: number): Size {
  const doubtful: Size = { kind: 'doubt', why: 'the collection is an element of another one' };
  if (depth > maxDepth) return doubtful;
  const { evaluator, module } = context;
  const inner = unwrap(node);
  if (inner.type === 'AwaitExpression') return sizeOfElement(context, inner.argument, depth);
  if (inner.type === 'ArrayExpression') {
    const sizes = inner.elements.map((element): Size =>
      element && element.type !== 'SpreadElement' ? sizeOf(context, element, depth + 1) : doubtful,
    );
    return sizes.length > 0 ? sizes.reduce(worst) : doubtful;
  }
  if (inner.type === 'Identifier') {
    const variable = variableOf(module, inner);
    const definition = variable?.defs[0]?.node;
    if (definition?.type !== 'VariableDeclarator' || !definition.init) return doubtful;
    const pushed = (variable?.references ?? []).flatMap(({ identifier }) => pushedInto(identifier));
    if (pushed.length > 0) return pushed.map((part) => sizeOf(context, part, depth + 1)).reduce(worst);
    return sizeOfElement(context, definition.init, depth + 1);
  }
  if (inner.type !== 'CallExpression') return doubtful;
  const text = module.text.slice(...inner.callee.range);
  const callee = unwrap(inner.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const [first, second] = inner.arguments;
  const callback = text === 'Array.from' ? second : name === 'map' ? first : undefined;
  if (isFunction(callback)) return returnedFrom(context, callback, depth, sizeOf);
  const values = possibilities(evaluator.callee(callee, module));
  const functions = values.filter((value): value is FunctionValue => value.kind === 'function');
  if (functions.length > 0)
    return functions
      .map((fn) => returnedFrom({ ...context, module: fn.module }, fn.node, depth, sizeOfElement))
      .reduce(worst);
  return cutByCall.test(text) ? { kind: 'bounded' } : doubtful;
}

function pushedInto(identifier: TSESTree.Node): readonly TSESTree.Node[] {
  const member = identifier.parent;
  const call = member?.parent;
  return member?.type === 'MemberExpression' &&
    member.object === identifier &&
    memberName(member) === 'push' &&
    call?.type === 'CallExpression'
    ? call.arguments.filter(({ type }) => type !== 'SpreadElement')
    : [];
}

/** The worst of what a function returns, or yields. */
function returnedFrom(
  context: IsolationContext,
  fn: FunctionNode,
  depth: number,
  measure: (context: IsolationContext, node: TSESTree.Node, depth: number) => Size,
): Size {
  if (fn.body.type !== 'BlockStatement') return measure(context, fn.body, depth + 1);
  const sizes: Size[] = [];
  walk(
    fn.body,
    context.module,
    (node) => {
      if (node.type === 'ReturnStatement' && node.argument) sizes.push(measure(context, node.argument, depth + 1));
      // One part after another.
      if (node.type === 'YieldExpression' && node.argument && !node.delegate)
        sizes.push(sizeOf(context, node.argument, depth + 1));
      return undefined;
    },
    { intoFunctions: false },
  );
  return sizes.length > 0 ? sizes.reduce(worst) : { kind: 'doubt', why: 'the collection cannot be followed' };
}

function sizeOfParameter(context: IsolationContext, name: TSESTree.Identifier, depth: number): Size {
  const { module } = context;
  const fn = variableOf(module, name)?.defs[0]?.node;
  if (!isFunction(fn)) return { kind: 'unbounded' };
  const index = fn.params.findIndex((parameter) =>
    contains(parameter, variableOf(module, name)?.identifiers[0] ?? parameter),
  );
  const parameter = fn.params[index];
  if (parameter?.type === 'RestElement') return { kind: 'doubt', why: 'the arguments of the caller' };
  if (parameter?.type === 'Identifier' && isTuple(parameter)) return { kind: 'bounded' };
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
  const call = fn.parent.type === 'CallExpression' && fn.parent.callee !== fn ? fn.parent : null;
  const callee = call && unwrap(call.callee);
  if (callee?.type === 'MemberExpression' && index === 0 && parameter?.type === 'Identifier') {
    const method = memberName(callee) ?? '';
    if (method === 'then') return sizeOf(context, callee.object, depth + 1);
    // A function that an iteration calls with one element after another.
    if (/^(?:map|flatMap|forEach|filter)$/.test(method)) return sizeOfElement(context, callee.object, depth + 1);
  }
  if (callee?.type === 'MemberExpression' && /^(?:map|flatMap|forEach|reduce)$/.test(memberName(callee) ?? ''))
    return parameter?.type === 'ArrayPattern'
      ? { kind: 'doubt', why: 'the collection is an element of another one' }
      : { kind: 'unbounded' };
  return { kind: 'unbounded' };
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
  if (cutInText.test(module.text.slice(...call.range))) return { kind: 'doubt', why: 'a query limits it' };
  const functions = possibilities(context.evaluator.callee(callee, module)).filter(
    (value): value is FunctionValue => value.kind === 'function',
  );
  if (functions.length > 0 && call.type === 'CallExpression')
    return functions.map((fn) => returnedFrom({ ...context, module: fn.module }, fn.node, depth, sizeOf)).reduce(worst);
  return { kind: cutByCall.test(text) ? 'bounded' : 'unbounded' };
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

/** A number that says how many. */
function sizeOfNumber(context: IsolationContext, node: TSESTree.Node): Size {
  const { evaluator, module } = context;
  const inner = unwrap(node);
  const value = evaluator.evaluate(inner, module);
  if (value.kind === 'literal' && typeof value.value === 'number') return { kind: 'known', count: value.value };
  if (inner.type === 'MemberExpression' && memberName(inner) === 'length') return sizeOf(context, inner.object, 1);
  if (inner.type === 'CallExpression' && module.text.slice(...inner.callee.range) === 'Math.min') {
    const sizes = inner.arguments.map((argument) =>
      argument.type === 'SpreadElement' ? null : sizeOfNumber(context, argument),
    );
    return sizes.find((size) => size?.kind === 'known' || size?.kind === 'bounded') ?? { kind: 'unbounded' };
  }
  return { kind: 'unbounded' };
}

function add(a: Size, b: Size): Size {
  if (a.kind === 'known' && b.kind === 'known') return { kind: 'known', count: a.count + b.count };
  return worst(a, b);
}

const badness = { bounded: 0, known: 1, doubt: 2, unbounded: 3 };

function worst(a: Size, b: Size): Size {
  if (a.kind === 'known' && b.kind === 'known') return a.count >= b.count ? a : b;
  return badness[a.kind] >= badness[b.kind] ? a : b;
}
