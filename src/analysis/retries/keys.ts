/** Idempotency keys: whether a call carries one, and whether it is the same in each attempt. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { IdempotencyKey } from '../../catalog/schema.js';
import { argumentNodes, argumentsOf, optionsOf, type DownstreamCall } from '../calls.js';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, unwrap, variableOf, walk, type Module } from '../module.js';
import { absent, noEnv, possibilities, type Env, type Site, type Value } from '../values.js';

/** The key of a call. `unstable`: made anew in each attempt, by the node. */
export type Key =
  | { readonly kind: 'none' }
  | { readonly kind: 'stable' }
  | { readonly kind: 'unstable'; readonly node: TSESTree.Node; readonly module: Module }
  | { readonly kind: 'unknown' };

/** A piece of code that is run in each attempt. */
export interface Region {
  readonly node: TSESTree.Node;
  readonly module: Module;
}

const keyName = /idempoten|dedup|client-?(?:request-?)?token|x-request-token/i;
const payloadKeyName =
  /^(?:.*idempoten.*|.*dedup.*|client(?:Request)?Token|requestToken|jobId|transactionId|externalId|clientRequestId|request_id|requestId)$/i;

/** How a call says that it is the same one again. */
export function keySpec(call: DownstreamCall): IdempotencyKey | null {
  return call.operation.idempotencyKey ?? call.type.idempotencyKey ?? null;
}

/** The key that a call carries. `regions`: what is run in each attempt. */
export function keyOf(evaluator: Evaluator, call: DownstreamCall, regions: readonly Region[], env: Env = noEnv): Key {
  const spec = keySpec(call);
  const found: (Found | 'unknown' | null)[] = [inPayload(evaluator, call, env)];
  if (spec) {
    const options = optionsOf(evaluator, call, env);
    if (spec.in === 'header') {
      found.push(inHeaders(evaluator, options));
      for (const config of call.client.configs) found.push(inHeaders(evaluator, config));
    }
    if (spec.in === 'option') found.push(memberOf(evaluator, options, spec.name));
    if (spec.in === 'payload') found.push(memberOf(evaluator, payloadOf(evaluator, call, env), spec.name));
  }
  const key = found.find((value): value is Found => value !== null && value !== 'unknown');
  if (key) return stability(key, regions);
  return found.includes('unknown') ? { kind: 'unknown' } : { kind: 'none' };
}

/** A member of options, by name; `'unknown'` where they may hold it unseen. */
function memberOf(evaluator: Evaluator, value: Value, name: string): Found | 'unknown' | null {
  const found = name.split('.').reduce<Value>((object, key) => evaluator.property(object, key, null), value);
  const given = possibilities(found).filter((member) => !isMissing(member));
  if (given.length === 0) return null;
  if (given.some((member) => member.kind === 'unknown' && member.site === null)) return 'unknown';
  if (possibilities(value).every(({ kind }) => kind === 'parameter' || kind === 'unknown')) return 'unknown';
  return siteOfMember(value, (key) => key === name) ?? 'unknown';
}

function isMissing(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'literal' && (value.value === undefined || value.value === null));
}

/** The headers among options: an object, a list of pairs, `new Headers(…)`. */
function inHeaders(evaluator: Evaluator, options: Value): Found | 'unknown' | null {
  if (possibilities(options).every(({ kind }) => kind === 'parameter' || kind === 'unknown'))
    return options.kind === 'absent' ? null : 'unknown';
  const headers = evaluator.property(options, 'headers', null);
  for (const member of possibilities(headers)) {
    if (isMissing(member)) continue;
    if (member.kind === 'platform') {
      const [init] = member.args;
      const inner = init ? siteOfMember(init, (name) => keyName.test(name)) : null;
      // Headers may be appended to it.
      return inner ?? 'unknown';
    }
    if (member.kind !== 'object') return 'unknown';
    const inner = siteOfMember(member, (name) => keyName.test(name));
    if (inner) return inner;
    if (hasOpenSpread(member)) return 'unknown';
  }
  return null;
}

function hasOpenSpread(value: Value): boolean {
  return possibilities(value).some(
    (member) =>
      member.kind === 'object' &&
      member.parts.some(
        (part) =>
          !('key' in part) && possibilities(part.spread).some(({ kind }) => kind === 'parameter' || kind === 'unknown'),
      ),
  );
}

/** A member that was found: where it is written, and what it is. */
interface Found {
  readonly site: Site;
  readonly value: Value;
}

/** A member of an object, by its name. */
function siteOfMember(value: Value, matches: (name: string) => boolean): Found | null {
  for (const member of possibilities(value)) {
    if (member.kind !== 'object') continue;
    for (const part of [...member.parts].reverse()) {
      if ('key' in part) {
        if (matches(part.key)) return { site: part.member.site, value: part.member.value };
      } else {
        const inner = siteOfMember(part.spread, matches);
        if (inner) return inner;
      }
    }
  }
  return null;
}

