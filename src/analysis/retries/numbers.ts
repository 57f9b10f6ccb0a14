/**
 * Delays and counters as numbers: an expression is worked out for a given attempt and a given roll of the dice. What a
 * delay is like (constant, growing, random, capped) then shows in its values, whatever it is written like.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, memberName, unwrap, variableOf, walk, type Module, type Variable } from '../module.js';
import { noEnv, possibilities, type Env, type FunctionNode, type FunctionValue, type Value } from '../values.js';

/** What the parameters of functions that are looked through stand for. */
export interface Frame {
  readonly bindings: ReadonlyMap<Variable, Bound>;
  readonly depth: number;
}

/** An argument, where it stands. */
export interface Bound {
  readonly node: TSESTree.Node;
  readonly module: Module;
  readonly frame: Frame;
}

export const noFrame: Frame = { bindings: new Map(), depth: 0 };

/** What holds a number: a variable, or a field by its name (`this.attempts`). */
export type Place = Variable | string;

/** The variable or field that an expression names. */
export function placeOf(node: TSESTree.Node, module: Module): Place | null {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return variableOf(module, inner);
  if (inner.type !== 'MemberExpression' || unwrap(inner.object).type !== 'ThisExpression') return null;
  const name = memberName(inner);
  return name === null ? null : `this.${name}`;
}

const maxDepth = 8;

/** What stands in for a constant that is not known. */
export const assumed = 1000;

/** One run through the attempts: the state of the variables that change, and how the dice fall. */
export interface World {
  readonly evaluator: Evaluator;
  /** Variables that change between attempts, with their present values. */
  readonly state: Map<Place, number>;
  /** What each random number is, from 0 up to 1. */
  readonly random: number;
  /** The code that is run again: what it declares is new in each attempt. */
  readonly region: TSESTree.Node;
  /** A constant was not known, and `assumed` stood in for it. */
  guessed: boolean;
  /** What the other side says (`Retry-After`) was asked for. */
  server: boolean;
  /** Random numbers were asked for. */
  rolled: boolean;
  /** What the functions around the code were called with. */
  env: Env;
  /** Which side of a condition is taken that nobody can predict. */
  readonly otherwise: boolean;
  /** A condition that nobody can predict had two numbers to choose from. */
  forked: boolean;
  steps: number;
}

/** The world before the first attempt. */
export function newWorld(
  evaluator: Evaluator,
  region: TSESTree.Node,
  state: Map<Place, number>,
  { env = noEnv, random = 0.5, otherwise = true }: { env?: Env; random?: number; otherwise?: boolean } = {},
): World {
  return {
    evaluator,
    region,
    state,
    random,
    env,
    otherwise,
    guessed: false,
    server: false,
    rolled: false,
    forked: false,
    steps: 0,
  };
}

/** Begins anew with what was guessed. */
export function forgetGuesses(world: World): void {
  world.guessed = false;
}

/** Whether a piece of code speaks of the wait that an answer asks for. */
function mentionsRetryAfter(node: TSESTree.Node, module: Module): boolean {
  return /retry[-_]?after|ratelimit[-_]?reset|x-rate-limit-reset/i.test(module.text.slice(...node.range));
}

