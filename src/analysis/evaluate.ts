/**
 * What expressions evaluate to, through variables, objects, classes, calls and other files, without running anything.
 * Work is bounded: what the budget cuts off is `unknown`, and counted.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { callGlobal, constructGlobal } from './builtins.js';
import { membersOf, type FieldWrite } from './classes.js';
import { importsOf, variablesWritten } from './defaults.js';
import { memberWritesOf, reachingMemberWrites, reachingWrites } from './flow.js';
import {
  derivationOf,
  operationOf,
  hasOwnLibraries,
  ownNamed,
  policyTypeOf,
  clientTypeOf,
  resolveExport,
  typeNamed,
  type ResolvedExport,
} from './libraries.js';
import {
  contains,
  enclosingClass,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  variableOf,
  type Module,
  type Variable,
} from './module.js';
import { importOf } from './imports.js';
import { exportsOf, type ExportEntry, type ExportTable, type Modules, type Resolution } from './modules.js';
import type { Derivation, Position } from '../catalog/schema.js';
import {
  absent,
  isNullish,
  isTruthy,
  knownElements,
  lazyMember,
  literal,
  mapValue,
  noEnv,
  possibilities,
  union,
  unknown,
  type ClassNode,
  type ClassValue,
  type ClientValue,
  type Env,
  type FunctionNode,
  type FunctionValue,
  type InstanceValue,
  type MethodValue,
  type ObjectValue,
  type ParameterValue,
  type PolicyValue,
  type Site,
  type Value,
} from './values.js';

/** Steps that one question may take. */
const maxSteps = 6000;
/** Steps that all questions about one file may take together. */
const maxFileSteps = 600_000;
const maxDepth = 8;
/** Expressions that may be looked at inside one another. */
const maxNesting = 110;
/** How far imports are followed to find what is set on a shared client. */
const maxImports = 3;
/** A variable that is assigned to more often is not followed. */
const maxWrites = 16;
/** An object literal with more members is a table, no configuration. */
const maxProperties = 200;
const maxMemberWrites = 64;

/** Evaluates expressions of the modules of one program. */
export class Evaluator {
  readonly modules: Modules;
  /** Questions that the budget cut off. */
  exhausted = 0;
  #clientsOnly = false;
  #sharing = false;
  #steps = 0;
  #fileSteps = 0;
  #nesting = 0;
  #cycles = 0;
  readonly #memo = new WeakMap<TSESTree.Node, Value>();
  readonly #active = new Map<TSESTree.Node, Env[]>();

  constructor(modules: Modules) {
    this.modules = modules;
  }

