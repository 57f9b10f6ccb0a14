/** Requests whose timer only emits an event: whether somebody listens, and ends the request. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, memberName, unwrap, variableOf, walk, wrapped, type Module } from './module.js';

/** What is known of a request's `timeout` event. */
export type Listening = 'destroys' | 'listens' | 'unknown' | 'nobody';

/** Who listens for the timeout of the request that `call` makes. */
export function listeningOf(call: TSESTree.Node, module: Module): Listening {
  const outer = wrapped(call);
  const answers: Listening[] = [];
  chained(outer, module, answers);
  const parent = outer.parent;
  const name =
    parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
      ? parent.id
      : parent?.type === 'AssignmentExpression' && parent.left.type === 'Identifier'
        ? parent.left
        : null;
  if (name) {
    for (const { identifier } of variableOf(module, name)?.references ?? []) {
      if (identifier === name) continue;
      const use = identifier.parent;
      if (use.type === 'MemberExpression' && use.object === identifier) chained(identifier, module, answers);
      else if (use.type === 'CallExpression' || use.type === 'ReturnStatement' || use.type === 'Property')
        answers.push('unknown');
    }
  } else if (parent?.type !== 'ExpressionStatement' && parent?.type !== 'MemberExpression') answers.push('unknown');
  for (const answer of ['destroys', 'listens', 'unknown'] as const) if (answers.includes(answer)) return answer;
  return 'nobody';
}

/** Listeners that are added to `receiver`, one call after the other. */
function chained(receiver: TSESTree.Node, module: Module, answers: Listening[]): void {
  let current = receiver;
  while (current.parent?.type === 'MemberExpression' && current.parent.object === current) {
    const member: TSESTree.MemberExpression = current.parent;
    const call = member.parent;
    if (call.type !== 'CallExpression' || call.callee !== member) return;
    const name = memberName(member);
    const [first, second] = call.arguments;
    if (
      /^(?:on|once|addListener|prependListener)$/.test(name ?? '') &&
      first?.type === 'Literal' &&
      first.value === 'timeout'
    ) {
      answers.push(endsRequest(second, module));
    }
    if (name === 'setTimeout' && second) answers.push(endsRequest(second, module));
    current = wrapped(call);
  }
}

function endsRequest(listener: TSESTree.Node | undefined, module: Module): Listening {
  if (!listener) return 'nobody';
  let node = unwrap(listener);
  if (node.type === 'Identifier') {
    const definition = variableOf(module, node)?.defs[0]?.node;
    const init = definition?.type === 'VariableDeclarator' ? definition.init : definition;
    if (!init) return 'unknown';
    node = init;
  }
  // `request.destroy.bind(request)`
  if (!isFunction(node)) return /\b(?:destroy|abort)\b/.test(module.text.slice(...node.range)) ? 'destroys' : 'unknown';
  let ends = false;
  walk(node.body, module, (inner) => {
    if (inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression') {
      ends ||= /^(?:destroy|abort|end)$/.test(memberName(inner.callee) ?? '');
    }
    return !ends;
  });
  return ends ? 'destroys' : 'listens';
}
