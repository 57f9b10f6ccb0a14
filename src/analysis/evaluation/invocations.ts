/** What calls and constructions give. */
import type { TSESTree } from '@typescript-eslint/utils';
import { callGlobal, constructGlobal } from '../builtins.js';
import { derivationOf, operationOf, resolveExport, typeNamed } from '../libraries.js';
import { memberAt } from '../members.js';
import { memberName, unwrap, variableOf, type Module } from '../module.js';
import type { Derivation, Position } from '../../catalog/schema.js';
import {
  absent,
  isTruthy,
  literal,
  possibilities,
  union,
  unknown,
  type ClassNode,
  type ClientValue,
  type Env,
  type FunctionValue,
  type InstanceValue,
  type MethodValue,
  type PolicyValue,
  type Site,
  type Value,
} from '../values.js';
import { maxDepth, type Evaluator } from '../evaluate.js';
import { importedValue, exportValue } from './exports.js';
import { propertyOf } from './properties.js';

export function callExpression(evaluator: Evaluator, node: TSESTree.CallExpression, module: Module, env: Env): Value {
  const site: Site = { node, module };
  const callee = unwrap(node.callee);
  if (callee.type === 'Super') return superCall(evaluator, node, module, env);
  if (callee.type === 'Identifier' && callee.name === 'require' && !variableOf(module, callee)) {
    const [argument] = node.arguments;
    if (argument?.type === 'Literal' && typeof argument.value === 'string') {
      return importedValue(evaluator, argument, '*', module);
    }
  }
  const args = (): Value[] => evaluator.arguments(node.arguments, module, env);
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee);
    if (name === 'bind') return evaluator.evaluate(callee.object, module, env);
    if (name === 'call')
      return callValue(evaluator, evaluator.evaluate(callee.object, module, env), args().slice(1), site, env);
    if (name === 'then' || name === 'catch' || name === 'finally') {
      return name === 'then' ? unknown('then', site) : evaluator.evaluate(callee.object, module, env);
    }
    if (name === 'filter' && node.arguments[0]?.type === 'Identifier' && node.arguments[0].name === 'Boolean') {
      return evaluator.evaluate(callee.object, module, env);
    }
  }
  const called = evaluator.evaluate(callee, module, env);
  return called.kind === 'unknown' || called.kind === 'parameter'
    ? unknown('call', site)
    : callValue(evaluator, called, args(), site, env);
}

/** What `super(…)` makes of the object: a client where the base class is one. */
function superCall(evaluator: Evaluator, node: TSESTree.CallExpression, module: Module, env: Env): Value {
  const site: Site = { node, module };
  const owner = classAround(node);
  const base = owner?.superClass ? evaluator.evaluate(owner.superClass, module, env) : null;
  return base
    ? constructValue(evaluator, base, evaluator.arguments(node.arguments, module, env), site, env)
    : unknown('super', site);
}

/** What calling a value gives. */
export function callValue(evaluator: Evaluator, callee: Value, args: readonly Value[], site: Site, env: Env): Value {
  switch (callee.kind) {
    case 'union':
      return union(callee.members.map((member) => callValue(evaluator, member, args, site, env)));
    case 'function':
      return returnedValue(evaluator, callee, args);
    case 'method':
      return callMethod(evaluator, callee, args, site);
    case 'client':
      return operationOf(callee.type, '()')
        ? { kind: 'result', client: callee, operation: '()', site }
        : unknown('call of a client', site);
    case 'policy':
      return callPolicy(evaluator, callee, args, site);
    case 'external':
      return callExternal(evaluator, callee.package, callee.path, args, site, env, false);
    default:
      return unknown('call', site);
  }
}

/** What `new callee(…)` gives. */
export function constructValue(
  evaluator: Evaluator,
  callee: Value,
  args: readonly Value[],
  site: Site,
  env: Env,
): Value {
  switch (callee.kind) {
    case 'union':
      return union(callee.members.map((member) => constructValue(evaluator, member, args, site, env)));
    case 'class': {
      const instance: InstanceValue = { kind: 'instance', class: callee, args, site };
      return instance;
    }
    case 'external':
      return callExternal(evaluator, callee.package, callee.path, args, site, env, true);
    case 'policy':
      return { ...callee, site, args, built: true };
    case 'client':
      // A client's class that the settings name.
      return { ...callee, site, configs: args.slice(0, 1), origin: 'built', configIndex: 0 };
    default:
      return unknown('new', site);
  }
}