  /** What `node` may be. Without `env` the functions around it are looked at from the outside. */
  evaluate(node: TSESTree.Node, module: Module, env: Env = noEnv): Value {
    const inner = unwrap(node);
    if (env === noEnv) {
      const memo = this.#memo.get(inner);
      if (memo) return memo;
    }
    const active = this.#active.get(inner) ?? [];
    if (active.length > 2 || active.some((other) => other === env || other.args === env.args)) {
      this.#cycles++;
      return unknown('refers to itself', { node: inner, module });
    }
    if (this.#nesting > maxNesting) {
      this.#cycles++;
      return unknown('too deep', { node: inner, module });
    }
    if (this.#nesting === 0) this.#steps = 0;
    this.#fileSteps++;
    if (this.#fileSteps > maxFileSteps) return unknown('budget', { node: inner, module });
    if (++this.#steps > maxSteps) {
      if (this.#steps === maxSteps + 1) this.exhausted++;
      return unknown('budget', { node: inner, module });
    }
    const cycles = this.#cycles;
    this.#active.set(inner, [...active, env]);
    this.#nesting++;
    let value: Value;
    try {
      value = this.#evaluate(inner, module, env);
    } finally {
      this.#nesting--;
      if (active.length > 0) this.#active.set(inner, active);
      else this.#active.delete(inner);
    }
    if (env === noEnv && cycles === this.#cycles && this.#steps <= maxSteps) this.#memo.set(inner, value);
    return value;
  }

  #evaluate(node: TSESTree.Node, module: Module, env: Env): Value {
    const site: Site = { node, module };
    switch (node.type) {
      case 'Literal':
        return 'regex' in node ? { kind: 'platform', name: 'RegExp', args: [], site } : literal(node.value, site);
      case 'TemplateLiteral':
        return this.#template(node, site, env);
      case 'Identifier':
        return this.#identifier(node, module, env);
      case 'ThisExpression':
        return this.#self(node, module, env);
      case 'MemberExpression':
        return this.#member(node, module, env);
      case 'ObjectExpression':
        return this.#object(node, module, env);
      case 'ArrayExpression':
        return {
          kind: 'array',
          site,
          elements: node.elements.flatMap((element): (Value | null)[] => {
            if (element === null) return [literal(undefined)];
            if (element.type !== 'SpreadElement') return [this.evaluate(element, module, env)];
            const spread = this.evaluate(element.argument, module, env);
            const conditional = possibilities(spread);
            const arrays = conditional.filter((value) => value.kind === 'array');
            if (arrays.length === conditional.length) return arrays.flatMap((value) => value.elements);
            return [null];
          }),
        };
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return { kind: 'function', node, module, env };
      case 'ClassDeclaration':
      case 'ClassExpression':
        return { kind: 'class', node, module };
      case 'AwaitExpression':
        return this.evaluate(node.argument, module, env);
      case 'ConditionalExpression': {
        const test = isTruthy(this.evaluate(node.test, module, env));
        if (test !== null) return this.evaluate(test ? node.consequent : node.alternate, module, env);
        return union([this.evaluate(node.consequent, module, env), this.evaluate(node.alternate, module, env)]);
      }
      case 'LogicalExpression':
        return this.#logical(node, module, env);
      case 'SequenceExpression':
        return this.evaluate(node.expressions[node.expressions.length - 1] as TSESTree.Expression, module, env);
      case 'AssignmentExpression':
        return node.operator === '=' || node.operator === '??=' || node.operator === '||='
          ? this.evaluate(node.right, module, env)
          : unknown('assignment', site);
      case 'UnaryExpression':
        return this.#unary(node, module, env);
      case 'BinaryExpression':
        return this.#binary(node, module, env);
      case 'CallExpression':
        return this.#call(node, module, env);
      case 'NewExpression':
        return this.construct(
          this.evaluate(node.callee, module, env),
          this.arguments(node.arguments, module, env),
          site,
          env,
        );
      case 'TaggedTemplateExpression': {
        const tag = this.evaluate(node.tag, module, env);
        return this.call(tag, [unknown('template', site)], site, env);
      }
      case 'TSEnumDeclaration':
        return unknown('enum', site);
      case 'ImportExpression':
        return node.source.type === 'Literal' && typeof node.source.value === 'string'
          ? this.#imported(node.source, '*', module)
          : unknown('dynamic import', site);
      default:
        return unknown(node.type, site);
    }
  }

  /** What a callee may be, without a look into files that can lead to no client: enough to tell what is called. */
  callee(node: TSESTree.Node, module: Module): Value {
    const before = this.#clientsOnly;
    this.#clientsOnly = true;
    try {
      return this.evaluate(node, module);
    } finally {
      this.#clientsOnly = before;
    }
  }

  /** Begins with another file: what the last one took is forgotten. */
  beginFile(): void {
    this.#fileSteps = 0;
  }

  /** The values of arguments; a spread of unknown length ends the list with what is not known. */
  arguments(nodes: readonly TSESTree.CallExpressionArgument[], module: Module, env: Env): Value[] {
    const values: Value[] = [];
    for (const node of nodes) {
      if (node.type !== 'SpreadElement') {
        values.push(this.evaluate(node, module, env));
        continue;
      }
      const spread = this.evaluate(node.argument, module, env);
      const elements = knownElements(spread);
      if (elements) values.push(...elements);
      else {
        // Without a site: the type there is that of the list.
        const rest = unknown('spread arguments');
        values.push(rest, rest, rest, rest);
        break;
      }
    }
    return values;
  }

  /** The elements of a list that is handed over as arguments, as `apply` does. */
  listed(list: Value): readonly Value[] {
    const elements = knownElements(list);
    if (elements) return elements;
    // Without a site: the type there is that of the list.
    const element = unknown('listed arguments');
    return [element, element, element, element];
  }

  // Names

  #identifier(node: TSESTree.Identifier, module: Module, env: Env): Value {
    if (node.name === 'undefined') return literal(undefined, { node, module });
    const variable = variableOf(module, node);
    if (!variable) {
      if (node.name === 'NaN') return literal(Number.NaN, { node, module });
      if (node.name === 'Infinity') return literal(Infinity, { node, module });
      return this.external('global', [node.name]);
    }
    return this.variable(variable, module, env, node);
  }

  /** What a variable is when `use` is evaluated. */
  variable(variable: Variable, module: Module, around: Env, use: TSESTree.Node): Value {
    // What stands outside of all functions is the same for every call.
    const env = isTopLevel(variable) ? noEnv : around;
    const definition = variable.defs[0];
    const site: Site = { node: use, module };
    if (!definition) return unknown('no definition', site);
    switch (definition.type as string) {
      case 'ImportBinding':
        return this.#overlay(
          this.#withSharedDefaults(this.#importBinding(definition.node, module), module),
          variable,
          module,
          env,
          use,
        );
      case 'FunctionName':
        return this.evaluate(definition.node, module, env);
      case 'ClassName':
        return this.evaluate(definition.node, module, env);
      case 'TSEnumName':
        return unknown('enum', { node: definition.node, module });
      case 'Parameter':
        return this.#overlay(
          this.#reassigned(
            () => this.#parameter(variable, definition.node as FunctionNode, module, env),
            variable,
            module,
            env,
            use,
          ),
          variable,
          module,
          env,
          use,
        );
      case 'Variable': {
        const declarator = definition.node as TSESTree.VariableDeclarator;
        return this.#overlay(
          this.#withSharedDefaults(
            this.#reassigned(() => this.#declared(declarator, variable, module, env), variable, module, env, use),
            module,
          ),
          variable,
          module,
          env,
          use,
        );
      }
      default:
        return unknown(definition.type, site);
    }
  }

  /** A client that everybody shares, with the defaults that the modules which `module` loads set on it. */
  #withSharedDefaults(value: Value, module: Module): Value {
    const shared = this.#whole(value);
    if (shared.kind !== 'client' || shared.origin !== 'shared' || shared.type.defaults === undefined) return value;
    if (this.#sharing) {
      this.#cycles++;
      return value;
    }
    const seen = new Set<Module>([module]);
    let client: Value = shared;
    for (let level: readonly Module[] = [module], depth = 0; level.length > 0 && depth < maxImports; depth++) {
      const next: Module[] = [];
      for (const from of level) {
        for (const source of importsOf(from)) {
          const resolution = this.modules.resolve(source, from);
          if (resolution.kind !== 'module' || !resolution.mayLeadToClient()) continue;
          const loaded = resolution.load();
          if (!loaded || seen.has(loaded)) continue;
          seen.add(loaded);
          next.push(loaded);
          client = this.#withDefaultsOf(loaded, client);
        }
      }
      level = next;
    }
    return client === shared ? value : client;
  }

  /** What the whole of a package is: `require('axios')` is a client too. */
  #whole(value: Value): Value {
    if (value.kind !== 'external' || value.path.length > 0) return value;
    const found = resolveExport(value.package, ['default']);
    return (found && this.#ofExport(found)) ?? value;
  }

  /** A shared client with the defaults that one module sets on it. */
  #withDefaultsOf(module: Module, client: Value): Value {
    if (client.kind !== 'client' || client.type.defaults === undefined) return client;
    let result: Value = client;
    for (const variable of variablesWritten(module, client.type.defaults)) {
      const end = endOf(module);
      const same = this.#whole(this.#alone(() => this.variable(variable, module, noEnv, end)));
      if (same.kind !== 'client' || same.origin !== 'shared' || same.library !== client.library) continue;
      result = this.#alone(() => this.#overlay(result, variable, module, noEnv, end));
    }
    return result;
  }

  /** Asks without what other modules set: they are gone through once, from the module that asked first. */
  #alone(question: () => Value): Value {
    this.#sharing = true;
    try {
      return question();
    } finally {
      this.#sharing = false;
    }
  }

  /** What a declarator gives a variable at first. */
  #declared(declarator: TSESTree.VariableDeclarator, variable: Variable, module: Module, env: Env): Value {
    const site: Site = { node: declarator.id, module };
    const loop = declarator.parent.parent;
    if ((loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') && loop.left === declarator.parent) {
      return unknown('loop variable', { node: variable.identifiers[0] ?? declarator.id, module });
    }
    if (!declarator.init) {
      const annotated = this.annotated(declarator.id.typeAnnotation, module);
      if (annotated) return annotated;
      // `declare const x: T`, `let x!: T`: somebody else gives it its value.
      const elsewhere = declarator.definite || declarator.parent.declare;
      return elsewhere
        ? unknown('declared only', { node: variable.identifiers[0] ?? declarator.id, module })
        : literal(undefined, site);
    }
    const value = this.evaluate(declarator.init, module, env);
    const found = this.#destructure(declarator.id, value, variable.identifiers[0] ?? declarator.id, module, env);
    if (found?.kind !== 'unknown' && found !== null) return found;
    const annotated = declarator.id.type === 'Identifier' ? this.annotated(declarator.id.typeAnnotation, module) : null;
    return annotated ?? found ?? unknown('pattern', site);
  }

  /** A variable's value when it is assigned to after its declaration. */
  #reassigned(initial: () => Value, variable: Variable, module: Module, env: Env, use: TSESTree.Node): Value {
    const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
    if (writes.length === 0) return initial();
    if (writes.length > maxWrites) return unknown('assigned in many places', { node: use, module });
    const candidates = writes.map((reference) => ({ node: reference.identifier.parent, reference }));
    const reaching = reachingWrites(candidates, use);
    let value: Value | null = reaching[0]?.certain === true ? null : initial();
    for (const { write, certain } of reaching) {
      const assignment = write.node;
      let next: Value;
      if (assignment.type === 'AssignmentExpression' && assignment.left === write.reference.identifier) {
        if (assignment.operator === '??=' || assignment.operator === '||=') {
          const before = value ?? initial();
          value = this.#either(
            before,
            () => this.evaluate(assignment.right, module, env),
            assignment.operator === '??=',
          );
          continue;
        }
        next =
          assignment.operator === '='
            ? this.evaluate(assignment.right, module, env)
            : unknown('updated', { node: assignment, module });
      } else next = unknown('assigned by a pattern or a loop', { node: use, module });
      value = value === null || certain ? next : union([value, next]);
    }
    return value ?? initial();
  }

  /** Adds the members that are assigned below a variable, and what `Object.assign` puts into it. */
  #overlay(value: Value, variable: Variable, module: Module, env: Env, use: TSESTree.Node): Value {
    const writes = memberWritesOf(variable).filter((write) => write.path.length > 0);
    if (writes.length === 0 || writes.length > maxMemberWrites || !mayHaveMembers(value)) return value;
    let result = value;
    for (const { write, certain } of reachingMemberWrites(writes, use)) {
      if (contains(write.node, use)) continue;
      result = this.#withMember(result, write.path, () => this.evaluate(write.node.right, module, env), {
        certain,
        operator: write.node.operator,
        site: { node: write.node, module },
      });
    }
    return result;
  }

  /** `value` with the member at `path` written. */
  #withMember(
    value: Value,
    path: readonly string[],
    right: () => Value,
    how: { readonly certain: boolean; readonly operator: string; readonly site: Site },
  ): Value {
    return mapValue(value, (given): Value => {
      const member = this.#whole(given);
      if (member.kind === 'client') {
        const [first, ...rest] = path;
        if (member.type.defaults === undefined || first !== member.type.defaults || rest.length === 0) return member;
        const config = this.#withMember({ kind: 'object', parts: [], site: how.site }, rest, right, how);
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
      const written = lazyMember(() => {
        if (rest.length > 0) {
          const below = this.property(base, first, how.site);
          const object: Value = below.kind === 'absent' ? { kind: 'object', parts: [], site: how.site } : below;
          return this.#withMember(object, rest, right, how);
        }
        if (how.operator === '??=' || how.operator === '||=') {
          return this.#either(this.property(base, first, how.site), right, how.operator === '??=');
        }
        return how.operator === '=' ? right() : unknown('updated', how.site);
      }, how.site);
      const part = { key: first, member: written };
      if (how.certain || rest.length > 0) return { ...base, parts: [...base.parts, part] };
      const maybe = union([{ kind: 'object', parts: [part], site: how.site }, literal(undefined)]);
      return { ...base, parts: [...base.parts, { spread: maybe, site: how.site }] };
    });
  }

  /** What a binding pattern gives the name `target`; `null` where the pattern does not hold it. */
  #destructure(pattern: TSESTree.Node, value: Value, target: TSESTree.Node, module: Module, env: Env): Value | null {
    switch (pattern.type) {
      case 'Identifier':
        return pattern === target ? value : null;
      case 'AssignmentPattern': {
        const given = this.#either(value, () => this.evaluate(pattern.right, module, env), true);
        return this.#destructure(pattern.left, given, target, module, env);
      }
      case 'TSParameterProperty':
        return this.#destructure(pattern.parameter, value, target, module, env);
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            const names = pattern.properties.flatMap((other) => (other.type === 'Property' ? [keyName(other)] : []));
            const found = this.#destructure(property.argument, withoutMembers(value, names), target, module, env);
            if (found) return found;
            continue;
          }
          if (!contains(property.value, target)) continue;
          const name = keyName(property);
          const site: Site = { node: property.value, module };
          const member = name === null ? unknown('computed', site) : this.property(value, name, site);
          return this.#destructure(property.value, member, target, module, env);
        }
        return null;
      case 'ArrayPattern':
        for (const [index, element] of pattern.elements.entries()) {
          if (!element || !contains(element, target)) continue;
          if (element.type === 'RestElement') return unknown('rest', { node: target, module });
          const found = value.kind === 'array' ? value.elements[index] : null;
          return this.#destructure(element, found ?? unknown('element', { node: target, module }), target, module, env);
        }
        return null;
      case 'RestElement':
        return this.#destructure(pattern.argument, value, target, module, env);
      default:
        return null;
    }
  }

  #parameter(variable: Variable, fn: FunctionNode, module: Module, env: Env): Value {
    const target = variable.identifiers[0];
    const index = fn.params.findIndex((parameter) => target && contains(parameter, target));
    const parameter = fn.params[index];
    if (!parameter || !target) return unknown('parameter', null);
    const args = env.args.get(fn);
    if (args) {
      if (parameter.type === 'RestElement') {
        return { kind: 'array', elements: args.slice(index), site: { node: parameter, module } };
      }
      const found = this.#destructure(parameter, args[index] ?? absent, target, module, env);
      if (found && found.kind !== 'unknown') return found;
      return this.annotated(annotationOf(parameter, target), module) ?? found ?? unknown('parameter', null);
    }
    const binding = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const base: ParameterValue = {
      kind: 'parameter',
      function: fn,
      module,
      index,
      path: [],
      optional: binding.type === 'AssignmentPattern' || ('optional' in binding && binding.optional),
      given: false,
      site: { node: binding.type === 'AssignmentPattern' ? binding.left : binding, module },
    };
    const annotated = this.annotated(annotationOf(parameter, target), module);
    if (annotated) {
      if (binding.type !== 'AssignmentPattern') return annotated;
      return union([this.evaluate(binding.right, module, env), annotated]);
    }
    if (binding.type === 'RestElement') return unknown('rest parameter', base.site);
    return this.#destructure(binding, base, target, module, env) ?? unknown('parameter', base.site);
  }

  /** A client that a type annotation names, without being able to see where it is built. */
  annotated(annotation: TSESTree.TSTypeAnnotation | undefined | null, module: Module): Value | null {
    return annotation ? this.#ofType(annotation.typeAnnotation, module) : null;
  }

  #ofType(type: TSESTree.TypeNode, module: Module): Value | null {
    switch (type.type) {
      case 'TSTypeQuery': {
        if (type.exprName.type === 'TSImportType') return null;
        const value = this.#entityName(type.exprName, module);
        return value?.kind === 'client' ? { ...value, origin: 'injected', site: null } : null;
      }
      case 'TSTypeReference': {
        const value = this.#entityName(type.typeName, module);
        const argument = type.typeArguments?.params[0];
        if (
          !value &&
          argument &&
          type.typeName.type === 'Identifier' &&
          /^(?:Readonly|Required)$/.test(type.typeName.name)
        ) {
          return this.#ofType(argument, module);
        }
        if (value?.kind === 'external') {
          const name = value.path[value.path.length - 1] ?? 'default';
          const known = clientTypeOf(value.package, name);
          if (known) return injected(known.library, known.type);
          const policy = policyTypeOf(value.package, name);
          return policy && { kind: 'policy', ...policy, site: null, args: [], built: true, method: null };
        }
        if (value?.kind === 'client') return injected(value.library, value.type);
        if (value?.kind === 'class') return { kind: 'instance', class: value, args: null, site: null };
        return null;
      }
      case 'TSUnionType': {
        const parts = type.types.filter((part) => !/^TS(?:Undefined|Null)Keyword$/.test(part.type));
        const [only] = parts;
        return parts.length === 1 && only ? this.#ofType(only, module) : null;
      }
      default:
        return null;
    }
  }

  /** What a name in a type means, where it is imported or a class of this file. */
  #entityName(name: TSESTree.EntityName, module: Module): Value | null {
    if (name.type === 'TSQualifiedName') {
      const left = this.#entityName(name.left, module);
      return left?.kind === 'external' ? this.external(left.package, [...left.path, name.right.name]) : null;
    }
    if (name.type !== 'Identifier') return null;
    const variable = variableOf(module, name) ?? findByName(module, name);
    if (!variable) return this.external('global', [name.name]);
    const definition = variable.defs[0];
    if ((definition?.type as string) === 'ImportBinding') {
      const { source, imported } = importOf(definition?.node as TSESTree.Node);
      if (!source) return null;
      const resolution = this.modules.resolve(source, module);
      if (resolution.kind === 'package') {
        const path = imported === '*' ? [] : [imported];
        return { kind: 'external', package: resolution.name, path };
      }
      const other = this.#open(resolution);
      if (other) {
        const value = this.exported(other, imported);
        return value.kind === 'class' || value.kind === 'client' ? value : null;
      }
      return null;
    }
    if ((definition?.type as string) === 'ClassName') return { kind: 'class', node: definition?.node as never, module };
    return null;
  }

  // Modules

  /** The module that an import leads to; nothing while only clients are looked for and it can lead to none. */
  #open(resolution: Resolution): Module | null {
    if (resolution.kind !== 'module') return null;
    if (this.#clientsOnly && !hasOwnLibraries() && !resolution.mayLeadToClient()) {
      // What is cut off here must not be remembered as unknown.
      this.#cycles++;
      return null;
    }
    return resolution.load();
  }

  #importBinding(node: TSESTree.Node, module: Module): Value {
    const { source, imported } = importOf(node);
    return source ? this.#imported(source, imported, module) : unknown('import', { node, module });
  }

  #imported(source: TSESTree.StringLiteral, name: string, module: Module): Value {
    const resolution = this.modules.resolve(source, module);
    switch (resolution.kind) {
      case 'package':
        return this.external(resolution.name, name === '*' ? [] : [name]);
      case 'module': {
        const other = this.#open(resolution);
        return other ? this.exported(other, name) : unknown(`cannot read ${source.value}`, { node: source, module });
      }
      case 'missing':
        return unknown(`cannot find ${source.value}`, { node: source, module });
    }
  }

  /** What a module exports under a name: `*` for all of it. */
  exported(module: Module, name: string, seen: readonly Module[] = []): Value {
    const own = ownNamed(name, null, module.path);
    const named = own && this.#ofExport(own);
    if (named) return named;
    const table = exportsOf(module);
    if (name === '*')
      return table.whole.length > 0 ? this.#wholeOf(table, module, seen) : { kind: 'namespace', module };
    const entries = table.named.get(name);
    if (entries && !(table.commonjs && name === 'default')) {
      return union(entries.map((entry) => this.#entry(entry, module, seen)));
    }
    if (table.commonjs) {
      if (table.whole.length === 0) return name === 'default' ? { kind: 'namespace', module } : absent;
      const whole = this.#wholeOf(table, module, seen);
      return name === 'default' ? whole : this.property(whole, name, { node: module.ast, module });
    }
    for (const star of table.stars) {
      const resolution = this.modules.resolve(star, module);
      if (resolution.kind === 'package') {
        const value = this.external(resolution.name, [name]);
        if (value.kind !== 'external') return value;
      }
      // A barrel of many files: only those are parsed that can have the name.
      if (resolution.kind === 'module' && !resolution.mayExport(name)) continue;
      const other = this.#open(resolution);
      if (!other || seen.includes(other)) continue;
      const value = this.exported(other, name, [...seen, module]);
      if (value.kind !== 'absent') return value;
    }
    return absent;
  }

  /** What a CommonJS module puts in the place of its exports, with what it adds to that. */
  #wholeOf(table: ExportTable, module: Module, seen: readonly Module[]): Value {
    const whole = union(table.whole.map((node) => this.evaluate(node, module)));
    const added = [...table.named].flatMap(([name, entries]) => {
      const own = entries.filter(
        (entry) => entry.kind === 'node' && entry.node.parent?.type === 'AssignmentExpression',
      );
      return own.map((entry) => ({ name, entry }));
    });
    if (added.length === 0) return whole;
    return mapValue(whole, (value) =>
      value.kind === 'object'
        ? {
            ...value,
            parts: [
              ...value.parts,
              ...added.map(({ name, entry }) => ({
                key: name,
                member: { value: this.#entry(entry, module, seen), site: { node: module.ast, module } },
              })),
            ],
          }
        : value,
    );
  }

  #entry(entry: ExportEntry, module: Module, seen: readonly Module[]): Value {
    switch (entry.kind) {
      case 'node':
        return this.evaluate(entry.node, module);
      case 'local': {
        const variable = variableOf(module, entry.identifier) ?? findByName(module, entry.identifier);
        // As a user of the module sees it: after all of it has run.
        return variable ? this.variable(variable, module, noEnv, endOf(module)) : unknown('export', null);
      }
      case 'from': {
        const resolution = this.modules.resolve(entry.source, module);
        if (resolution.kind === 'package')
          return this.external(resolution.name, entry.name === '*' ? [] : [entry.name]);
        const other = this.#open(resolution);
        if (!other || seen.includes(other)) return unknown('export from', null);
        return this.exported(other, entry.name, [...seen, module]);
      }
    }
  }

  /** A name of a package or of the platform: what the catalog says of it, else itself. */
  external(packageName: string, path: readonly string[]): Value {
    if (packageName === 'global' && /^(?:globalThis|window|self|global)$/.test(path[0] ?? '') && path.length > 1) {
      return this.external('global', path.slice(1));
    }
    const found = resolveExport(packageName, path);
    if (found && !(found.name === 'default' && path.length === 0)) {
      const value = this.#ofExport(found);
      if (value) return value;
    }
    return { kind: 'external', package: packageName, path };
  }

  /** A ready client of a package, or a policy, with the members that the path goes on to. */
  #ofExport(found: ResolvedExport): Value | null {
    const { library, export: exported, rest } = found;
    let value: Value | null = null;
    if (exported.is === 'client') {
      const type = typeNamed(library, exported.type);
      value = type && {
        kind: 'client',
        library,
        type,
        site: null,
        configs: [],
        origin: 'shared',
        target: null,
        configIndex: null,
      };
    } else if (exported.is === 'operation') {
      const type = typeNamed(library, exported.type);
      const client: ClientValue | null = type && {
        kind: 'client',
        library,
        type,
        site: null,
        configs: [],
        origin: 'shared',
        target: null,
        configIndex: null,
      };
      value = client && { kind: 'method', client, name: exported.operation };
    } else if (exported.is === 'policy') {
      const policy = library.policies?.[exported.policy];
      value = policy
        ? { kind: 'policy', library, policy, name: exported.policy, site: null, args: [], built: false, method: null }
        : null;
    }
    return value && rest.reduce<Value>((object, name) => this.property(object, name, null), value);
  }

  // Members

  #member(node: TSESTree.MemberExpression, module: Module, env: Env): Value {
    const site: Site = { node, module };
    const object = this.evaluate(node.object, module, env);
    const name = memberName(node);
    if (name === null) {
      const key = this.evaluate(node.property, module, env);
      if (key.kind === 'literal') {
        if (object.kind === 'array' && typeof key.value === 'number')
          return object.elements[key.value] ?? unknown('element', site);
        return this.property(object, String(key.value), site);
      }
      return unknown('computed member', site);
    }
    if (object.kind === 'unknown' && object.site?.node.type === 'TSEnumDeclaration') {
      return this.#enumMember(object.site.node, name, object.site.module);
    }
    return this.property(object, name, site);
  }

  /** A member of a value. */
  property(value: Value, name: string, site: Site | null): Value {
    switch (value.kind) {
      case 'union':
        return union(value.members.map((member) => this.property(member, name, site)));
      case 'object':
        return this.#objectMember(value, name, site);
      case 'absent':
      case 'literal':
        return isNullish(value) === true || !isMemberOfPrimitive(name)
          ? absent
          : unknown('member of a primitive', site);
      case 'environment':
        return isMemberOfPrimitive(name) ? unknown('member of a primitive', site) : absent;
      case 'namespace':
        return this.exported(value.module, name);
      case 'external':
        if (value.package === 'global' && value.path.join('.') === 'process.env') return { kind: 'environment', name };
        return this.external(value.package, [...value.path, name]);
      case 'parameter': {
        const node = value.path.length === 0 ? value.site.node : null;
        if (node && isDeclaredType(node, value.module) && value.module.types?.mayHaveMember(node, name) === false) {
          return absent;
        }
        return { ...value, path: [...value.path, name], optional: true, given: false, site: site ?? value.site };
      }
      case 'unknown':
        if (value.site?.module.types?.mayHaveMember(value.site.node, name) === false) return absent;
        return unknown('member of what is not known', site);
      case 'instance':
        return this.#instanceMember(value, name, site);
      case 'class':
        return this.#staticMember(value, name, site);
      case 'client':
        return this.#clientMember(value, name, site);
      case 'method':
        return this.#memberOfMethod(value, name, site);
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

  #objectMember(object: ObjectValue, name: string, site: Site | null): Value {
    const found: Value[] = [];
    for (let index = object.parts.length - 1; index >= 0; index--) {
      const part = object.parts[index];
      if (!part) continue;
      if ('key' in part) {
        if (part.key !== name) continue;
        if (found.length === 0) return part.member.value;
        return union([...found, part.member.value]);
      }
      const spread = this.#spreadMember(part.spread, name, part.site, site);
      if (spread.kind === 'absent') continue;
      const members = possibilities(spread);
      const present = members.filter((member) => member.kind !== 'absent');
      const uncertain = present.some((member) => member.kind === 'parameter' || member.kind === 'unknown');
      found.push(
        ...present.map((member): Value => (member.kind === 'parameter' ? { ...member, given: false } : member)),
      );
      if (!uncertain && present.length === members.length) return union(found);
    }
    if (found.length === 0) return absent;
    return union([...found, absent]);
  }

  #spreadMember(spread: Value, name: string, spreadSite: Site, site: Site | null): Value {
    return mapValue(spread, (member): Value => {
      if (isTruthy(member) === false) return absent;
      if (member.kind === 'parameter' || member.kind === 'unknown') {
        const trusted = member.kind === 'unknown' || isDeclaredType(spreadSite.node, spreadSite.module);
        if (trusted && spreadSite.module.types?.mayHaveMember(spreadSite.node, name) === false) return absent;
      }
      return this.property(member, name, site);
    });
  }

  #instanceMember(instance: InstanceValue, name: string, site: Site | null): Value {
    const { node, module } = instance.class;
    const members = membersOf(node, module);
    const getter = members.getters.get(name);
    const self: Env = this.#classEnv(instance);
    if (getter) return this.returns({ kind: 'function', node: getter, module, env: self }, []);
    const writes = members.fields.get(name);
    if (writes) {
      const value = this.#field(instance, writes, self);
      if (value.kind !== 'unknown' && !(value.kind === 'absent' || isNullish(value) === true)) return value;
      return this.annotated(members.annotations.get(name), module) ?? value;
    }
    const method = members.methods.get(name);
    if (method) return { kind: 'function', node: method, module, env: self };
    if (node.superClass) {
      const base = this.#base(instance, self);
      if (base) {
        const value = this.property(base, name, site);
        if (value.kind !== 'absent') return value;
      }
    }
    const annotated = this.annotated(members.annotations.get(name), module);
    if (annotated) return annotated;
    return members.annotations.has(name) || node.superClass ? unknown('field', site) : absent;
  }

  /** The instance as its base class sees it: a class of the project, or a client of the catalog. */
  #base(instance: InstanceValue, self: Env): Value | null {
    const { node, module } = instance.class;
    if (!node.superClass) return null;
    const base = this.evaluate(node.superClass, module);
    const members = membersOf(node, module);
    const args = members.superCall ? this.arguments(members.superCall.arguments, module, self) : (instance.args ?? []);
    // Without a constructor of its own, a class hands on what `new` is given.
    const site = members.superCall ? { node: members.superCall, module } : instance.site;
    if (base.kind === 'class') {
      return { kind: 'instance', class: base, args: members.superCall || instance.args ? args : null, site };
    }
    if (base.kind === 'external' || base.kind === 'client') {
      const built = this.construct(base, args, site ?? { node, module }, self);
      return site || built.kind !== 'client' ? built : injected(built.library, built.type);
    }
    return null;
  }

  /** The client that an object of a class of this project is, by its base class; `null` where it is none. */
  clientOf(instance: InstanceValue): ClientValue | null {
    let value: Value | null = instance;
    for (let depth = 0; value?.kind === 'instance' && depth < maxDepth; depth++) {
      value = this.#base(value, this.#classEnv(value));
    }
    return value?.kind === 'client' ? value : null;
  }

  #classEnv(instance: InstanceValue): Env {
    const { node, module } = instance.class;
    const constructorNode = membersOf(node, module).constructorNode;
    const args = new Map<TSESTree.Node, readonly Value[]>();
    if (constructorNode && instance.args) args.set(constructorNode, instance.args);
    return instance.args ? { args, self: instance, depth: 1 } : noEnv;
  }

  #field(instance: InstanceValue, writes: readonly FieldWrite[], self: Env): Value {
    const { module } = instance.class;
    let value: Value | null = null;
    const ordered = [...writes].sort((a, b) => Number(b.certain) - Number(a.certain));
    if (writes.filter((write) => write.path.length === 0).length > maxWrites) {
      return unknown('assigned in many places', null);
    }
    for (const write of ordered) {
      if (write.path.length > 0) continue;
      const next = (): Value => this.evaluate(write.value, module, self);
      if (write.operator === '??=' || write.operator === '||=') {
        value = value === null || isNullish(value) === true ? next() : union([value, next()]);
      } else if (write.operator !== '=') value = unknown('updated', { node: write.node, module });
      else if (value === null || write.certain || isNullish(value) === true) value = next();
      else {
        const other = next();
        // `this.client = null` on shutdown says nothing about the client.
        value = isNullish(other) === true ? value : union([value, other]);
      }
    }
    let result: Value = value ?? absent;
    const below = writes.filter((write) => write.path.length > 0);
    if (below.length > maxMemberWrites || !mayHaveMembers(result)) return result;
    for (const write of below) {
      result = this.#withMember(result, write.path, () => this.evaluate(write.value, module, self), {
        certain: write.certain,
        operator: write.operator,
        site: { node: write.node, module },
      });
    }
    return result;
  }

  #staticMember(value: ClassValue, name: string, site: Site | null): Value {
    const members = membersOf(value.node, value.module);
    const [write] = members.staticFields.get(name) ?? [];
    if (write) return this.evaluate(write.value, value.module);
    const method = members.staticMethods.get(name);
    if (method) return { kind: 'function', node: method, module: value.module, env: noEnv };
    if (value.node.superClass) {
      return this.property(this.evaluate(value.node.superClass, value.module), name, site);
    }
    return unknown('static member', site);
  }

  #clientMember(client: ClientValue, name: string, site: Site | null): Value {
    if (/^(?:bind|call|apply)$/.test(name) && operationOf(client.type, '()')) return { kind: 'method', client, name };
    if (derivationOf(client.type, name) || operationOf(client.type, name)) return { kind: 'method', client, name };
    const member = client.type.members?.[name] ?? client.type.members?.['*'];
    const type = member === undefined ? null : typeNamed(client.library, member);
    if (type) return { ...client, type };
    return unknown(`${name} of ${client.library.name}`, site);
  }

  #memberOfMethod(method: MethodValue, name: string, site: Site | null): Value {
    if (/^(?:bind|call|apply)$/.test(name)) return { ...method, name: `${method.name}.${name}` };
    const member = method.client.type.members?.[method.name] ?? method.client.type.members?.['*'];
    const type = member === undefined ? null : typeNamed(method.client.library, member);
    return type ? this.#clientMember({ ...method.client, type }, name, site) : unknown('member of a method', site);
  }

  #enumMember(node: TSESTree.TSEnumDeclaration, name: string, module: Module): Value {
    let next: number | null = 0;
    for (const member of node.body.members) {
      const key = member.id.type === 'Identifier' ? member.id.name : member.id.value;
      const value: Value = member.initializer
        ? this.evaluate(member.initializer, module)
        : next === null
          ? unknown('enum member', { node: member, module })
          : literal(next, { node: member, module });
      if (key === name) return value;
      next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : null;
    }
    return unknown('enum member', { node, module });
  }

  #self(node: TSESTree.ThisExpression, module: Module, env: Env): Value {
    if (env.self) return env.self;
    const owner = enclosingClass(node);
    if (owner) return { kind: 'instance', class: { kind: 'class', node: owner, module }, args: null, site: null };
    // `this` in a method of an object literal.
    const fn = enclosingFunction(node);
    const property = fn?.parent;
    if (property?.type === 'Property' && property.parent.type === 'ObjectExpression') {
      return this.evaluate(property.parent, module, env);
    }
    return unknown('this', { node, module });
  }

  // Expressions

  #object(node: TSESTree.ObjectExpression, module: Module, env: Env): Value {
    if (node.properties.length > maxProperties) return unknown('a table', { node, module });
    const parts: ObjectValue['parts'][number][] = [];
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        parts.push(...this.partsOf(this.evaluate(property.argument, module, env), { node: property.argument, module }));
        continue;
      }
      const name = property.computed ? this.#computedKey(property.key, module, env) : keyName(property);
      const site: Site = { node: property, module };
      if (name === null) continue;
      const isAccessor = property.kind !== 'init';
      const value = (): Value => {
        if (!isAccessor) return this.evaluate(property.value, module, env);
        return property.kind === 'get' && isFunction(property.value)
          ? this.returns({ kind: 'function', node: property.value, module, env }, [])
          : unknown('accessor', site);
      };
      parts.push({ key: name, member: lazyMember(value, site) });
    }
    return { kind: 'object', parts, site: { node, module } };
  }

  #computedKey(key: TSESTree.Node, module: Module, env: Env): string | null {
    const value = this.evaluate(key, module, env);
    return value.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
  }

  /** What an object is made of when `value` is spread into it. */
  partsOf(value: Value, site: Site): ObjectValue['parts'] {
    if (value.kind === 'object') return value.parts;
    if (isTruthy(value) === false) return [];
    return [{ spread: value, site }];
  }

  #logical(node: TSESTree.LogicalExpression, module: Module, env: Env): Value {
    const left = this.evaluate(node.left, module, env);
    const right = (): Value => this.evaluate(node.right, module, env);
    if (node.operator !== '&&') return this.#either(left, right, node.operator === '??');
    const truthy = isTruthy(left);
    if (truthy === true) return right();
    if (truthy === false) return left;
    return union([literal(undefined, { node: node.left, module }), right()]);
  }

  /** `left ?? right`, or `left || right`. */
  #either(left: Value, right: () => Value, nullish: boolean): Value {
    const kept: Value[] = [];
    let fallsThrough = false;
    for (const member of possibilities(left)) {
      const missing = nullish ? isNullish(member) : negate(isTruthy(member));
      if (missing !== true) kept.push(member.kind === 'parameter' ? { ...member, given: true } : member);
      if (missing !== false) fallsThrough = true;
    }
    return union(fallsThrough ? [...kept, right()] : kept);
  }

  #template(node: TSESTree.TemplateLiteral, site: Site, env: Env): Value {
    let text = node.quasis[0]?.value.cooked ?? '';
    for (const [index, expression] of node.expressions.entries()) {
      const value = this.evaluate(expression, site.module, env);
      if (value.kind !== 'literal') return unknown('template', site);
      text += String(value.value) + (node.quasis[index + 1]?.value.cooked ?? '');
    }
    return literal(text, site);
  }

  #unary(node: TSESTree.UnaryExpression, module: Module, env: Env): Value {
    const site: Site = { node, module };
    const value = this.evaluate(node.argument, module, env);
    if (node.operator === '!') {
      const truthy = isTruthy(value);
      return truthy === null ? unknown('!', site) : literal(!truthy, site);
    }
    if (node.operator === 'void') return literal(undefined, site);
    if (value.kind === 'environment') return node.operator === '+' ? value : unknown(node.operator, site);
    if (value.kind === 'literal' && typeof value.value === 'number') {
      if (node.operator === '-') return literal(-value.value, site);
      if (node.operator === '+') return value;
    }
    if (value.kind === 'literal' && node.operator === '+') return literal(Number(value.value), site);
    return unknown(node.operator, site);
  }

  #binary(node: TSESTree.BinaryExpression, module: Module, env: Env): Value {
    const site: Site = { node, module };
    if (node.left.type === 'PrivateIdentifier') return unknown('in', site);
    const left = this.evaluate(node.left, module, env);
    const right = this.evaluate(node.right, module, env);
    if (left.kind === 'literal' && right.kind === 'literal')
      return literal(fold(node.operator, left.value, right.value), site);
    const nullCheck = right.kind === 'literal' && (right.value === null || right.value === undefined);
    if (nullCheck && /^[!=]==?$/.test(node.operator)) {
      const missing = isNullish(left);
      if (missing !== null) return literal(missing === node.operator.startsWith('='), site);
    }
    const numbers = [left, right].every(
      (side) => side.kind === 'environment' || (side.kind === 'literal' && typeof side.value === 'number'),
    );
    if (numbers && /^[-+*/%]|\*\*$/.test(node.operator)) return left.kind === 'environment' ? left : right;
    return unknown(node.operator, site);
  }

  // Calls

  #call(node: TSESTree.CallExpression, module: Module, env: Env): Value {
    const site: Site = { node, module };
    const callee = unwrap(node.callee);
    if (callee.type === 'Super') return this.#superCall(node, module, env);
    if (callee.type === 'Identifier' && callee.name === 'require' && !variableOf(module, callee)) {
      const [argument] = node.arguments;
      if (argument?.type === 'Literal' && typeof argument.value === 'string') {
        return this.#imported(argument, '*', module);
      }
    }
    const args = (): Value[] => this.arguments(node.arguments, module, env);
    if (callee.type === 'MemberExpression') {
      const name = memberName(callee);
      if (name === 'bind') return this.evaluate(callee.object, module, env);
      if (name === 'call') return this.call(this.evaluate(callee.object, module, env), args().slice(1), site, env);
      if (name === 'then' || name === 'catch' || name === 'finally') {
        return name === 'then' ? unknown('then', site) : this.evaluate(callee.object, module, env);
      }
      if (name === 'filter' && node.arguments[0]?.type === 'Identifier' && node.arguments[0].name === 'Boolean') {
        return this.evaluate(callee.object, module, env);
      }
    }
    const called = this.evaluate(callee, module, env);
    return called.kind === 'unknown' || called.kind === 'parameter'
      ? unknown('call', site)
      : this.call(called, args(), site, env);
  }

  /** What `super(…)` makes of the object: a client where the base class is one. */
  #superCall(node: TSESTree.CallExpression, module: Module, env: Env): Value {
    const site: Site = { node, module };
    const owner = classAround(node);
    const base = owner?.superClass ? this.evaluate(owner.superClass, module, env) : null;
    return base ? this.construct(base, this.arguments(node.arguments, module, env), site, env) : unknown('super', site);
  }

  /** What calling a value gives. */
  call(callee: Value, args: readonly Value[], site: Site, env: Env): Value {
    switch (callee.kind) {
      case 'union':
        return union(callee.members.map((member) => this.call(member, args, site, env)));
      case 'function':
        return this.returns(callee, args);
      case 'method':
        return this.#callMethod(callee, args, site);
      case 'client':
        return operationOf(callee.type, '()')
          ? { kind: 'result', client: callee, operation: '()', site }
          : unknown('call of a client', site);
      case 'policy':
        return this.#callPolicy(callee, args, site);
      case 'external':
        return this.#callExternal(callee.package, callee.path, args, site, env, false);
      default:
        return unknown('call', site);
    }
  }

  /** What `new callee(…)` gives. */
  construct(callee: Value, args: readonly Value[], site: Site, env: Env): Value {
    switch (callee.kind) {
      case 'union':
        return union(callee.members.map((member) => this.construct(member, args, site, env)));
      case 'class': {
        const instance: InstanceValue = { kind: 'instance', class: callee, args, site };
        return instance;
      }
      case 'external':
        return this.#callExternal(callee.package, callee.path, args, site, env, true);
      case 'policy':
        return { ...callee, site, args, built: true };
      case 'client':
        // A client's class that the settings name.
        return { ...callee, site, configs: args.slice(0, 1), origin: 'built', configIndex: 0 };
      default:
        return unknown('new', site);
    }
  }

  #callMethod(method: MethodValue, args: readonly Value[], site: Site): Value {
    const { client } = method;
    if (method.name.endsWith('.bind') || method.name === 'bind') return client;
    const name = method.name.replace(/\.(?:call|apply)$/, '');
    const derivation = derivationOf(client.type, name);
    if (derivation) return this.#derive(client.library, derivation, args, site, client) ?? unknown('derived', site);
    if (operationOf(client.type, name)) return { kind: 'result', client, operation: name, site };
    return unknown('call of a method', site);
  }

  #callExternal(
    packageName: string,
    path: readonly string[],
    args: readonly Value[],
    site: Site,
    env: Env,
    isNew: boolean,
  ): Value {
    const found = resolveExport(packageName, path);
    if (found && found.rest.length === 0) {
      const { library, export: exported } = found;
      if (exported.is === 'class' || exported.is === 'factory') {
        const client = this.#derive(library, exported, args, site, null);
        if (client) return client;
      }
      if (path.length === 0) {
        const value = this.#ofExport(found);
        if (value) return isNew ? this.construct(value, args, site, env) : this.call(value, args, site, env);
      }
    }
    if (packageName !== 'global') return unknown(`${packageName} ${path.join('.')}`, site);
    return isNew ? constructGlobal(path.join('.'), args, site, env) : callGlobal(this, path.join('.'), args, site, env);
  }

  /** A client that a factory, a class or another client makes. */
  #derive(
    library: ClientValue['library'],
    derivation: Omit<Derivation, 'name'>,
    args: readonly Value[],
    site: Site,
    parent: ClientValue | null,
  ): Value | null {
    const type = typeNamed(library, derivation.type);
    if (!type) return null;
    const own = derivation.config === undefined ? [] : [args[configIndexOf(args, derivation.config)] ?? absent];
    const over = derivation.over === undefined ? null : args[derivation.over];
    const from = over?.kind === 'client' ? over : derivation.inherits === true ? parent : null;
    return {
      kind: 'client',
      library,
      type,
      site: derivation.config === undefined && parent ? parent.site : site,
      configs: [...own, ...(from?.configs ?? [])],
      origin: derivation.config === undefined && parent ? parent.origin : 'built',
      target: (derivation.target === undefined ? null : args[derivation.target]) ?? null,
      over: over ?? null,
      configIndex: derivation.config === undefined ? null : configIndexOf(args, derivation.config),
    };
  }

  #callPolicy(policy: PolicyValue, args: readonly Value[], site: Site): Value {
    const { operation } = policy.policy;
    if (!policy.built && (policy.policy.runs ?? policy.policy.run ?? policy.policy.makes)) {
      return { ...policy, site, args, built: true };
    }
    const run = operation === undefined ? undefined : args[operation];
    if (run?.kind === 'function') return this.returns(run, [unknown('policy context', site)]);
    return run ?? unknown('policy', site);
  }

  /** What a function returns when it is called with `args`. */
  returns(fn: FunctionValue, args: readonly Value[]): Value {
    const { node, module } = fn;
    const site: Site = { node, module };
    if (node.generator || fn.env.depth >= maxDepth) return unknown('call', site);
    const env: Env = {
      args: new Map([...fn.env.args, [node, args]]),
      self: fn.env.self,
      depth: fn.env.depth + 1,
    };
    if (node.body.type !== 'BlockStatement') return this.evaluate(node.body, module, env);
    const found: Value[] = [];
    const ended = this.#run(node.body.body, module, env, found);
    if (!ended) found.push(literal(undefined, site));
    return union(found);
  }

  /** Collects what statements return; whether they surely end the function. */
  #run(statements: readonly TSESTree.Statement[], module: Module, env: Env, found: Value[]): boolean {
    for (const statement of statements) {
      if (this.#runOne(statement, module, env, found)) return true;
    }
    return false;
  }

  #runOne(statement: TSESTree.Statement, module: Module, env: Env, found: Value[]): boolean {
    switch (statement.type) {
      case 'ReturnStatement':
        found.push(
          statement.argument
            ? this.evaluate(statement.argument, module, env)
            : literal(undefined, { node: statement, module }),
        );
        return true;
      case 'ThrowStatement':
        return true;
      case 'BlockStatement':
        return this.#run(statement.body, module, env, found);
      case 'IfStatement': {
        const test = isTruthy(this.evaluate(statement.test, module, env));
        const consequent = test !== false && this.#runOne(statement.consequent, module, env, found);
        const alternate =
          test !== true && statement.alternate !== null && this.#runOne(statement.alternate, module, env, found);
        if (test === true) return consequent;
        if (test === false) return alternate;
        return consequent && alternate;
      }
      case 'TryStatement': {
        const tried = this.#run(statement.block.body, module, env, found);
        const handled = statement.handler ? this.#run(statement.handler.body.body, module, env, found) : tried;
        const finished = statement.finalizer ? this.#run(statement.finalizer.body, module, env, found) : false;
        return finished || (tried && handled);
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'LabeledStatement': {
        this.#runOne(statement.body, module, env, found);
        return statement.type === 'WhileStatement' && isTruthy(this.evaluate(statement.test, module, env)) === true;
      }
      case 'SwitchStatement':
        for (const { consequent } of statement.cases) this.#run(consequent, module, env, found);
        return false;
      default:
        return false;
    }
  }
}

