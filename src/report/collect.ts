/** Gathers the inventory of a code base, file by file. No node outlives its file: what is kept is data. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../analysis/analyze.js';
import { argumentNodes, calleeOf, type CallNode, type DownstreamCall } from '../analysis/calls.js';
import { schemeOf, targetOfArgument, targetOfCall } from '../analysis/downstreams.js';
import { exposureOf } from '../analysis/exposure.js';
import type { IneffectiveBound } from '../analysis/ineffective.js';
import type { Module } from '../analysis/module.js';
import { inSettings, isIgnored } from '../analysis/naming.js';
import {
  noEnv,
  possibilities,
  type Env,
  type FunctionNode,
  type FunctionValue,
  type ParameterValue,
  type Site,
} from '../analysis/values.js';
import type { OpenFile } from '../project/open.js';
import { compareText } from '../project/paths.js';
import { FlowBuilder, type FlowSink } from './flow.js';
import { entryOfDecorators, functionId, qualifiedName, type Entry } from './functions.js';
import type { CallSite, FunctionFlow, NamedDownstream, Step } from './inventory.js';
import { Places } from './places.js';
import { practicesOf, type Around } from './practices.js';
import { injectionsIn, type TestedFailure } from './tests.js';
import { wrappedCalls, type Through } from './wrappers.js';

/** What was gathered. */
export interface Collected {
  readonly calls: readonly CallSite[];
  readonly functions: readonly FunctionFlow[];
  readonly named: readonly NamedDownstream[];
  readonly tested: readonly TestedFailure[];
  readonly hasTests: boolean;
}

/** A call whose downstream is an argument of a constructor: named by those who make the object. */
interface Awaiting {
  readonly site: CallSite;
  readonly constructor: string;
  readonly parameter: ParameterValue;
}

/** Gathers what one file after the other has. */
export class Collector {
  readonly #places: Places;
  readonly #sites = new Map<string, CallSite>();
  readonly #flows = new Map<string, FunctionFlow>();
  readonly #entries = new Map<string, Entry>();
  readonly #named = new Map<string, NamedDownstream>();
  readonly #tested: TestedFailure[] = [];
  #hasTests = false;
  /** Calls of wrappers that were counted at a caller, and those that some caller leaves without a name. */
  readonly #counted = new Set<string>();
  readonly #unnamed = new Set<string>();
  /** The client's own call behind a call site that stands at a caller. */
  readonly #behind = new Map<string, string>();
  /** Limits that do not bind, by the call that they are meant for. */
  readonly #ineffective = new Map<string, Pick<CallSite, 'timeout'> & Pick<CallSite['cost'], 'attemptMs'>>();
  readonly #awaiting: Awaiting[] = [];
  /** Names that constructions give, by the constructor's id and what of its arguments is asked for. */
  readonly #given = new Map<string, (string | null)[]>();
  readonly #constructions: { readonly id: string; readonly node: TSESTree.NewExpression; readonly facts: Facts }[] = [];

  /** @param base the directory that paths are relative to; absolute */
  constructor(base: string) {
    this.#places = new Places(base);
  }

