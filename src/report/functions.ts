/** What functions are called: ids that survive a move of lines, and names for people. */
import type { TSESTree } from '@typescript-eslint/utils';
import { nameOfFunction } from '../analysis/isolation/reach.js';
import { isFunction, keyName, memberName, unwrap, walk, type Module } from '../analysis/module.js';
import type { FunctionNode } from '../analysis/values.js';
import type { Places } from './places.js';

/** The id of the code of a module outside of any function. */
export const moduleName = '(module)';
const anonymous = '(anonymous)';

const ids = new WeakMap<TSESTree.Program, ReadonlyMap<FunctionNode, string>>();

/** `path#Class.method`: the same for every parse of a file. */
export function functionId(fn: FunctionNode, module: Module, places: Places): string {
  return `${places.path(module.path)}#${namesIn(module).get(fn) ?? anonymous}`;
}

function namesIn(module: Module): ReadonlyMap<FunctionNode, string> {
  const known = ids.get(module.ast);
  if (known) return known;
  const names = new Map<FunctionNode, string>();
  const counts = new Map<string, number>();
  walk(module.ast, module, (node) => {
    if (!isFunction(node)) return undefined;
    const name = qualifiedName(node);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    names.set(node, count === 1 ? name : `${name}~${count}`);
    return undefined;
  });
  ids.set(module.ast, names);
  return names;
}

/** The name of a function, with that of its class. */
export function qualifiedName(fn: FunctionNode): string {
  const name = nameOfFunction(fn);
  const member = fn.parent;
  if (member.type === 'MethodDefinition' || member.type === 'PropertyDefinition') {
    const owner = member.parent.parent.id?.name;
    const own = keyName(member) ?? anonymous;
    return owner === undefined ? own : `${owner}.${own}`;
  }
  return name ?? anonymous;
}

/** What runs a function that no function of the project calls. */
export interface Entry {
  readonly kind: 'route' | 'handler' | 'test';
  readonly name: string;
}

const verbs = /^(?:get|post|put|patch|delete|head|options|all)$/;
const testNames = /^(?:it|test|describe|suite|bench|before|after|beforeEach|afterEach|beforeAll|afterAll)$/;

/** What a call registers the functions for that it is given. */
export function entryOf(call: TSESTree.CallExpression | TSESTree.NewExpression, module: Module): Entry {
  const callee = unwrap(call.callee);
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
  const root = callee.type === 'Identifier' ? callee.name : rootName(callee);
  const [first] = call.arguments;
  const text = first ? textOf(first) : null;
  if (root !== null && testNames.test(root)) return { kind: 'test', name: text ?? root };
  if (method !== null && text?.startsWith('/') && verbs.test(method)) {
    return { kind: 'route', name: `${method === 'all' ? 'ANY' : method.toUpperCase()} ${text}` };
  }
  if (first?.type === 'ObjectExpression') {
    const route = routeOfObject(first);
    if (route) return route;
  }
  const name = module.text.slice(...callee.range).replace(/\s+/gu, '');
  const short = name.length > 40 ? `…${name.slice(-39)}` : name;
  return { kind: 'handler', name: text === null ? short : `${short} ${text}` };
}

/** `fastify.route({ method: 'GET', url: '/x', handler })`. */
function routeOfObject(object: TSESTree.ObjectExpression): Entry | null {
  const texts = new Map<string, string>();
  for (const property of object.properties) {
    if (property.type !== 'Property') continue;
    const name = keyName(property);
    const text = textOf(property.value);
    if (name !== null && text !== null) texts.set(name, text);
  }
  const path = texts.get('url') ?? texts.get('path');
  return path?.startsWith('/') ? { kind: 'route', name: `${texts.get('method') ?? 'ANY'} ${path}` } : null;
}

/** The decorators of a method that make it a route or a handler: `@Get('/orders')`, `@Cron('0 * * * *')`. */
export function entryOfDecorators(fn: FunctionNode): Entry | null {
  const member = fn.parent;
  if (member.type !== 'MethodDefinition') return null;
  for (const { expression } of member.decorators) {
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') continue;
    const { name } = expression.callee;
    const [first] = expression.arguments;
    const text = first ? textOf(first) : null;
    if (verbs.test(name.toLowerCase())) {
      const path = [prefixOf(member.parent.parent), text ?? ''].map((part) => part.replace(/^\/|\/$/gu, ''));
      return { kind: 'route', name: `${name.toUpperCase()} /${path.filter(Boolean).join('/')}` };
    }
    if (
      /^(?:Cron|Interval|Timeout|EventPattern|MessagePattern|OnEvent|Process|Query|Mutation|SqsMessageHandler)$/.test(
        name,
      )
    )
      return { kind: 'handler', name: text === null ? `${name} ${qualifiedName(fn)}` : `${name} ${text}` };
  }
  return null;
}

/** `@Controller('orders')` */
function prefixOf(owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression): string {
  for (const { expression } of owner.decorators) {
    if (expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier') continue;
    const [first] = expression.arguments;
    if (expression.callee.name === 'Controller') return (first && textOf(first)) ?? '';
  }
  return '';
}

function rootName(node: TSESTree.Node): string | null {
  let root = node;
  while (root.type === 'MemberExpression' || root.type === 'CallExpression')
    root = unwrap(root.type === 'CallExpression' ? root.callee : root.object);
  return root.type === 'Identifier' ? root.name : null;
}

function textOf(node: TSESTree.Node): string | null {
  const inner = unwrap(node);
  if (inner.type === 'Literal' && typeof inner.value === 'string') return inner.value;
  if (inner.type === 'TemplateLiteral' && inner.expressions.length === 0) return inner.quasis[0]?.value.cooked ?? null;
  return null;
}
