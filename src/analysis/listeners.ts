/** Requests whose timer only emits an event: whether somebody listens, and ends the request. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, memberName, unwrap, variableOf, someInside, wrapped, type Module } from './module.js';

/** What is known of a request's `timeout` event. */
export type Listening = 'destroys' | 'listens' | 'unknown' | 'nobody';

/** Who listens for the timeout of the request that `call` makes. */
export function listeningOf(call: TSESTree.Node, module: Module): Listening {
  return requestOf(call, module).listening;
}

/** What the request's own `setTimeout` is given, or `null` where nobody calls it. */
export function timerOfRequest(call: TSESTree.Node, module: Module): TSESTree.Node | null {
  return requestOf(call, module).timer;
}

/** What a file does with a request that `call` makes. */
interface RequestUse {
  readonly listening: Listening;
  readonly timer: TSESTree.Node | null;
}

function requestOf(call: TSESTree.Node, module: Module): RequestUse {
  const outer = wrapped(call);
  const answers: Listening[] = [];
  const timers: TSESTree.Node[] = [];
  chained(outer, module, answers, timers);
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
      if (use.type === 'MemberExpression' && use.object === identifier) chained(identifier, module, answers, timers);
      else if (use.type === 'CallExpression' || use.type === 'ReturnStatement' || use.type === 'Property')
        answers.push('unknown');
    }
  } else if (parent?.type !== 'ExpressionStatement' && parent?.type !== 'MemberExpression') answers.push('unknown');
  const listening = (['destroys', 'listens', 'unknown'] as const).find((answer) => answers.includes(answer));
  return { listening: listening ?? 'nobody', timer: timers[0] ?? null };
}

/** Listeners and timers that are set on `receiver`, one call after the other. */
function chained(receiver: TSESTree.Node, module: Module, answers: Listening[], timers: TSESTree.Node[]): void {
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
    if (name === 'setTimeout' && first) timers.push(first);
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
  return endsInside(node.body, module, 0) ? 'destroys' : 'listens';
}

/** Whether code destroys a request, itself or through functions of its file. */
function endsInside(body: TSESTree.Node, module: Module, depth: number): boolean {
  return someInside(body, module, (inner) => {
    if (inner.type !== 'CallExpression') return false;
    if (inner.callee.type === 'MemberExpression') return /^(?:destroy|abort|end)$/.test(memberName(inner.callee) ?? '');
    if (inner.callee.type !== 'Identifier' || depth > 2) return false;
    const definition = variableOf(module, inner.callee)?.defs[0]?.node;
    const fn = definition?.type === 'VariableDeclarator' ? definition.init : definition;
    return isFunction(fn) && endsInside(fn.body, module, depth + 1);
  });
}
