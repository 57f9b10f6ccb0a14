/** Literals and operators. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, keyName, type Module } from '../module.js';
import {
  isNullish,
  isTruthy,
  lazyMember,
  literal,
  possibilities,
  union,
  unknown,
  type Env,
  type ObjectValue,
  type Site,
  type Value,
} from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { returnedValue } from './invocations.js';

/** An object literal with more members is a table, no configuration. */
const maxProperties = 200;

export function objectExpression(
  evaluator: Evaluator,
  node: TSESTree.ObjectExpression,
  module: Module,
  env: Env,
): Value {
  if (node.properties.length > maxProperties) return unknown('a table', { node, module });
  const parts: ObjectValue['parts'][number][] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      parts.push(
        ...spreadParts(evaluator.evaluate(property.argument, module, env), {
          node: property.argument,
          module,
        }),
      );
      continue;
    }
    const name = property.computed ? computedKey(evaluator, property.key, module, env) : keyName(property);
    const site: Site = { node: property, module };
    if (name === null) continue;
    const isAccessor = property.kind !== 'init';
    const value = (): Value => {
      if (!isAccessor) return evaluator.evaluate(property.value, module, env);
      return property.kind === 'get' && isFunction(property.value)
        ? returnedValue(evaluator, { kind: 'function', node: property.value, module, env }, [])
        : unknown('accessor', site);
    };
    parts.push({ key: name, member: lazyMember(() => evaluator.fully(value), site) });
  }
  return { kind: 'object', parts, site: { node, module } };
}

function computedKey(evaluator: Evaluator, key: TSESTree.Node, module: Module, env: Env): string | null {
  const value = evaluator.evaluate(key, module, env);
  return value.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

/** What an object is made of when `value` is spread into it. */
export function spreadParts(value: Value, site: Site): ObjectValue['parts'] {
  if (value.kind === 'object') return value.parts;
  if (isTruthy(value) === false) return [];
  return [{ spread: value, site }];
}

export function logicalExpression(
  evaluator: Evaluator,
  node: TSESTree.LogicalExpression,
  module: Module,
  env: Env,
): Value {
  const left = evaluator.evaluate(node.left, module, env);
  const right = (): Value => evaluator.evaluate(node.right, module, env);
  if (node.operator !== '&&') return either(left, right, node.operator === '??');
  const truthy = isTruthy(left);
  if (truthy === true) return right();
  if (truthy === false) return left;
  return union([literal(undefined, { node: node.left, module }), right()]);
}

/** `left ?? right`, or `left || right`. */
export function either(left: Value, right: () => Value, nullish: boolean): Value {
  const kept: Value[] = [];
  let fallsThrough = false;
  for (const member of possibilities(left)) {
    const missing = nullish ? isNullish(member) : negate(isTruthy(member));
    if (missing !== true) kept.push(member.kind === 'parameter' ? { ...member, given: true } : member);
    if (missing !== false) fallsThrough = true;
  }
  return union(fallsThrough ? [...kept, right()] : kept);
}

export function templateLiteral(evaluator: Evaluator, node: TSESTree.TemplateLiteral, site: Site, env: Env): Value {
  let text = node.quasis[0]?.value.cooked ?? '';
  for (const [index, expression] of node.expressions.entries()) {
    const value = evaluator.evaluate(expression, site.module, env);
    if (value.kind !== 'literal') return unknown('template', site);
    text += String(value.value) + (node.quasis[index + 1]?.value.cooked ?? '');
  }
  return literal(text, site);
}

export function unaryExpression(evaluator: Evaluator, node: TSESTree.UnaryExpression, module: Module, env: Env): Value {
  const site: Site = { node, module };
  const value = evaluator.evaluate(node.argument, module, env);
  if (node.operator === '!') {
    const truthy = isTruthy(value);
    return truthy === null ? unknown('!', site) : literal(!truthy, site);
  }
  if (node.operator === 'void') return literal(undefined, site);
  if (value.kind === 'environment') return node.operator === '+' ? value : unknown(node.operator, site);
  if (value.kind === 'literal' && typeof value.value === 'number') {
    if (node.operator === '-') return literal(-value.value, site);
    if (node.operator === '+') return value;
  }
  if (value.kind === 'literal' && node.operator === '+') return literal(Number(value.value), site);
  return unknown(node.operator, site);
}

export function binaryExpression(
  evaluator: Evaluator,
  node: TSESTree.BinaryExpression,
  module: Module,
  env: Env,
): Value {
  const site: Site = { node, module };
  if (node.left.type === 'PrivateIdentifier') return unknown('in', site);
  const left = evaluator.evaluate(node.left, module, env);
  const right = evaluator.evaluate(node.right, module, env);
  if (left.kind === 'literal' && right.kind === 'literal')
    return literal(fold(node.operator, left.value, right.value), site);
  const nullCheck = right.kind === 'literal' && (right.value === null || right.value === undefined);
  if (nullCheck && /^[!=]==?$/.test(node.operator)) {
    const missing = isNullish(left);
    if (missing !== null) return literal(missing === node.operator.startsWith('='), site);
  }
  const numbers = [left, right].every(
    (side) => side.kind === 'environment' || (side.kind === 'literal' && typeof side.value === 'number'),
  );
  if (numbers && /^[-+*/%]|\*\*$/.test(node.operator)) return left.kind === 'environment' ? left : right;
  return unknown(node.operator, site);
}

function negate(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

/** A binary operator on two known primitives. */
function fold(operator: string, left: unknown, right: unknown): string | number | boolean | undefined {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return String(left) + String(right);
  const a = left as number;
  const b = right as number;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '==':
      return left === right || ((left ?? null) === null && (right ?? null) === null);
    case '!=':
      return !(left === right || ((left ?? null) === null && (right ?? null) === null));
    default:
      return undefined;
  }
}