function callMethod(evaluator: Evaluator, method: MethodValue, args: readonly Value[], site: Site): Value {
  const { client } = method;
  if (method.name.endsWith('.bind') || method.name === 'bind') return client;
  const name = method.name.replace(/\.(?:call|apply)$/, '');
  const derivation = derivationOf(client.type, name);
  if (derivation)
    return deriveClient(evaluator, client.library, derivation, args, site, client) ?? unknown('derived', site);
  if (operationOf(client.type, name)) return { kind: 'result', client, operation: name, site };
  return unknown('call of a method', site);
}

function callExternal(
  evaluator: Evaluator,
  packageName: string,
  path: readonly string[],
  args: readonly Value[],
  site: Site,
  env: Env,
  isNew: boolean,
): Value {
  const found = resolveExport(packageName, path);
  if (found && found.rest.length === 0) {
    const { library, export: exported } = found;
    if (exported.is === 'class' || exported.is === 'factory') {
      const client = deriveClient(evaluator, library, exported, args, site, null);
      if (client) return client;
    }
    if (exported.is === 'options') return args[exported.argument] ?? { kind: 'object', parts: [], site };
    if (path.length === 0) {
      const value = exportValue(evaluator, found);
      if (value)
        return isNew ? constructValue(evaluator, value, args, site, env) : callValue(evaluator, value, args, site, env);
    }
  }
  if (packageName !== 'global') return unknown(`${packageName} ${path.join('.')}`, site);
  return isNew
    ? constructGlobal(path.join('.'), args, site, env)
    : callGlobal(evaluator, path.join('.'), args, site, env);
}

/** A client that a factory, a class or another client makes. */
function deriveClient(
  evaluator: Evaluator,
  library: ClientValue['library'],
  derivation: Omit<Derivation, 'name'>,
  args: readonly Value[],
  site: Site,
  parent: ClientValue | null,
): Value | null {
  const type = typeNamed(library, derivation.type);
  if (!type) return null;
  const over = overOf(evaluator, derivation, args, site);
  const from = over?.kind === 'client' ? over : derivation.inherits === true ? parent : null;
  const index = derivation.config === undefined ? null : configIndexOf(args, derivation.config);
  // Without a configuration of its own it is the other client in another dress.
  const same = index === null && parent ? (derivation.over === undefined ? parent : (from ?? null)) : null;
  return {
    kind: 'client',
    library,
    type,
    site: same ? same.site : site,
    configs: [...ownConfigs(evaluator, derivation, args, index, site), ...(from?.configs ?? [])],
    origin: same ? same.origin : index === null && parent ? 'injected' : 'built',
    target: (derivation.target === undefined ? null : args[derivation.target]) ?? null,
    over: over ?? null,
    configIndex: derivation.configFrom === undefined ? index : null,
  };
}

/** What a client is laid over; `null`: nothing. */
function overOf(
  evaluator: Evaluator,
  { over, overPath }: Omit<Derivation, 'name'>,
  args: readonly Value[],
  site: Site,
): Value | null {
  const given = over === undefined ? null : (args[over] ?? null);
  if (given === null || overPath === undefined) return given;
  const found = memberAt(evaluator, given, overPath);
  return found.kind === 'client' ? found : unknown('made elsewhere', site);
}

/** The configurations that a derivation is given, the one that wins first. */
function ownConfigs(
  evaluator: Evaluator,
  { merges, configFrom }: Omit<Derivation, 'name'>,
  args: readonly Value[],
  index: number | null,
  site: Site,
): readonly Value[] {
  if (index === null) return [];
  const given = args[index] ?? absent;
  if (merges === true) return args.length > index ? args.slice(index).reverse() : [absent];
  if (configFrom === undefined) return [given];
  const made = possibilities(propertyOf(evaluator, given, configFrom, site)).map((factory) =>
    factory.kind === 'function' ? returnedValue(evaluator, factory, []) : unknown('made elsewhere', site),
  );
  return [union(made)];
}

