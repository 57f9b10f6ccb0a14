/** Retries that are installed on a client: `axiosRetry(client)`. Nothing of them shows at the calls of the client. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { walk, type Module } from '../module.js';
import { noEnv, possibilities, type ClientValue } from '../values.js';
import { policyScope } from './libraries.js';
import type { RetryScope } from './scope.js';

interface Installed {
  readonly scope: RetryScope;
  /** Where the client is built. */
  readonly on: TSESTree.Node;
}

const known = new WeakMap<Module, readonly Installed[]>();

/** The retries that a module installs on clients. */
function installedBy(evaluator: Evaluator, module: Module): readonly Installed[] {
  const found = known.get(module);
  if (found) return found;
  const installed: Installed[] = [];
  known.set(module, installed);
  if (!/['"](?:axios-retry|retry-axios)['"]/.test(module.text)) return installed;
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression') return undefined;
    const scope = policyScope(evaluator, node, module);
    if (scope?.installed !== true) return undefined;
    for (const argument of evaluator.arguments(node.arguments, module, noEnv)) {
      for (const value of possibilities(argument)) {
        if (value.kind === 'client' && value.site) installed.push({ scope, on: value.site.node });
      }
    }
    return undefined;
  });
  return installed;
}

/** The retry that is installed on a client in the module that builds it. */
export function installedOn(evaluator: Evaluator, { site }: ClientValue): RetryScope | null {
  if (!site) return null;
  return installedBy(evaluator, site.module).find(({ on }) => on === site.node)?.scope ?? null;
}

/** The calls of a file whose client tries again because another module has it so: one scope for each client. */
export function installedElsewhere(
  evaluator: Evaluator,
  calls: readonly DownstreamCall[],
  module: Module,
): readonly RetryScope[] {
  const runs = new Map<RetryScope, DownstreamCall[]>();
  for (const call of calls) {
    if (!call.client.site || call.client.site.module === module) continue;
    const scope = installedOn(evaluator, call.client);
    if (scope) runs.set(scope, [...(runs.get(scope) ?? []), call]);
  }
  return [...runs].map(([scope, own]) => ({
    ...scope,
    module,
    runs: own.map(({ node }) => ({ node, module })),
    options: null,
    elsewhere: true,
  }));
}
