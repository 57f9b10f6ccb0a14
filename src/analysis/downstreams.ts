/** Which downstream a client or a call reaches: its host, its base URL, or the variable of the environment that names it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberAt } from './members.js';
import { argumentNodes, argumentsOf, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { unwrap, type Module } from './module.js';
import { possibilities, type ClientValue, type Env, noEnv, type Value } from './values.js';

/** The name of the downstream of a call, or `null` where it cannot be told. */
export function downstreamOfCall(evaluator: Evaluator, call: DownstreamCall): string | null {
  const index = call.operation.target;
  const args = argumentsOf(evaluator, call);
  const node = index === undefined ? undefined : argumentNodes(call)[index];
  const value = index === undefined ? undefined : args[index];
  const own =
    (value && nameOfTarget(value)) ??
    (node && node.type !== 'SpreadElement' ? nameOfExpression(evaluator, node, call.module, noEnv) : null);
  return own ?? downstreamOfClient(evaluator, call.client);
}

/** The name of the downstream of a client, from its configuration. */
export function downstreamOfClient(evaluator: Evaluator, client: ClientValue): string | null {
  if (client.target) {
    const name = nameOfTarget(client.target);
    if (name) return name;
  }
  if (client.type.target === undefined) return null;
  for (const config of client.configs) {
    const name = nameOfTarget(memberAt(evaluator, config, client.type.target));
    if (name) return name;
  }
  return null;
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

function nameOfTarget(target: Value): string | null {
  for (const value of possibilities(target)) {
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const name = hostOf(value.value);
      if (name) return name;
    }
    if (value.kind === 'environment') return value.name;
    if (value.kind === 'platform' && value.name === 'URL') {
      const name = [...value.args]
        .reverse()
        .map(nameOfTarget)
        .find((found) => found !== null);
      if (name) return name;
    }
  }
  return null;
}

/** The beginning of a URL that is put together: `${BASE}/path`, `BASE + '/path'`. */
function nameOfExpression(evaluator: Evaluator, node: TSESTree.Node, module: Module, env: Env): string | null {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral') {
    const start = inner.quasis[0]?.value.cooked ?? '';
    const first = inner.expressions[0];
    if (start !== '') return hostOf(start);
    return first
      ? (nameOfTarget(evaluator.evaluate(first, module, env)) ?? nameOfExpression(evaluator, first, module, env))
      : null;
  }
  if (inner.type === 'BinaryExpression' && inner.operator === '+') {
    return (
      nameOfTarget(evaluator.evaluate(inner.left, module, env)) ?? nameOfExpression(evaluator, inner.left, module, env)
    );
  }
  if (inner.type === 'NewExpression' || inner.type === 'CallExpression') {
    const [first, second] = inner.arguments;
    for (const argument of [second, first]) {
      if (!argument || argument.type === 'SpreadElement') continue;
      const name =
        nameOfTarget(evaluator.evaluate(argument, module, env)) ?? nameOfExpression(evaluator, argument, module, env);
      if (name) return name;
    }
  }
  return null;
}

function hostOf(url: string): string | null {
  const host = /^[a-z][a-z\d+.-]*:\/\/(?:[^/@\s]*@)?([^/?#\s]+)/i.exec(url)?.[1];
  return host && !host.includes('${') ? host : null;
}
