/**
 * What expressions evaluate to, through variables, objects, classes, calls and other files, without running anything.
 * Work is bounded: what the budget cuts off is `unknown`, and counted.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import { countCutOff } from './budget.js';
import { hasOwnLibraries } from './libraries.js';
import { unwrap, type Module, type Variable } from './module.js';
import type { Modules, Resolution } from './modules.js';
import {
  isTruthy,
  knownElements,
  literal,
  noEnv,
  possibilities,
  union,
  unknown,
  type ClientValue,
  type Env,
  type FunctionValue,
  type InstanceValue,
  type Site,
  type Value,
} from './values.js';
import {
  templateLiteral,
  objectExpression,
  logicalExpression,
  unaryExpression,
  binaryExpression,
} from './evaluation/expressions.js';
import { identifierValue, variableValue } from './evaluation/variables.js';
import { thisExpression, clientOfInstance } from './evaluation/instances.js';
import { memberExpression, propertyOf } from './evaluation/properties.js';
import { callExpression, callValue, constructValue, returnedValue } from './evaluation/invocations.js';
import { importedValue, exportedValue, externalValue } from './evaluation/exports.js';
import { annotatedValue } from './evaluation/annotations.js';

/** Steps that one question may take. */
const maxSteps = 6000;

/** Steps that all questions about one file may take together. */
const maxFileSteps = 600_000;

export const maxDepth = 8;

/** Expressions that may be looked at inside one another. */
const maxNesting = 110;

/** Evaluates expressions of the modules of one program. */
export class Evaluator {
  readonly modules: Modules;
  #calleeOnly = false;
  #alone = false;
  #steps = 0;
  #fileSteps = 0;
  #isCutOff = false;
  #nesting = 0;
  #cycles = 0;
  /** What was left out because only a callee was asked for. */
  #cuts = 0;
  readonly #memo = new WeakMap<TSESTree.Node, Value>();
  /** What is good enough where only a callee is asked for. */
  readonly #callees = new WeakMap<TSESTree.Node, Value>();
  readonly #active = new Map<TSESTree.Node, Env[]>();

  constructor(modules: Modules) {
    this.modules = modules;
  }

  /** What `node` may be. Without `env` the functions around it are looked at from the outside. */
  evaluate(node: TSESTree.Node, module: Module, env: Env = noEnv): Value {
    const inner = unwrap(node);
    if (env === noEnv) {
      const memo = this.#memo.get(inner) ?? (this.#calleeOnly ? this.#callees.get(inner) : undefined);
      if (memo) return memo;
    }
    const active = this.#active.get(inner) ?? [];
    if (active.length > 2 || active.some((other) => other === env || other.args === env.args)) {
      this.forget();
      return unknown('refers to itself', { node: inner, module });
    }
    if (this.#nesting > maxNesting) {
      this.forget();
      return unknown('too deep', { node: inner, module });
    }
    if (this.#nesting === 0) {
      this.#steps = 0;
      this.#isCutOff = false;
    }
    if (++this.#fileSteps > maxFileSteps || ++this.#steps > maxSteps) {
      if (!this.#isCutOff) countCutOff();
      this.#isCutOff = true;
      return unknown('budget', { node: inner, module });
    }
    const cycles = this.#cycles;
    const cuts = this.#cuts;
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
    if (env === noEnv && cycles === this.#cycles && !this.#isCutOff) {
      (cuts === this.#cuts ? this.#memo : this.#callees).set(inner, value);
    }
    return value;
  }

  #evaluate(node: TSESTree.Node, module: Module, env: Env): Value {
    const site: Site = { node, module };
    switch (node.type) {
      case 'Literal':
        return 'regex' in node ? { kind: 'platform', name: 'RegExp', args: [], site } : literal(node.value, site);
      case 'TemplateLiteral':
        return templateLiteral(this, node, site, env);
      case 'Identifier':
        return identifierValue(this, node, module, env);
      case 'ThisExpression':
        return thisExpression(this, node, module, env);
      case 'MemberExpression':
        return memberExpression(this, node, module, env);
      case 'ObjectExpression':
        return objectExpression(this, node, module, env);
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
        return logicalExpression(this, node, module, env);
      case 'SequenceExpression':
        return this.evaluate(node.expressions[node.expressions.length - 1] as TSESTree.Expression, module, env);
      case 'AssignmentExpression':
        return node.operator === '=' || node.operator === '??=' || node.operator === '||='
          ? this.evaluate(node.right, module, env)
          : unknown('assignment', site);
      case 'UnaryExpression':
        return unaryExpression(this, node, module, env);
      case 'BinaryExpression':
        return binaryExpression(this, node, module, env);
      case 'CallExpression':
        return callExpression(this, node, module, env);
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
          ? importedValue(this, node.source, '*', module)
          : unknown('dynamic import', site);
      default:
        return unknown(node.type, site);
    }
  }

  /**
   * What a callee may be, without a look into files that can lead to no client, and without asking the types which members
   * are there: enough to tell what is called.
   */
  callee(node: TSESTree.Node, module: Module, env: Env = noEnv): Value {
    return this.#asking(true, () => this.evaluate(node, module, env));
  }

  /** Answers a question in full, although perhaps only a callee is being asked for: the answer is kept. */
  fully(question: () => Value): Value {
    return this.#asking(false, question);
  }

  #asking(calleeOnly: boolean, question: () => Value): Value {
    const before = this.#calleeOnly;
    this.#calleeOnly = calleeOnly;
    try {
      return question();
    } finally {
      this.#calleeOnly = before;
    }
  }

