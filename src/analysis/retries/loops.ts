/** Loops that go round again because an operation failed. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  unwrap,
  variableOf,
  walk,
  type Module,
  type Variable,
} from '../module.js';
import { noEnv, possibilities, type Env } from '../values.js';
import {
  asksForFailure,
  changesInput,
  followsRefusal,
  followsRollback,
  hasOtherReason,
  resultsOf,
  waitsForReadiness,
} from './causes.js';
import { placeOf, writtenIn, type Place } from './numbers.js';
import { bodyOf, pathsThrough, type Path } from './paths.js';
import { goRoundAll, initialState, type Circuit } from './rounds.js';
import type { LoopShape, RetryScope, Run } from './scope.js';
import { mergeCourses, selectivityOf } from './selectivity.js';
import { waitOf } from './waits.js';

type Loop = TSESTree.ForStatement | TSESTree.ForOfStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

const isLoop = (node: TSESTree.Node): node is Loop =>
  node.type === 'ForStatement' ||
  node.type === 'ForOfStatement' ||
  node.type === 'WhileStatement' ||
  node.type === 'DoWhileStatement';

/** The loops of a piece of code that retry. `env`: what the functions around it are called with. */
export function loopsIn(
  evaluator: Evaluator,
  root: TSESTree.Node,
  module: Module,
  env: Env = noEnv,
): readonly RetryScope[] {
  const scopes: RetryScope[] = [];
  walk(root, module, (node) => {
    if (!isLoop(node)) return undefined;
    const scope = retryOf(evaluator, node, module, env);
    if (scope) scopes.push(scope);
    return undefined;
  });
  return scopes;
}

function retryOf(evaluator: Evaluator, loop: Loop, module: Module, env: Env): RetryScope | null {
  for (const operation of operationsIn(loop.body, module)) {
    const scope = judge(evaluator, loop, operation, module, env);
    if (scope) return scope;
  }
  return null;
}

/** What a piece of code awaits: nothing that stands where a failure is handled. */
export function operationsIn(body: TSESTree.Node, module: Module): readonly TSESTree.Node[] {
  const operations: TSESTree.Node[] = [];
  walk(body, module, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'CatchClause') return false;
    if (node.type === 'TryStatement' && node.finalizer) return undefined;
    if (node.type !== 'AwaitExpression' && node.type !== 'YieldExpression') return undefined;
    if (node.argument) operations.push(node);
    return undefined;
  });
  return operations;
}

/** Whether what is awaited may fail for reasons of somebody else: it is no wait, and no work on this machine only. */
export function isOperation(evaluator: Evaluator, awaited: TSESTree.Node, module: Module): boolean {
  const node =
    awaited.type === 'AwaitExpression' || awaited.type === 'YieldExpression'
      ? unwrap(awaited.argument ?? awaited)
      : awaited;
  if (
    node.type !== 'CallExpression' &&
    node.type !== 'NewExpression' &&
    node.type !== 'Identifier' &&
    node.type !== 'TaggedTemplateExpression'
  )
    return false;
  if (waitOf(evaluator, node, module)) return false;
  if (node.type !== 'CallExpression')
    return node.type !== 'NewExpression' || (node.callee.type === 'Identifier' && node.callee.name === 'Promise');
  let callee = unwrap(node.callee);
  // `op().catch(…)` is about `op`.
  while (
    callee.type === 'MemberExpression' &&
    /^(?:then|catch|finally)$/.test(module.text.slice(...callee.property.range))
  ) {
    const object = unwrap(callee.object);
    if (object.type !== 'CallExpression') break;
    callee = unwrap(object.callee);
  }
  const local = possibilities(evaluator.evaluate(callee, module)).every(
    (value) => value.kind === 'external' && isLocalPackage(value.package, value.path),
  );
  return !local;
}

