/**
 * What running each function of a file does, as far as downstream calls go: in which order, at the same time, again when it fails,
 * under which policies, and where a failure ends. One walk a function; what it calls is named by its id.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { calleeOf, type CallNode, type DownstreamCall } from '../analysis/calls.js';
import { partsOfPolicy, type PolicyRun } from '../analysis/isolation/policies.js';
import {
  childrenOf,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  walk,
  wrapped,
  type Module,
} from '../analysis/module.js';
import { totalWait } from '../analysis/retries/judge.js';
import type { RetryScope } from '../analysis/retries/scope.js';
import { possibilities, type FunctionNode, type FunctionValue } from '../analysis/values.js';
import { endsFailure } from './failure.js';
import { entryOf, functionId, moduleName, type Entry } from './functions.js';
import { policyLimit } from './limits.js';
import type { Step } from './inventory.js';
import type { Places } from './places.js';
import type { Around } from './practices.js';
import type { Through } from './wrappers.js';

/** What a builder tells about what it meets. */
export interface FlowSink {
  /** A downstream call in the code; gives the ids of its call sites. */
  readonly call: (call: DownstreamCall, around: readonly Around[]) => readonly string[];
  /** A call of a wrapper; gives what stands in place of the wrapper's own calls, by their ids. */
  readonly through: (node: CallNode, fn: FunctionValue, around: readonly Around[]) => Through | null;
  /** An object of a class of the project is made: the id is its constructor's. */
  readonly construction: (id: string, node: TSESTree.NewExpression, module: Module) => void;
  /** A function is registered with something outside of the project. */
  readonly entry: (id: string, entry: Entry) => void;
}

const nothing: Step = { seq: [] };
const iteration = /^(?:map|flatMap|forEach|filter|reduce|reduceRight|some|every|find|findIndex)$/;
const later = /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|waitUntil|after)$/;

/** Builds the flows of one file. */
export class FlowBuilder {
  readonly #facts: Facts;
  readonly #module: Module;
  readonly #places: Places;
  readonly #sink: FlowSink;
  readonly #scopes = new Map<TSESTree.Node, RetryScope>();
  readonly #inlined = new Set<TSESTree.Node>();
  #around: Around[] = [];

  constructor(facts: Facts, places: Places, sink: FlowSink) {
    this.#facts = facts;
    this.#module = facts.module;
    this.#places = places;
    this.#sink = sink;
    for (const scope of facts.retries) {
      if (scope.kind !== 'client' && scope.installed !== true) this.#scopes.set(scope.node, scope);
    }
  }

