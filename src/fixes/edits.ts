/** Edits that rules share: text changes that keep what is there, its comments included. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { keyName, unwrap } from '../analysis/module.js';

/** A replacement of a range of text. */
export interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

/** The edits as ESLint's fixer makes them. */
export function applyEdits(fixer: TSESLint.RuleFixer, edits: readonly Edit[]): TSESLint.RuleFix[] {
  return edits.map(({ range, text }) =>
    range[0] === range[1]
      ? fixer.insertTextAfterRange([range[0], range[0]], text)
      : fixer.replaceTextRange([range[0], range[1]], text),
  );
}

/** A member to set: its dotted path, and the source of its value. */
export interface MemberEdit {
  readonly path: string;
  readonly value: string;
}

/**
 * Sets members of the object that stands (or would stand) as argument `index` of a call. What is there is kept:
 * members are added to an object literal, anything else is spread into a new one. `first`: what is there wins over what
 * is added. `insert`: what stands at `index` is another argument, before which the object goes. `null` where that cannot
 * be done.
 */
export function setArgumentMembers(
  source: Pick<TSESLint.SourceCode, 'text' | 'getTokenAfter' | 'getLastToken' | 'getTokenBefore'>,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  members: readonly MemberEdit[],
  { first = false, insert = false }: { readonly first?: boolean; readonly insert?: boolean } = {},
): readonly Edit[] | null {
  const args = call.arguments;
  if (args.slice(0, index + 1).some((argument) => argument.type === 'SpreadElement')) return null;
  const argument = args[index];
  if (argument && insert) {
    const start = startWithParentheses(source, argument);
    return [{ range: [start, start], text: `${objectText(members)}, ` }];
  }
  if (argument) return setMembers(source.text, argument, members, first);
  return addArgument(source, call, index, objectText(members));
}

/**
 * Adds an argument behind those that a call has, with `undefined` in the places between. `null` where something stands
 * at `index` already.
 */
export function addArgument(
  source: Pick<TSESLint.SourceCode, 'getTokenAfter' | 'getLastToken' | 'getTokenBefore'>,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  value: string,
): readonly Edit[] | null {
  const args = call.arguments;
  if (args.length > index || args.some((argument) => argument.type === 'SpreadElement')) return null;
  const fill = Array.from({ length: index - args.length }, () => 'undefined');
  const text = [...fill, value].join(', ');
  const last = args[args.length - 1];
  if (last) {
    const end = endWithParentheses(source, last);
    return [{ range: [end, end], text: `, ${text}` }];
  }
  const close = source.getLastToken(call);
  if (close?.value !== ')') return [{ range: [call.range[1], call.range[1]], text: `(${text})` }];
  return [{ range: [close.range[0], close.range[0]], text }];
}

type Tokens = Pick<TSESLint.SourceCode, 'getTokenAfter' | 'getTokenBefore'>;

function startWithParentheses(source: Tokens, argument: TSESTree.Node): number {
  return rangeWithParentheses(source, argument)[0];
}

/** The end of an expression, with the parentheses around it. */
function endWithParentheses(source: Tokens, argument: TSESTree.Node): number {
  return rangeWithParentheses(source, argument)[1];
}

/** The range of an argument of a call, with the parentheses that are its own. */
function rangeWithParentheses(source: Tokens, argument: TSESTree.Node): readonly [number, number] {
  let [start, end] = argument.range;
  let before = source.getTokenBefore(argument);
  let after = source.getTokenAfter(argument);
  const outer = argument.parent;
  while (before?.value === '(' && after?.value === ')' && outer && after.range[1] < outer.range[1]) {
    start = before.range[0];
    end = after.range[1];
    before = source.getTokenBefore(before);
    after = source.getTokenAfter(after);
  }
  return [start, end];
}

