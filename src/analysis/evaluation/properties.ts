/** Members of values. */
import type { TSESTree } from '@typescript-eslint/utils';
import { derivationOf, operationOf, typeNamed } from '../libraries.js';
import { keyName, memberName, type Module } from '../module.js';
import {
  absent,
  isNullish,
  isTruthy,
  literal,
  mapValue,
  possibilities,
  union,
  unknown,
  type ClientValue,
  type Env,
  type MethodValue,
  type ObjectValue,
  type Site,
  type Value,
} from '../values.js';
import type { Evaluator } from '../evaluate.js';
import { exportedValue, externalValue } from './exports.js';
import { instanceMember, staticMember } from './instances.js';

export function memberExpression(
  evaluator: Evaluator,
  node: TSESTree.MemberExpression,
  module: Module,
  env: Env,
): Value {
  const site: Site = { node, module };
  const object = evaluator.evaluate(node.object, module, env);
  const name = memberName(node);
  if (name === null) {
    const key = evaluator.evaluate(node.property, module, env);
    if (key.kind === 'literal') {
      if (object.kind === 'array' && typeof key.value === 'number')
        return object.elements[key.value] ?? unknown('element', site);
      return propertyOf(evaluator, object, String(key.value), site);
    }
    return unknown('computed member', site);
  }
  if (object.kind === 'unknown' && object.site?.node.type === 'TSEnumDeclaration') {
    return enumMember(evaluator, object.site.node, name, object.site.module);
  }
  return propertyOf(evaluator, object, name, site);
}

/** A member of a value. */
export function propertyOf(evaluator: Evaluator, value: Value, name: string, site: Site | null): Value {
  switch (value.kind) {
    case 'union':
      return union(value.members.map((member) => propertyOf(evaluator, member, name, site)));
    case 'object':
      return objectMember(evaluator, value, name, site);
    case 'absent':
    case 'literal':
      return isNullish(value) === true || !isMemberOfPrimitive(name) ? absent : unknown('member of a primitive', site);
    case 'environment':
      return isMemberOfPrimitive(name) ? unknown('member of a primitive', site) : absent;
    case 'namespace':
      return exportedValue(evaluator, value.module, name);
    case 'external':
      if (value.package === 'global' && value.path.join('.') === 'process.env') return { kind: 'environment', name };
      return externalValue(evaluator, value.package, [...value.path, name]);
    case 'parameter': {
      if (value.without?.includes(name)) return absent;
      const node = value.path.length === 0 ? value.site.node : null;
      if (node && isDeclaredWithout(node, name)) return absent;
      if (
        node &&
        isDeclaredType(node, value.module) &&
        evaluator.mayHaveMember({ node, module: value.module }, name) === false
      ) {
        return absent;
      }
      return {
        ...value,
        path: [...value.path, name],
        without: [],
        optional: true,
        given: false,
        site: site ?? value.site,
      };
    }
    case 'unknown':
      if (value.site && evaluator.mayHaveMember(value.site, name) === false) return absent;
      return unknown('member of what is not known', site);
    case 'instance':
      return instanceMember(evaluator, value, name, site);
    case 'class':
      return staticMember(evaluator, value, name, site);
    case 'client':
      return clientMember(value, name, site);
    case 'method':
      return memberOfMethod(value, name, site);
    case 'controller':
      return name === 'signal' ? { kind: 'controller-signal', controller: value } : unknown('controller', site);
    case 'policy': {
      const methods = [...(value.policy.run ?? []), ...(value.policy.runs ?? [])];
      return methods.includes(name) ? { ...value, method: name } : unknown('member of a policy', site);
    }
    case 'array':
      return name === 'length' && value.elements.every((element) => element !== null)
        ? literal(value.elements.length, site)
        : unknown('member of an array', site);
    default:
      return unknown(`member of ${value.kind}`, site);
  }
}

