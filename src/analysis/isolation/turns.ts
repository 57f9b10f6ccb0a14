/** Limiters that a project has written itself: functions that keep their caller waiting for a turn. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import { isFunction, memberName, someInside, unwrap, variableOf, type Module, type Variable } from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../values.js';

const known = new WeakMap<FunctionNode, boolean>();
const maxDepth = 2;

/**
 * Whether a function keeps its caller waiting until others are done: it puts the end of a promise into a list (a semaphore,
 * a queue), races what is running, or hangs its work on the end of a chain.
 */
export function waitsForTurn(evaluator: Evaluator, fn: FunctionValue, depth = 0): boolean {
  const answer = known.get(fn.node);
  if (answer !== undefined) return answer;
  known.set(fn.node, false);
  const { module } = fn;
  const waits = someInside(fn.node.body, module, (node) => {
    if (node.type === 'NewExpression') return isKeptPromise(node, module);
    if (node.type === 'AwaitExpression') return isRaceOfRunning(node, module);
    if (node.type === 'AssignmentExpression') return isChain(node, module);
    return (
      depth < maxDepth &&
      node.type === 'CallExpression' &&
      possibilities(evaluator.callee(node.callee, module)).some(
        (value) => value.kind === 'function' && waitsForTurn(evaluator, value, depth + 1),
      )
    );
  });
  known.set(fn.node, waits);
  return waits;
}

/** `new Promise((resolve) => waiting.push(resolve))`: somebody else ends it later. */
function isKeptPromise({ callee, arguments: [executor] }: TSESTree.NewExpression, module: Module): boolean {
  if (callee.type !== 'Identifier' || callee.name !== 'Promise' || !isFunction(executor)) return false;
  const [resolve] = executor.params;
  const variable = resolve?.type === 'Identifier' ? variableOf(module, resolve) : null;
  if (!variable) return false;
  return someInside(executor.body, module, (node) => {
    if (node.type === 'AssignmentExpression')
      return refersTo(node.right, variable, module) && !isFunctionCall(node.right);
    if (node.type !== 'CallExpression') return false;
    const keeper = unwrap(node.callee);
    const name = keeper.type === 'MemberExpression' ? memberName(keeper) : null;
    return (
      name !== null &&
      /^(?:push|unshift|add|set|enqueue|append)$/.test(name) &&
      node.arguments.some((argument) => refersTo(argument, variable, module))
    );
  });
}

function isFunctionCall(node: TSESTree.Node): boolean {
  return unwrap(node).type === 'CallExpression';
}

function refersTo(root: TSESTree.Node, variable: Variable, module: Module): boolean {
  return someInside(root, module, (node) => node.type === 'Identifier' && variableOf(module, node) === variable);
}

/** `await Promise.race(running)`: of a collection that lives on, not of a list that is spelled out. */
function isRaceOfRunning({ argument }: TSESTree.AwaitExpression, module: Module): boolean {
  const call = unwrap(argument);
  if (call.type !== 'CallExpression' || module.text.slice(...call.callee.range) !== 'Promise.race') return false;
  const [raced] = call.arguments;
  return raced?.type === 'Identifier' || raced?.type === 'MemberExpression';
}

/** `this.tail = this.tail.then(work)`: one after the other. */
function isChain({ left, right }: TSESTree.AssignmentExpression, module: Module): boolean {
  if (left.type !== 'MemberExpression' && left.type !== 'Identifier') return false;
  let root = unwrap(right);
  let chained = false;
  for (let steps = 0; steps < 10; steps++) {
    if (module.text.slice(...root.range) === module.text.slice(...left.range)) return chained;
    if (root.type === 'Identifier') {
      // `const next = tail.then(work); tail = next.catch(…);`
      const definition = variableOf(module, root)?.defs[0]?.node;
      if (definition?.type !== 'VariableDeclarator' || definition.init?.type !== 'CallExpression') break;
      root = definition.init;
    }
    if (root.type !== 'CallExpression') break;
    const callee = unwrap(root.callee);
    if (callee.type !== 'MemberExpression') return false;
    chained ||= memberName(callee) === 'then';
    root = unwrap(callee.object);
  }
  return false;
}
