/** Functions that call themselves again because an operation in them failed: at once, or by a timer. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module, type Variable } from '../module.js';
import { noEnv, type Env, type FunctionNode } from '../values.js';
import { asksForFailure, followsRefusal, hasOtherReason, nameOf, resultsOf, waitsForReadiness } from './causes.js';
import { isOperation, operationsIn, runsOf } from './loops.js';
import { assumed, forgetGuesses, newWorld, noFrame, numberOf, writtenIn, type Place, type World } from './numbers.js';
import { pathsThrough, type Path } from './paths.js';
import { goRoundAll, initialState, parameterDefault, type Circuit } from './rounds.js';
import type { RetryScope } from './scope.js';
import { mergeCourses, selectivityOf } from './selectivity.js';
import { againCalls, runsInCourse, holdsTimer, timedCall, isSelf, type Again } from './again.js';

/** The functions of a piece of code that retry by calling themselves. */
export function recursionsIn(
  evaluator: Evaluator,
  root: TSESTree.Node,
  module: Module,
  env: Env = noEnv,
): readonly RetryScope[] {
  const scopes: RetryScope[] = [];
  walk(root, module, (node) => {
    if (!isFunction(node) || node.generator) return undefined;
    const scope = retryOf(evaluator, node, node.body, module, env);
    if (scope) scopes.push(scope);
    return undefined;
  });
  return scopes;
}

function retryOf(
  evaluator: Evaluator,
  fn: FunctionNode,
  body: TSESTree.BlockStatement | TSESTree.Expression,
  module: Module,
  env: Env,
): RetryScope | null {
  const calls = againCalls(evaluator, fn, module);
  if (calls.length === 0) return null;
  const awaited = body.type === 'BlockStatement' ? tried(evaluator, fn, body, calls, module, env) : null;
  return awaited ?? handled(evaluator, fn, calls, module, env);
}

/** The operation is awaited; the failure is caught, or looked at. */
function tried(
  evaluator: Evaluator,
  fn: FunctionNode,
  body: TSESTree.BlockStatement,
  calls: readonly Again[],
  module: Module,
  env: Env,
): RetryScope | null {
  const own = calls.filter(({ around: functions }) =>
    functions.every((inner) => runsInCourse(evaluator, inner, module)),
  );
  if (own.length === 0) return null;
  const again = (node: TSESTree.Node): TSESTree.Node | null =>
    own.find(({ call }) => contains(node, call))?.call ?? null;
  for (const operation of operationsIn(body, module)) {
    if (own.some(({ call }) => contains(operation, call))) continue;
    const common = { module, operation, loop: null, again };
    const failing = pathsThrough(body.body, { ...common, fails: true });
    const answering = pathsThrough(body.body, { ...common, fails: false });
    if (!failing || !answering) continue;
    const reached = failing.filter((path) => path.reached);
    const caught = reached.filter((path) => path.handler !== null && path.end === 'next');
    const results = resultsOf(operation, body, module);
    const thrown: Path[] = [];
    const refused: Path[] = [];
    let plain = 0;
    for (const path of answering.filter((way) => way.reached && way.end === 'next')) {
      if (path.handler) thrown.push(path);
      else if (
        path.steps.some(
          (step) =>
            step.kind === 'test' &&
            step.node.range[0] >= operation.range[0] &&
            asksForFailure(step.node, results, /\.catch\(/.test(module.text.slice(...operation.range)), module),
        )
      )
        refused.push(path);
      else plain++;
    }
    if (plain > 0) continue;
    const ways = [...caught, ...thrown, ...refused].filter((path) => !hasOtherReason(path, module, operation));
    const scope =
      ways.length > 0 && isOperation(evaluator, operation, module)
        ? scopeOf(evaluator, fn, operation, ways, [...reached, ...thrown, ...refused], own, module, env)
        : null;
    if (scope) return scope;
  }
  return null;
}

/** The failure arrives in a callback: of `.catch`, of a call that hands over an error, of an event. */
function handled(
  evaluator: Evaluator,
  fn: FunctionNode,
  calls: readonly Again[],
  module: Module,
  env: Env,
): RetryScope | null {
  for (const { around: functions } of calls) {
    const handler = functions.find((inner) => failureOf(inner, module) !== null);
    const operation = handler && failureOf(handler, module);
    if (!handler || !operation) continue;
    // What stands between the call and the handler is run in its course.
    const inside = functions.slice(0, functions.indexOf(handler));
    if (!inside.every((inner) => runsInCourse(evaluator, inner, module))) continue;
    const own = calls.filter(({ call }) => contains(handler, call));
    const again = (node: TSESTree.Node): TSESTree.Node | null =>
      own.find(({ call }) => contains(node, call))?.call ?? null;
    const statements = handler.body.type === 'BlockStatement' ? handler.body.body : [asStatement(handler.body)];
    const paths = pathsThrough(
      statements,
      { module, operation: operation.node, fails: false, loop: null, again },
      true,
    );
    const ways = (paths ?? [])
      .filter(
        (path) =>
          path.end === 'next' &&
          (!operation.error ||
            path.steps.some(
              (step) => step.kind === 'test' && step.holds && namesVariable(step.node, operation.error, module),
            )),
      )
      .filter((path) => !hasOtherReason(path, module, operation.node));
    const scope = ways.length > 0 ? scopeOf(evaluator, fn, operation.node, ways, paths ?? [], own, module, env) : null;
    if (scope) return scope;
  }
  return null;
}

/** An expression body as a statement that returns it. */
function asStatement(expression: TSESTree.Expression): TSESTree.Statement {
  return {
    type: 'ReturnStatement',
    argument: expression,
    range: expression.range,
    loc: expression.loc,
    parent: expression.parent,
  } as TSESTree.ReturnStatement;
}

function namesVariable(node: TSESTree.Node, variable: Variable | null, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'Identifier') found ||= variable !== null && variableOf(module, inner) === variable;
    return !found;
  });
  return found;
}