function objectMember(evaluator: Evaluator, object: ObjectValue, name: string, site: Site | null): Value {
  const found: Value[] = [];
  for (let index = object.parts.length - 1; index >= 0; index--) {
    const part = object.parts[index];
    if (!part) continue;
    if ('key' in part) {
      if (part.key !== name) continue;
      if (found.length === 0) return part.member.value;
      return union([...found, part.member.value]);
    }
    const spread = spreadMember(evaluator, part.spread, name, part.site, site);
    if (spread.kind === 'absent') continue;
    const members = possibilities(spread);
    const present = members.filter((member) => member.kind !== 'absent');
    const uncertain = present.some((member) => member.kind === 'parameter' || member.kind === 'unknown');
    found.push(...present.map((member): Value => (member.kind === 'parameter' ? { ...member, given: false } : member)));
    if (!uncertain && present.length === members.length) return union(found);
  }
  if (found.length === 0) return absent;
  return union([...found, absent]);
}

function spreadMember(evaluator: Evaluator, spread: Value, name: string, spreadSite: Site, site: Site | null): Value {
  return mapValue(spread, (member): Value => {
    if (isTruthy(member) === false) return absent;
    if (member.kind === 'parameter' || member.kind === 'unknown') {
      const trusted = member.kind === 'unknown' || isDeclaredType(spreadSite.node, spreadSite.module);
      if (trusted && evaluator.mayHaveMember(spreadSite, name) === false) return absent;
    }
    return propertyOf(evaluator, member, name, site);
  });
}

function clientMember(client: ClientValue, name: string, site: Site | null): Value {
  if (/^(?:bind|call|apply)$/.test(name) && operationOf(client.type, '()')) return { kind: 'method', client, name };
  if (derivationOf(client.type, name) || operationOf(client.type, name)) return { kind: 'method', client, name };
  const member = client.type.members?.[name] ?? client.type.members?.['*'];
  const type = member === undefined ? null : typeNamed(client.library, member);
  if (type) return { ...client, type };
  return unknown(`${name} of ${client.library.name}`, site);
}

function memberOfMethod(method: MethodValue, name: string, site: Site | null): Value {
  if (/^(?:bind|call|apply)$/.test(name)) return { ...method, name: `${method.name}.${name}` };
  const member = method.client.type.members?.[method.name] ?? method.client.type.members?.['*'];
  const type = member === undefined ? null : typeNamed(method.client.library, member);
  return type ? clientMember({ ...method.client, type }, name, site) : unknown('member of a method', site);
}

function enumMember(evaluator: Evaluator, node: TSESTree.TSEnumDeclaration, name: string, module: Module): Value {
  let next: number | null = 0;
  for (const member of node.body.members) {
    const key = member.id.type === 'Identifier' ? member.id.name : member.id.value;
    const value: Value = member.initializer
      ? evaluator.evaluate(member.initializer, module)
      : next === null
        ? unknown('enum member', { node: member, module })
        : literal(next, { node: member, module });
    if (key === name) return value;
    next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : null;
  }
  return unknown('enum member', { node, module });
}

/** Whether a parameter's own annotation shows that it has no member of a name: a text, a number, `{ agent: Agent }`. */
function isDeclaredWithout(node: TSESTree.Node, name: string): boolean {
  const annotation = node.type === 'Identifier' ? node.typeAnnotation?.typeAnnotation : undefined;
  switch (annotation?.type) {
    case 'TSStringKeyword':
    case 'TSNumberKeyword':
    case 'TSBooleanKeyword':
      return !isMemberOfPrimitive(name);
    case 'TSTypeLiteral':
      return annotation.members.every(
        (member) =>
          (member.type === 'TSPropertySignature' || member.type === 'TSMethodSignature') && keyName(member) !== name,
      );
    default:
      return false;
  }
}

/** Whether a string, number or boolean has a member of this name. */
function isMemberOfPrimitive(name: string): boolean {
  return [String, Number, Boolean, BigInt].some(({ prototype }) => name in prototype);
}

/** Whether a parameter's type is written down, and not guessed from its default as in JavaScript. */
function isDeclaredType(node: TSESTree.Node, module: Module): boolean {
  return !/\.[cm]?jsx?$/.test(module.path) || (node.type === 'Identifier' && node.typeAnnotation !== undefined);
}
