/**
 * Ways through a piece of code that is run again: what happens when the operation in it fails, and when it does not. The
 * ways are listed one by one, within a bound; conditions that nobody can predict are taken both ways, and noted.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, unwrap, type Module } from '../module.js';

/** How a way ends: the next round, out of the loop, out of the function, or by an error that nobody here catches. */
export type End = 'next' | 'break' | 'return' | 'throw';

/** One step: a statement or expression that was run, or a condition and how it fell out. */
export type Step =
  | { readonly kind: 'run'; readonly node: TSESTree.Node }
  | { readonly kind: 'test'; readonly node: TSESTree.Node; readonly holds: boolean };

/** One way through. */
export interface Path {
  readonly steps: readonly Step[];
  readonly end: End | null;
  /** Where it ends: the `continue`, the call that goes again. */
  readonly at: TSESTree.Node | null;
  /** The operation was reached. */
  readonly reached: boolean;
  /** An error was caught on the way: by this handler. */
  readonly handler: TSESTree.CatchClause | null;
}

/** What is looked at. */
export interface Course {
  readonly module: Module;
  readonly operation: TSESTree.Node;
  /** The operation fails (it throws), or it gives an answer. */
  readonly fails: boolean;
  /** The loop, whose `continue` is the next round; `null` for a recursion. */
  readonly loop: TSESTree.Node | null;
  /** Whether running a node goes round again: the recursive call. */
  readonly again: ((node: TSESTree.Node) => TSESTree.Node | null) | null;
}

const maxPaths = 96;

/** Thrown and caught here: there are more ways than are worth following. */
class TooMany extends Error {}

/** The ways through statements; `null` where there are too many. */
export function pathsThrough(
  statements: readonly TSESTree.Statement[],
  course: Course,
  reached = false,
): readonly Path[] | null {
  try {
    return run(statements, [{ steps: [], end: null, at: null, reached, handler: null }], course);
  } catch (error) {
    if (error instanceof TooMany) return null;
    throw error;
  }
}

function run(statements: readonly TSESTree.Statement[], paths: readonly Path[], course: Course): readonly Path[] {
  let current = paths;
  for (const statement of statements) {
    current = each(current, (path) => runOne(statement, path, course));
  }
  return current;
}

function each(paths: readonly Path[], go: (path: Path) => readonly Path[]): readonly Path[] {
  const result = paths.flatMap((path) => (path.end === null ? go(path) : [path]));
  if (result.length > maxPaths) throw new TooMany();
  return result;
}

/** Runs an expression: the operation in it fails or not, and a recursive call ends the way. */
function step(node: TSESTree.Node, path: Path, { operation, fails, again }: Course): Path {
  const steps: readonly Step[] = [...path.steps, { kind: 'run', node }];
  const reaches = contains(node, operation);
  // What the statement would have done with the answer is not done.
  if (reaches && fails && !path.reached) return { ...path, end: 'throw', at: operation, reached: true };
  const call = again?.(node) ?? null;
  const reached = path.reached || reaches;
  if (call && path.reached) return { ...path, steps, end: 'next', at: call, reached };
  return { ...path, steps, reached };
}

function test(node: TSESTree.Node, path: Path, holds: boolean): Path {
  return { ...path, steps: [...path.steps, { kind: 'test', node, holds }] };
}

function runOne(statement: TSESTree.Statement, path: Path, course: Course): readonly Path[] {
  switch (statement.type) {
    case 'ExpressionStatement':
      return shortCircuits(statement.expression, path, course);
    case 'VariableDeclaration':
      return [step(statement, path, course)];
    case 'ReturnStatement': {
      const done = statement.argument ? step(statement.argument, path, course) : path;
      return [done.end === null ? { ...done, end: 'return', at: statement } : done];
    }
    case 'ThrowStatement': {
      const done = step(statement.argument, path, course);
      return [done.end === null ? { ...done, end: 'throw', at: statement } : done];
    }
    case 'BlockStatement':
      return run(statement.body, [path], course);
    case 'LabeledStatement':
      return runOne(statement.body, path, course);
    case 'IfStatement':
      return branch(statement, path, course);
    case 'TryStatement':
      return attempt(statement, path, course);
    case 'SwitchStatement':
      return choose(statement, path, course);
    case 'BreakStatement':
      return [{ ...path, end: 'break', at: statement }];
    case 'ContinueStatement':
      return [{ ...path, end: leavesLoop(statement, course) ? 'break' : 'next', at: statement }];
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return loop(statement, path, course);
    default:
      return [path];
  }
}