  /** The code outside of any function, then each function that is not run right where it is made. */
  flows(): readonly { readonly id: string; readonly node: FunctionNode | null; readonly steps: Step }[] {
    const { ast } = this.#module;
    const found: { id: string; node: FunctionNode | null; steps: Step }[] = [];
    found.push({
      id: `${this.#places.path(this.#module.path)}#${moduleName}`,
      node: null,
      steps: this.#sequence(ast.body),
    });
    const functions: FunctionNode[] = [];
    walk(ast, this.#module, (node) => {
      if (isFunction(node)) functions.push(node);
      return undefined;
    });
    // Outer ones first: they say which inner ones they run themselves.
    for (const node of functions) {
      if (this.#inlined.has(node)) continue;
      this.#around = [];
      found.push({ id: functionId(node, this.#module, this.#places), node, steps: this.#body(node) });
    }
    return found;
  }

  #body(fn: FunctionNode): Step {
    const scope = this.#scopes.get(fn);
    const inside = (): Step => seq([...fn.params.map((parameter) => this.#step(parameter)), this.#step(fn.body)]);
    return scope ? this.#retry(scope, inside) : inside();
  }

  #sequence(nodes: readonly TSESTree.Node[]): Step {
    return seq(nodes.map((node) => this.#step(node)));
  }

  #children(node: TSESTree.Node): Step {
    return this.#sequence(childrenOf(node, this.#module.visitorKeys));
  }

  #step(node: TSESTree.Node | null | undefined): Step {
    if (!node) return nothing;
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return nothing;
      case 'CallExpression':
      case 'NewExpression':
      case 'TaggedTemplateExpression':
        return this.#call(node);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#loop(node);
      case 'IfStatement':
      case 'ConditionalExpression':
        return seq([this.#step(node.test), alt([this.#step(node.consequent), this.#step(node.alternate)])]);
      case 'SwitchStatement':
        return seq([
          this.#step(node.discriminant),
          alt(node.cases.map(({ test, consequent }) => seq([this.#step(test), this.#sequence(consequent)]))),
        ]);
      case 'TryStatement':
        return this.#try(node);
      case 'UnaryExpression':
        return node.operator === 'void' ? detached(this.#step(node.argument)) : this.#step(node.argument);
      default:
        return /^TS(?!As|NonNull|Satisfies|TypeAssertion|Instantiation|ParameterProperty|ExportAssignment)/.test(
          node.type,
        )
          ? nothing
          : this.#children(node);
    }
  }

  #loop(node: TSESTree.Node): Step {
    const scope = this.#scopes.get(node);
    return scope ? this.#retry(scope, () => this.#children(node)) : each(this.#children(node), false);
  }

  #try(node: TSESTree.TryStatement): Step {
    const block =
      node.handler && endsFailure(node.handler.body, node.handler.param, this.#module)
        ? this.#caught(node.handler, () => this.#step(node.block))
        : this.#step(node.block);
    return seq([block, this.#step(node.handler?.body), this.#step(node.finalizer)]);
  }

  #caught(at: TSESTree.Node, inside: () => Step): Step {
    const step = this.#inside({ kind: 'caught', at: { node: at, module: this.#module } }, inside);
    return isNothing(step) ? step : { caught: step, at: this.#places.evidence(at, this.#module) };
  }

  #retry(scope: RetryScope, inside: () => Step): Step {
    const step = this.#inside({ kind: 'retry', scope }, inside);
    if (isNothing(step)) return step;
    return {
      retry: step,
      name: scope.name,
      attempts: scope.attempts,
      endless: scope.limit === 'unbounded' || scope.limit === 'fatal',
      waitMs: totalWait(scope),
      at: this.#places.evidence(scope.head.node, scope.module),
    };
  }

  #inside(around: Around, inside: () => Step): Step {
    this.#around.push(around);
    const step = inside();
    this.#around.pop();
    return step;
  }

  // Calls

  #call(node: CallNode): Step {
    if (node.type === 'TaggedTemplateExpression') {
      const call = this.#facts.callAt(node, this.#module);
      return seq([this.#step(node.quasi), call ? this.#downstream(call) : nothing]);
    }
    const callee = calleeOf(node);
    const receiver = callee.type === 'MemberExpression' ? callee.object : null;
    const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
    const call = node.type === 'CallExpression' ? this.#facts.callAt(node, this.#module) : null;
    if (call) return seq([this.#step(receiver), this.#arguments(node), this.#downstream(call), this.#callbacks(node)]);

    const run = this.#facts.isolation.policyRunAt(node);
    const scope = this.#scopes.get(node);
    if (scope || run) return seq([this.#step(receiver), this.#policy(node, scope ?? null, run)]);

    if (/^Promise\.(?:all|allSettled|race|any)$/.test(this.#module.text.slice(...callee.range)))
      return this.#combinator(node, method ?? '');
    if (receiver && method !== null && /^(?:then|catch|finally)$/.test(method))
      return this.#chain(node, receiver, method);
    if (method !== null && iteration.test(method) && node.arguments.length > 0 && takesCallback(node))
      return seq([this.#step(receiver), each(this.#functionOf(node.arguments[0]), this.#isAtOnce(node))]);
    if (later.test(method ?? (callee.type === 'Identifier' ? callee.name : '')))
      return seq([this.#arguments(node), detached(seq(node.arguments.map((argument) => this.#functionOf(argument))))]);
    if (isFunction(callee)) return seq([this.#arguments(node), this.#inline(callee)]);
    return seq([this.#step(receiver ?? (callee.type === 'Identifier' ? null : callee)), this.#ordinary(node)]);
  }

  /** A call of a function of the project, or of something outside of it. */
  #ordinary(node: TSESTree.CallExpression | TSESTree.NewExpression): Step {
    const targets = this.#targets(node);
    if (targets.length > 0) return seq([this.#arguments(node), alt(targets), this.#callbacks(node)]);
    if (this.#isWaitedFor(node)) {
      return seq([this.#arguments(node), seq(node.arguments.map((argument) => this.#functionOf(argument)))]);
    }
    this.#register(node);
    return this.#arguments(node);
  }

  /** The functions of the project that a call runs. */
  #targets(node: TSESTree.CallExpression | TSESTree.NewExpression): readonly Step[] {
    const callee = calleeOf(node);
    const { evaluator } = this.#facts;
    const steps: Step[] = [];
    for (const value of possibilities(evaluator.callee(callee, this.#module))) {
      if (value.kind === 'function') {
        const through = this.#sink.through(node, value, this.#around);
        const id = functionId(value.node, value.module, this.#places);
        steps.push({ run: id, ...(through && { instead: through.instead }) });
      }
      if (value.kind === 'class' && node.type === 'NewExpression') {
        const made = value.node.body.body.find(
          (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
        );
        if (made?.type === 'MethodDefinition' && isFunction(made.value)) {
          const id = functionId(made.value, value.module, this.#places);
          this.#sink.construction(id, node, this.#module);
          steps.push({ run: id });
        }
      }
    }
    if (steps.length > 0 || node.type === 'NewExpression') return steps;
    // What the value does not show, its declaration may: an injected service.
    const declared = this.#module.types?.signatureOf(node);
    if (declared?.package !== null || declared.name === null || !declared.hasBody) return steps;
    const name = declared.owner === null ? declared.name : `${declared.owner}.${declared.name}`;
    return [{ run: `${this.#places.path(declared.file)}#${name}` }];
  }

  #downstream(call: DownstreamCall): Step {
    return alt(this.#sink.call(call, [...this.#around]).map((id) => ({ call: id })));
  }

  #policy(
    node: TSESTree.CallExpression | TSESTree.NewExpression,
    scope: RetryScope | null,
    run: PolicyRun | null,
  ): Step {
    const operation = run?.operation ?? null;
    const runs = scope?.runs.map((one) => one.node) ?? [];
    const isPart = (argument: TSESTree.Node): boolean =>
      argument === operation || runs.some((one) => one === unwrap(argument)) || isFunction(unwrap(argument));
    const before = seq(node.arguments.filter((argument) => !isPart(argument)).map((argument) => this.#step(argument)));
    const operate = (): Step => {
      if (operation) return this.#functionOf(operation as TSESTree.CallExpressionArgument);
      const inside = (scope?.runs ?? []).map((one) =>
        isFunction(one.node)
          ? one.module === this.#module && node.arguments.some((argument) => unwrap(argument) === one.node)
            ? this.#inline(one.node)
            : { run: functionId(one.node, one.module, this.#places) }
          : this.#step(one.node),
      );
      return inside.length > 0 ? alt(inside) : this.#callbacks(node);
    };
    const { evaluator } = this.#facts;
    const parts = run?.policy ? partsOfPolicy(evaluator, run.policy) : [];
    const kinds = (run?.kinds ?? []).filter((kind) => kind !== 'retry' && kind !== 'wrap');
    const limitMs = policyLimit(evaluator, parts);
    const under = (inside: () => Step): Step => {
      if (kinds.length === 0) return inside();
      const step = this.#inside(
        { kind: 'under', kinds, at: { node: run?.node ?? node, module: this.#module } },
        inside,
      );
      return isNothing(step)
        ? step
        : { under: step, kinds, limitMs, at: this.#places.evidence(run?.node ?? node, this.#module) };
    };
    const again = (inside: () => Step): Step => (scope ? this.#retry(scope, inside) : inside());
    const timeout = parts.findIndex(({ policy }) => policy.kind === 'timeout');
    const retry = parts.findIndex(({ policy }) => policy.kind === 'retry');
    const outside = timeout >= 0 && retry >= 0 && timeout < retry;
    return seq([before, outside ? under(() => again(operate)) : again(() => under(operate))]);
  }

  #combinator(node: TSESTree.CallExpression | TSESTree.NewExpression, method: string): Step {
    const [first] = node.arguments;
    const list = first ? unwrap(first) : null;
    const inside = (): Step =>
      list?.type === 'ArrayExpression' ? par(list.elements.map((element) => this.#step(element))) : this.#step(first);
    return method === 'allSettled' ? this.#caught(node, inside) : inside();
  }

  #chain(node: TSESTree.CallExpression | TSESTree.NewExpression, receiver: TSESTree.Node, method: string): Step {
    const [first, second] = node.arguments;
    const handler = method === 'catch' ? first : method === 'then' ? second : undefined;
    const fn = handler && unwrap(handler);
    const ends = isFunction(fn) && endsFailure(fn.body, fn.params[0] ?? null, this.#module);
    const before = ends ? this.#caught(fn, () => this.#step(receiver)) : this.#step(receiver);
    return seq([before, ...node.arguments.map((argument) => this.#functionOf(argument))]);
  }

  /** What running an argument does: a function that stands there, one that it names, or what is worked out for it. */
  #functionOf(argument: TSESTree.CallExpressionArgument | undefined): Step {
    if (!argument || argument.type === 'SpreadElement') return this.#step(argument);
    const inner = unwrap(argument);
    if (isFunction(inner)) return this.#inline(inner);
    if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return this.#step(inner);
    return alt(this.#named(inner).map((id) => ({ run: id })));
  }

  #named(node: TSESTree.Node): readonly string[] {
    return possibilities(this.#facts.evaluator.callee(node, this.#module)).flatMap((value) =>
      value.kind === 'function' ? [functionId(value.node, value.module, this.#places)] : [],
    );
  }

  #inline(fn: FunctionNode): Step {
    this.#inlined.add(fn);
    return this.#body(fn);
  }

  /** What is worked out for the arguments, functions aside. */
  #arguments(node: TSESTree.CallExpression | TSESTree.NewExpression): Step {
    return this.#sequence(node.arguments);
  }

  #callbacks(node: TSESTree.CallExpression | TSESTree.NewExpression): Step {
    return seq(
      node.arguments.flatMap((argument) => {
        const inner = unwrap(argument);
        return isFunction(inner) ? [this.#inline(inner)] : [];
      }),
    );
  }

  /** Functions that are given to something outside of the project, to be called some time. */
  #register(node: TSESTree.CallExpression | TSESTree.NewExpression): void {
    const functions = node.arguments.flatMap((argument): (FunctionNode | TSESTree.Node)[] => {
      const inner = unwrap(argument);
      if (inner.type !== 'ObjectExpression') return [inner];
      return inner.properties.flatMap((property) => (property.type === 'Property' ? [unwrap(property.value)] : []));
    });
    for (const inner of functions) {
      if (isFunction(inner))
        this.#sink.entry(functionId(inner, this.#module, this.#places), entryOf(node, this.#module));
      else if (inner.type === 'Identifier' || inner.type === 'MemberExpression')
        for (const id of this.#named(inner)) this.#sink.entry(id, entryOf(node, this.#module));
    }
  }

  /** Whether somebody waits for what a call gives: the functions that it gets run before that. */
  #isWaitedFor(node: TSESTree.Node): boolean {
    if (node.type === 'NewExpression') {
      return node.callee.type === 'Identifier' && node.callee.name === 'Promise';
    }
    if (!enclosingFunction(node)) return node.parent?.type === 'AwaitExpression';
    const outer = wrapped(node);
    if (outer !== node && outer.type === 'AwaitExpression') return true;
    return /^(?:AwaitExpression|ReturnStatement|ArrowFunctionExpression|ArrayExpression|VariableDeclarator)$/.test(
      outer.parent?.type ?? '',
    );
  }

  /** `Promise.all(list.map(…))` */
  #isAtOnce(node: TSESTree.Node): boolean {
    const outer = wrapped(node).parent;
    return (
      outer?.type === 'CallExpression' &&
      /^Promise\.(?:all|allSettled)$/.test(this.#module.text.slice(...outer.callee.range))
    );
  }
}

function takesCallback(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const [first] = node.arguments;
  const inner = first ? unwrap(first) : null;
  return isFunction(inner) || inner?.type === 'Identifier' || inner?.type === 'MemberExpression';
}

// Steps, with nothing in them left out

const isNothing = (step: Step): boolean => 'seq' in step && step.seq.length === 0;

function seq(steps: readonly Step[]): Step {
  const flat = steps.flatMap((step) => ('seq' in step ? step.seq : [step]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { seq: flat };
}

function some(steps: readonly Step[], kind: 'par' | 'alt'): Step {
  const left = steps.filter((step) => !isNothing(step));
  const [only] = left;
  if (!only) return nothing;
  if (left.length === 1) return only;
  return kind === 'par' ? { par: left } : { alt: left };
}

const par = (steps: readonly Step[]): Step => some(steps, 'par');
const alt = (steps: readonly Step[]): Step => some(steps, 'alt');
const each = (step: Step, atOnce: boolean): Step => (isNothing(step) ? step : { each: step, atOnce });
const detached = (step: Step): Step => (isNothing(step) ? step : { detached: step });