/** The number that an expression gives; `NaN` where that is not known. Assignments in it change the world. */
export function numberOf(node: TSESTree.Node, module: Module, frame: Frame, world: World): number {
  if (++world.steps > 4000 || frame.depth > maxDepth) return Number.NaN;
  const inner = unwrap(node);
  const of = (part: TSESTree.Node): number => numberOf(part, module, frame, world);
  switch (inner.type) {
    case 'Literal':
      if (typeof inner.value === 'number') return inner.value;
      if (typeof inner.value === 'boolean') return Number(inner.value);
      return Number.NaN;
    case 'Identifier':
      return ofIdentifier(inner, module, frame, world);
    case 'MemberExpression':
      return ofMember(inner, module, frame, world);
    case 'AwaitExpression':
      return of(inner.argument);
    case 'UnaryExpression': {
      const value = of(inner.argument);
      if (inner.operator === '-') return -value;
      if (inner.operator === '+') return value;
      if (inner.operator === '!') return Number.isNaN(value) ? value : Number(value === 0);
      return Number.NaN;
    }
    case 'BinaryExpression':
      return inner.left.type === 'PrivateIdentifier'
        ? Number.NaN
        : binary(inner.operator, of(inner.left), of(inner.right));
    case 'LogicalExpression':
      return logical(inner, of, world);
    case 'ConditionalExpression': {
      const test = of(inner.test);
      if (!Number.isNaN(test)) return of(test === 0 ? inner.alternate : inner.consequent);
      const [first, second] = [of(inner.consequent), of(inner.alternate)];
      if (Number.isNaN(second) || Number.isNaN(first)) return Number.isNaN(second) ? first : second;
      world.forked = true;
      return world.otherwise ? second : first;
    }
    case 'SequenceExpression':
      return inner.expressions.map(of).at(-1) ?? Number.NaN;
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return change(inner, module, frame, world);
    case 'CallExpression':
      return ofCall(inner, module, frame, world);
    default:
      return Number.NaN;
  }
}

function logical(node: TSESTree.LogicalExpression, of: (part: TSESTree.Node) => number, world: World): number {
  if (node.operator === '&&') {
    const left = of(node.left);
    if (left === 0) return 0;
    const right = of(node.right);
    if (right === 0) return 0;
    return Number.isNaN(left) ? left : right;
  }
  const before = world.guessed;
  const left = of(node.left);
  if (node.operator === '||' && left === 0) return of(node.right);
  const guessedLeft = world.guessed && !before;
  if (!Number.isNaN(left) && !guessedLeft) return left;
  // What is there when nobody gives another value.
  world.guessed = before;
  const right = of(node.right);
  if (!Number.isNaN(right)) return right;
  world.guessed ||= guessedLeft;
  return left;
}

function binary(operator: string, left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '<<':
      return left * 2 ** right;
    case '>>':
      return Math.floor(left / 2 ** right);
    case '<':
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '===':
    case '==':
      return Number(left === right);
    case '!==':
    case '!=':
      return Number(left !== right);
    default:
      return Number.NaN;
  }
}

function ofIdentifier(node: TSESTree.Identifier, module: Module, frame: Frame, world: World): number {
  if (node.name === 'Infinity') return Infinity;
  const variable = variableOf(module, node);
  if (!variable) return Number.NaN;
  const bound = frame.bindings.get(variable);
  if (bound) return numberOf(bound.node, bound.module, bound.frame, world);
  const state = world.state.get(variable);
  if (state !== undefined) return state;
  const definition = variable.defs[0];
  const declaration = definition?.node as TSESTree.Node | undefined;
  if (declaration?.type === 'VariableDeclarator' && declaration.init && declaration.id.type !== 'Identifier') {
    // `const [noise] = crypto.getRandomValues(new Uint16Array(1))`
    if (drawsRandom(declaration.init, module)) return rolledNumber(world);
  }
  if (declaration?.type === 'VariableDeclarator' && declaration.init && declaration.id.type === 'Identifier') {
    const written = variable.references.some((reference) => reference.isWrite() && reference.init !== true);
    if (!written) {
      const value = numberOf(declaration.init, module, deeper(frame), world);
      if (!Number.isNaN(value) || mentionsRetryAfter(declaration.init, module)) return value;
    }
  }
  return constant(node, module, world, !isNew(variable, world));
}

/** Whether an expression begins with random bytes: `randomBytes(4).readUInt32BE()`, `getRandomValues(…)[0]`. */
function drawsRandom(node: TSESTree.Node, module: Module): boolean {
  let inner = unwrap(node);
  for (let steps = 0; steps < 6; steps++) {
    if (inner.type === 'CallExpression') {
      const callee = unwrap(inner.callee);
      const name =
        callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
      if (name === 'getRandomValues' || name === 'randomBytes') return true;
      if (callee.type !== 'MemberExpression') return false;
      inner = unwrap(callee.object);
    } else if (inner.type === 'MemberExpression') inner = unwrap(inner.object);
    else break;
  }
  if (inner.type !== 'Identifier') return false;
  // An array that is filled elsewhere: `crypto.getRandomValues(bytes)`.
  return (
    variableOf(module, inner)?.references.some(({ identifier }) => {
      const call = identifier.parent;
      return (
        call.type === 'CallExpression' &&
        call.arguments.includes(identifier as TSESTree.Identifier) &&
        drawsRandom(call, module)
      );
    }) ?? false
  );
}