/** What a callback handles the failure of, where it does; `error`: the parameter that is only there after a failure. */
function failureOf(
  fn: FunctionNode,
  module: Module,
): { readonly node: TSESTree.Node; readonly error: Variable | null } | null {
  const parent = fn.parent;
  if (parent.type === 'AssignmentExpression') {
    const left = unwrap(parent.left);
    return left.type === 'MemberExpression' && /^on(?:close|error)$/.test(memberName(left) ?? '')
      ? { node: left, error: null }
      : null;
  }
  if (parent.type !== 'CallExpression') return null;
  const callee = unwrap(parent.callee);
  const index = parent.arguments.indexOf(fn as TSESTree.CallExpressionArgument);
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee) ?? '';
    if ((name === 'catch' && index === 0) || (name === 'then' && index === 1))
      return { node: callee.object, error: null };
    if (/^(?:on|once|addEventListener|addListener)$/.test(name)) {
      const [event] = parent.arguments;
      const text = event?.type === 'Literal' ? String(event.value) : '';
      return /^(?:error|close|closed|disconnect\w*|connection.?(?:lost|closed|error)|connect_error|connect_failed)$/i.test(
        text,
      )
        ? { node: callee, error: null }
        : null;
    }
  }
  const [first] = fn.params;
  if (first?.type !== 'Identifier' || !/^(?:e|err|error)$/.test(first.name) || index !== parent.arguments.length - 1)
    return null;
  if (
    callee.type === 'MemberExpression' &&
    /^(?:then|catch|finally|map|forEach|filter)$/.test(memberName(callee) ?? '')
  )
    return null;
  const variable = variableOf(module, first);
  return variable && { node: callee, error: variable };
}

