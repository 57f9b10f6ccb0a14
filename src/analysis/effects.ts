/** What repeating a downstream call would do: from the operation, the method, the SQL text, the document, the command. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Effect, EffectRule, Operation } from '../catalog/schema.js';
import { argumentNodes, argumentsOf, optionsOf, type DownstreamCall } from './calls.js';
import type { Evaluator } from './evaluate.js';
import { matchesName } from './libraries.js';
import { memberAt } from './members.js';
import { memberName, unwrap, variableOf, type Module } from './module.js';
import { absent, noEnv, possibilities, type Env, type Value } from './values.js';

/** What a call does, and, for HTTP, by which method. */
export interface CallEffect {
  readonly effect: Effect;
  readonly method: string | null;
}

const methodEffects: Readonly<Record<string, Effect>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  TRACE: 'read',
  QUERY: 'read',
  PUT: 'idempotent-write',
  DELETE: 'idempotent-write',
  POST: 'non-idempotent-write',
  PATCH: 'unknown',
};

/** What repeating a call would do. */
export function effectOf(evaluator: Evaluator, call: DownstreamCall, env: Env = noEnv): CallEffect {
  const { operation } = call;
  const stated =
    typeof operation.effect === 'string'
      ? { effect: operation.effect, method: operation.method ?? null }
      : fromRule(evaluator, call, operation.effect, env);
  const chained = operation.chain ? chainedEffect(operation.chain, call.node) : null;
  if (chained !== null) return { ...stated, effect: chained };
  return stated.effect === 'non-idempotent-write' && isReadInDisguise(evaluator, call, env)
    ? { ...stated, effect: 'read' }
    : stated;
}

/** What a method further down the chain makes of a call: `db.insert(row).onConflictDoNothing()`. */
function chainedEffect(chain: NonNullable<Operation['chain']>, end: TSESTree.Node): Effect | null {
  const member = end.parent;
  if (member?.type !== 'MemberExpression' || member.object !== end) return null;
  const called = member.parent;
  if (called.type !== 'CallExpression' || called.callee !== member) return null;
  return chain[memberName(member) ?? ''] ?? chainedEffect(chain, called);
}

function fromRule(evaluator: Evaluator, call: DownstreamCall, rule: EffectRule, env: Env): CallEffect {
  switch (rule.from) {
    case 'http-method':
      return fromMethod(evaluator, call, rule, env);
    case 'sql': {
      const text = sqlText(evaluator, call, env);
      return { effect: text === null ? rule.default : sqlEffect(text), method: null };
    }
    case 'graphql': {
      const text = textOfPayload(evaluator, call, env);
      return { effect: text === null ? rule.default : (documentEffect(text) ?? rule.default), method: null };
    }
    case 'command': {
      const name = commandName(call);
      return {
        effect: (name === null ? null : named(name.replace(/Command$/, ''), rule)) ?? rule.default,
        method: null,
      };
    }
    case 'name':
      return { effect: named(call.name, rule) ?? byVerb(call.name) ?? rule.default, method: null };
    case 'update': {
      const payload = argumentsOf(evaluator, call, env)[call.operation.payload ?? 0] ?? absent;
      const update = rule.option === undefined ? payload : memberAt(evaluator, payload, rule.option);
      return { effect: updateEffect(update, rule), method: null };
    }
  }
}

/** The worse of two effects comes first. */
const harm: readonly Effect[] = ['non-idempotent-write', 'unknown', 'idempotent-write', 'read'];
const worstOf = (effects: readonly Effect[]): Effect | null => harm.find((effect) => effects.includes(effect)) ?? null;

/** How deep the members of an update are looked at. */
const maxUpdateDepth = 4;

/** What an update does, by its members: `{ $inc: … }` counts again, `{ $set: … }` does not. */
function updateEffect(payload: Value, rule: EffectRule, depth = 0): Effect {
  const effects = possibilities(payload).map((member): Effect => {
    // A value that is put in the place of another: the same one again.
    if (depth > 0 && member.kind !== 'object' && member.kind !== 'function') return 'idempotent-write';
    if (member.kind !== 'object' || depth > maxUpdateDepth) return rule.default;
    return (
      worstOf(
        member.parts.map((part): Effect => {
          if (!('key' in part))
            return possibilities(part.spread).every(({ kind }) => kind === 'object')
              ? updateEffect(part.spread, rule, depth)
              : rule.default;
          return named(part.key, rule) ?? updateEffect(part.member.value, rule, depth + 1);
        }),
      ) ?? rule.default
    );
  });
  return worstOf(effects) ?? rule.default;
}

function fromMethod(evaluator: Evaluator, call: DownstreamCall, rule: EffectRule, env: Env): CallEffect {
  const value = memberAt(evaluator, optionsOf(evaluator, call, env), rule.option ?? 'method');
  const methods = possibilities(value).map((member) =>
    member.kind === 'literal' && typeof member.value === 'string'
      ? member.value.toUpperCase()
      : member.kind === 'absent' || (member.kind === 'literal' && member.value === undefined)
        ? ''
        : null,
  );
  if (methods.includes(null)) return { effect: 'unknown', method: null };
  const effects = methods.map((method) => (method === '' ? rule.default : (methodEffects[method ?? ''] ?? 'unknown')));
  // Of several, the one that does harm.
  const worst = worstOf(effects);
  const [only] = methods;
  return { effect: worst ?? rule.default, method: methods.length === 1 && only ? only : null };
}

