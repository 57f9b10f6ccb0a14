/** What becomes of an answer: whether its body is read, streamed, handed on, or left alone. */
import type { TSESTree } from '@typescript-eslint/utils';
import { argumentsOf, optionsOf, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { memberAt } from './members.js';
import { isFunction, memberName, unwrap, variableOf, wrapped, type Module } from './module.js';
import { possibilities } from './values.js';

/** One use of an answer. */
export interface ResponseUse {
  readonly kind: 'body' | 'stream' | 'status' | 'handed-on' | 'cancelled' | 'other';
  readonly node: TSESTree.Node;
}

const readers = /^(?:json|text|arrayBuffer|blob|formData|bytes|buffer)$/;

/** Everything that the file does with the answer of a call. */
export function responseUses(call: TSESTree.Node, module: Module): readonly ResponseUse[] {
  const uses: ResponseUse[] = [];
  collect(call, module, uses, 0);
  return uses;
}

/** Whether an answer is a stream: by its operation, by an option that asks for one, or by how it is read. */
export function isStreamed(evaluator: Evaluator, call: DownstreamCall): boolean {
  const { stream, streamWhen, payload } = call.operation;
  if (stream === true) return true;
  if (streamWhen) {
    const source =
      streamWhen.in === 'options'
        ? optionsOf(evaluator, call)
        : (argumentsOf(evaluator, call)[payload ?? 0] ?? { kind: 'absent' as const });
    const asked = possibilities(memberAt(evaluator, source, streamWhen.option)).some(
      (value) => value.kind === 'literal' && value.value === streamWhen.is,
    );
    if (asked) return true;
  }
  return responseUses(call.node, call.module).some(({ kind }) => kind === 'stream');
}

function collect(node: TSESTree.Node, module: Module, uses: ResponseUse[], depth: number): void {
  if (depth > 6) return;
  const outer = wrapped(node);
  const parent = outer.parent;
  switch (parent?.type) {
    case 'MemberExpression': {
      if (parent.object !== outer) return;
      const name = memberName(parent);
      const call = parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? parent.parent : null;
      if (call && (name === 'then' || name === 'finally' || name === 'catch')) {
        const [callback] = call.arguments;
        if (name === 'then' && callback && isFunction(callback)) {
          const [parameter] = callback.params;
          if (parameter) collectBinding(parameter, module, uses, depth);
        } else if (name === 'then') uses.push({ kind: 'handed-on', node: call });
        if (name !== 'then') collect(call, module, uses, depth + 1);
        return;
      }
      uses.push({ kind: useOf(name, parent), node: parent });
      return;
    }
    case 'VariableDeclarator':
      if (parent.init === outer) collectBinding(parent.id, module, uses, depth);
      return;
    case 'AssignmentExpression':
      if (parent.right === outer && parent.left.type === 'Identifier') collectBinding(parent.left, module, uses, depth);
      else uses.push({ kind: 'handed-on', node: parent });
      return;
    case 'ConditionalExpression':
    case 'LogicalExpression':
      collect(parent, module, uses, depth + 1);
      return;
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
    case 'CallExpression':
    case 'NewExpression':
    case 'ArrayExpression':
    case 'Property':
    case 'SpreadElement':
    case 'YieldExpression':
      uses.push({ kind: 'handed-on', node: parent });
      return;
    default:
  }
}

function useOf(name: string | null, member: TSESTree.MemberExpression): ResponseUse['kind'] {
  if (name === null) return 'other';
  if (readers.test(name)) return 'body';
  if (/^(?:ok|status|statusCode|statusText)$/.test(name)) return 'status';
  if (name !== 'body') return 'other';
  const outer = wrapped(member).parent;
  const next = outer?.type === 'MemberExpression' ? memberName(outer) : null;
  if (next === 'cancel' || next === 'destroy' || next === 'dump') return 'cancelled';
  if (next !== null && readers.test(next)) return 'body';
  return outer?.type === 'IfStatement' || outer?.type === 'UnaryExpression' ? 'other' : 'stream';
}

function collectBinding(binding: TSESTree.Node, module: Module, uses: ResponseUse[], depth: number): void {
  const pattern = unwrap(binding);
  if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
      const { name } = property.key;
      if (/^(?:ok|status|statusCode)$/.test(name)) uses.push({ kind: 'status', node: property });
      else if (name === 'body' && property.value.type === 'Identifier') {
        uses.push(...bodyUses(property.value, module));
      } else if (name === 'data') uses.push({ kind: 'body', node: property });
    }
    return;
  }
  if (pattern.type !== 'Identifier') return;
  for (const { identifier, init } of variableOf(module, pattern)?.references ?? []) {
    if (init === true || identifier === pattern) continue;
    collect(identifier, module, uses, depth + 1);
  }
}

/** `const { body } = await request(url); for await (… of body)` against `await body.json()`. */
function bodyUses(name: TSESTree.Identifier, module: Module): ResponseUse[] {
  return (variableOf(module, name)?.references ?? [])
    .filter(({ identifier }) => identifier !== name)
    .map(({ identifier }): ResponseUse => {
      const outer = wrapped(identifier).parent;
      const member = outer?.type === 'MemberExpression' ? memberName(outer) : null;
      if (member !== null && readers.test(member)) return { kind: 'body', node: identifier };
      if (member === 'dump' || member === 'destroy' || member === 'cancel')
        return { kind: 'cancelled', node: identifier };
      return { kind: 'stream', node: identifier };
    });
}