/** Sets members of an object expression, or of what will be spread into one. */
export function setMembers(
  text: string,
  node: TSESTree.Node,
  members: readonly MemberEdit[],
  first = false,
): readonly Edit[] | null {
  const object = unwrap(node);
  if (object.type === 'ObjectExpression') return setObjectMembers(text, object, members, first);
  // Spread out, an object of a class is one no longer.
  if (object.type === 'NewExpression') return null;
  if (isNothing(object)) return [{ range: object.range, text: objectText(members) }];
  const added = members.length > 0 ? objectBody(members) : '';
  const own = text.slice(...object.range);
  const spread = /^[\w$.?[\]'"]+$/.test(own) || object.type === 'CallExpression' ? `...${own}` : `...(${own})`;
  return [{ range: object.range, text: first ? `{ ${added}, ${spread} }` : `{ ${spread}, ${added} }` }];
}

function setObjectMembers(
  text: string,
  object: TSESTree.ObjectExpression,
  members: readonly MemberEdit[],
  first: boolean,
): readonly Edit[] | null {
  const edits: Edit[] = [];
  const added: MemberEdit[] = [];
  const byName = new Map<string, MemberEdit[]>();
  for (const member of members) {
    const [name = '', ...rest] = member.path.split('.');
    const existing = object.properties.find(
      (property): property is TSESTree.Property => property.type === 'Property' && keyName(property) === name,
    );
    if (!existing) {
      added.push(member);
    } else if (!first && isSpreadOver(object, existing)) {
      return null;
    } else if (rest.length === 0) {
      const own = first ? `${operandText(text, existing.value)} ?? ` : '';
      if (own !== '') edits.push({ range: existing.range, text: `${keyText(text, existing)}: ${own}${member.value}` });
      else if (existing.shorthand) edits.push({ range: existing.range, text: `${name}: ${member.value}` });
      else edits.push({ range: existing.value.range, text: member.value });
    } else {
      byName.set(name, [...(byName.get(name) ?? []), { path: rest.join('.'), value: member.value }]);
    }
  }
  for (const [name, below] of byName) {
    const existing = object.properties.find(
      (property): property is TSESTree.Property => property.type === 'Property' && keyName(property) === name,
    );
    if (existing?.shorthand === true) {
      edits.push({ range: existing.range, text: `${name}: { ...${name}, ${objectBody(below)} }` });
      continue;
    }
    const inner = existing && setMembers(text, existing.value, below);
    if (!inner) return null;
    edits.push(...inner);
  }
  if (added.length > 0) edits.push(insertMembers(text, object, objectBody(added), first));
  return edits;
}

/** Whether something that is spread in behind a property may take its place. */
function isSpreadOver(object: TSESTree.ObjectExpression, property: TSESTree.Property): boolean {
  return object.properties.slice(object.properties.indexOf(property)).some(({ type }) => type === 'SpreadElement');
}

function keyText(text: string, { key, computed }: TSESTree.Property): string {
  const own = text.slice(...key.range);
  return computed ? `[${own}]` : own;
}

/** An expression as the left side of `??`, which takes no mixture with other operators. */
function operandText(text: string, node: TSESTree.Node): string {
  const own = text.slice(...node.range);
  const plain = /^(?:Identifier|MemberExpression|CallExpression|ChainExpression|Literal|TSNonNullExpression)$/;
  return plain.test(node.type) ? own : `(${own})`;
}

/** Adds members behind the last one (or before the first), in the form of the object: one line, or a line each. */
function insertMembers(text: string, object: TSESTree.ObjectExpression, body: string, first: boolean): Edit {
  const [start, end] = object.range;
  const properties = object.properties;
  const firstProperty = properties[0];
  const last = properties[properties.length - 1];
  if (!firstProperty || !last) {
    const inside = text.slice(start + 1, end - 1);
    if (inside.trim() === '') return { range: [start, end], text: `{ ${body} }` };
    // Nothing but comments: they stay, the member goes behind them, on a line of its own.
    return { range: [end - 1, end - 1], text: `${inside.endsWith('\n') ? '' : '\n'}${body}\n` };
  }
  const lineStart = text.lastIndexOf('\n', firstProperty.range[0]);
  const indent = text.slice(lineStart + 1, firstProperty.range[0]);
  const multiline = lineStart >= start && /^\s*$/.test(indent);
  if (first) {
    const at = firstProperty.range[0];
    return { range: [at, at], text: multiline ? `${body},\n${indent}` : `${body}, ` };
  }
  const at = last.range[1];
  return { range: [at, at], text: multiline ? `,\n${indent}${body}` : `, ${body}` };
}

function isNothing(node: TSESTree.Node): boolean {
  return (
    (node.type === 'Identifier' && node.name === 'undefined') ||
    (node.type === 'Literal' && node.value === null && node.raw === 'null') ||
    (node.type === 'UnaryExpression' && node.operator === 'void')
  );
}

/** `{ a: 1, b: { c: 2 } }` */
export function objectText(members: readonly MemberEdit[]): string {
  return `{ ${objectBody(members)} }`;
}

/** `a: 1, b: { c: 2 }` */
function objectBody(members: readonly MemberEdit[]): string {
  const groups = new Map<string, { value: string | null; below: MemberEdit[] }>();
  for (const { path, value } of members) {
    const [name = '', ...rest] = path.split('.');
    const group = groups.get(name) ?? { value: null, below: [] };
    if (rest.length === 0) groups.set(name, { ...group, value });
    else groups.set(name, { ...group, below: [...group.below, { path: rest.join('.'), value }] });
  }
  return [...groups]
    .map(([name, { value, below }]) => {
      const key = /^[\w$]+$/.test(name) ? name : `'${name}'`;
      return value === key ? key : `${key}: ${value ?? objectText(below)}`;
    })
    .join(', ');
}
