/** Whether what handles a failure keeps it from going further: its caller gets an answer, and no error. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, someInside, unwrap, variableOf, type Module } from '../analysis/module.js';

/** Functions that pass a failure on. */
const passesOn = /^(?:reject|next|done|callback|cb|fail|abort|destroy|exit)$/;

/** Whether a handler ends the failure that it is given. An answer of 5xx, or a call that is given the error to pass on, does not. */
export function endsFailure(body: TSESTree.Node, error: TSESTree.Node | null, module: Module): boolean {
  if (body.type !== 'BlockStatement') return !mayThrow(body, error, module);
  return !someInside(body, module, (node) => node.type === 'ThrowStatement' || passes(node, error, module), {
    intoFunctions: false,
  });
}

function mayThrow(body: TSESTree.Node, error: TSESTree.Node | null, module: Module): boolean {
  return someInside(body, module, (node) => passes(node, error, module));
}

function passes(node: TSESTree.Node, error: TSESTree.Node | null, module: Module): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  const name =
    callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  if (name === null) return false;
  if (passesOn.test(name) && (name === 'exit' || node.arguments.some((argument) => isError(argument, error, module))))
    return true;
  // `reply.code(502)`: the failure of the downstream is the failure of this request.
  return node.arguments.some(
    (argument) =>
      argument.type === 'Literal' &&
      typeof argument.value === 'number' &&
      argument.value >= 500 &&
      argument.value < 600,
  );
}

function isError(argument: TSESTree.Node, error: TSESTree.Node | null, module: Module): boolean {
  const inner = unwrap(argument);
  if (inner.type === 'NewExpression') return true;
  if (inner.type !== 'Identifier' || error?.type !== 'Identifier') return false;
  return variableOf(module, inner) === variableOf(module, error);
}
