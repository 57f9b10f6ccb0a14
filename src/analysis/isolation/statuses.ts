/**
 * Whether anybody looks at the status of an answer before its body is believed. For clients whose calls resolve whatever
 * the status is: the answer is followed through variables, `then`, functions that take or return it, and other files.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { argumentNodes, type CallNode, type DownstreamCall } from '../calls.js';
import { schemeOf } from '../downstreams.js';
import type { Evaluator } from '../evaluate.js';
import { exposureOf } from '../exposure.js';
import {
  contains,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  wrapped,
  type Module,
} from '../module.js';
import { possibilities, type FunctionNode, type FunctionValue, type ResultValue } from '../values.js';
import { decisionAt } from './conditions.js';
import { isLogCall, isTelemetryCall } from './logs.js';

/** How a body is used: `plain` with no branch on its content, `defaulted` with stand-ins for what is missing. */
export interface BodyUse {
  readonly node: TSESTree.Node;
  readonly module: Module;
  readonly kind: 'plain' | 'defaulted';
}

export type StatusVerdict =
  | { readonly kind: 'checked' | 'unused' | 'returned' }
  | { readonly kind: 'unchecked' | 'onlyLogged'; readonly uses: readonly BodyUse[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Whether the status of what a call answers is looked at. */
export interface StatusFact {
  /** The call that fetches, or the call of a function that hands on what it fetched. */
  readonly node: CallNode;
  readonly call: DownstreamCall;
  readonly verdict: StatusVerdict;
}

/** What is looked at together. */
export interface StatusContext {
  readonly evaluator: Evaluator;
  readonly module: Module;
  readonly calls: readonly DownstreamCall[];
  /** Every call of the file that may be a call of a function of this project. */
  readonly otherCalls: readonly CallNode[];
  readonly identify: (node: CallNode, module: Module) => DownstreamCall | null;
}

const readers = /^(?:json|text|arrayBuffer|blob|formData|bytes|buffer)$/;
const statusNames = /^(?:ok|status|statusCode|statusText|statusMessage)$/;
const aside = /^(?:headers|url|type|redirected|bodyUsed|trailers|rawHeaders)$/;
const validator =
  /(?:^|[._])(?:\w*(?:parse|decode|validate|assert|expect|invariant|ensure|verify|check|guard|coerce|cast|schema|narrow)\w*|is[A-Z]\w*)$/i;
const maxDepth = 5;
const maxCalls = 4000;

/** Libraries whose answers are those of `fetch`, or carry their status in the same way. */
function answersWithStatus(call: DownstreamCall): boolean {
  return (
    call.operation.failure === 'status' && call.library.family === 'http' && !/^node:http2?$/.test(call.library.name)
  );
}

/** Whether the status of the answers in a file is looked at. */
export function statusesOf(context: StatusContext): readonly StatusFact[] {
  const facts: StatusFact[] = [];
  const byWrapper = new Map<TSESTree.Node, StatusFact[]>();
  for (const call of context.calls) {
    if (!answersWithStatus(call) || isLocalTarget(context.evaluator, call)) continue;
    const verdict = judge(context.evaluator, call.node, context.module);
    if (verdict) facts.push({ node: call.node, call, verdict });
  }
  // A file with more calls than people write is a bundle.
  for (const node of context.otherCalls.slice(0, maxCalls)) {
    const fact = judgeWrapperCall(context, node);
    if (!fact) continue;
    facts.push(fact);
    const inner = fact.call.node;
    if (fact.call.module === context.module) byWrapper.set(inner, [...(byWrapper.get(inner) ?? []), fact]);
  }
  // A function of this file alone, none of whose callers looks: the fault is in one place.
  for (const [inner, callers] of byWrapper) {
    const fn = enclosingFunction(inner);
    const own = facts.find(({ node }) => node === inner);
    const first = callers[0]?.verdict;
    if (!fn || !own || !first || exposureOf(fn, context.module) !== 'local') continue;
    if (!callers.every(({ verdict }) => isFault(verdict))) continue;
    facts[facts.indexOf(own)] = { ...own, verdict: first };
    for (const caller of callers) facts.splice(facts.indexOf(caller), 1);
  }
  return facts.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function isFault(verdict: StatusVerdict): boolean {
  return verdict.kind === 'unchecked' || verdict.kind === 'onlyLogged';
}

/** A call of a function of this project that hands on an answer. */
function judgeWrapperCall(context: StatusContext, node: CallNode): StatusFact | null {
  const { evaluator, module } = context;
  if (node.type !== 'CallExpression' || !mayGiveAnswer(node, module)) return null;
  if (
    !possibilities(evaluator.callee(node.callee, module)).some(({ kind }) => kind === 'function' || kind === 'policy')
  )
    return null;
  const values = possibilities(evaluator.evaluate(node, module));
  const results = values.filter((value): value is ResultValue => value.kind === 'result');
  if (results.length === 0 || results.length < values.length) return null;
  let call: DownstreamCall | null = null;
  for (const { site } of results) {
    // The call inside is followed to this place by itself.
    if (site.module === module && contains(node, site.node)) return null;
    const inner = isCall(site.node) ? context.identify(site.node, site.module) : null;
    if (!inner || !answersWithStatus(inner) || isLocalTarget(evaluator, inner)) return null;
    const own = follow(evaluator, inner.node, inner.module);
    if (own.looked || own.doubt !== null) return null;
    call ??= inner;
  }
  const verdict = call && judge(evaluator, node, module);
  return call && verdict ? { node, call, verdict } : null;
}

/** Most calls give no answer: only what is used like one, or handed on whole, is worth a closer look. */
function mayGiveAnswer(node: TSESTree.CallExpression, module: Module): boolean {
  const parent = wrapped(node).parent;
  if (parent?.type === 'ExpressionStatement') return false;
  if (parent?.type === 'CallExpression' && parent.callee !== wrapped(node)) return isFetchLike(node);
  const { bodies, looked } = follow(null, node, module);
  return bodies.length > 0 && !looked;
}

function isFetchLike({ callee }: TSESTree.CallExpression): boolean {
  const inner = unwrap(callee);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : null;
  return name !== null && /fetch|request|http|call|send/i.test(name);
}

function isCall(node: TSESTree.Node): node is CallNode {
  return node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression';
}

/** `data:`, `blob:` and `file:` reach nothing; nor does what a bundler puts beside the module. */
function isLocalTarget(evaluator: Evaluator, call: DownstreamCall): boolean {
  const { target } = call.operation;
  const node = target === undefined ? undefined : argumentNodes(call)[target];
  if (!node || node.type === 'SpreadElement') return false;
  if (/^(?:['"`](?:data|blob|file):|new URL\([^)]*\bimport\.meta\.url\b)/i.test(call.module.text.slice(...node.range)))
    return true;
  return possibilities(evaluator.evaluate(node, call.module)).every((value) =>
    /^(?:data|blob|file)$/.test(schemeOf(value) ?? ''),
  );
}

function judge(evaluator: Evaluator, node: CallNode, module: Module): StatusVerdict | null {
  return verdictOf(follow(evaluator, node, module));
}

function verdictOf(flow: Flow): StatusVerdict | null {
  if (flow.looked) return { kind: 'checked' };
  if (flow.doubt !== null) return { kind: 'unknown', why: flow.doubt };
  if (flow.bodies.length > 0) return { kind: flow.logged ? 'onlyLogged' : 'unchecked', uses: flow.bodies };
  return { kind: flow.returned ? 'returned' : 'unused' };
}

/** What is known of an answer after it has been followed. */
interface Flow {
  looked: boolean;
  logged: boolean;
  returned: boolean;
  doubt: string | null;
  readonly bodies: BodyUse[];
}

interface Walk {
  /** `null`: a first look, which goes into no function that is not right there. */
  readonly evaluator: Evaluator | null;
  /** The call that fetches. */
  readonly source: TSESTree.Node;
  readonly flow: Flow;
  readonly seen: Set<TSESTree.Node>;
  readonly steps: number;
}

function follow(evaluator: Evaluator | null, source: CallNode, module: Module): Flow {
  const flow: Flow = { looked: false, logged: false, returned: false, doubt: null, bodies: [] };
  followAnswer({ evaluator, source, flow, seen: new Set(), steps: evaluator ? 400 : 40 }, source, module, 0);
  return flow;
}

function doubt({ flow }: Walk, why: string): void {
  flow.doubt ??= why;
}

/** Goes where the answer that `node` stands for goes. */
function followAnswer(walk: Walk, node: TSESTree.Node, module: Module, depth: number): void {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (walk.seen.has(outer) || walk.seen.size > walk.steps) return;
  walk.seen.add(outer);
  switch (parent?.type) {
    case 'MemberExpression':
      if (parent.object === outer) followMember(walk, parent, module, depth);
      return;
    case 'VariableDeclarator':
      if (parent.init === outer) followBinding(walk, parent.id, module, depth);
      return;
    case 'AssignmentExpression':
      if (parent.right !== outer) return;
      if (parent.left.type === 'Identifier') followBinding(walk, parent.left, module, depth);
      else doubt(walk, 'the answer is kept elsewhere');
      followAnswer(walk, parent, module, depth);
      return;
    case 'ConditionalExpression':
      if (parent.test !== outer) followAnswer(walk, parent, module, depth);
      return;
    case 'LogicalExpression':
      if (parent.right === outer || parent.operator !== '&&') followAnswer(walk, parent, module, depth);
      return;
    case 'SequenceExpression':
      if (parent.expressions.at(-1) === outer) followAnswer(walk, parent, module, depth);
      return;
    case 'ReturnStatement': {
      const fn = enclosingFunction(parent);
      if (fn) followReturn(walk, fn, module, depth);
      return;
    }
    case 'ArrowFunctionExpression':
      followReturn(walk, parent, module, depth);
      return;
    case 'CallExpression':
    case 'NewExpression':
      followArgument(walk, parent, outer, module, depth);
      return;
    case 'ArrayExpression':
      followElement(walk, parent, outer, module, depth);
      return;
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'IfStatement':
    case 'ExpressionStatement':
    case 'WhileStatement':
      return;
    default:
      doubt(walk, 'the answer is handed on');
  }
}

function followMember(walk: Walk, member: TSESTree.MemberExpression, module: Module, depth: number): void {
  const name = memberName(member);
  const outer = wrapped(member);
  const call = outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : null;
  if (name === null) {
    doubt(walk, 'a member of the answer is computed');
  } else if (call && name === 'then') {
    followThen(walk, call, module, depth);
  } else if (call && (name === 'catch' || name === 'finally' || name === 'clone')) {
    followAnswer(walk, call, module, depth);
  } else if (readers.test(name)) {
    if (call) followBody(walk, call, module, depth, 'plain', isText(name));
    else doubt(walk, 'the answer is handed on');
  } else if (statusNames.test(name)) {
    followStatus(walk, member, module);
  } else if (name === 'body') {
    const next = outer.parent?.type === 'MemberExpression' ? memberName(outer.parent) : null;
    if (next !== null && /^(?:cancel|destroy|dump)$/.test(next)) return;
    if (decisionAt(member, false) === 'tested') return;
    followBody(walk, member, module, depth, 'plain', true);
  } else if (aside.test(name)) {
    const value = call ?? member;
    if (isTestedBelow(value)) doubt(walk, 'the headers of the answer are looked at');
  }
}

/** A content type that is tested, perhaps through `get('content-type')`. */
function isTestedBelow(node: TSESTree.Node): boolean {
  let current = wrapped(node);
  for (let steps = 0; steps < 6; steps++) {
    if (decisionAt(current) === 'tested') return true;
    const parent = current.parent;
    if (parent?.type === 'VariableDeclarator') return true;
    if (
      parent?.type !== 'MemberExpression' &&
      parent?.type !== 'CallExpression' &&
      parent?.type !== 'LogicalExpression'
    )
      return false;
    current = wrapped(parent);
  }
  return false;
}

/** The body of `response.text()` is parsed before it can be validated. */
function isText(name: string): boolean {
  return name !== 'json';
}

function followThen(walk: Walk, call: TSESTree.CallExpression, module: Module, depth: number): void {
  const [callback] = call.arguments;
  if (!callback || callback.type === 'SpreadElement') return;
  const functions = functionsAt(walk, callback, module);
  if (functions.length === 0) {
    doubt(walk, 'the answer is handed to a function that cannot be seen');
    return;
  }
  for (const fn of functions) followParameter(walk, fn, 0, depth, call, module);
}

/** The functions of this project that an expression stands for; none where one of them cannot be seen. */
function functionsAt({ evaluator }: Walk, node: TSESTree.Node, module: Module): readonly FunctionValue[] {
  const inner = unwrap(node);
  if (isFunction(inner))
    return [{ kind: 'function', node: inner, module, env: { args: new Map(), self: null, depth: 0 } }];
  if (!evaluator) return [];
  const values = possibilities(evaluator.evaluate(inner, module));
  const functions = values.filter((value): value is FunctionValue => value.kind === 'function');
  return functions.length === values.length ? functions : [];
}

/** Goes on inside a function that gets the answer, and, where it gives it back, behind the call. */
function followParameter(
  walk: Walk,
  fn: FunctionValue,
  index: number,
  depth: number,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  module: Module,
): void {
  if (depth > maxDepth) {
    doubt(walk, 'the answer is handed on too far');
    return;
  }
  const parameter = fn.node.params[index];
  if (!parameter) return;
  const inside: Walk = { ...walk, flow: { ...walk.flow, returned: false, bodies: walk.flow.bodies } };
  if (parameter.type === 'RestElement') doubt(walk, 'the answer is handed on');
  followBinding(inside, parameter, fn.module, depth + 1);
  walk.flow.looked ||= inside.flow.looked;
  walk.flow.logged ||= inside.flow.logged;
  walk.flow.doubt ??= inside.flow.doubt;
  if (inside.flow.returned) followAnswer(walk, call, module, depth);
}

/** An answer that a function gives back: to the call that the function is an argument of, or to whoever calls it. */
function followReturn(walk: Walk, fn: FunctionNode, module: Module, depth: number): void {
  const outer = wrapped(fn);
  const parent = outer.parent;
  if (parent?.type !== 'CallExpression') {
    walk.flow.returned = true;
    return;
  }
  if (parent.callee === outer) {
    followAnswer(walk, parent, module, depth);
    return;
  }
  const callee = unwrap(parent.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (name === 'then' || name === 'catch') {
    // The function is a callback whose parameter was followed to here, or one that fetches in its turn.
    if (contains(fn, walk.source)) followAnswer(walk, parent, module, depth);
    else walk.flow.returned = true;
    return;
  }
  const values = walk.evaluator ? possibilities(walk.evaluator.evaluate(parent, module)) : [];
  const handsOn =
    values.length > 0 && values.every((value) => value.kind === 'result' && value.site.node === walk.source);
  if (handsOn) followAnswer(walk, parent, module, depth);
  else doubt(walk, 'the answer is given back to a function that cannot be seen');
}

function followArgument(
  walk: Walk,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: TSESTree.Node,
  module: Module,
  depth: number,
): void {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  if (index < 0 || isLogCall(call, module)) return;
  if (call.type === 'CallExpression' && /^Promise\.resolve$/.test(module.text.slice(...call.callee.range))) {
    followAnswer(walk, call, module, depth);
    return;
  }
  const functions = functionsAt(walk, call.callee, module);
  if (functions.length === 0) doubt(walk, 'the answer is handed to a function that cannot be seen');
  else for (const fn of functions) followParameter(walk, fn, index, depth, call, module);
}

/** `const [a, b] = await Promise.all([fetch(x), fetch(y)])` */
function followElement(
  walk: Walk,
  array: TSESTree.ArrayExpression,
  element: TSESTree.Node,
  module: Module,
  depth: number,
): void {
  const index = array.elements.indexOf(element as TSESTree.Expression);
  const call = array.parent;
  const all =
    call.type === 'CallExpression' && /^Promise\.(?:all|race|any)$/.exec(module.text.slice(...call.callee.range));
  if (!all || call.arguments[0] !== array) {
    doubt(walk, 'the answer is kept in a list');
    return;
  }
  if (all[0] !== 'Promise.all') {
    followAnswer(walk, call, module, depth);
    return;
  }
  const outer = wrapped(call);
  const pattern = outer.parent?.type === 'VariableDeclarator' ? outer.parent.id : null;
  const target = pattern?.type === 'ArrayPattern' ? pattern.elements[index] : undefined;
  if (pattern?.type !== 'ArrayPattern') doubt(walk, 'the answer is kept in a list');
  else if (target) followBinding(walk, target, module, depth);
}

function followBinding(walk: Walk, binding: TSESTree.Node, module: Module, depth: number): void {
  let pattern = unwrap(binding);
  if (pattern.type === 'TSParameterProperty') {
    doubt(walk, 'the answer is kept elsewhere');
    return;
  }
  if (pattern.type === 'AssignmentPattern') pattern = pattern.left;
  if (pattern.type === 'Identifier') {
    for (const { identifier } of readsOf(pattern, module)) followAnswer(walk, identifier, module, depth);
    return;
  }
  if (pattern.type !== 'ObjectPattern') {
    doubt(walk, 'the answer is taken apart');
    return;
  }
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      doubt(walk, 'the answer is taken apart');
      continue;
    }
    const name = keyName(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (name === null) doubt(walk, 'the answer is taken apart');
    else if (value.type !== 'Identifier') {
      if (name === 'body') walk.flow.bodies.push({ node: property, module, kind: 'plain' });
    } else if (statusNames.test(name)) {
      for (const { identifier } of readsOf(value, module)) followStatus(walk, identifier, module);
    } else if (name === 'body') {
      for (const { identifier } of readsOf(value, module)) followBodyName(walk, identifier, module, depth);
    }
  }
}

function readsOf(name: TSESTree.Identifier, module: Module): { identifier: TSESTree.Node }[] {
  return (variableOf(module, name)?.references ?? []).filter(
    ({ identifier, init }) => identifier !== name && init !== true && !isTarget(identifier),
  );
}

function isTarget(identifier: TSESTree.Node): boolean {
  return identifier.parent?.type === 'AssignmentExpression' && identifier.parent.left === identifier;
}

/** `const { body } = await request(url)`: what is done with the name. */
function followBodyName(walk: Walk, identifier: TSESTree.Node, module: Module, depth: number): void {
  const outer = wrapped(identifier);
  const next = outer.parent?.type === 'MemberExpression' ? memberName(outer.parent) : null;
  if (next !== null && /^(?:cancel|destroy|dump|resume|on)$/.test(next)) return;
  const call = next !== null && readers.test(next) ? outer.parent?.parent : null;
  followBody(walk, call?.type === 'CallExpression' ? call : identifier, module, depth, 'plain', next !== 'json');
}

/** What a read of the status is for: a log, which changes nothing, or anything else. */
function followStatus(walk: Walk, node: TSESTree.Node, module: Module): void {
  let current = wrapped(node);
  for (let steps = 0; steps < 12; steps++) {
    const parent = current.parent;
    switch (parent?.type) {
      case 'TemplateLiteral':
      case 'Property':
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'ChainExpression':
        current = parent;
        continue;
      case 'BinaryExpression':
        if (parent.operator !== '+') break;
        current = parent;
        continue;
      case 'CallExpression':
        if (isLogCall(parent, module)) {
          walk.flow.logged = true;
          return;
        }
        if (isTelemetryCall(parent, module)) {
          doubt(walk, 'the status of the answer is recorded');
          return;
        }
        if (parent.callee.type === 'Identifier' && parent.callee.name === 'String') {
          current = parent;
          continue;
        }
        break;
      case 'VariableDeclarator': {
        if (parent.id.type !== 'Identifier' || parent.init !== current) break;
        for (const { identifier } of readsOf(parent.id, module)) followStatus(walk, identifier, module);
        return;
      }
      case 'ExpressionStatement':
        return;
      default:
    }
    break;
  }
  walk.flow.looked = true;
}

/** What becomes of a body: nothing, something, or a closer look that may tell an error from an answer. */
function followBody(
  walk: Walk,
  node: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const outer = wrapped(node);
  const parent = outer.parent;
  if (walk.seen.has(outer) || walk.seen.size > walk.steps) return;
  walk.seen.add(outer);
  const use = (): void => {
    walk.flow.bodies.push({ node: outer, module, kind });
  };
  const decision = decisionAt(outer, false);
  if (decision === 'tested') {
    doubt(walk, 'the content of the body decides');
    return;
  }
  switch (parent?.type) {
    case 'ExpressionStatement':
      return;
    case 'UnaryExpression':
      if (parent.operator !== 'void') use();
      return;
    case 'VariableDeclarator':
      if (parent.init === outer) followBodyBinding(walk, parent.id, module, depth, kind, text);
      return;
    case 'AssignmentExpression':
      if (parent.right !== outer) return;
      if (parent.left.type === 'Identifier') followBodyBinding(walk, parent.left, module, depth, kind, text);
      else use();
      return;
    case 'LogicalExpression':
      followBody(walk, parent, module, depth, parent.left === outer ? 'defaulted' : kind, text);
      return;
    case 'ConditionalExpression':
      followBody(walk, parent, module, depth, kind, text);
      return;
    case 'MemberExpression': {
      if (parent.object !== outer) {
        use();
        return;
      }
      const member = wrapped(parent);
      const call = member.parent?.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
      const name = memberName(parent);
      if (call && name === 'then') {
        followBodyThen(walk, call, module, depth, kind, text);
      } else if (call && (name === 'catch' || name === 'finally')) {
        followBody(walk, call, module, depth, kind, text);
      } else if (call) {
        followBody(walk, call, module, depth, kind, text);
      } else {
        followBody(walk, parent, module, depth, parent.optional ? 'defaulted' : kind, text);
      }
      return;
    }
    case 'CallExpression':
    case 'NewExpression':
      followBodyArgument(walk, parent, outer, module, depth, kind, text, use);
      return;
    default:
      use();
  }
}

function followBodyThen(
  walk: Walk,
  call: TSESTree.CallExpression,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const [callback] = call.arguments;
  if (!callback || callback.type === 'SpreadElement') return;
  if (isValidator(callback, module, text)) {
    doubt(walk, 'the body is validated');
    return;
  }
  const functions = functionsAt(walk, callback, module);
  if (functions.length === 0) walk.flow.bodies.push({ node: callback, module, kind });
  for (const fn of functions) followBodyParameter(walk, fn, 0, depth, kind, text);
}

function followBodyArgument(
  walk: Walk,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  argument: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
  use: () => void,
): void {
  const index = call.arguments.indexOf(argument as TSESTree.CallExpressionArgument);
  // The arguments of a method of the body itself are no use of it.
  if (index < 0 || isLogCall(call, module)) return;
  if (call.type === 'CallExpression' && module.text.slice(...call.callee.range) === 'JSON.parse') {
    followBody(walk, call, module, depth, kind, false);
    return;
  }
  if (isValidator(call.callee, module, text)) {
    doubt(walk, 'the body is validated');
    return;
  }
  const functions = call.type === 'CallExpression' ? functionsAt(walk, call.callee, module) : [];
  if (functions.length === 0) use();
  for (const fn of functions) followBodyParameter(walk, fn, index, depth, kind, text);
}

function followBodyParameter(
  walk: Walk,
  fn: FunctionValue,
  index: number,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const parameter = fn.node.params[index];
  if (!parameter) return;
  if (depth > maxDepth || parameter.type === 'TSParameterProperty' || parameter.type === 'RestElement') {
    doubt(walk, 'the body is handed on');
    return;
  }
  followBodyBinding(walk, parameter, fn.module, depth + 1, kind, text);
}

function followBodyBinding(
  walk: Walk,
  binding: TSESTree.Node,
  module: Module,
  depth: number,
  kind: BodyUse['kind'],
  text: boolean,
): void {
  const pattern = unwrap(binding);
  switch (pattern.type) {
    case 'Identifier':
      for (const { identifier } of readsOf(pattern, module)) followBody(walk, identifier, module, depth, kind, text);
      return;
    case 'AssignmentPattern':
      followBodyBinding(walk, pattern.left, module, depth, 'defaulted', text);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        const value = property.type === 'RestElement' ? property.argument : property.value;
        followBodyBinding(walk, value, module, depth, kind, text);
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        if (element) followBodyBinding(walk, element, module, depth, kind, text);
      }
      return;
    default:
  }
}

/** Whether a callee looks at what it gets: `schema.parse`, `assertUser`, `isOrder`. Text is parsed before that. */
function isValidator(callee: TSESTree.Node, module: Module, text: boolean): boolean {
  const name = module.text.slice(...callee.range).replaceAll(/\?|!|\s/g, '');
  if (!validator.test(name)) return false;
  return !text || !/(?:^|\.)parse\w*$|^parse/i.test(name);
}