/** `continue outer`: the round of a loop around the one that is looked at. */
function leavesLoop({ label }: TSESTree.ContinueStatement, { loop: looked }: Course): boolean {
  if (!label || !looked) return false;
  const own = looked.parent?.type === 'LabeledStatement' ? looked.parent.label.name : null;
  return own !== label.name && label.range[0] > looked.range[0] && !labelInside(label, looked);
}

/** Whether a label is that of a statement inside a loop. */
function labelInside({ name, parent }: TSESTree.Identifier, looked: TSESTree.Node): boolean {
  for (let node: TSESTree.Node | undefined = parent; node && node !== looked; node = node.parent) {
    if (node.type === 'LabeledStatement' && node.label.name === name) return true;
  }
  return false;
}

/** `attempt >= max && fail()`: nothing that a loop's way depends on, unless it throws. */
function shortCircuits(expression: TSESTree.Expression, path: Path, course: Course): readonly Path[] {
  return [step(unwrap(expression), path, course)];
}

function branch(statement: TSESTree.IfStatement, path: Path, course: Course): readonly Path[] {
  const tested = step(statement.test, path, course);
  if (tested.end !== null) return [tested];
  const constant = unwrap(statement.test);
  const ways: Path[] = [];
  if (!(constant.type === 'Literal' && constant.value === false)) {
    ways.push(...runOne(statement.consequent, test(statement.test, tested, true), course));
  }
  if (!(constant.type === 'Literal' && constant.value === true)) {
    const otherwise = test(statement.test, tested, false);
    ways.push(...(statement.alternate ? runOne(statement.alternate, otherwise, course) : [otherwise]));
  }
  return ways;
}

function attempt(statement: TSESTree.TryStatement, path: Path, course: Course): readonly Path[] {
  const { handler, finalizer } = statement;
  let ways = run(statement.block.body, [path], course);
  if (handler) {
    ways = ways.flatMap((way): readonly Path[] => {
      if (way.end !== 'throw') return [way];
      return run(handler.body.body, [{ ...way, end: null, at: null, handler }], course);
    });
  }
  if (finalizer) {
    ways = ways.flatMap((way): readonly Path[] => {
      const finished = run(finalizer.body, [{ ...way, end: null }], course);
      return finished.map((done) => (done.end === null ? { ...done, end: way.end, at: way.at } : done));
    });
  }
  if (ways.length > maxPaths) throw new TooMany();
  return ways;
}

function choose(statement: TSESTree.SwitchStatement, path: Path, course: Course): readonly Path[] {
  const tested = step(statement.discriminant, path, course);
  if (tested.end !== null) return [tested];
  const ways: Path[] = [];
  for (const [index, option] of statement.cases.entries()) {
    const start = option.test ? test(option.test, tested, true) : tested;
    ways.push(
      ...run(
        statement.cases.slice(index).flatMap(({ consequent }) => consequent),
        [start],
        course,
      ),
    );
  }
  if (!statement.cases.some((option) => option.test === null)) ways.push(tested);
  return ways.map((way) =>
    way.end === 'break' && way.at?.type === 'BreakStatement' && !way.at.label ? { ...way, end: null, at: null } : way,
  );
}

/** A loop inside: run once, or not at all. */
function loop(
  statement: Exclude<TSESTree.Statement, never> & { readonly body: TSESTree.Statement },
  path: Path,
  course: Course,
): readonly Path[] {
  const heads: TSESTree.Node[] = [];
  if (statement.type === 'ForOfStatement' || statement.type === 'ForInStatement') heads.push(statement.right);
  if (statement.type === 'ForStatement')
    heads.push(...[statement.init, statement.test].filter((node) => node !== null));
  if (statement.type === 'WhileStatement') heads.push(statement.test);
  let start: Path = path;
  for (const head of heads) {
    start = step(head, start, course);
    if (start.end !== null) return [start];
  }
  const ways = runOne(statement.body, start, course).map((way): Path => {
    const own = way.end === 'break' || way.end === 'next';
    const labelled = (way.at as TSESTree.BreakStatement | null)?.label != null;
    if (!own || labelled || (way.at?.type !== 'BreakStatement' && way.at?.type !== 'ContinueStatement')) return way;
    return { ...way, end: null, at: null };
  });
  return contains(statement.body, course.operation) || statement.type === 'DoWhileStatement' ? ways : [...ways, start];
}

/** The statements of a loop's body. */
export function bodyOf(node: TSESTree.Statement): readonly TSESTree.Statement[] {
  return node.type === 'BlockStatement' ? node.body : [node];
}
