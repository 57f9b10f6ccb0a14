/** What is written to members of a value after it is made, in this module and in those that share the client. */
import type { TSESTree } from '@typescript-eslint/utils';
import { importsOf, variablesWritten } from '../defaults.js';
import { memberWritesOf, reachingMemberWrites } from '../flow.js';
import { contains, type Module, type Variable } from '../module.js';
import {
  lazyMember,
  literal,
  mapValue,
  noEnv,
  possibilities,
  union,
  unknown,
  type Env,
  type ObjectValue,
  type Site,
  type Value,
} from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { wholePackage } from './exports.js';
import { variableValue } from './variables.js';
import { propertyOf } from './properties.js';
import { either } from './expressions.js';

/** How far imports are followed to find what is set on a shared client. */
const maxImports = 3;

export const maxMemberWrites = 64;

/** A client that everybody shares, with the defaults that the modules which `module` loads set on it. */
export function withSharedDefaults(evaluator: Evaluator, value: Value, module: Module): Value {
  const shared = wholePackage(evaluator, value);
  if (shared.kind !== 'client' || shared.origin !== 'shared' || shared.type.defaults === undefined) return value;
  if (evaluator.isAlone) {
    evaluator.forget();
    return value;
  }
  const seen = new Set<Module>([module]);
  let client: Value = shared;
  for (let level: readonly Module[] = [module], depth = 0; level.length > 0 && depth < maxImports; depth++) {
    const next: Module[] = [];
    for (const from of level) {
      for (const source of importsOf(from)) {
        const resolution = evaluator.modules.resolve(source, from);
        if (resolution.kind !== 'module' || !resolution.mayLeadToClient()) continue;
        const loaded = resolution.load();
        if (!loaded || seen.has(loaded)) continue;
        seen.add(loaded);
        next.push(loaded);
        client = withDefaultsOf(evaluator, loaded, client);
      }
    }
    level = next;
  }
  return client === shared ? value : client;
}

/** A shared client with the defaults that one module sets on it. */
function withDefaultsOf(evaluator: Evaluator, module: Module, client: Value): Value {
  if (client.kind !== 'client' || client.type.defaults === undefined) return client;
  let result: Value = client;
  for (const variable of variablesWritten(module, client.type.defaults)) {
    const end = endOf(module);
    const same = wholePackage(
      evaluator,
      evaluator.alone(() => variableValue(evaluator, variable, module, noEnv, end)),
    );
    if (same.kind !== 'client' || same.origin !== 'shared' || same.library !== client.library) continue;
    result = evaluator.alone(() => withMemberWrites(evaluator, result, variable, module, noEnv, end));
  }
  return result;
}

/** Adds the members that are assigned below a variable, and what `Object.assign` puts into it. */
export function withMemberWrites(
  evaluator: Evaluator,
  value: Value,
  variable: Variable,
  module: Module,
  env: Env,
  use: TSESTree.Node,
): Value {
  const writes = memberWritesOf(variable).filter((write) => write.path.length > 0);
  if (writes.length === 0 || writes.length > maxMemberWrites || !mayHaveMembers(value)) return value;
  let result = value;
  for (const { write, certain } of reachingMemberWrites(writes, use)) {
    if (contains(write.node, use)) continue;
    result = withMember(evaluator, result, write.path, () => evaluator.evaluate(write.node.right, module, env), {
      certain,
      operator: write.node.operator,
      site: { node: write.node, module },
    });
  }
  return result;
}

/** `value` with the member at `path` written. */
export function withMember(
  evaluator: Evaluator,
  value: Value,
  path: readonly string[],
  right: () => Value,
  how: { readonly certain: boolean; readonly operator: string; readonly site: Site },
): Value {
  return mapValue(value, (given): Value => {
    const member = wholePackage(evaluator, given);
    if (member.kind === 'client') {
      const [first, ...rest] = path;
      if (member.type.defaults === undefined || first !== member.type.defaults || rest.length === 0) return member;
      const config = withMember(evaluator, { kind: 'object', parts: [], site: how.site }, rest, right, how);
      return { ...member, configs: [config, ...member.configs] };
    }
    if (member.kind !== 'object' && member.kind !== 'parameter' && member.kind !== 'unknown') return member;
    const [first, ...rest] = path;
    if (first === undefined) return member;
    const base: ObjectValue =
      member.kind === 'object'
        ? member
        : {
            kind: 'object',
            parts: [{ spread: member, site: member.site ?? how.site }],
            site: member.site ?? how.site,
          };
    const written = (): Value => {
      if (rest.length > 0) {
        const below = propertyOf(evaluator, base, first, how.site);
        const object: Value = below.kind === 'absent' ? { kind: 'object', parts: [], site: how.site } : below;
        return withMember(evaluator, object, rest, right, how);
      }
      if (how.operator === '??=' || how.operator === '||=') {
        return either(propertyOf(evaluator, base, first, how.site), right, how.operator === '??=');
      }
      return how.operator === '=' ? right() : unknown('updated', how.site);
    };
    const part = { key: first, member: lazyMember(() => evaluator.fully(written), how.site) };
    if (how.certain || rest.length > 0) return { ...base, parts: [...base.parts, part] };
    const maybe = union([{ kind: 'object', parts: [part], site: how.site }, literal(undefined)]);
    return { ...base, parts: [...base.parts, { spread: maybe, site: how.site }] };
  });
}

/** Whether members that are written below a value matter: of objects, clients, and what may be one. */
export function mayHaveMembers(value: Value): boolean {
  return possibilities(value).some(({ kind }) => /^(?:object|client|external|parameter|unknown)$/.test(kind));
}

/** A node that stands behind everything in a module. */
export function endOf(module: Module): TSESTree.Node {
  const last = module.ast.body[module.ast.body.length - 1];
  const end = module.ast.range[1];
  return { ...(last ?? module.ast), parent: module.ast, range: [end, end] } as TSESTree.Node;
}