  /** Whether an expression of a module can have a member, by its type; `null` where that cannot be told or matters not. */
  mayHaveMember({ node, module }: Site, name: string): boolean | null {
    if (!module.types) return null;
    if (this.#calleeOnly) {
      this.#cuts++;
      return null;
    }
    return module.types.mayHaveMember(node, name);
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

  /** What a variable is when `use` is evaluated. */
  variable(variable: Variable, module: Module, around: Env, use: TSESTree.Node): Value {
    return variableValue(this, variable, module, around, use);
  }

  /** What is found now depends on who asks: it is not remembered. */
  forget(): void {
    this.#cycles++;
  }

  /** Whether it is being asked without what other modules set. */
  get isAlone(): boolean {
    return this.#alone;
  }

  /** Asks without what other modules set: they are gone through once, from the module that asked first. */
  alone(question: () => Value): Value {
    this.#alone = true;
    try {
      return question();
    } finally {
      this.#alone = false;
    }
  }

  /** A client that a type annotation names, without being able to see where it is built. */
  annotated(annotation: TSESTree.TSTypeAnnotation | undefined | null, module: Module): Value | null {
    return annotatedValue(this, annotation, module);
  }

  /** The module that an import leads to; nothing while only clients are looked for and it can lead to none. */
  open(resolution: Resolution): Module | null {
    if (resolution.kind !== 'module') return null;
    if (this.#calleeOnly && !hasOwnLibraries() && !resolution.mayLeadToClient()) {
      this.#cuts++;
      return null;
    }
    return resolution.load();
  }

  /** What a module exports under a name: `*` for all of it. */
  exported(module: Module, name: string): Value {
    return exportedValue(this, module, name);
  }

  /** A name of a package or of the platform: what the catalog says of it, else itself. */
  external(packageName: string, path: readonly string[]): Value {
    return externalValue(this, packageName, path);
  }

  /** A member of a value. */
  property(value: Value, name: string, site: Site | null): Value {
    return propertyOf(this, value, name, site);
  }

  /** The client that an object of a class of this project is, by its base class; `null` where it is none. */
  clientOf(instance: InstanceValue): ClientValue | null {
    return clientOfInstance(this, instance);
  }

  /** What calling a value gives. */
  call(callee: Value, args: readonly Value[], site: Site, env: Env): Value {
    return callValue(this, callee, args, site, env);
  }

  /** What `new callee(…)` gives. */
  construct(callee: Value, args: readonly Value[], site: Site, env: Env): Value {
    return constructValue(this, callee, args, site, env);
  }

  /** What a function returns when it is called with `args`. */
  returns(fn: FunctionValue, args: readonly Value[]): Value {
    return returnedValue(this, fn, args);
  }
}
