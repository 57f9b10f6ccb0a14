/** Which downstream a client or a call reaches: its host, its base URL, or the variable of the environment that names it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberAt } from './members.js';
import { argumentNodes, argumentsOf, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { unwrap, variableOf, type Module } from './module.js';
import { noEnv, possibilities, type ClientValue, type Env, type ParameterValue, type Value } from './values.js';

/** Where a call goes: a name, what the caller of a function gives, or `null` where it cannot be told. */
export type Target =
  { readonly kind: 'name'; readonly name: string } | { readonly kind: 'parameter'; readonly parameter: ParameterValue };

/** The name of the downstream of a call, or `null` where it cannot be told. */
export function downstreamOfCall(evaluator: Evaluator, call: DownstreamCall): string | null {
  return nameOf(targetOfCall(evaluator, call));
}

/** Where a call goes, with the functions around it called as `env` says. */
export function targetOfCall(evaluator: Evaluator, call: DownstreamCall, env: Env = noEnv): Target | null {
  const index = call.operation.target;
  const args = argumentsOf(evaluator, call, env);
  const node = index === undefined ? undefined : argumentNodes(call)[index];
  const value = index === undefined ? undefined : args[index];
  const own = nearest(
    value ? targetOfValue(value) : null,
    node && node.type !== 'SpreadElement' ? () => targetOfExpression(evaluator, node, call.module, env) : null,
  );
  return nearest(own, () => targetOfClient(evaluator, call.client));
}

/** Where something goes that an argument names; `path`: the member of it that does. */
export function targetOfArgument(
  evaluator: Evaluator,
  node: TSESTree.Node,
  module: Module,
  path: readonly string[],
): Target | null {
  const value = evaluator.evaluate(node, module);
  if (path.length > 0) return targetOfValue(memberAt(evaluator, value, path.join('.')));
  return nearest(targetOfValue(value), () => targetOfExpression(evaluator, node, module, noEnv));
}

/** The name of the downstream of a client, from its configuration. */
export function downstreamOfClient(evaluator: Evaluator, client: ClientValue): string | null {
  return nameOf(targetOfClient(evaluator, client));
}

function targetOfClient(evaluator: Evaluator, client: ClientValue): Target | null {
  const paths = [client.type.target, client.type.address].filter((path) => path !== undefined);
  const values = [
    ...(client.target ? [client.target] : []),
    // The configuration may be the address itself.
    ...client.configs.flatMap((config) => [
      ...paths.map((path) => (path === '' ? config : memberAt(evaluator, config, path))),
      ...(paths.length > 0 && isAddress(config) ? [config] : []),
    ]),
  ];
  return values.reduce<Target | null>((found, value) => nearest(found, () => targetOfValue(value)), null);
}

function isAddress(config: Value): boolean {
  return possibilities(config).every(
    (value) => value.kind === 'environment' || (value.kind === 'literal' && typeof value.value === 'string'),
  );
}

const nameOf = (target: Target | null): string | null => (target?.kind === 'name' ? target.name : null);

/** A name wins over what a caller gives. */
function nearest(first: Target | null, second: (() => Target | null) | null): Target | null {
  if (first?.kind === 'name' || !second) return first;
  const other = second();
  return other?.kind === 'name' ? other : (first ?? other);
}

/** The scheme of a literal target: `data` for `data:text/plain,…`. */
export function schemeOf(value: Value): string | null {
  if (value.kind === 'platform' && value.name === 'URL') {
    // `new URL(path, base)` takes the base's scheme where the path has none.
    return value.args.map(schemeOf).find((scheme) => scheme !== null) ?? null;
  }
  if (value.kind !== 'literal' || typeof value.value !== 'string') return null;
  return /^([a-z][a-z\d+.-]*):/i.exec(value.value)?.[1]?.toLowerCase() ?? null;
}

function targetOfValue(target: Value): Target | null {
  let open: Target | null = null;
  for (const value of possibilities(target)) {
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const name = hostOf(value.value);
      if (name) return { kind: 'name', name };
    }
    if (value.kind === 'environment') return { kind: 'name', name: value.name };
    if (value.kind === 'platform' && value.name === 'URL') {
      for (const argument of [...value.args].reverse()) open = nearest(targetOfValue(argument), () => open);
      if (open?.kind === 'name') return open;
    }
    if (value.kind === 'parameter') open ??= { kind: 'parameter', parameter: value };
  }
  return open;
}

/** The beginning of a URL that is put together: `${BASE}/path`, `BASE + '/path'`. */
function targetOfExpression(evaluator: Evaluator, node: TSESTree.Node, module: Module, env: Env): Target | null {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const init = initOf(inner, module);
    return init && targetOfExpression(evaluator, init, module, env);
  }
  const of = (part: TSESTree.Node): Target | null =>
    nearest(targetOfValue(evaluator.evaluate(part, module, env)), () =>
      targetOfExpression(evaluator, part, module, env),
    );
  if (inner.type === 'TemplateLiteral') {
    const start = inner.quasis[0]?.value.cooked ?? '';
    const first = inner.expressions[0];
    if (start !== '') {
      const name = hostOf(start);
      return name ? { kind: 'name', name } : null;
    }
    return first ? of(first) : null;
  }
  if (inner.type === 'BinaryExpression' && inner.operator === '+') return of(inner.left);
  if (inner.type === 'NewExpression' || inner.type === 'CallExpression') {
    let found: Target | null = null;
    for (const argument of [inner.arguments[1], inner.arguments[0]]) {
      if (!argument || argument.type === 'SpreadElement') continue;
      found = nearest(found, () => of(argument));
    }
    return found;
  }
  return null;
}

/** What a name stands for that is assigned once. */
function initOf(name: TSESTree.Identifier, module: Module): TSESTree.Node | null {
  const declaration = variableOf(module, name)?.defs[0]?.node;
  return declaration?.type === 'VariableDeclarator' && declaration.parent.kind === 'const' ? declaration.init : null;
}

function hostOf(url: string): string | null {
  const host = /^[a-z][a-z\d+.-]*:\/\/(?:[^/@\s]*@)?([^/?#\s]+)/i.exec(url)?.[1];
  return host && !host.includes('${') ? host : null;
}