/** A key inside what is sent: `{ idempotencyKey }` in a body, or in a command's input. */
function inPayload(evaluator: Evaluator, call: DownstreamCall, env: Env): Found | null {
  const matches = (name: string): boolean => payloadKeyName.test(name);
  const payload = payloadOf(evaluator, call, env);
  const direct = siteOfMember(payload, matches);
  if (direct) return direct;
  for (const name of ['body', 'json', 'data', 'variables', 'input']) {
    const body = evaluator.property(payload, name, null);
    const found = siteOfMember(stringified(evaluator, body, env), matches);
    if (found) return found;
  }
  return null;
}

/** What is sent: the payload argument, or the input of the command that stands there. */
function payloadOf(evaluator: Evaluator, call: DownstreamCall, env: Env): Value {
  const { payload } = call.operation;
  if (payload === undefined) return absent;
  const node = argumentNodes(call)[payload];
  const inner = node && resolve(node, call.module);
  if (inner?.type === 'NewExpression') {
    const [input] = inner.arguments;
    return input && input.type !== 'SpreadElement' ? evaluator.evaluate(input, call.module, env) : absent;
  }
  return argumentsOf(evaluator, call, env)[payload] ?? absent;
}

/** The object in `JSON.stringify(object)`. */
function stringified(evaluator: Evaluator, value: Value, env: Env): Value {
  if (value.kind !== 'unknown' || !value.site) return value;
  const node = unwrap(value.site.node);
  if (node.type !== 'CallExpression' || !/stringify$/.test(value.site.module.text.slice(...node.callee.range)))
    return value;
  const [argument] = node.arguments;
  return argument && argument.type !== 'SpreadElement' ? evaluator.evaluate(argument, value.site.module, env) : value;
}

function resolve(node: TSESTree.Node, module: Module): TSESTree.Node {
  let inner = unwrap(node);
  for (let steps = 0; steps < 4 && inner.type === 'Identifier'; steps++) {
    const declarator: TSESTree.Node | undefined = variableOf(module, inner)?.defs[0]?.node;
    if (declarator?.type !== 'VariableDeclarator' || !declarator.init || declarator.id.type !== 'Identifier') break;
    inner = unwrap(declarator.init);
  }
  return inner;
}

/** Whether a key is made anew in each attempt: where it is written, or where what is written there comes from. */
function stability({ site, value }: Found, regions: readonly Region[]): Key {
  const node =
    site.node.type === 'Property'
      ? site.node.value
      : site.node.type === 'AssignmentExpression'
        ? site.node.right
        : site.node;
  const sources: Site[] = [{ node, module: site.module }];
  for (const member of possibilities(value)) if (member.kind === 'unknown' && member.site) sources.push(member.site);
  const unstable = sources.find((source) => freshness(source.node, source.module, regions, 0));
  return unstable ? { kind: 'unstable', ...unstable } : { kind: 'stable' };
}

const fresh =
  /^(?:(?:crypto\.|globalThis\.crypto\.)?(?:randomUUID|randomBytes|getRandomValues)|uuid\w*|v[147]|nanoid|ulid|cuid2?|createId|Math\.random|Date\.now|performance\.now|process\.hrtime.*|.*\.(?:randomUUID|randomBytes|v[147]|nanoid|ulid))$/;

/** Whether an expression is another one each time that it is evaluated in an attempt. */
function freshness(node: TSESTree.Node, module: Module, regions: readonly Region[], depth: number): boolean {
  if (depth > 5) return false;
  const inAttempt = (inner: TSESTree.Node): boolean =>
    regions.some((region) => region.module === module && contains(region.node, inner));
  let found = false;
  walk(node, module, (inner) => {
    if (found || isFunction(inner)) return false;
    if (inner.type === 'CallExpression' && inAttempt(inner)) {
      const name = module.text.slice(...unwrap(inner.callee).range);
      if (fresh.test(name)) found = true;
      // `makeKey()`: looked through when it is a function of this file.
      const callee = unwrap(inner.callee);
      const definition =
        callee.type === 'Identifier'
          ? (variableOf(module, callee)?.defs[0]?.node as TSESTree.Node | undefined)
          : undefined;
      const fn = definition?.type === 'VariableDeclarator' ? definition.init : definition;
      if (!found && fn && isFunction(fn)) {
        found = freshness(fn.body, module, [...regions, { node: fn, module }], depth + 1) && returnsFresh(fn, module);
      }
      return undefined;
    }
    if (
      inner.type === 'NewExpression' &&
      inAttempt(inner) &&
      inner.callee.type === 'Identifier' &&
      inner.callee.name === 'Date' &&
      inner.arguments.length === 0
    )
      found = true;
    if (inner.type === 'Identifier') {
      const declarator = variableOf(module, inner)?.defs[0]?.node as TSESTree.Node | undefined;
      if (declarator?.type === 'VariableDeclarator' && declarator.init && inAttempt(declarator)) {
        found = freshness(declarator.init, module, regions, depth + 1);
      }
    }
    return undefined;
  });
  return found;
}

function returnsFresh(fn: TSESTree.Node, module: Module): boolean {
  return /randomUUID|nanoid|uuid|Math\.random|Date\.now|ulid|cuid|randomBytes/.test(module.text.slice(...fn.range));
}
