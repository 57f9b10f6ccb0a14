/** The downstream-call fact: an expression that starts network work through a client, and where that client comes from. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { ClientType, Library, Operation } from '../catalog/schema.js';
import { mayBeOperation } from './candidates.js';
import type { Evaluator } from './evaluate.js';
import { injected } from './evaluation/annotations.js';
import { wholePackage } from './evaluation/exports.js';
import { spreadParts } from './evaluation/expressions.js';
import {
  clientsAnsweringWith,
  clientTypeOf,
  derivationOf,
  operationOf,
  resolveExport,
  typeNamed,
} from './libraries.js';
import { memberName, isFunction, unwrap, variableOf, type Module } from './module.js';
import {
  absent,
  noEnv,
  possibilities,
  unknown,
  type ClientValue,
  type Env,
  type MethodValue,
  type ObjectValue,
  type Value,
} from './values.js';

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** A downstream call. */
export interface DownstreamCall {
  readonly node: CallNode;
  readonly module: Module;
  readonly library: Library;
  readonly type: ClientType;
  readonly operation: Operation;
  /** The operation's name as it is called: `get`, `()` for the client itself. */
  readonly name: string;
  readonly client: ClientValue;
  /** What shows it: the value of the callee, or its type. */
  readonly shownBy: 'value' | 'type';
  /** Called by way of the function's own `call` or `apply`: its arguments do not stand where they usually do. */
  readonly by: 'call' | 'apply' | null;
}

/** The callee of a call, or the tag of a template. */
export function calleeOf(node: CallNode): TSESTree.Node {
  return unwrap(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee);
}

/** The downstream call that a node is, or `null`. */
export function downstreamCallAt(evaluator: Evaluator, node: CallNode, module: Module): DownstreamCall | null {
  const callee = calleeOf(node);
  if (callee.type === 'Super' || callee.type === 'ImportExpression') return null;
  if (node.type === 'NewExpression') return null;
  // A piece of a statement that is put together: `sql`… ${sql(columns)}``.
  if (node.parent.type === 'TemplateLiteral' && node.parent.parent.type === 'TaggedTemplateExpression') return null;
  return byValue(evaluator, node, callee, module) ?? byType(evaluator, node, callee, module);
}

function byValue(evaluator: Evaluator, node: CallNode, callee: TSESTree.Node, module: Module): DownstreamCall | null {
  const value = evaluator.callee(callee, module);
  for (const member of possibilities(value).map((part) => wholePackage(evaluator, part))) {
    if (member.kind === 'client') {
      const operation = operationOf(member.type, '()');
      if (operation) return { ...base(node, module, member), operation, name: '()', shownBy: 'value', by: null };
    }
    // `fetchRetry(fetch)(url)`: a call of what the function was made of.
    if (member.kind === 'policy' && member.built && member.policy.makes === 'function') {
      for (const made of possibilities(member.args[member.policy.operation ?? 0] ?? absent)) {
        const operation = made.kind === 'client' ? operationOf(made.type, '()') : null;
        if (made.kind === 'client' && operation)
          return { ...base(node, module, made), operation, name: '()', shownBy: 'value', by: null };
      }
    }
    if (member.kind === 'method') {
      const found = methodOperation(member);
      if (found) return { ...base(node, module, member.client), ...found, shownBy: 'value' };
    }
  }
  return null;
}

function methodOperation({ client, name }: MethodValue): Pick<DownstreamCall, 'operation' | 'name' | 'by'> | null {
  if (/(?:^|\.)bind$/.test(name)) return null;
  const by = /(?:^|\.)(call|apply)$/.exec(name)?.[1] as 'call' | 'apply' | undefined;
  const bare = name.replace(/(?:^|\.)(?:call|apply)$/, '') || '()';
  const operation = operationOf(client.type, bare);
  return operation && { operation, name: bare, by: by ?? null };
}

function base(
  node: CallNode,
  module: Module,
  client: ClientValue,
): Pick<DownstreamCall, 'node' | 'module' | 'library' | 'type' | 'client'> {
  return { node, module, library: client.library, type: client.type, client };
}