/** A number made of random bytes. */
function rolledNumber(world: World): number {
  world.rolled = true;
  return Math.round(world.random * 65_535);
}

/** A name or member that the evaluator may know; else, where it cannot change between attempts, what stands in for it. */
function constant(node: TSESTree.Node, module: Module, world: World, fixed: boolean): number {
  const value = world.evaluator.evaluate(node, module, world.env);
  const known = possibilities(value).flatMap((member) => {
    const number = numberIn(member);
    return number === null ? [] : [number];
  });
  const [first] = known;
  // A flag that is set here and reset there.
  const flag = possibilities(value).some((member) => member.kind === 'literal' && typeof member.value === 'boolean');
  if (flag && new Set(known).size > 1) return Number.NaN;
  if (first !== undefined && known.length === possibilities(value).length) return known.at(-1) ?? first;
  // A default holds where the caller gives nothing.
  if (first !== undefined) {
    world.guessed = world.guessed || possibilities(value).length > 2;
    return first;
  }
  if (!fixed || !mayBeNumber(value, node, module)) return Number.NaN;
  world.guessed = true;
  return assumed;
}

/** The number that a value is; a flag is 0 or 1. */
function numberIn(value: Value): number | null {
  if (value.kind === 'external')
    return /^Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE)$/.test(value.path.join('.')) ? Infinity : null;
  if (value.kind !== 'literal') return null;
  return typeof value.value === 'number' || typeof value.value === 'boolean' ? Number(value.value) : null;
}

function mayBeNumber(value: Value, node: TSESTree.Node, module: Module): boolean {
  const kinds = module.types?.kindsOf(node);
  if (kinds && !kinds.has('number')) return false;
  return possibilities(value).some(({ kind }) => kind === 'parameter' || kind === 'environment' || kind === 'unknown');
}

/** Whether a variable is made anew in each attempt. */
function isNew(variable: Variable, world: World): boolean {
  const name = variable.identifiers[0];
  return name !== undefined && contains(world.region, name);
}

/** Whether an expression starts from a variable that is made anew in each attempt, or from what an attempt gave. */
function startsNew(node: TSESTree.Node, module: Module, world: World): boolean {
  let root = unwrap(node);
  while (root.type === 'MemberExpression' || root.type === 'CallExpression') {
    root = unwrap(root.type === 'MemberExpression' ? root.object : root.callee);
  }
  if (root.type !== 'Identifier') return root.type !== 'ThisExpression';
  const variable = variableOf(module, root);
  return variable !== null && isNew(variable, world);
}

function ofMember(node: TSESTree.MemberExpression, module: Module, frame: Frame, world: World): number {
  if (mentionsRetryAfter(node, module)) {
    world.server = true;
    return Number.NaN;
  }
  const name = memberName(node);
  if (name === null && drawsRandom(node.object, module)) return rolledNumber(world);
  if (name === null) return element(node.object, node.property, module, frame, world);
  const object = unwrap(node.object);
  const state = object.type === 'ThisExpression' ? world.state.get(`this.${name}`) : undefined;
  if (state !== undefined) return state;
  if (name === 'length') {
    const list = world.evaluator.evaluate(object, module, world.env);
    if (list.kind === 'array') return list.elements.length;
  }
  if (object.type === 'Identifier') {
    const variable = variableOf(module, object);
    const bound = variable && frame.bindings.get(variable);
    if (bound) {
      const value = world.evaluator.property(world.evaluator.evaluate(bound.node, bound.module, world.env), name, null);
      const number = numberIn(value);
      if (number !== null) return number;
    }
  }
  return constant(node, module, world, !startsNew(node, module, world));
}