/** What works on this machine only. */
function isLocalPackage(name: string, path: readonly string[]): boolean {
  if (/^node:(?:fs|child_process|path|util|stream|zlib|readline|os|worker_threads)(?:\/|$)/.test(name)) return true;
  if (
    /^(?:fs-extra|execa|glob|globby|rimraf|mkdirp|inquirer|prompts|tinyexec|zx|enquirer|@inquirer\/.*|@clack\/.*)$/.test(
      name,
    )
  )
    return true;
  return name === 'node:timers' || (name === 'global' && /^(?:Promise|import)$/.test(path[0] ?? ''));
}

function judge(
  evaluator: Evaluator,
  loop: Loop,
  operation: TSESTree.Node,
  module: Module,
  env: Env,
): RetryScope | null {
  // A loop inside this one answers for what it runs.
  const statements = bodyOf(loop.body);
  const common = { module, operation, loop, again: null };
  const failing = pathsThrough(statements, { ...common, fails: true });
  const answering = pathsThrough(statements, { ...common, fails: false });
  if (!failing || !answering) return null;
  const test = testOf(loop);
  const isNext = (path: Path): boolean => goesOn(path) && !endsByFlag(path, test, module);
  const isExit = (path: Path): boolean =>
    path.end === 'return' || path.end === 'break' || (goesOn(path) && endsByFlag(path, test, module));

  const reachedFailing = failing.filter((path) => path.reached);
  const caught = reachedFailing.filter((path) => path.handler !== null && isNext(path));
  const answered = answering.filter((path) => path.reached);
  const results = resultsOf(operation, loop.body, module);
  const swallowed = swallows(operation, module);
  const thrown: Path[] = [];
  const refused: Path[] = [];
  const plain: Path[] = [];
  for (const path of answered.filter(isNext)) {
    if (path.handler) thrown.push(path);
    else if (
      path.steps.some(
        (step) =>
          step.kind === 'test' &&
          isAfter(step.node, operation) &&
          asksForFailure(step.node, results, swallowed, module),
      )
    )
      refused.push(path);
    else plain.push(path);
  }
  // `while (response.status === 503)`: what is answered leads on or out by the loop's own condition.
  const asked = test !== null && asksForFailure(test, results, swallowed, module) && namesAny(test, results, module);
  if (asked) refused.push(...plain.splice(0));
  if (plain.length > 0 || !(asked || answered.some((path) => !path.handler && isExit(path)))) return null;
  const all = [...caught, ...thrown, ...refused];
  const failed = all.filter((path) => !hasOtherReason(path, module, operation));
  // What is not the store's is not rolled back with it.
  const rollback = failed.length === 0 && all.some((path) => followsRollback(path, module));
  const again = rollback ? all : failed;
  if (again.length === 0) return null;
  if (!isOperation(evaluator, operation, module) || waitsForReadiness(evaluator, operation, loop, module)) return null;

  const written = writtenIn(loop, module);
  const items = itemsOf(loop, module);
  const changing = (variable: Variable): 'counter' | 'item' | 'assigned' | null => {
    if (items.has(variable)) return 'item';
    if (!written.has(variable)) return null;
    return isCounter(variable) ? 'counter' : isAssignedBeforeAnswer(variable, operation, loop) ? 'assigned' : null;
  };
  if (changesInput(operation, loop.body, changing, module)) return null;

  const circuit = circuitOf(evaluator, loop, operation, module, env);
  const courses = goRoundAll(circuit, again, loop);
  const failures = [...reachedFailing, ...thrown, ...refused];
  return {
    kind: 'loop',
    module,
    node: loop,
    head: { node: loop, loc: headOf(loop) },
    name: 'this loop',
    explicit: true,
    runs: runsOf(operation, loop, module),
    ...mergeCourses(courses, evaluator, module, again, operation),
    limitSite: null,
    selectivity: selectivityOf(failures, again, circuit),
    methods: null,
    loop: shapeOf(loop, again, courses[0]?.counter ?? null),
    options: null,
    ...(rollback && { elsewhere: true, transaction: 'store' as const }),
    ...(again.every(followsRefusal) && { refusedOnly: true }),
  };
}