/** The effect of the longest name that fits. */
function named(name: string, { names }: EffectRule): Effect | null {
  let best: string | null = null;
  for (const pattern of Object.keys(names ?? {})) {
    if (!matchesName(pattern, name) && !matchesName(pattern.toLowerCase(), name.toLowerCase())) continue;
    if (best === null || pattern.length > best.length) best = pattern;
  }
  return best === null ? null : (names?.[best] ?? null);
}

/** `createUser`, `listUsers`: what the first word of a name says. */
function byVerb(name: string): Effect | null {
  if (
    /^(?:get|list|find|read|fetch|search|count|describe|query|retrieve|head|lookup|exists|is|has)(?:[A-Z_]|$)/.test(
      name,
    )
  )
    return 'read';
  if (
    /^(?:create|insert|add|append|publish|send|charge|pay|capture|refund|transfer|enqueue|push|submit)(?:[A-Z_]|$)/i.test(
      name,
    )
  )
    return 'non-idempotent-write';
  if (/^(?:put|set|upsert|replace|delete|remove|cancel)(?:[A-Z_]|$)/i.test(name)) return 'idempotent-write';
  return null;
}

/** The class of the command in the payload: `new SendMessageCommand()`. */
function commandName(call: DownstreamCall): string | null {
  let node: TSESTree.Node | undefined = argumentNodes(call)[call.operation.payload ?? 0];
  for (let steps = 0; node && steps < 4; steps++) {
    const inner = unwrap(node);
    if (inner.type === 'NewExpression') {
      const callee = unwrap(inner.callee);
      if (callee.type === 'MemberExpression') return memberName(callee);
      if (callee.type !== 'Identifier') return null;
      const definition = variableOf(call.module, callee)?.defs[0]?.node as TSESTree.Node | undefined;
      return definition?.type === 'ImportSpecifier' && definition.imported.type === 'Identifier'
        ? definition.imported.name
        : callee.name;
    }
    if (inner.type !== 'Identifier') return null;
    const declarator = variableOf(call.module, inner)?.defs[0]?.node as TSESTree.Node | undefined;
    node = declarator?.type === 'VariableDeclarator' ? (declarator.init ?? undefined) : undefined;
  }
  return null;
}

function sqlText(evaluator: Evaluator, call: DownstreamCall, env: Env): string | null {
  if (call.node.type === 'TaggedTemplateExpression') return quasiText(call.node.quasi);
  return textOfPayload(evaluator, call, env);
}

/** The text of a payload: a string, a template, a tagged template, or the member of an object that holds it. */
function textOfPayload(evaluator: Evaluator, call: DownstreamCall, env: Env): string | null {
  const index = call.operation.payload ?? 0;
  const node = argumentNodes(call)[index];
  const value = argumentsOf(evaluator, call, env)[index];
  return (node && textOfNode(node, call.module)) ?? (value ? textOfValue(evaluator, value) : null);
}

function textOfValue(evaluator: Evaluator, value: Value): string | null {
  for (const member of possibilities(value)) {
    if (member.kind === 'literal' && typeof member.value === 'string') return member.value;
    if (member.kind === 'object') {
      for (const name of ['text', 'sql', 'query', 'document', 'mutation']) {
        const found = evaluator.property(member, name, null);
        if (found.kind === 'literal' && typeof found.value === 'string') return found.value;
        if (found.kind === 'unknown' && found.site) {
          const text = textOfNode(found.site.node, found.site.module);
          if (text !== null) return text;
        }
      }
    }
    if (member.kind === 'unknown' && member.site) {
      const text = textOfNode(member.site.node, member.site.module);
      if (text !== null) return text;
    }
  }
  return null;
}

function textOfNode(node: TSESTree.Node, module: Module): string | null {
  let inner = unwrap(node);
  for (let steps = 0; steps < 4 && inner.type === 'Identifier'; steps++) {
    const declarator: TSESTree.Node | undefined = variableOf(module, inner)?.defs[0]?.node;
    if (declarator?.type !== 'VariableDeclarator' || !declarator.init) return null;
    inner = unwrap(declarator.init);
  }
  if (inner.type === 'Literal' && typeof inner.value === 'string') return inner.value;
  if (inner.type === 'TemplateLiteral') return quasiText(inner);
  if (inner.type === 'TaggedTemplateExpression') return quasiText(inner.quasi);
  if (inner.type === 'BinaryExpression' && inner.operator === '+') {
    return textOfNode(inner.left, module);
  }
  return null;
}

/** A template's text, with a placeholder for each expression. */
function quasiText(template: TSESTree.TemplateLiteral): string {
  return template.quasis.map(({ value }) => value.cooked).join('$1');
}