/** The second leg: the declaration of the signature that the call resolves to, or the type of its receiver. */
function byType(evaluator: Evaluator, node: CallNode, callee: TSESTree.Node, module: Module): DownstreamCall | null {
  if (!module.types) return null;
  if (isKnownCallee(evaluator.callee(callee, module)) || !mayBeOperation(callee, module)) return null;
  if (callee.type === 'MemberExpression' && isKnownOtherwise(evaluator.callee(callee.object, module))) return null;
  const calleeName = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const declared = module.types.signatureOf(node);
  if (declared?.package === null && declared.hasBody) return null;
  if (declared?.package != null) {
    const owned = clientTypeOf(declared.package, declared.owner ?? '');
    if (owned) {
      const found = typedCall(evaluator, node, callee, module, owned.library, owned.type, calleeName ?? '()');
      if (found) return found;
    }
    if (declared.owner === null || /^(?:node:)?\w+$/.test(declared.owner)) {
      const called = declared.name ?? calleeName;
      const bare = called === null ? null : clientTypeOf(declared.package, called);
      if (bare && called !== null) {
        const name = operationOf(bare.type, '()') ? '()' : called;
        const found = typedCall(evaluator, node, callee, module, bare.library, bare.type, name);
        if (found) return found;
      }
      const exported = called === null ? null : resolveExport(declared.package, [called]);
      if (exported?.export.is === 'operation' && exported.name === called) {
        const type = typeNamed(exported.library, exported.export.type);
        const found =
          type && typedCall(evaluator, node, callee, module, exported.library, type, exported.export.operation);
        if (found) return found;
      }
    }
  }
  const receiver = callee.type === 'MemberExpression' ? callee.object : callee;
  for (const { name, package: owner } of module.types.namesOf(receiver)) {
    const known = clientTypeOf(owner, name);
    const operation = callee.type === 'MemberExpression' ? calleeName : '()';
    if (!known || operation === null) continue;
    const found = typedCall(evaluator, node, callee, module, known.library, known.type, operation);
    if (found) return found;
  }
  return declared && !declared.hasBody ? byAnswer(evaluator, node, callee, module, calleeName) : null;
}

/** A method that was generated, and is declared nowhere in a package: what it returns tells. */
function byAnswer(
  evaluator: Evaluator,
  node: CallNode,
  callee: TSESTree.Node,
  module: Module,
  name: string | null,
): DownstreamCall | null {
  if (name === null) return null;
  for (const answer of module.types?.namesOf(node) ?? []) {
    for (const known of clientsAnsweringWith(answer.package, answer.name)) {
      const found = typedCall(evaluator, node, callee, module, known.library, known.type, name);
      if (found) return found;
    }
  }
  return null;
}

/** Whether what is called is known without its type: a function of the project, or a name of the platform that is no client. */
function isKnownCallee(value: Value): boolean {
  if (value.kind === 'external') return value.package === 'global' && (value.path[0] ?? '') in globalThis;
  return value.kind === 'function' || value.kind === 'class';
}

/** Whether a receiver's value shows already that it is no client. */
function isKnownOtherwise(value: Value): boolean {
  return /^(?:platform|array|literal|function|result|controller)$/.test(value.kind);
}

function typedCall(
  evaluator: Evaluator,
  node: CallNode,
  callee: TSESTree.Node,
  module: Module,
  library: Library,
  type: ClientType,
  name: string,
): DownstreamCall | null {
  const operation = operationOf(type, name);
  if (!operation) return null;
  const receiver = name !== '()' && callee.type === 'MemberExpression' ? callee.object : callee;
  const known = possibilities(evaluator.evaluate(receiver, module)).find(
    (member): member is ClientValue => member.kind === 'client' && member.library === library,
  );
  const client = known ? { ...known, type } : injected(library, type);
  return { ...base(node, module, client), operation, name, shownBy: 'type', by: null };
}

/** Whether calling (or constructing) a value can give a client. */
function makesClient(value: Value): boolean {
  if (value.kind === 'external') return resolveExport(value.package, value.path) !== null;
  if (value.kind === 'class') return value.node.superClass !== null;
  return value.kind === 'method' && derivationOf(value.client.type, value.name) !== null;
}

/** The client that a `new`, a call of a factory or a `super(…)` builds right here, or `null`. */
export function constructionAt(evaluator: Evaluator, node: CallNode, module: Module): ClientValue | null {
  if (node.type === 'TaggedTemplateExpression') return null;
  const isSuper = node.type === 'CallExpression' && node.callee.type === 'Super';
  if (!isSuper && !possibilities(evaluator.callee(calleeOf(node), module)).some(makesClient)) return null;
  for (const value of possibilities(evaluator.evaluate(node, module))) {
    const client = value.kind === 'instance' ? evaluator.clientOf(value) : value;
    if (client?.kind === 'client' && client.origin === 'built' && client.site?.node === node) return client;
  }
  return null;
}

type Placed = Pick<DownstreamCall, 'node' | 'module' | 'by'>;

/** The arguments as the operation sees them: those of `fetch.call(self, url)` begin with `url`. */
export function argumentNodes({ node, by }: Placed): readonly (TSESTree.CallExpressionArgument | undefined)[] {
  if (node.type === 'TaggedTemplateExpression') return [];
  if (by === null) return node.arguments;
  if (by === 'call') return node.arguments.slice(1);
  const list = node.arguments[1];
  return list?.type === 'ArrayExpression' ? list.elements.map((element) => element ?? undefined) : [];
}