function namesAny(node: TSESTree.Node, variables: ReadonlySet<Variable>, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'Identifier') {
      const variable = variableOf(module, inner);
      found ||= variable !== null && variables.has(variable);
    }
    return !found;
  });
  return found;
}

function goesOn(path: Path): boolean {
  return path.end === 'next' || path.end === null;
}

function isAfter(node: TSESTree.Node, operation: TSESTree.Node): boolean {
  return node.range[0] >= operation.range[1] || contains(node, operation);
}

/** `op().catch(() => null)`: a failure becomes an answer. */
function swallows(operation: TSESTree.Node, module: Module): boolean {
  return /\.catch\(/.test(module.text.slice(...operation.range));
}

function testOf(loop: Loop): TSESTree.Node | null {
  if (loop.type === 'ForOfStatement') return null;
  const { test } = loop;
  return test && !(test.type === 'Literal' && test.value === true) ? test : null;
}

/** The loop variables that make each round another one: `for (const url of urls)`. */
function itemsOf(loop: Loop, module: Module): ReadonlySet<Variable> {
  if (loop.type !== 'ForOfStatement') return new Set();
  return new Set(loop.left.type === 'VariableDeclaration' ? module.scopes.getDeclaredVariables(loop.left) : []);
}

/** A variable that is only ever counted, multiplied or set to a number. */
function isCounter(variable: Variable): boolean {
  const writes = variable.references.filter((use) => use.isWrite() && use.init !== true);
  return writes.every(({ identifier }) => {
    const parent = identifier.parent;
    if (parent.type === 'UpdateExpression') return true;
    if (parent.type !== 'AssignmentExpression') return false;
    return parent.operator !== '=' || /^(?:Literal|BinaryExpression)$/.test(parent.right.type);
  });
}

/** Whether a variable that the operation is made of gets another value on the way to the next attempt. */
function isAssignedBeforeAnswer(variable: Variable, operation: TSESTree.Node, loop: Loop): boolean {
  return variable.references.some(
    ({ identifier, init }) =>
      init !== true &&
      contains(loop, identifier) &&
      identifier.parent.type === 'AssignmentExpression' &&
      identifier.parent.left === identifier &&
      !contains(identifier.parent.right, operation) &&
      // What is made before the attempt, in the attempt, is no other input by itself.
      identifier.range[0] > operation.range[0],
  );
}

/** What is run again: the block in which the operation is tried, else its statement. */
export function runsOf(operation: TSESTree.Node, region: TSESTree.Node, module: Module): readonly Run[] {
  let statement: TSESTree.Node = operation;
  for (let node: TSESTree.Node | undefined = operation; node && node !== region; node = node.parent) {
    if (node.type === 'TryStatement' && node.handler && contains(node.block, operation))
      return [{ node: node.block, module }];
    if (/Statement$|^VariableDeclaration$/.test(node.type) && node.type !== 'BlockStatement' && statement === operation)
      statement = node;
  }
  return [{ node: statement, module }];
}

/** Whether a way leaves the loop by its condition: `done = true` and `while (!done)`. */
function endsByFlag(path: Path, test: TSESTree.Node | null, module: Module): boolean {
  if (!test) return false;
  const truths = new Map<Place, boolean>();
  for (const { kind, node } of path.steps) {
    if (kind === 'test') continue;
    walk(node, module, (inner) => {
      if (isFunction(inner)) return false;
      if (inner.type === 'AssignmentExpression' && inner.operator === '=') {
        const place = placeOf(inner.left, module);
        const truth = truthOf(inner.right);
        if (place !== null && truth !== null) truths.set(place, truth);
      }
      return undefined;
    });
  }
  return truths.size > 0 && holds(test, truths, module) === false;
}

function truthOf(node: TSESTree.Node): boolean | null {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return Boolean(inner.value);
  if (inner.type === 'Identifier') return inner.name === 'undefined' ? false : null;
  return /^(?:AwaitExpression|ObjectExpression|ArrayExpression|NewExpression)$/.test(inner.type) ? true : null;
}

function holds(test: TSESTree.Node, truths: ReadonlyMap<Place, boolean>, module: Module): boolean | null {
  const inner = unwrap(test);
  switch (inner.type) {
    case 'UnaryExpression': {
      const value = inner.operator === '!' ? holds(inner.argument, truths, module) : null;
      return value === null ? null : !value;
    }
    case 'LogicalExpression': {
      const [left, right] = [holds(inner.left, truths, module), holds(inner.right, truths, module)];
      if (inner.operator === '&&')
        return left === false || right === false ? false : left === true && right === true ? true : null;
      return left === true || right === true ? true : left === false && right === false ? false : null;
    }
    case 'BinaryExpression': {
      const place = placeOf(inner.left, module);
      const truth = place === null ? undefined : truths.get(place);
      const nothing = /^(?:null|undefined|false)$/.test(module.text.slice(...inner.right.range));
      if (truth === undefined || !nothing) return null;
      return inner.operator.startsWith('!') ? truth : !truth;
    }
    default: {
      const place = placeOf(inner, module);
      return place === null ? null : (truths.get(place) ?? null);
    }
  }
}

function circuitOf(evaluator: Evaluator, loop: Loop, operation: TSESTree.Node, module: Module, env: Env): Circuit {
  const lists = new Map<Variable, readonly number[]>();
  let rounds: number | null = null;
  if (loop.type === 'ForOfStatement') {
    const table = evaluator.evaluate(loop.right, module, env);
    const [variable] = itemsOf(loop, module);
    if (table.kind === 'array' && table.elements.every((element) => element !== null)) {
      rounds = table.elements.length;
      const numbers = table.elements.map((element) =>
        element.kind === 'literal' && typeof element.value === 'number' ? element.value : Number.NaN,
      );
      if (variable) lists.set(variable, numbers);
    } else if (variable) lists.set(variable, []);
  }
  const state = initialState(evaluator, loop, module, env);
  return {
    evaluator,
    module,
    env,
    region: loop,
    operation,
    initial: state,
    test: testOf(loop),
    testLast: loop.type === 'DoWhileStatement',
    update: loop.type === 'ForStatement' ? loop.update : null,
    lists,
    rounds,
    advance: null,
  };
}

/** The loop without its body. */
function headOf(loop: Loop): TSESTree.SourceLocation {
  if (loop.type === 'DoWhileStatement') return { start: loop.test.loc.start, end: loop.test.loc.end };
  return { start: loop.loc.start, end: loop.body.loc.start };
}

function shapeOf(loop: Loop, again: readonly Path[], counter: LoopShape['counter']): LoopShape {
  return {
    node: loop,
    waitAt: waitPlace(again),
    counter: counter ?? null,
    async: enclosingFunction(loop)?.async ?? true,
  };
}

/** Where a wait goes so that each way into the next attempt passes it: at the end of the handler, or before `continue`. */
function waitPlace(again: readonly Path[]): LoopShape['waitAt'] {
  const places = new Map<TSESTree.Node, NonNullable<LoopShape['waitAt']>>();
  for (const path of again) {
    if (path.end === 'next' && path.at?.type === 'ContinueStatement') {
      const block = path.at.parent;
      if (block.type !== 'BlockStatement') return null;
      places.set(path.at, { before: path.at, block });
    } else if (path.end === null && path.handler) {
      places.set(path.handler.body, { before: null, block: path.handler.body });
    } else return null;
  }
  const [only] = places.values();
  return places.size === 1 && only ? only : null;
}