function scopeOf(
  evaluator: Evaluator,
  fn: FunctionNode,
  operation: TSESTree.Node,
  ways: readonly Path[],
  failures: readonly Path[],
  calls: readonly Again[],
  module: Module,
  env: Env,
): RetryScope | null {
  if (waitsForReadiness(evaluator, operation, fn.body, module)) return null;
  const used = calls.filter(({ call }) => ways.some((way) => way.at === call));
  if (
    used.some(({ call, through }) => !through && call.type === 'CallExpression' && changesArguments(fn, call, module))
  )
    return null;
  const circuit: Circuit = {
    evaluator,
    module,
    env,
    region: fn,
    operation,
    initial: withCounted(initialOf(evaluator, fn, module, env), ways, module),
    test: null,
    testLast: false,
    update: null,
    lists: new Map(),
    rounds: null,
    advance: (path, world) => advance(fn, path, world, module),
  };
  const extended = ways.map((way) => withThrough(way, calls));
  const [first] = used;
  const head = first?.call ?? operation;
  const courses = goRoundAll(circuit, extended, head);
  const timed = extended.some((way) => way.steps.some(({ node }) => holdsTimer(evaluator, node, module)));
  return {
    kind: timed && !fn.async ? 'timer' : 'recursion',
    module,
    node: fn,
    head: { node: head },
    name: `\`${nameOf(fn) ?? 'this function'}\``,
    explicit: true,
    runs: runsOf(operation, fn, module),
    ...mergeCourses(courses, evaluator, module, extended, operation),
    limitSite: null,
    selectivity: selectivityOf(failures, extended, circuit),
    methods: null,
    loop: null,
    options: null,
    ...(extended.every(followsRefusal) && { refusedOnly: true }),
  };
}

/** What callbacks on the way count is there from the beginning: a field of the object. */
function withCounted(
  initial: ReadonlyMap<Place, number>,
  ways: readonly Path[],
  module: Module,
): ReadonlyMap<Place, number> {
  const state = new Map(initial);
  for (const { steps } of ways) {
    for (const { node } of steps) {
      for (const place of writtenIn(node, module))
        if (typeof place === 'string' && !state.has(place)) state.set(place, 0);
    }
  }
  return state;
}

/** A way with the steps of the function in between: what `scheduleReconnect` counts, and how long it waits. */
function withThrough(way: Path, calls: readonly Again[]): Path {
  const through = calls.find(({ call }) => call === way.at)?.through;
  if (!through || through.body.type !== 'BlockStatement') return way;
  const again = timedCall(through.body);
  return {
    ...way,
    at: again ?? way.at,
    steps: [...way.steps, ...through.body.body.flatMap(stepsOf)],
  };
}

function stepsOf(statement: TSESTree.Statement): Path['steps'] {
  if (statement.type === 'IfStatement') {
    // `if (this.stopped) return;`
    const leaves = /ReturnStatement|ThrowStatement/.test(
      statement.consequent.type === 'BlockStatement'
        ? (statement.consequent.body.at(-1)?.type ?? '')
        : statement.consequent.type,
    );
    if (leaves) return [{ kind: 'test', node: statement.test, holds: false }];
    const inner = statement.consequent.type === 'BlockStatement' ? statement.consequent.body : [statement.consequent];
    return [{ kind: 'test', node: statement.test, holds: true }, ...inner.flatMap(stepsOf)];
  }
  return [{ kind: 'run', node: statement }];
}

/** The parameters' next values. */
function advance(fn: FunctionNode, path: Path, world: World, module: Module): ReadonlyMap<Place, number> {
  const next = new Map<Place, number>();
  const args = argumentsOf(path.at, module);
  if (!args) return next;
  for (const [index, parameter] of fn.params.entries()) {
    const binding = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = binding.type === 'Identifier' ? variableOf(module, binding) : null;
    const argument = args[index];
    if (!variable || !argument || argument.type === 'SpreadElement') continue;
    const value = numberOf(argument, module, noFrame, world);
    if (!Number.isNaN(value) && world.state.has(variable)) next.set(variable, value);
  }
  return next;
}