/** Where in the call's own list the operation's first argument stands; `null` where it stands in an array. */
export function firstArgument({ by }: Placed): number | null {
  return by === null ? 0 : by === 'call' ? 1 : null;
}

/** The values of a call's arguments. */
export function argumentsOf(evaluator: Evaluator, call: Placed, env: Env = noEnv): readonly Value[] {
  const { node, module, by } = call;
  if (node.type === 'TaggedTemplateExpression') return [];
  if (by === 'apply') {
    const list = node.arguments[1];
    if (!list) return [];
    // The list spread out: what cannot be known of it is not known of the arguments.
    return list.type === 'SpreadElement'
      ? evaluator.arguments([list], module, env)
      : evaluator.listed(evaluator.evaluate(list, module, env));
  }
  return evaluator.arguments(by === 'call' ? node.arguments.slice(1) : node.arguments, module, env);
}

/** Index of the argument that holds the options: where it is, or, where there is none, where it would go. */
export function optionsIndex(evaluator: Evaluator, call: DownstreamCall, env: Env = noEnv): number | null {
  const position = call.operation.options ?? call.type.options;
  if (position === undefined || call.node.type === 'TaggedTemplateExpression') return null;
  if (typeof position === 'number') return position;
  const nodes = argumentNodes(call);
  const args = argumentsOf(evaluator, call, env);
  if (position === 'last') {
    const end = nodes.length - 1;
    const final = args[end];
    const callback = final !== undefined && isCallback(final, nodes[end], call.module);
    const last = callback ? end - 1 : end;
    const value = args[last];
    const counts = call.by === null ? (call.module.types?.parameterCountsOf(call.node.callee) ?? []) : [];
    // The first argument is what the operation is about, unless there is no place for more.
    const alone = last === 0 && counts.length > 0 && Math.max(...counts) === 1;
    if ((last > 0 || alone) && value && isOptions(value, nodes[last], call.module)) return last;
    if (callback) return end;
    const behind = Math.max(0, ...counts) - 1;
    return counts.includes(nodes.length + 1) || behind < nodes.length ? nodes.length : behind;
  }
  const object = position.find((index) => possibilities(args[index] ?? absent).some(({ kind }) => kind === 'object'));
  if (object !== undefined) return object;
  const likely = [...position].reverse().find((index) => {
    const value = args[index];
    return value !== undefined && isOptions(value, nodes[index], call.module);
  });
  return likely ?? (args.length === 0 ? (position[0] ?? 0) : (position[position.length - 1] ?? 0));
}

/** Whether a function stands where the options would: there are none, and they would go before it. */
export function isCallbackAt(evaluator: Evaluator, call: DownstreamCall, index: number, env: Env = noEnv): boolean {
  const value = argumentsOf(evaluator, call, env)[index];
  const node = argumentNodes(call)[index];
  return value !== undefined && isCallback(value, node, call.module);
}

function isCallback(value: Value, node: TSESTree.Node | undefined, module: Module): boolean {
  if (possibilities(value).every(({ kind }) => kind === 'function')) return true;
  if (value.kind !== 'parameter' && value.kind !== 'unknown') return false;
  return node !== undefined && (module.types?.isCallable(node) ?? isAnnotatedFunction(node, module));
}

/** Whether a name is declared with a function's type, or is what `new Promise` gives its executor. */
function isAnnotatedFunction(node: TSESTree.Node, module: Module): boolean {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? variableOf(module, inner) : null;
  const name = variable?.identifiers[0];
  const executor = variable?.defs[0]?.node;
  const outer = isFunction(executor) ? executor.parent : null;
  if (outer?.type === 'NewExpression' && outer.callee.type === 'Identifier' && outer.callee.name === 'Promise') {
    return outer.arguments[0] === executor;
  }
  return name?.type === 'Identifier' && name.typeAnnotation?.typeAnnotation.type === 'TSFunctionType';
}

/** Whether an argument can be an options object: no string, no URL, no function. */
function isOptions(value: Value, node: TSESTree.Node | undefined, module: Module): boolean {
  if (value.kind === 'object') return true;
  if (value.kind !== 'parameter' && value.kind !== 'unknown' && value.kind !== 'union') return false;
  if (!node || isCallback(value, node, module)) return false;
  const kinds = module.types?.kindsOf(node);
  if (kinds && !kinds.has('other')) return false;
  if (module.types?.namesOf(node).some(({ name }) => name === 'URL')) return false;
  const inner = unwrap(node);
  if (!kinds && inner.type === 'Identifier') {
    const annotation = variableOf(module, inner)?.identifiers[0];
    const type = annotation?.type === 'Identifier' ? annotation.typeAnnotation?.typeAnnotation : undefined;
    if (type?.type === 'TSStringKeyword') return false;
    if (type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'URL')
      return false;
  }
  return !kinds && inner.type === 'TemplateLiteral' ? false : inner.type !== 'BinaryExpression';
}

