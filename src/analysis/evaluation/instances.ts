/** Members of classes and their instances. */
import type { TSESTree } from '@typescript-eslint/utils';
import { membersOf, type FieldWrite } from '../classes.js';
import { enclosingClass, enclosingFunction, type Module } from '../module.js';
import {
  absent,
  isNullish,
  noEnv,
  union,
  unknown,
  type ClassValue,
  type ClientValue,
  type Env,
  type InstanceValue,
  type Site,
  type Value,
} from '../values.js';
import { maxDepth, type Evaluator } from '../evaluate.js';
import { returnedValue, constructValue } from './invocations.js';
import { annotatedValue, injected } from './annotations.js';
import { propertyOf } from './properties.js';
import { maxWrites } from './variables.js';
import { maxMemberWrites, mayHaveMembers, withMember } from './writes.js';

export function instanceMember(evaluator: Evaluator, instance: InstanceValue, name: string, site: Site | null): Value {
  const { node, module } = instance.class;
  const members = membersOf(node, module);
  const getter = members.getters.get(name);
  const self: Env = classEnv(instance);
  if (getter) return returnedValue(evaluator, { kind: 'function', node: getter, module, env: self }, []);
  const writes = members.fields.get(name);
  if (writes) {
    const value = fieldOf(evaluator, instance, writes, self);
    if (value.kind !== 'unknown' && !(value.kind === 'absent' || isNullish(value) === true)) return value;
    return annotatedValue(evaluator, members.annotations.get(name), module) ?? value;
  }
  const method = members.methods.get(name);
  if (method) return { kind: 'function', node: method, module, env: self };
  if (node.superClass) {
    const base = baseOf(evaluator, instance, self);
    if (base) {
      const value = propertyOf(evaluator, base, name, site);
      if (value.kind !== 'absent') return value;
    }
  }
  const annotated = annotatedValue(evaluator, members.annotations.get(name), module);
  if (annotated) return annotated;
  return members.annotations.has(name) || node.superClass ? unknown('field', site) : absent;
}

/** The instance as its base class sees it: a class of the project, or a client of the catalog. */
function baseOf(evaluator: Evaluator, instance: InstanceValue, self: Env): Value | null {
  const { node, module } = instance.class;
  if (!node.superClass) return null;
  const base = evaluator.evaluate(node.superClass, module);
  const members = membersOf(node, module);
  const args = members.superCall
    ? evaluator.arguments(members.superCall.arguments, module, self)
    : (instance.args ?? []);
  // Without a constructor of its own, a class hands on what `new` is given.
  const site = members.superCall ? { node: members.superCall, module } : instance.site;
  if (base.kind === 'class') {
    return { kind: 'instance', class: base, args: members.superCall || instance.args ? args : null, site };
  }
  if (base.kind === 'external' || base.kind === 'client') {
    const built = constructValue(evaluator, base, args, site ?? { node, module }, self);
    return site || built.kind !== 'client' ? built : injected(built.library, built.type);
  }
  return null;
}

/** The client that an object of a class of this project is, by its base class; `null` where it is none. */
export function clientOfInstance(evaluator: Evaluator, instance: InstanceValue): ClientValue | null {
  let value: Value | null = instance;
  for (let depth = 0; value?.kind === 'instance' && depth < maxDepth; depth++) {
    value = baseOf(evaluator, value, classEnv(value));
  }
  return value?.kind === 'client' ? value : null;
}

function classEnv(instance: InstanceValue): Env {
  const { node, module } = instance.class;
  const constructorNode = membersOf(node, module).constructorNode;
  const args = new Map<TSESTree.Node, readonly Value[]>();
  if (constructorNode && instance.args) args.set(constructorNode, instance.args);
  return instance.args ? { args, self: instance, depth: 1 } : noEnv;
}

function fieldOf(evaluator: Evaluator, instance: InstanceValue, writes: readonly FieldWrite[], self: Env): Value {
  const { module } = instance.class;
  let value: Value | null = null;
  const ordered = [...writes].sort((a, b) => Number(b.certain) - Number(a.certain));
  if (writes.filter((write) => write.path.length === 0).length > maxWrites) {
    return unknown('assigned in many places', null);
  }
  for (const write of ordered) {
    if (write.path.length > 0) continue;
    const next = (): Value => evaluator.evaluate(write.value, module, self);
    if (write.operator === '??=' || write.operator === '||=') {
      value = value === null || isNullish(value) === true ? next() : union([value, next()]);
    } else if (write.operator !== '=') value = unknown('updated', { node: write.node, module });
    else if (value === null || write.certain || isNullish(value) === true) value = next();
    else {
      const other = next();
      // `evaluator.client = null` on shutdown says nothing about the client.
      value = isNullish(other) === true ? value : union([value, other]);
    }
  }
  let result: Value = value ?? absent;
  const below = writes.filter((write) => write.path.length > 0);
  if (below.length > maxMemberWrites || !mayHaveMembers(result)) return result;
  for (const write of below) {
    result = withMember(evaluator, result, write.path, () => evaluator.evaluate(write.value, module, self), {
      certain: write.certain,
      operator: write.operator,
      site: { node: write.node, module },
    });
  }
  return result;
}

export function staticMember(evaluator: Evaluator, value: ClassValue, name: string, site: Site | null): Value {
  const members = membersOf(value.node, value.module);
  const [write] = members.staticFields.get(name) ?? [];
  if (write) return evaluator.evaluate(write.value, value.module);
  const method = members.staticMethods.get(name);
  if (method) return { kind: 'function', node: method, module: value.module, env: noEnv };
  if (value.node.superClass) {
    return propertyOf(evaluator, evaluator.evaluate(value.node.superClass, value.module), name, site);
  }
  return unknown('static member', site);
}

export function thisExpression(evaluator: Evaluator, node: TSESTree.ThisExpression, module: Module, env: Env): Value {
  if (env.self) return env.self;
  const owner = enclosingClass(node);
  if (owner) return { kind: 'instance', class: { kind: 'class', node: owner, module }, args: null, site: null };
  // `this` in a method of an object literal.
  const fn = enclosingFunction(node);
  const property = fn?.parent;
  if (property?.type === 'Property' && property.parent.type === 'ObjectExpression') {
    return evaluator.evaluate(property.parent, module, env);
  }
  return unknown('this', { node, module });
}