function callPolicy(evaluator: Evaluator, policy: PolicyValue, args: readonly Value[], site: Site): Value {
  const { operation } = policy.policy;
  if (!policy.built && (policy.policy.runs ?? policy.policy.run ?? policy.policy.makes)) {
    return { ...policy, site, args, built: true };
  }
  const run = operation === undefined ? undefined : args[operation];
  if (run?.kind === 'function') return returnedValue(evaluator, run, [unknown('policy context', site)]);
  return run ?? unknown('policy', site);
}

/** What a function returns when it is called with `args`. */
export function returnedValue(evaluator: Evaluator, fn: FunctionValue, args: readonly Value[]): Value {
  const { node, module } = fn;
  const site: Site = { node, module };
  if (node.generator || fn.env.depth >= maxDepth) return unknown('call', site);
  const env: Env = {
    args: new Map([...fn.env.args, [node, args]]),
    self: fn.env.self,
    depth: fn.env.depth + 1,
  };
  if (node.body.type !== 'BlockStatement') return evaluator.evaluate(node.body, module, env);
  const found: Value[] = [];
  const ended = runStatements(evaluator, node.body.body, module, env, found);
  if (!ended) found.push(literal(undefined, site));
  return union(found);
}

/** Collects what statements return; whether they surely end the function. */
function runStatements(
  evaluator: Evaluator,
  statements: readonly TSESTree.Statement[],
  module: Module,
  env: Env,
  found: Value[],
): boolean {
  for (const statement of statements) {
    if (runStatement(evaluator, statement, module, env, found)) return true;
  }
  return false;
}

function runStatement(
  evaluator: Evaluator,
  statement: TSESTree.Statement,
  module: Module,
  env: Env,
  found: Value[],
): boolean {
  switch (statement.type) {
    case 'ReturnStatement':
      found.push(
        statement.argument
          ? evaluator.evaluate(statement.argument, module, env)
          : literal(undefined, { node: statement, module }),
      );
      return true;
    case 'ThrowStatement':
      return true;
    case 'BlockStatement':
      return runStatements(evaluator, statement.body, module, env, found);
    case 'IfStatement': {
      const test = isTruthy(evaluator.evaluate(statement.test, module, env));
      const consequent = test !== false && runStatement(evaluator, statement.consequent, module, env, found);
      const alternate =
        test !== true &&
        statement.alternate !== null &&
        runStatement(evaluator, statement.alternate, module, env, found);
      if (test === true) return consequent;
      if (test === false) return alternate;
      return consequent && alternate;
    }
    case 'TryStatement': {
      const tried = runStatements(evaluator, statement.block.body, module, env, found);
      const handled = statement.handler
        ? runStatements(evaluator, statement.handler.body.body, module, env, found)
        : tried;
      const finished = statement.finalizer
        ? runStatements(evaluator, statement.finalizer.body, module, env, found)
        : false;
      return finished || (tried && handled);
    }
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement': {
      runStatement(evaluator, statement.body, module, env, found);
      return statement.type === 'WhileStatement' && isTruthy(evaluator.evaluate(statement.test, module, env)) === true;
    }
    case 'SwitchStatement':
      for (const { consequent } of statement.cases) runStatements(evaluator, consequent, module, env, found);
      return false;
    default:
      return false;
  }
}

/** The class that a node stands in. */
function classAround(node: TSESTree.Node): ClassNode | null {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'ClassDeclaration' || parent.type === 'ClassExpression') return parent;
  }
  return null;
}

/** Which argument holds the configuration: the first that is an object, else the last that may. */
export function configIndexOf(args: readonly Value[], position: Position): number {
  if (typeof position === 'number') return position;
  if (position === 'last') return Math.max(0, args.length - 1);
  for (const kind of ['object', 'parameter']) {
    const found = position.find((index) => possibilities(args[index] ?? absent).some((member) => member.kind === kind));
    if (found !== undefined) return found;
  }
  return position[args.length === 0 ? 0 : position.length - 1] ?? 0;
}