  /** Adds a file. */
  add({ facts, settings }: OpenFile, service: string, isTest: boolean): void {
    for (const { name, critical } of settings.downstreams) this.#named.set(name, { name, critical: critical === true });
    if (isTest) this.#hasTests = true;
    if (!facts) return;
    const sink: FlowSink = {
      call: (call, around) => (isTest ? [] : this.#call(facts, call, around, service)),
      through: (node, fn, around) => (isTest ? null : this.#through(facts, node, fn, around, service)),
      entry: (id, entry) => {
        if (!this.#entries.has(id)) this.#entries.set(id, entry);
      },
      construction: (id, node) => {
        this.#constructions.push({ id, node, facts });
      },
    };
    if (!isTest) this.#noteIneffective(facts);
    const flows = new FlowBuilder(facts, this.#places, sink).flows();
    if (isTest) this.#tested.push(...injectionsIn(facts, flows, this.#places));
    for (const { id, node, steps } of flows) {
      if ('seq' in steps && steps.seq.length === 0) continue;
      this.#flows.set(id, this.#flow(facts, id, node, steps, service, isTest));
    }
  }

  #noteIneffective(facts: Facts): void {
    for (const { fault, call, report } of facts.ineffective) {
      const text = faults[fault];
      if (!call || text === undefined) continue;
      this.#ineffective.set(this.#id({ node: call.node, module: call.module }), {
        timeout: {
          answer: 'no',
          text: `its limit does not bind: ${text}`,
          wrong: true,
          evidence: [this.#places.evidence(report, facts.module)],
        },
        attemptMs: facts.defaultWaitOf(call),
      });
    }
  }

  #flow(
    facts: Facts,
    id: string,
    node: FunctionNode | null,
    steps: Step,
    service: string,
    isTest: boolean,
  ): FunctionFlow {
    const { module } = facts;
    const place = this.#places.place(node ?? module.ast, module);
    const decorated = node && entryOfDecorators(node);
    if (decorated) this.#entries.set(id, decorated);
    const entry: FunctionFlow['entry'] = isTest
      ? 'test'
      : !node
        ? 'main'
        : isReachable(node, module)
          ? 'exported'
          : null;
    return { id, service, ...place, name: node ? qualifiedName(node) : place.path, entry, steps };
  }

  #call(facts: Facts, call: DownstreamCall, around: readonly Around[], service: string): readonly string[] {
    if (isLocal(facts, call)) return [];
    const target = targetOfCall(facts.evaluator, call);
    const site = this.#site(
      facts,
      call,
      { node: call.node, module: call.module },
      noEnv,
      target?.kind === 'name' ? target.name : null,
      around,
      service,
    );
    if (!site) return [];
    this.#sites.set(site.id, site);
    const parameter = target?.kind === 'parameter' ? target.parameter : null;
    if (parameter && isConstructor(parameter.function)) {
      this.#awaiting.push({
        site,
        constructor: functionId(parameter.function, parameter.module, this.#places),
        parameter,
      });
    }
    return [site.id];
  }

  #through(
    facts: Facts,
    node: CallNode,
    fn: FunctionValue,
    around: readonly Around[],
    service: string,
  ): Through | null {
    const instead: Record<string, string> = {};
    for (const { call, env, target } of wrappedCalls(facts, node, fn)) {
      const own = this.#id({ node: call.node, module: call.module });
      // A wrapper around a wrapper: its own callers name the downstream.
      if (target?.kind === 'parameter') continue;
      if (!target) {
        this.#unnamed.add(own);
        continue;
      }
      const at = { node, module: facts.module };
      const site = this.#site(facts, call, at, env, target.name, around, service);
      if (!site) continue;
      const id = this.#sites.has(site.id) ? `${site.id}/${Object.keys(instead).length + 1}` : site.id;
      this.#sites.set(id, { ...site, id, through: this.#places.evidence(call.node, call.module) });
      this.#counted.add(own);
      this.#behind.set(id, own);
      instead[own] = id;
    }
    return Object.keys(instead).length > 0 ? { instead } : null;
  }

  #site(
    facts: Facts,
    call: DownstreamCall,
    at: Site,
    env: Env,
    target: string | null,
    around: readonly Around[],
    service: string,
  ): CallSite | null {
    const { library } = call;
    const about = { client: library.name, downstream: target };
    if (isIgnored(facts.settings, about)) return null;
    const known =
      inSettings(facts.settings, about) ?? inSettings(facts.settings, { ...about, downstream: library.name });
    const built = call.client.site;
    return {
      id: this.#id(at),
      ...this.#places.evidence(at.node, at.module),
      service,
      downstream: known?.name ?? target ?? (library.family === 'sdk' ? library.name.replace(/^the /u, '') : null),
      client: library.name,
      origin: this.#places.path((built ?? at).module.path),
      family: library.family,
      operation: call.name,
      through: null,
      ...practicesOf({ facts, places: this.#places, call, at, env, around }),
    };
  }

  /** A call site is known by where the name of what is called ends: calls in a chain begin at the same place. */
  #id({ node, module }: Site): string {
    const callee = calleeOf(node as CallNode);
    const { line, column } = (callee.type === 'MemberExpression' ? callee.property : callee).loc.start;
    return `${this.#places.path(module.path)}#${line}:${column + 1}`;
  }

  /** A program ends: what is still asked about its nodes is asked now. */
  endPackage(): void {
    const wanted = this.#awaiting.map(({ constructor, parameter }) => ({ constructor, parameter }));
    for (const { id, node, facts } of this.#constructions) {
      for (const { constructor, parameter } of wanted) {
        const argument = node.arguments[parameter.index];
        if (constructor !== id || !argument || argument.type === 'SpreadElement') continue;
        const key = keyOfGiven(id, parameter);
        const target = targetOfArgument(facts.evaluator, argument, facts.module, parameter.path);
        const name = target?.kind === 'name' ? target.name : null;
        this.#given.set(key, [
          ...(this.#given.get(key) ?? []),
          name && (inSettings(facts.settings, { client: null, downstream: name })?.name ?? name),
        ]);
      }
    }
    this.#constructions.length = 0;
    for (const { site, constructor, parameter } of this.#awaiting) {
      const names = [...new Set(this.#given.get(keyOfGiven(constructor, parameter)) ?? [])].filter(
        (name) => name !== null,
      );
      const [first] = names.sort(compareText);
      if (first !== undefined && names.length === 1) this.#sites.set(site.id, { ...site, downstream: first });
    }
    this.#awaiting.length = 0;
  }

  /** Everything that was gathered, sorted. */
  finish(): Collected {
    for (const own of this.#counted) if (!this.#unnamed.has(own)) this.#sites.delete(own);
    for (const [id, site] of this.#sites) {
      const found = this.#ineffective.get(this.#behind.get(id) ?? id);
      if (!found || site.timeout.answer === 'unknown') continue;
      const { timeout, attemptMs } = found;
      this.#sites.set(id, { ...site, timeout, cost: { ...site.cost, attemptMs, idle: false, totalMs: null } });
    }
    const functions = [...this.#flows.values()].map((flow): FunctionFlow => {
      const entry = this.#entries.get(flow.id);
      return entry && flow.entry !== 'test' ? { ...flow, name: entry.name, entry: entry.kind } : flow;
    });
    return {
      calls: [...this.#sites.values()].sort(byPlace),
      functions: functions.sort((a, b) => byPlace(a, b) || compareText(a.id, b.id)),
      named: [...this.#named.values()].sort((a, b) => compareText(a.name, b.name)),
      tested: this.#tested,
      hasTests: this.#hasTests,
    };
  }
}

/** What is wrong with a limit that leaves a call without one. */
const faults: Partial<Record<IneffectiveBound['fault'], string>> = {
  disabled: 'it is switched off',
  ignored: 'the option has no effect there',
  neverAborted: 'nothing aborts its signal',
  clearedEarly: 'its timer is cleared before the answer is read',
  wrongArgument: 'it stands where the content goes',
  wrongPhase: 'it limits another part of the call',
  misread: 'the client takes it for something else',
  betweenIterations: 'it is looked at only between calls',
};

/** By path, then by position. */
export function byPlace(
  a: { readonly path: string; readonly line: number; readonly column: number },
  b: { readonly path: string; readonly line: number; readonly column: number },
): number {
  return compareText(a.path, b.path) || a.line - b.line || a.column - b.column;
}

const keyOfGiven = (id: string, { index, path }: ParameterValue): string => `${id}\0${index}\0${path.join('.')}`;

function isConstructor(node: TSESTree.Node): node is FunctionNode {
  return (
    node.type === 'FunctionExpression' && node.parent.type === 'MethodDefinition' && node.parent.kind === 'constructor'
  );
}

/** Whether other files can call a function: it is exported, or a method of an exported class. */
function isReachable(node: FunctionNode, module: Module): boolean {
  return exposureOf(node, module) === 'exported';
}

/** `data:`, `blob:` and `file:` addresses are no downstreams. */
function isLocal({ evaluator }: Facts, call: DownstreamCall): boolean {
  const { target } = call.operation;
  const node = target === undefined ? undefined : argumentNodes(call)[target];
  if (!node || node.type === 'SpreadElement') return false;
  return possibilities(evaluator.evaluate(node, call.module)).every((value) =>
    /^(?:data|blob|file)$/.test(schemeOf(value) ?? ''),
  );
}
