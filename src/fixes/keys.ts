/** Giving a request a key that is the same in each attempt: made outside the retry, sent in the way that the client takes it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { firstArgument, isCallbackAt, optionsIndex, type DownstreamCall } from '../analysis/calls.js';
import { contains, isFunction, unwrap, variableOf } from '../analysis/module.js';
import { keySpec } from '../analysis/retries/keys.js';
import type { RetryScope } from '../analysis/retries/scope.js';
import { possibilities } from '../analysis/values.js';
import { setArgumentMembers, type Edit } from './edits.js';
import type { RetryFix } from './retries.js';

const usualName = 'idempotencyKey';

/** A key for a call that has none. `null` where the client takes none, or there is no place outside the retry. */
export function addKey(
  facts: Facts,
  source: TSESLint.SourceCode,
  scope: RetryScope,
  call: DownstreamCall,
): RetryFix | null {
  const spec = keySpec(call);
  if (!spec || spec.in === 'payload' || call.module !== facts.module || call.node.type !== 'CallExpression')
    return null;
  const position = optionsIndex(facts.evaluator, call);
  const before = firstArgument(call);
  const place = placeOutside(scope, call.node);
  if (position === null || before === null || !place) return null;
  const name = freeName(facts, call.node);
  const insert = isCallbackAt(facts.evaluator, call, position);
  const path = spec.in === 'header' ? headerPath(facts, call, position, spec.name) : [{ path: spec.name, value: name }];
  if (!path) return null;
  const members = path.map((member) => ({ ...member, value: name }));
  const edits = setArgumentMembers(source, call.node, before + position, members, { insert });
  if (!edits) return null;
  const merged = declare(source, place, `const ${name} = crypto.randomUUID();`, edits);
  return merged && { edits: merged, text: `${spec.name}: ${name}`, choice: false };
}

/** The header as a member below the options; `null` where the headers are no plain object. */
function headerPath(
  facts: Facts,
  call: DownstreamCall,
  position: number,
  name: string,
): { path: string; value: string }[] | null {
  const before = firstArgument(call) ?? 0;
  const argument = call.node.type === 'CallExpression' ? call.node.arguments[before + position] : undefined;
  if (argument && argument.type !== 'SpreadElement') {
    const value = facts.evaluator.evaluate(argument, call.module);
    const headers = possibilities(facts.evaluator.property(value, 'headers', null));
    if (!headers.every(({ kind }) => kind === 'object' || kind === 'absent')) return null;
    // A spread may bring headers along, which a new member would replace.
    const inner = unwrap(argument);
    if (inner.type !== 'ObjectExpression') return null;
    const hasSpread = inner.properties.some(({ type }) => type === 'SpreadElement');
    const own = inner.properties.some(
      (property) =>
        property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'headers',
    );
    if (hasSpread && !own) return null;
  }
  return [{ path: `headers.${name}`, value: '' }];
}

/** Moves what makes a key out of the retry. */
export function hoistKey(
  facts: Facts,
  source: TSESLint.SourceCode,
  scope: RetryScope,
  node: TSESTree.Node,
): RetryFix | null {
  const place = placeOutside(scope, node);
  if (!place) return null;
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const declarator = variableOf(facts.module, inner)?.defs[0]?.node as TSESTree.Node | undefined;
    const declaration = declarator?.parent;
    if (
      declarator?.type !== 'VariableDeclarator' ||
      declaration?.type !== 'VariableDeclaration' ||
      declaration.declarations.length !== 1
    )
      return null;
    const text = source.text.slice(...declaration.range);
    const edits = declare(source, place, text, [{ range: lineOf(source.text, declaration.range), text: '' }]);
    return edits && { edits, text, choice: true };
  }
  if (inner.type !== 'CallExpression' && inner.type !== 'TemplateLiteral') return null;
  const name = freeName(facts, node);
  const value = source.text.slice(...inner.range);
  const edits = declare(source, place, `const ${name} = ${value};`, [{ range: node.range, text: name }]);
  return edits && { edits, text: `const ${name} = ${value}`, choice: true };
}

/** A statement's whole line, where nothing else stands on it. */
function lineOf(text: string, [start, end]: readonly [number, number]): readonly [number, number] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  if (text.slice(lineStart, start).trim() !== '' || (lineEnd >= 0 && text.slice(end, lineEnd).trim() !== ''))
    return [start, end];
  return [lineStart, lineEnd < 0 ? end : lineEnd + 1];
}

/** Where something stands that is done once: the statement around the retry, or the expression that a function returns. */
function placeOutside(scope: RetryScope, inside: TSESTree.Node): TSESTree.Node | null {
  if (scope.kind === 'recursion' || scope.kind === 'timer' || scope.kind === 'interceptor' || scope.installed === true)
    return null;
  if (scope.module.ast !== rootOf(scope.node) || !contains(scope.node, inside)) return null;
  for (let node: TSESTree.Node = scope.node; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      // At the top level a key would live as long as the process, which is right for what is done once.
      return node;
    }
    if (parent.type === 'ArrowFunctionExpression' && parent.body === node) return node;
    if (isFunction(parent)) return null;
  }
  return null;
}

function rootOf(node: TSESTree.Node): TSESTree.Node {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** The edits, and a declaration before the place where the retry stands. */
function declare(
  source: TSESLint.SourceCode,
  place: TSESTree.Node,
  declaration: string,
  edits: readonly Edit[],
): readonly Edit[] | null {
  const start = place.range[0];
  const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.text.slice(lineStart))?.[0] ?? '';
  if (place.parent?.type !== 'ArrowFunctionExpression') {
    // From the block's beginning: the next key of the same block waits for the next pass, and gets another name.
    const block = place.parent?.range[0] ?? start;
    return [
      { range: [block, block], text: '' },
      { range: [start, start], text: `${declaration}\n${indent}` },
      ...edits,
    ];
  }
  // `() => pRetry(…)` becomes a function with a body.
  const before = source.getTokenBefore(place);
  const after = source.getTokenAfter(place);
  if (
    before?.value !== '=>' ||
    (after?.value === ')' && source.text.slice(place.range[1], after.range[0]).trim() !== '')
  )
    return null;
  return [
    { range: [start, start], text: `{\n${indent}  ${declaration}\n${indent}  return ` },
    ...edits,
    { range: [place.range[1], place.range[1]], text: `;\n${indent}}` },
  ];
}

/** A name that nothing there has. */
function freeName({ module }: Facts, at: TSESTree.Node): string {
  const taken = new Set<string>();
  for (let node: TSESTree.Node | undefined = at; node; node = node.parent) {
    const scope = module.scopes.acquire(node);
    if (scope) for (const name of scope.set.keys()) taken.add(name);
  }
  for (let count = 1; ; count++) {
    const name = count === 1 ? usualName : `${usualName}${count}`;
    if (!taken.has(name)) return name;
  }
}