/** An element of a table of waits. */
function element(list: TSESTree.Node, index: TSESTree.Node, module: Module, frame: Frame, world: World): number {
  const table = world.evaluator.evaluate(list, module, world.env);
  const at = numberOf(index, module, frame, world);
  for (const member of possibilities(table)) {
    if (Number.isNaN(at)) break;
    const value =
      member.kind === 'array'
        ? member.elements[at < 0 ? member.elements.length + at : at]
        : member.kind === 'object'
          ? world.evaluator.property(member, String(at), null)
          : undefined;
    const number = value ? numberIn(value) : null;
    if (number !== null) return number;
  }
  return Number.NaN;
}

const math: Readonly<Record<string, (...values: number[]) => number>> = {
  min: Math.min,
  max: Math.max,
  pow: (base = 0, exponent = 0) => base ** exponent,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  trunc: Math.trunc,
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
};

function ofCall(node: TSESTree.CallExpression, module: Module, frame: Frame, world: World): number {
  const callee = unwrap(node.callee);
  const args = node.arguments.filter((argument) => argument.type !== 'SpreadElement');
  const of = (part: TSESTree.Node | undefined): number => (part ? numberOf(part, module, frame, world) : Number.NaN);
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee);
    const object = unwrap(callee.object);
    if (object.type === 'Identifier' && object.name === 'Math' && name !== null) {
      if (name === 'random') {
        world.rolled = true;
        return world.random;
      }
      if (name === 'min') return smallest(args, of, world);
      const values = args.map(of);
      return values.some((value) => Number.isNaN(value)) ? Number.NaN : (math[name]?.(...values) ?? Number.NaN);
    }
    if (drawsRandom(node, module)) return rolledNumber(world);
    if (name === 'at') return args[0] ? element(callee.object, args[0], module, frame, world) : Number.NaN;
    if (object.type === 'Identifier' && object.name === 'Number' && /^parse/.test(name ?? '')) return of(args[0]);
  }
  if (mentionsRetryAfter(node, module)) world.server = true;
  if (callee.type === 'Identifier' && /^(?:Number|parseInt|parseFloat)$/.test(callee.name)) {
    if (!variableOf(module, callee)) return of(args[0]);
  }
  const values = world.evaluator.evaluate(callee, module, world.env);
  for (const value of possibilities(values)) {
    if (value.kind === 'function') return inline(value, node.arguments, module, frame, world);
    if (value.kind === 'external') {
      // A notifier that waits: `timer(ms)`.
      if (value.package === 'rxjs' && value.path.join() === 'timer') return of(args[0]);
      const random = randomOf(value.package, value.path.at(-1) ?? '', args.map(of), world);
      if (random !== null) return random;
    }
  }
  return Number.NaN;
}

/** `Math.min`: what is not known does not cap. */
function smallest(args: readonly TSESTree.Node[], of: (node: TSESTree.Node) => number, world: World): number {
  const known: number[] = [];
  let guesses = 0;
  for (const argument of args) {
    const before = world.guessed;
    forgetGuesses(world);
    const value = of(argument);
    const plain = unwrap(argument);
    // A cap that somebody else sets.
    const isGuess =
      world.guessed && value === assumed && (plain.type === 'Identifier' || plain.type === 'MemberExpression');
    world.guessed ||= before;
    if (Number.isNaN(value)) return Number.NaN;
    if (isGuess) guesses++;
    else known.push(value);
  }
  if (known.length === 0) return guesses > 0 ? assumed : Number.NaN;
  return Math.min(...known);
}

/** Random numbers of packages. */
function randomOf(packageName: string, name: string, args: readonly number[], world: World): number | null {
  if (!/^(?:node:crypto|lodash.*|es-toolkit.*|radash|remeda)$/.test(packageName) || !/^random(?:Int)?$/.test(name))
    return null;
  world.rolled = true;
  const [first = 0, second] = args;
  return second === undefined ? first * world.random : first + (second - first) * world.random;
}

function deeper(frame: Frame): Frame {
  return { ...frame, depth: frame.depth + 1 };
}