/** Whether a string, number or boolean has a member of this name. */
function isMemberOfPrimitive(name: string): boolean {
  return [String, Number, Boolean, BigInt].some(({ prototype }) => name in prototype);
}

/** The class that a node stands in. */
function classAround(node: TSESTree.Node): ClassNode | null {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'ClassDeclaration' || parent.type === 'ClassExpression') return parent;
  }
  return null;
}

/** Which argument holds the configuration: the first that is an object, else the last that may. */
export function configIndexOf(args: readonly Value[], position: Position): number {
  if (typeof position === 'number') return position;
  if (position === 'last') return Math.max(0, args.length - 1);
  for (const kind of ['object', 'parameter']) {
    const found = position.find((index) => possibilities(args[index] ?? absent).some((member) => member.kind === kind));
    if (found !== undefined) return found;
  }
  return position[args.length === 0 ? 0 : position.length - 1] ?? 0;
}

/** A client of a known type whose construction is not visible. */
export function injected(library: ClientValue['library'], type: ClientValue['type']): ClientValue {
  return {
    kind: 'client',
    library,
    type,
    site: null,
    configs: [],
    origin: 'injected',
    target: null,
    configIndex: null,
  };
}

function annotationOf(parameter: TSESTree.Parameter, target: TSESTree.Node): TSESTree.TSTypeAnnotation | undefined {
  let binding: TSESTree.Node = parameter;
  if (binding.type === 'TSParameterProperty') binding = binding.parameter;
  if (binding.type === 'AssignmentPattern') binding = binding.left;
  return binding === target && 'typeAnnotation' in binding ? binding.typeAnnotation : undefined;
}

