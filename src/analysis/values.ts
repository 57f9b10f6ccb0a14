/**
 * What an expression may be, as far as it can be known without running it. Values are immutable; a value that comes from
 * several places is a `union`, one that cannot be known is `unknown` and says where it stands.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { ClientType, Library, Policy } from '../catalog/schema.js';
import type { Module } from './module.js';

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A place in the code. */
export interface Site {
  readonly node: TSESTree.Node;
  readonly module: Module;
}

/** What the names of a function's parameters, and `this`, stand for while it is looked through. */
export interface Env {
  /** Arguments by the function that takes them; a function that is absent is looked at from the outside. */
  readonly args: ReadonlyMap<TSESTree.Node, readonly Value[]>;
  readonly self: Value | null;
  readonly depth: number;
}

export const noEnv: Env = { args: new Map(), self: null, depth: 0 };

export interface Unknown {
  readonly kind: 'unknown';
  readonly why: string;
  readonly site: Site | null;
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | bigint | boolean | null | undefined;
  readonly site: Site | null;
}

/** A member that an object does not have. */
export interface Absent {
  readonly kind: 'absent';
}

export interface Member {
  /** Evaluated when it is first asked for. */
  readonly value: Value;
  /** Where it is written: the property, or the assignment. */
  readonly site: Site;
}

/** An object in the order in which it was put together: later parts win. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly parts: readonly ObjectPart[];
  readonly site: Site;
}

export type ObjectPart =
  | { readonly key: string; readonly member: Member }
  /** Something spread in whose members are not known one by one. */
  | { readonly spread: Value; readonly site: Site };

export interface ArrayValue {
  readonly kind: 'array';
  /** `null`: elements that are spread in and not known. */
  readonly elements: readonly (Value | null)[];
  readonly site: Site;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionNode;
  readonly module: Module;
  readonly env: Env;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly node: ClassNode;
  readonly module: Module;
}

/** An object of a class of this project. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: ClassValue;
  /** Arguments of its construction; `null` where that is not visible (`this`, an injected one). */
  readonly args: readonly Value[] | null;
  /** Where it is constructed, where that is visible. */
  readonly site: Site | null;
}

/** Everything that a module of this project exports: `import * as http from './http'`. */
export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly module: Module;
}

/** A name that a package exports, or the platform provides, of which the catalog says nothing more. */
export interface ExternalValue {
  readonly kind: 'external';
  /** Package name, `node:…`, or `global`. */
  readonly package: string;
  readonly path: readonly string[];
}

/** A client of the catalog. */
export interface ClientValue {
  readonly kind: 'client';
  readonly library: Library;
  readonly type: ClientType;
  /** Where it is built; `null` for a client that the package itself provides, or that is injected. */
  readonly site: Site | null;
  /** Its configuration, outermost first: its own, then those that it inherits. */
  readonly configs: readonly Value[];
  /** `shared`: provided by the package; `built`: the construction is known; `injected`: it is not visible. */
  readonly origin: 'shared' | 'built' | 'injected';
  readonly target: Value | null;
  /** What it is laid over, and is bounded by: the pool of an ORM. `null`: nothing. */
  readonly over?: Value | null;
  /** Which argument of its construction is the configuration. */
  readonly configIndex: number | null;
}

/** A method of a client, not called yet. */
export interface MethodValue {
  readonly kind: 'method';
  readonly client: ClientValue;
  readonly name: string;
}

/** What a call of a client's operation gives. */
export interface ResultValue {
  readonly kind: 'result';
  readonly client: ClientValue;
  readonly operation: string;
  readonly site: Site;
}

/** A policy function or class of the catalog, or an object that it made. */
export interface PolicyValue {
  readonly kind: 'policy';
  readonly library: Library;
  readonly policy: Policy;
  readonly name: string;
  readonly site: Site | null;
  /** Arguments of its construction. */
  readonly args: readonly Value[];
  readonly built: boolean;
  /** The method of it that is meant: `execute`. */
  readonly method: string | null;
}

/** `AbortSignal.timeout(ms)`. */
export interface TimeoutSignal {
  readonly kind: 'timeout-signal';
  readonly ms: Value;
  readonly site: Site;
  readonly env: Env;
}

/** `AbortSignal.any(members)`. */
export interface AnySignal {
  readonly kind: 'any-signal';
  readonly members: readonly (Value | null)[];
  readonly site: Site;
}