/** The options of a call, with those that a `Request` brings along below them. */
export function optionsOf(evaluator: Evaluator, call: DownstreamCall, env: Env = noEnv): Value {
  const index = optionsIndex(evaluator, call, env);
  const args = argumentsOf(evaluator, call, env);
  const given = index === null || isCallbackAt(evaluator, call, index, env) ? absent : (args[index] ?? absent);
  const options = takesText(call.operation, index) && isText(given) ? absent : given;
  const carried = carriedOptions(call, args);
  if (carried.length === 0) return options;
  const { module, node } = call;
  const place = index === null ? undefined : argumentNodes(call)[index];
  return {
    kind: 'object',
    parts: [...carried, ...spreadParts(options, { node: place ?? node, module })],
    site: { node, module },
  };
}

/** Whether the options of an operation stand where its SQL text may stand too. */
function takesText({ effect, payload }: Operation, index: number | null): boolean {
  return index !== null && index === payload && typeof effect === 'object' && effect.from === 'sql';
}

/**
 * Whether what stands where either a text or an object of options goes (`pool.query(sql)`) is the text: a parameter is,
 * unless its type says that it has members of its own.
 */
function isText(value: Value): boolean {
  return possibilities(value).every((member) => {
    if (member.kind === 'literal') return true;
    if (member.kind !== 'parameter' && member.kind !== 'unknown') return false;
    const kinds = member.site?.module.types?.kindsOf(member.site.node);
    return kinds ? !kinds.has('other') : true;
  });
}

/** Options that another argument brings along: the init of a `Request`, and the request that it was made from. */
function carriedOptions(call: DownstreamCall, args: readonly Value[]): ObjectValue['parts'] {
  const { carrier } = call.operation;
  const value = carrier && args[carrier.argument];
  const node = carrier && argumentNodes(call)[carrier.argument];
  if (!value || !node) return [];
  const { module } = call;
  for (const member of possibilities(value)) {
    if (member.kind !== 'platform' || member.name !== carrier.type) continue;
    const made = member.site;
    const nodes = made.node.type === 'NewExpression' ? made.node.arguments : [];
    const [input, init] = [member.args[0], member.args[carrier.config]];
    const [inputNode, initNode] = [nodes[0], nodes[carrier.config]];
    return [
      ...(input && inputNode ? partOf(input, inputNode, carrier.type, made.module) : []),
      ...(init ? [{ spread: init, site: { node: initNode ?? made.node, module: made.module } }] : []),
    ];
  }
  return partOf(value, node, carrier.type, module);
}

/** What a value hands on that may be an object of the carrying class. */
function partOf(value: Value, node: TSESTree.Node, type: string, module: Module): ObjectValue['parts'] {
  const open = possibilities(value).filter(({ kind }) => kind === 'parameter' || kind === 'unknown');
  if (open.length === 0 || !mayBe(node, type, module)) return [];
  const parameter = open.find(({ kind }) => kind === 'parameter');
  return [{ spread: parameter ?? unknown(`a ${type} may carry options`), site: { node, module } }];
}

/** How a call's target may bring options along: it surely does, it may, or it does not. */
export function carriesOptions(call: DownstreamCall): 'always' | 'maybe' | 'never' {
  const { carrier } = call.operation;
  const node = carrier && argumentNodes(call)[carrier.argument];
  if (!node) return 'never';
  if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === carrier.type)
    return 'always';
  if (!mayBe(node, carrier.type, call.module)) return 'never';
  const kinds = call.module.types?.kindsOf(node);
  if (kinds) return kinds.has('string') ? 'maybe' : 'always';
  return annotationText(node, call.module) === carrier.type ? 'always' : 'maybe';
}

/** Whether an expression may be an object of a platform class, by its type or by its annotation. */
function mayBe(node: TSESTree.Node, className: string, module: Module): boolean {
  const names = module.types?.namesOf(node);
  if (names?.some(({ name }) => name === className)) return true;
  const text = annotationText(node, module);
  return text !== null && new RegExp(`\\b${className}(?:Info)?\\b`).test(text);
}

/** The type that a name is declared with, as it is written. */
function annotationText(node: TSESTree.Node, module: Module): string | null {
  const inner = unwrap(node);
  const identifier = inner.type === 'Identifier' ? variableOf(module, inner)?.identifiers[0] : null;
  const annotation = identifier?.type === 'Identifier' ? identifier.typeAnnotation?.typeAnnotation : undefined;
  return annotation ? module.text.slice(...annotation.range) : null;
}