function isTopLevel(variable: Variable): boolean {
  return /^(?:module|global)$/.test(variable.scope.type);
}

/** Whether a parameter's type is written down, and not guessed from its default as in JavaScript. */
function isDeclaredType(node: TSESTree.Node, module: Module): boolean {
  return !/\.[cm]?jsx?$/.test(module.path) || (node.type === 'Identifier' && node.typeAnnotation !== undefined);
}

/** Whether members that are written below a value matter: of objects, clients, and what may be one. */
function mayHaveMembers(value: Value): boolean {
  return possibilities(value).some(({ kind }) => /^(?:object|client|external|parameter|unknown)$/.test(kind));
}

/** A variable of the module scope by its name: for names that stand in types and export lists. */
function findByName(module: Module, identifier: TSESTree.Identifier): Variable | null {
  for (const scope of module.scopes.scopes.slice(0, 2)) {
    const variable = scope.set.get(identifier.name);
    if (variable && variable.defs.length > 0) return variable;
  }
  return null;
}

/** A node that stands behind everything in a module. */
function endOf(module: Module): TSESTree.Node {
  const last = module.ast.body[module.ast.body.length - 1];
  const end = module.ast.range[1];
  return { ...(last ?? module.ast), parent: module.ast, range: [end, end] } as TSESTree.Node;
}

/** What is left of an object when named members are taken out. */
function withoutMembers(value: Value, names: readonly (string | null)[]): Value {
  return mapValue(value, (member) =>
    member.kind === 'object'
      ? { ...member, parts: member.parts.filter((part) => !('key' in part) || !names.includes(part.key)) }
      : member,
  );
}

function negate(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

/** A binary operator on two known primitives. */
function fold(operator: string, left: unknown, right: unknown): string | number | boolean | undefined {
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return String(left) + String(right);
  const a = left as number;
  const b = right as number;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '==':
      return left === right || ((left ?? null) === null && (right ?? null) === null);
    case '!=':
      return !(left === right || ((left ?? null) === null && (right ?? null) === null));
    default:
      return undefined;
  }
}