/** `new AbortController()`. */
export interface ControllerValue {
  readonly kind: 'controller';
  readonly site: Site;
  readonly env: Env;
}

export interface ControllerSignal {
  readonly kind: 'controller-signal';
  readonly controller: ControllerValue;
}

/** A platform object that was constructed: `new Request(url, init)`, `new URL(…)`. */
export interface PlatformValue {
  readonly kind: 'platform';
  readonly name: string;
  readonly args: readonly Value[];
  readonly site: Site;
}

/** A parameter of a function that is looked at from the outside: its caller decides. */
export interface ParameterValue {
  readonly kind: 'parameter';
  readonly function: TSESTree.Node;
  readonly module: Module;
  readonly index: number;
  /** The members taken from it: `['signal']` for `options.signal`. */
  readonly path: readonly string[];
  /** Members that are not part of it: what a pattern took out of `{ signal, ...rest }`. */
  readonly without?: readonly string[];
  /** The caller may leave it out. */
  readonly optional: boolean;
  /** Known to be there: the code gives another value otherwise. */
  readonly given: boolean;
  readonly site: Site;
}

/** A variable of the environment. */
export interface EnvironmentValue {
  readonly kind: 'environment';
  readonly name: string;
}

export interface UnionValue {
  readonly kind: 'union';
  readonly members: readonly Value[];
}

export type Value =
  | Unknown
  | Literal
  | Absent
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | NamespaceValue
  | ExternalValue
  | ClientValue
  | MethodValue
  | ResultValue
  | PolicyValue
  | TimeoutSignal
  | AnySignal
  | ControllerValue
  | ControllerSignal
  | PlatformValue
  | ParameterValue
  | EnvironmentValue
  | UnionValue;

export const absent: Absent = { kind: 'absent' };

/** What is not known, and why. */
export function unknown(why: string, site: Site | null = null): Unknown {
  return { kind: 'unknown', why, site };
}

/** A primitive. */
export function literal(value: Literal['value'], site: Site | null = null): Literal {
  return { kind: 'literal', value, site };
}

/** A member whose value is found when it is first asked for. */
export function lazyMember(compute: () => Value, site: Site): Member {
  let value: Value | null = null;
  return {
    get value(): Value {
      value ??= compute();
      return value;
    },
    site,
  };
}

const maxUnion = 24;

/** One of several values. Unions are flat; more members than are worth looking at are `unknown`. */
export function union(values: readonly Value[]): Value {
  const flat = new Set<Value>();
  for (const value of values) {
    if (value.kind === 'union') value.members.forEach((member) => flat.add(member));
    else flat.add(value);
  }
  const members = [...flat];
  const first = members[0];
  if (first === undefined) return unknown('nothing');
  if (members.length === 1) return first;
  return members.length > maxUnion ? unknown('too many possibilities') : { kind: 'union', members };
}

/** The elements of an array value, or `null` where some are not known. */
export function knownElements(value: Value): readonly Value[] | null {
  if (value.kind !== 'array') return null;
  const known: Value[] = [];
  for (const element of value.elements) {
    if (element === null) return null;
    known.push(element);
  }
  return known;
}

/** The members of a union, or the value itself. */
export function possibilities(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members : [value];
}

/** Applies `change` to each possibility. */
export function mapValue(value: Value, change: (member: Value) => Value): Value {
  return value.kind === 'union' ? union(value.members.map(change)) : change(value);
}

/** Whether a value is `null` or `undefined`: yes, no, or unknown. */
export function isNullish(value: Value): boolean | null {
  switch (value.kind) {
    case 'absent':
      return true;
    case 'literal':
      return value.value === null || value.value === undefined;
    case 'unknown':
    case 'external':
    case 'environment':
      return null;
    case 'parameter':
      return value.given ? false : null;
    case 'union': {
      const answers = value.members.map(isNullish);
      const first = answers[0] ?? null;
      return answers.every((answer) => answer === first) ? first : null;
    }
    default:
      return false;
  }
}

/** Whether a value is truthy: yes, no, or unknown. */
export function isTruthy(value: Value): boolean | null {
  switch (value.kind) {
    case 'absent':
      return false;
    case 'literal':
      return Boolean(value.value);
    case 'unknown':
    case 'external':
    case 'environment':
    case 'parameter':
    case 'result':
      return null;
    case 'union': {
      const answers = value.members.map(isTruthy);
      const first = answers[0] ?? null;
      return answers.every((answer) => answer === first) ? first : null;
    }
    default:
      return true;
  }
}