/** What the parameters of a function are bound to in a call of it. */
export function bindArguments(
  fn: FunctionNode,
  fnModule: Module,
  args: readonly TSESTree.CallExpressionArgument[],
  module: Module,
  frame: Frame,
): Frame {
  const bindings = new Map(frame.bindings);
  for (const [index, parameter] of fn.params.entries()) {
    const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (name.type !== 'Identifier') continue;
    const variable = variableOf(fnModule, name);
    if (!variable) continue;
    const argument = args[index];
    if (argument && argument.type !== 'SpreadElement') bindings.set(variable, { node: argument, module, frame });
    else if (parameter.type === 'AssignmentPattern') {
      bindings.set(variable, { node: parameter.right, module: fnModule, frame });
    }
  }
  return { bindings, depth: frame.depth + 1 };
}

/** What a function of the project returns, as a number. */
function inline(
  { node: fn, module: fnModule, env }: FunctionValue,
  args: readonly TSESTree.CallExpressionArgument[],
  module: Module,
  frame: Frame,
  world: World,
): number {
  const inside = bindArguments(fn, fnModule, args, module, frame);
  if (inside.depth > maxDepth) return Number.NaN;
  const around = world.env;
  world.env = {
    args: new Map([...around.args, ...env.args, [fn, world.evaluator.arguments(args, module, around)]]),
    self: env.self ?? around.self,
    depth: Math.max(around.depth, env.depth) + 1,
  };
  const value =
    fn.body.type === 'BlockStatement'
      ? (returned(fn.body.body, fnModule, inside, world) ?? Number.NaN)
      : numberOf(fn.body, fnModule, inside, world);
  world.env = around;
  return value;
}

/** What statements return; `null` where they go on to their end. */
function returned(
  statements: readonly TSESTree.Statement[],
  module: Module,
  frame: Frame,
  world: World,
): number | null {
  for (const statement of statements) {
    switch (statement.type) {
      case 'ReturnStatement':
        return statement.argument ? numberOf(statement.argument, module, frame, world) : Number.NaN;
      case 'BlockStatement': {
        const found = returned(statement.body, module, frame, world);
        if (found !== null) return found;
        break;
      }
      case 'IfStatement': {
        const test = numberOf(statement.test, module, frame, world);
        const arm = test === 0 ? statement.alternate : statement.consequent;
        const found = arm ? returned([arm], module, frame, world) : null;
        // Of a branch that nobody can predict, the rest of the function is the usual case.
        if (found !== null && !Number.isNaN(test)) return found;
        break;
      }
      case 'VariableDeclaration':
        for (const declarator of statement.declarations) {
          const variable = declarator.id.type === 'Identifier' ? variableOf(module, declarator.id) : null;
          if (variable && declarator.init && variable.references.filter((use) => use.isWrite()).length > 1) {
            world.state.set(variable, numberOf(declarator.init, module, frame, world));
          }
        }
        break;
      case 'ExpressionStatement':
        if (/^(?:Assignment|Update)Expression$/.test(statement.expression.type)) {
          numberOf(statement.expression, module, frame, world);
        }
        break;
      case 'ThrowStatement':
        return Number.NaN;
      default:
    }
  }
  return null;
}

/** Carries out `n++` and `delay *= 2`. */
function change(
  node: TSESTree.AssignmentExpression | TSESTree.UpdateExpression,
  module: Module,
  frame: Frame,
  world: World,
): number {
  const place = placeOf(node.type === 'UpdateExpression' ? node.argument : node.left, module);
  const right = node.type === 'UpdateExpression' ? 1 : numberOf(node.right, module, frame, world);
  if (place === null) return right;
  const before = world.state.get(place) ?? Number.NaN;
  const operator = node.operator.replace(/=$/, '');
  const after =
    operator === '' ? right : binary(operator === '++' ? '+' : operator === '--' ? '-' : operator, before, right);
  world.state.set(place, after);
  return node.type === 'UpdateExpression' && !node.prefix ? before : after;
}

/** The variables and fields that a piece of code writes to, functions inside left out. */
export function writtenIn(region: TSESTree.Node, module: Module): ReadonlySet<Place> {
  const written = new Set<Place>();
  walk(region, module, (node) => {
    if (node !== region && isFunction(node)) return false;
    const target =
      node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' ? node.left : null;
    const place = target && placeOf(target, module);
    if (place !== null) written.add(place);
    return undefined;
  });
  return written;
}
