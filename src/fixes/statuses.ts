/** A look at the status, before the body of an answer is used: a guard that throws. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { StatusFact } from '../analysis/isolation/statuses.js';
import { keyName, memberName, unwrap, wrapped, type Module } from '../analysis/module.js';
import type { Edit } from './edits.js';

/** A guard behind the call, or around its body; `null` where there is no plain place for one. */
export function guardStatus(
  source: TSESLint.SourceCode,
  { node }: StatusFact,
  downstream: string | null,
  module: Module,
): readonly Edit[] | null {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (parent?.type === 'VariableDeclarator' && parent.init === outer) {
    return guardDeclared(source, parent, isAwaited(outer), downstream);
  }
  if (parent?.type === 'MemberExpression' && parent.object === outer) {
    if (outer.type === 'AwaitExpression') return guardAwaited(source, outer, parent, downstream, module);
    if (memberName(parent) === 'then') return guardThen(source, parent, downstream);
  }
  return null;
}

function isAwaited(node: TSESTree.Node): boolean {
  let inner = node;
  while (inner.type === 'TSAsExpression' || inner.type === 'TSNonNullExpression') inner = inner.expression;
  return inner.type === 'AwaitExpression';
}

/** `const response = await fetch(url);` and a guard below it. */
function guardDeclared(
  source: TSESLint.SourceCode,
  declarator: TSESTree.VariableDeclarator,
  awaited: boolean,
  downstream: string | null,
): readonly Edit[] | null {
  const declaration = declarator.parent;
  const block = declaration.parent;
  if (!awaited || declaration.declarations.length !== 1) return null;
  if (block.type !== 'BlockStatement' && block.type !== 'Program' && block.type !== 'SwitchCase') return null;
  const indent = /^[ \t]*/.exec(source.lines[declaration.loc.start.line - 1] ?? '')?.[0] ?? '';
  const end = declaration.range[1];
  if (declarator.id.type === 'Identifier') {
    const name = declarator.id.name;
    return [{ range: [end, end], text: `\n${indent}${guard(`!${name}.ok`, `${name}.status`, downstream)}` }];
  }
  if (declarator.id.type !== 'ObjectPattern') return null;
  // `const { body } = await request(url)`: undici has the number only.
  const { properties } = declarator.id;
  const last = properties.at(-1);
  if (!last || last.type === 'RestElement') return null;
  if (properties.some((property) => property.type === 'Property' && keyName(property) === 'statusCode')) return null;
  if (source.scopeManager?.scopes.some((scope) => scope.set.has('statusCode'))) return null;
  if (!properties.some((property) => property.type === 'Property' && keyName(property) === 'body')) return null;
  return [
    { range: [last.range[1], last.range[1]], text: ', statusCode' },
    { range: [end, end], text: `\n${indent}${guard('statusCode >= 400', 'statusCode', downstream)}` },
  ];
}

/** `(await fetch(url)).json()` becomes `fetch(url).then((response) => …)`, whose promise is awaited as before. */
function guardAwaited(
  source: TSESLint.SourceCode,
  awaited: TSESTree.AwaitExpression,
  member: TSESTree.MemberExpression,
  downstream: string | null,
  module: Module,
): readonly Edit[] | null {
  const call = member.parent;
  if (call.type !== 'CallExpression' || call.callee !== member || member.optional) return null;
  if (source.getCommentsInside(call).length > 0) return null;
  const fetching = module.text.slice(...unwrap(awaited.argument).range);
  const reader = module.text.slice(member.property.range[0], call.range[1]);
  const type = /^(?:json|text|arrayBuffer|blob|formData|bytes)\(\)$/.test(reader);
  if (!type || unwrap(awaited.argument).type !== 'CallExpression') return null;
  const text = `${fetching}.then((response) => { ${guard('!response.ok', 'response.status', downstream)} return response.${reader}; })`;
  return [{ range: call.range, text }];
}

/** `fetch(url).then((response) => response.json())` */
function guardThen(
  source: TSESLint.SourceCode,
  member: TSESTree.MemberExpression,
  downstream: string | null,
): readonly Edit[] | null {
  const call = member.parent;
  const callback = call.type === 'CallExpression' ? call.arguments[0] : undefined;
  if (callback?.type !== 'ArrowFunctionExpression') return null;
  const [parameter] = callback.params;
  if (callback.params.length !== 1 || parameter?.type !== 'Identifier') return null;
  const { name } = parameter;
  const check = guard(`!${name}.ok`, `${name}.status`, downstream);
  if (callback.body.type === 'BlockStatement') {
    const [first] = callback.body.body;
    if (!first) return null;
    const indent = /^[ \t]*/.exec(source.lines[first.loc.start.line - 1] ?? '')?.[0] ?? '';
    const oneLine = first.loc.start.line === callback.body.loc.start.line;
    return [{ range: [first.range[0], first.range[0]], text: oneLine ? `${check} ` : `${check}\n${indent}` }];
  }
  const before = source.getTokenBefore(callback.body);
  const after = source.getTokenAfter(callback.body);
  const inParentheses = before?.value === '(' && after?.value === ')' && before.range[0] > parameter.range[1];
  const start = inParentheses ? before.range[0] : callback.body.range[0];
  const end = inParentheses ? after.range[1] : callback.body.range[1];
  return [
    { range: [start, start], text: `{ ${check} return ` },
    { range: [end, end], text: '; }' },
  ];
}

function guard(test: string, status: string, downstream: string | null): string {
  const who = (downstream ?? 'The request').replaceAll(/[`\\]|\$\{/g, '');
  const text = downstream === null ? 'failed with status' : 'answered with status';
  return `if (${test}) throw new Error(\`${who} ${text} \${${status}}\`);`;
}