/** What a call that goes again hands on: `load(n + 1)`, `setTimeout(load, 100, n + 1)`. */
function argumentsOf(at: TSESTree.Node | null, module: Module): readonly TSESTree.CallExpressionArgument[] | null {
  if (at?.type === 'CallExpression') return at.arguments;
  const timer = at?.parent;
  const isTimed = timer?.type === 'CallExpression' && /setTimeout$/.test(module.text.slice(...timer.callee.range));
  return isTimed ? timer.arguments.slice(2) : null;
}

/** Parameters before the first attempt: their defaults, else what a call elsewhere in the file gives. */
function initialOf(evaluator: Evaluator, fn: FunctionNode, module: Module, env: Env): ReadonlyMap<Place, number> {
  const state = initialState(evaluator, fn, module, env);
  const world = newWorld(evaluator, fn, new Map(), { env });
  const outside = outsideCall(fn, module);
  for (const [index, parameter] of fn.params.entries()) {
    const binding = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const variable = binding.type === 'Identifier' ? variableOf(module, binding) : null;
    if (!variable) continue;
    const given = outside?.arguments[index];
    const source = given && given.type !== 'SpreadElement' ? given : parameterDefault(variable);
    if (!source) continue;
    forgetGuesses(world);
    const value = numberOf(source, module, noFrame, world);
    if (!Number.isNaN(value) && !(world.guessed && value === assumed)) state.set(variable, value);
  }
  return state;
}

/** A call of a function from outside it, in its own file. */
function outsideCall(fn: FunctionNode, module: Module): TSESTree.CallExpression | null {
  const self = isSelf(fn, module);
  let found: TSESTree.CallExpression | null = null;
  walk(module.ast, module, (node) => {
    if (node === fn) return false;
    if (!found && node.type === 'CallExpression' && self(unwrap(node.callee))) found = node;
    return undefined;
  });
  return found;
}

/** Whether a recursive call is about something else: the next page, another host. */
function changesArguments(fn: FunctionNode, call: TSESTree.CallExpression, module: Module): boolean {
  return call.arguments.some((argument, index) => {
    if (argument.type === 'SpreadElement') return false;
    const parameter = fn.params[index];
    const binding = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (!binding) return false;
    const variables = module.scopes
      .getDeclaredVariables(fn)
      .filter((variable) => variable.identifiers.some((name) => contains(binding, name)));
    if (!variables.some((variable) => variable.references.some(({ identifier }) => !contains(call, identifier))))
      return false;
    return !isSameInput(argument, variables, module);
  });
}

/** The parameter itself, a number made from it, or an object with nothing but its members and plain values. */
function isSameInput(argument: TSESTree.Node, variables: readonly Variable[], module: Module): boolean {
  const inner = unwrap(argument);
  switch (inner.type) {
    case 'Identifier': {
      const variable = variableOf(module, inner);
      if (variable === null) return inner.name === 'undefined';
      if (variables.includes(variable)) return true;
      // A value made from it before the call: `const next = attempt + 1`.
      const declarator = variable.defs[0]?.node as TSESTree.Node | undefined;
      return (
        declarator?.type === 'VariableDeclarator' &&
        declarator.init !== null &&
        isSameInput(declarator.init, variables, module)
      );
    }
    case 'MemberExpression':
      return isSameInput(inner.object, variables, module);
    case 'Literal':
      return typeof inner.value !== 'string';
    case 'BinaryExpression':
      return (
        /^[-+*/]|\*\*$/.test(inner.operator) &&
        isSameInput(inner.left, variables, module) &&
        isSameInput(inner.right, variables, module)
      );
    case 'UpdateExpression':
      return true;
    case 'LogicalExpression':
      return isSameInput(inner.left, variables, module);
    case 'CallExpression':
      return /Math\./.test(module.text.slice(...inner.callee.range));
    case 'ObjectExpression':
      return inner.properties.some(
        (property) => property.type === 'SpreadElement' && isSameInput(property.argument, variables, module),
      );
    default:
      return false;
  }
}
