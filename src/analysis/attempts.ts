/** Attempts at a bound that stand beside the call's own options: options in the wrong place, deadlines around a loop. */
import type { TSESTree } from '@typescript-eslint/utils';
import { argumentsOf, optionsIndex, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { isFunction, someInside, type Module } from './module.js';
import { possibilities, type ObjectValue, type Site } from './values.js';

/** The options of a call that stand where its payload goes (`axios.post(url, { timeout: 5000 })`), or `null`. */
export function misplacedOptions(evaluator: Evaluator, call: DownstreamCall): Site | null {
  const { payload } = call.operation;
  const { optionNames } = call.type;
  const index = optionsIndex(evaluator, call);
  const args = argumentsOf(evaluator, call);
  if (payload === undefined || !optionNames || index === null || payload === index || args.length > index) return null;
  const bounds = call.type.bounds.filter((bound) => bound.where === 'call' || bound.where === 'both');
  const object = possibilities(args[payload] ?? { kind: 'absent' }).find(
    (value): value is ObjectValue => value.kind === 'object',
  );
  if (!object || possibilities(args[payload] ?? object).length > 1) return null;
  const keys = object.parts.map((part) => ('key' in part ? part.key : null));
  if (keys.some((key) => key === null || !optionNames.includes(key))) return null;
  const misplaced = object.parts.find((part) => 'key' in part && bounds.some((bound) => bound.option === part.key));
  return misplaced && 'member' in misplaced ? misplaced.member.site : null;
}

/** The test of the time, in the loop around a call, that nothing checks while the call is under way; `null`: none. */
export function deadlineAround(evaluator: Evaluator, node: TSESTree.Node, module: Module): TSESTree.Node | null {
  for (let parent = node.parent; parent && !isFunction(parent); parent = parent.parent) {
    if (parent.type !== 'WhileStatement' && parent.type !== 'DoWhileStatement' && parent.type !== 'ForStatement')
      continue;
    if (parent.test && readsClock(evaluator, parent.test, module)) return parent.test;
    const statements = parent.body.type === 'BlockStatement' ? parent.body.body : [parent.body];
    for (const statement of statements) {
      if (statement.type !== 'IfStatement' || !leavesLoop(statement.consequent)) continue;
      if (readsClock(evaluator, statement.test, module)) return statement.test;
    }
  }
  return null;
}

function leavesLoop(statement: TSESTree.Statement): boolean {
  const statements = statement.type === 'BlockStatement' ? statement.body : [statement];
  const last = statements[statements.length - 1];
  return last?.type === 'BreakStatement' || last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** Whether an expression compares the time: `Date.now() < deadline`, `performance.now() - start > limit`. */
function readsClock(evaluator: Evaluator, test: TSESTree.Node, module: Module): boolean {
  return (
    someInside(test, module, (inner) => inner.type === 'BinaryExpression' && /^[<>]=?$/.test(inner.operator)) &&
    someInside(test, module, (inner) => {
      if (inner.type !== 'CallExpression') return false;
      const callee = evaluator.evaluate(inner.callee, module);
      return (
        callee.kind === 'external' &&
        callee.package === 'global' &&
        /^(?:Date|performance)\.now$/.test(callee.path.join('.'))
      );
    })
  );
}