/** What a statement of SQL does when it is run twice. */
export function sqlEffect(text: string): Effect {
  const sql = text
    .replace(/--.*$/gm, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .trim();
  const statements = sql
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const effects = statements.map(statementEffect);
  return (
    (['non-idempotent-write', 'unknown', 'idempotent-write'] as const).find((effect) => effects.includes(effect)) ??
    'read'
  );
}

function statementEffect(sql: string): Effect {
  const verb = /^\s*\(*\s*(\w+)/.exec(sql)?.[1]?.toLowerCase() ?? '';
  const writes = /\b(insert|update|delete|merge)\b/i.exec(sql)?.[1]?.toLowerCase();
  switch (verb === 'with' ? (writes ?? 'select') : verb) {
    case 'select':
      return /\bnextval\s*\(|\bpg_notify\s*\(/i.test(sql) ? 'non-idempotent-write' : 'read';
    case 'show':
    case 'explain':
    case 'describe':
    case 'values':
    case 'begin':
    case 'start':
    case 'commit':
    case 'rollback':
    case 'set':
    case 'listen':
      return 'read';
    case 'insert':
      return /\bon\s+conflict\b|\bon\s+duplicate\s+key\b|\binsert\s+(?:or\s+)?(?:ignore|replace)\b|\bwhere\s+not\s+exists\b|\bif\s+not\s+exists\b/i.test(
        sql,
      ) && !/\bdo\s+update\b[\s\S]*?=\s*[\w."]+\s*[-+*]/i.test(sql)
        ? 'idempotent-write'
        : 'non-idempotent-write';
    case 'update':
      // A column that is made from itself: `balance = balance - 5`.
      return /\b([\w"]+)\s*=\s*(?:[\w"]+\.)?\1\s*[-+*/|]/i.test(sql) ||
        /\bcoalesce\s*\(\s*([\w".]+)\s*,[^)]*\)\s*[-+]/i.test(sql)
        ? 'non-idempotent-write'
        : 'idempotent-write';
    case 'delete':
    case 'replace':
    case 'upsert':
    case 'truncate':
    case 'merge':
      return 'idempotent-write';
    case 'create':
    case 'alter':
    case 'drop':
      return 'idempotent-write';
    default:
      return 'unknown';
  }
}

/** What a GraphQL document does; `null` where it holds no operation. */
export function documentEffect(text: string): Effect | null {
  const document = text.replace(/#.*$/gm, '');
  if (/(?:^|[\s}])mutation\b/.test(document)) return 'non-idempotent-write';
  if (/(?:^|[\s}])(?:query|subscription)\b/.test(document) || document.trim().startsWith('{')) return 'read';
  return null;
}

/** A POST that only asks: a search, a GraphQL query. */
function isReadInDisguise(evaluator: Evaluator, call: DownstreamCall, env: Env): boolean {
  const { target, payload } = call.operation;
  const targetNode = target === undefined ? undefined : argumentNodes(call)[target];
  const targetText = targetNode ? targetTextOf(evaluator, targetNode, call.module, env) : '';
  if (
    /(?:\/_?(?:search|msearch|query|count|lookup|aggregate|introspect|validate|estimate|preview)|:(?:search|query|batchGet))(?:[/?#]|$)/i.test(
      targetText,
    )
  )
    return true;
  const isGraphql = /graphql/i.test(targetText);
  if (payload === undefined) return false;
  const value = argumentsOf(evaluator, call, env)[payload];
  if (!value) return false;
  const bodies =
    call.operation.options === payload || call.type.options === payload
      ? [evaluator.property(value, 'body', null), evaluator.property(value, 'json', null)]
      : [value];
  for (const body of bodies) {
    const text = bodyText(evaluator, body, env);
    const effect = text === null ? null : documentEffect(text);
    if (effect !== null && (isGraphql || /^\s*(?:query|\{|fragment)/.test(text ?? ''))) return effect === 'read';
  }
  return false;
}

function targetTextOf(evaluator: Evaluator, node: TSESTree.Node, module: Module, env: Env): string {
  const value = evaluator.evaluate(node, module, env);
  if (value.kind === 'literal') return String(value.value);
  return textOfNode(node, module) ?? '';
}

/** The document in a body: `{ query: '…' }`, or that as JSON. */
function bodyText(evaluator: Evaluator, body: Value, env: Env): string | null {
  for (const member of possibilities(body)) {
    if (member.kind === 'object') return textOfValue(evaluator, member);
    if (member.kind !== 'unknown' || !member.site) continue;
    const node = unwrap(member.site.node);
    // `JSON.stringify({ query })`
    if (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      memberName(node.callee) === 'stringify'
    ) {
      const [argument] = node.arguments;
      const value =
        argument && argument.type !== 'SpreadElement' ? evaluator.evaluate(argument, member.site.module, env) : absent;
      if (value.kind === 'object') return textOfValue(evaluator, value);
    }
  }
  return null;
}
