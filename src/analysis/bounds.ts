/** Boundedness as a computed fact: what each bound of a client is set to, and which phases of a call are left open. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Bound, ClientType, DefaultLimit, Operation, Phase } from '../catalog/schema.js';
import { controllerUse } from './controllers.js';
import type { Evaluator } from './evaluate.js';
import { isSpecial, memberAt, siteOf } from './members.js';
import { memberName, walk, type Module } from './module.js';
import { isPolicySignal } from './surroundings.js';
import {
  literal,
  possibilities,
  type ControllerSignal,
  type Env,
  type ParameterValue,
  type Site,
  type Value,
} from './values.js';

/** What a bound is set to. `site` is where it is written. */
export type Limit =
  | { readonly kind: 'absent' }
  /** A real limit; `ms` is `null` where its length is not known. */
  | { readonly kind: 'limited'; readonly ms: number | null; readonly site: Site | null }
  /** Explicitly no limit: `0`, `undefined`, `Infinity`, whatever the library takes for it. */
  | { readonly kind: 'off'; readonly value: Value; readonly site: Site | null }
  /** A value that the library takes for something else: it fails at once, or throws. */
  | { readonly kind: 'misread'; readonly value: Value; readonly site: Site | null }
  /** A signal that nothing aborts. */
  | { readonly kind: 'never'; readonly site: Site | null }
  /** Up to whoever calls the function. */
  | { readonly kind: 'caller'; readonly parameter: ParameterValue; readonly site: Site | null }
  | { readonly kind: 'unknown'; readonly why: string; readonly site: Site | null };

/** A bound together with what it is set to. */
export interface SetBound {
  readonly bound: Bound;
  readonly limit: Limit;
}

/** Where the options of a call stand: its own, then the configurations of its client, innermost first. */
export interface Layers {
  /** `absent` when the call has none. */
  readonly call: Value;
  readonly configs: readonly Value[];
}

/** How well a call or a client is bounded. */
export type Verdict =
  | { readonly kind: 'bounded'; readonly by: readonly SetBound[] }
  /** Only by a short default of the library. */
  | { readonly kind: 'implicit'; readonly ms: number; readonly by: readonly SetBound[] }
  | { readonly kind: 'missing'; readonly by: readonly SetBound[] }
  | { readonly kind: 'longDefault'; readonly ms: number; readonly by: readonly SetBound[] }
  | { readonly kind: 'openPhase'; readonly phases: readonly Phase[]; readonly by: readonly SetBound[] }
  /** There is an attempt at a bound, and it does not bind. */
  | {
      readonly kind: 'ineffective';
      readonly by: readonly SetBound[];
      /** An attempt that is not made by an option. */
      readonly cause?: { readonly kind: 'wrongArgument' | 'betweenIterations'; readonly node: TSESTree.Node };
    }
  | { readonly kind: 'callerOwned'; readonly parameter: ParameterValue; readonly by: readonly SetBound[] }
  | { readonly kind: 'unknown'; readonly why: string; readonly by: readonly SetBound[] };

/** What a verdict is about, and what it may rely on. */
export interface Subject {
  readonly type: ClientType;
  readonly operation: Operation | null;
  readonly layers: Layers;
  readonly env: Env;
  /** The call or construction. */
  readonly node: TSESTree.Node;
  readonly module: Module;
  /** Whether a version satisfies a range; unknown versions satisfy all. */
  readonly inRange: (range: string | undefined) => boolean;
  /** Whether a listener destroys the request on its timer's event. */
  readonly hasListener: () => boolean;
  /** Whether the timer's event may be handled where it cannot be seen. */
  readonly mayHaveListener: () => boolean;
  /** What the request's own `setTimeout` is given; `absent` where it is not called. */
  readonly timer: () => Value;
  readonly maxDefaultMs: number;
}

/** The phases whose hanging is reported; a TCP connect and the wait for a pool end elsewhere. */
export const judgedPhases: readonly Phase[] = ['handshake', 'headers', 'body'];

/** Every bound of a subject that is set to something, and those among them that bind. */
export interface Survey {
  readonly by: readonly SetBound[];
  readonly limited: readonly SetBound[];
  /** The phases that something limits. */
  readonly covered: ReadonlySet<Phase>;
}

/** Looks at every bound of a call, or of a construction. */
export function surveyBounds(evaluator: Evaluator, subject: Subject): Survey {
  const bounds = (subject.operation?.bounds ?? subject.type.bounds).filter((bound) => subject.inRange(bound.versions));
  const by = bounds
    .map((bound): SetBound => ({ bound, limit: limitOf(evaluator, subject, bound) }))
    .filter(({ limit }) => limit.kind !== 'absent')
    .map((set, _, all) => withoutItsSibling(evaluator, subject, set, all));
  const limited = by.filter(
    ({ bound, limit }) =>
      limit.kind === 'limited' &&
      bound.kind !== 'no-effect' &&
      bound.kind !== 'server' &&
      isEffective(evaluator, subject, bound, by) &&
      (bound.needsListener !== true || subject.hasListener()),
  );
  return {
    by,
    limited,
    covered: new Set(limited.flatMap(({ bound }) => [...bound.phases, ...(bound.tolerates ?? [])])),
  };
}

/** A limit that does nothing without another option, which is not there: whatever it is, it does not bind. */
function withoutItsSibling(evaluator: Evaluator, subject: Subject, set: SetBound, all: readonly SetBound[]): SetBound {
  const { bound, limit } = set;
  if (bound.requires === undefined || (limit.kind !== 'caller' && limit.kind !== 'unknown')) return set;
  return isEffective(evaluator, subject, bound, all)
    ? set
    : { bound, limit: { kind: 'limited', ms: null, site: limit.site } };
}

/** Judges a call, or a construction (`operation: null`). */
export function judgeBounds(evaluator: Evaluator, subject: Subject): Verdict {
  const { type, operation } = subject;
  if (type.limits.length === 0 && type.bounds.length === 0 && operation?.bounds === undefined) {
    return { kind: 'unknown', why: 'nothing is known of what ends it', by: [] };
  }
  const all = (operation?.bounds ?? type.bounds).filter((bound) => subject.inRange(bound.versions));
  const limits = type.limits.filter((limit) => subject.inRange(limit.versions));
  const { by, limited, covered } = surveyBounds(evaluator, subject);
  const binding = by.filter(({ bound }) => bound.kind !== 'no-effect' && bound.kind !== 'server');
  const phases = (operation?.phases ?? limits.flatMap((limit) => limit.phases)).filter(
    (phase) => judgedPhases.includes(phase) && !covered.has(phase),
  );
  const waits = phases.map((phase) => defaultOf(limits, phase));
  // Where a default ends the wait for an answer, its body, which follows at once, is not asked for.
  const settled = phases.includes('headers') && waits[phases.indexOf('headers')] !== 'never';
  const endless = phases.filter((phase, index) => waits[index] === 'never' && !(settled && phase === 'body'));
  const longest = longestWait(phases, waits);

  if (limited.length > 0 && endless.length === 0) return { kind: 'bounded', by: limited };
  if (endless.length === 0 && longest <= subject.maxDefaultMs) {
    const off = by.find(({ limit }) => limit.kind === 'off' || limit.kind === 'misread');
    return off ? { kind: 'ineffective', by } : { kind: 'implicit', ms: longest, by };
  }
  const open = binding.filter(({ bound }) => bound.phases.some((phase) => phases.includes(phase)));
  // What may be set for one phase says nothing about another that surely has no limit.
  const maybe = open.filter(({ limit }) => limit.kind === 'caller' || limit.kind === 'unknown');
  const canBeSet = (phase: Phase): boolean =>
    all.some(({ phases: ended, kind }) => ended.includes(phase) && kind !== 'no-effect' && kind !== 'server');
  const surelyOpen = endless.filter(
    (phase) => canBeSet(phase) && !maybe.some(({ bound }) => bound.phases.includes(phase)),
  );
  const attempted = by.some((set) => !maybe.includes(set) && !limited.includes(set) && set.bound.kind !== 'server');
  if (maybe.length > 0 && !attempted && surelyOpen.length > 0) {
    return { kind: 'openPhase', phases: [...new Set(surelyOpen)], by };
  }
  const caller = open.find(({ limit }) => limit.kind === 'caller');
  if (caller?.limit.kind === 'caller') return { kind: 'callerOwned', parameter: caller.limit.parameter, by };
  const doubtful = open.find(({ limit }) => limit.kind === 'unknown');
  if (doubtful?.limit.kind === 'unknown') return { kind: 'unknown', why: doubtful.limit.why, by };
  const unheard = open.find(({ bound, limit }) => bound.needsListener === true && limit.kind === 'limited');
  if (unheard && subject.mayHaveListener()) return { kind: 'unknown', why: 'listener', by };
  // One fault, one rule: what was meant for an open phase and does not bind is an attempt.
  const failed =
    open.some(({ limit }) => limit.kind === 'off' || limit.kind === 'misread' || limit.kind === 'never') ||
    by.some(
      (set) =>
        set.limit.kind === 'limited' &&
        set.bound.kind !== 'server' &&
        !limited.includes(set) &&
        set.bound.phases.some((phase) => phases.includes(phase)),
    );
  if (limited.length > 0 && !failed) return { kind: 'openPhase', phases: [...new Set(endless)], by };
  const attempts = by.filter(
    ({ bound, limit }) =>
      limit.kind === 'off' ||
      limit.kind === 'misread' ||
      limit.kind === 'never' ||
      bound.kind === 'no-effect' ||
      (bound.kind !== 'server' && limit.kind === 'limited'),
  );
  if (attempts.length > 0) return { kind: 'ineffective', by: attempts };
  if (by.some(({ bound }) => bound.kind === 'server')) return { kind: 'openPhase', phases: [...new Set(phases)], by };
  return endless.length > 0 ? { kind: 'missing', by } : { kind: 'longDefault', ms: longest, by };
}

/** How long a call waits when nobody says anything, ms. */
export function defaultWait({ type, operation, inRange }: Subject): number | 'never' {
  const limits = type.limits.filter((limit) => inRange(limit.versions));
  const phases = (operation?.phases ?? limits.flatMap((limit) => limit.phases)).filter((phase) =>
    judgedPhases.includes(phase),
  );
  const waits = phases.map((phase) => defaultOf(limits, phase));
  return waits.length === 0 || waits.includes('never') ? 'never' : longestWait(phases, waits);
}

/** How long the defaults let a call wait: for the answer to begin, where that is settled; its body follows at once. */
function longestWait(phases: readonly Phase[], waits: readonly (number | 'never')[]): number {
  const headers = waits[phases.indexOf('headers')];
  if (typeof headers === 'number') return headers;
  return Math.max(0, ...waits.filter((wait) => wait !== 'never'));
}

function defaultOf(limits: readonly DefaultLimit[], phase: Phase): number | 'never' {
  const waits = limits.filter((limit) => limit.phases.includes(phase)).map((limit) => limit.ms);
  const known = waits.filter((wait) => wait !== 'never');
  return known.length > 0 ? Math.min(...known) : 'never';
}

/** Whether the siblings that an option depends on let it bind. */
function isEffective(evaluator: Evaluator, subject: Subject, bound: Bound, by: readonly SetBound[]): boolean {
  if (bound.droppedBy !== undefined && by.some((other) => other.bound.option === bound.droppedBy)) return false;
  if (bound.requires === undefined) return true;
  const layers = [subject.layers.call, ...subject.layers.configs];
  return layers.some((layer) =>
    possibilities(memberAt(evaluator, layer, bound.requires ?? '')).some(
      (value) => !(value.kind === 'absent' || (value.kind === 'literal' && !value.value)),
    ),
  );
}

/** What a bound is set to: by the call, else by the nearest configuration that says something. */
function limitOf(evaluator: Evaluator, subject: Subject, bound: Bound): Limit {
  if (bound.where === 'chain') return limitInChain(evaluator, subject, bound);
  if (bound.where === 'method') return limitByMethod(evaluator, subject, bound);
  const layers = [
    ...(bound.where === 'construction' ? [] : [subject.layers.call]),
    ...(bound.where === 'call'
      ? []
      : subject.layers.configs.flatMap((config) => [config, ...addressOf(evaluator, subject, config)])),
  ];
  for (const layer of layers) {
    const value = memberAt(evaluator, layer, bound.option);
    const members = possibilities(value).filter((member) => !isSpecial(member, bound.inherits));
    if (members.length === 0) continue;
    const limit = combine(
      members.map((member) => limitOfValue(evaluator, subject, bound, member, siteOf(layer, bound.option))),
    );
    if (limit.kind !== 'absent') return limit;
  }
  // `request.setTimeout(ms)` arms the same timer as the option, once the connection stands.
  return bound.needsListener === true
    ? limitOfValue(evaluator, subject, bound, subject.timer(), null)
    : { kind: 'absent' };
}

/** What a method says that is called on what the operation returns: `request.get(url).timeout(500)`. */
function limitInChain(evaluator: Evaluator, subject: Subject, bound: Bound): Limit {
  const [method = '', ...path] = bound.option.split('.');
  for (const { name, call } of chainOf(subject.node)) {
    if (name !== method) continue;
    const [argument] = call.arguments;
    if (!argument || argument.type === 'SpreadElement') return { kind: 'unknown', why: 'spread', site: null };
    const value = evaluator.evaluate(argument, subject.module, subject.env);
    const member = path.length > 0 ? memberAt(evaluator, value, path.join('.')) : value;
    const site: Site = { node: argument, module: subject.module };
    const limit = combine(possibilities(member).map((one) => limitOfValue(evaluator, subject, bound, one, site)));
    if (limit.kind !== 'absent') return limit;
  }
  return { kind: 'absent' };
}

/** What a method of the client itself is given, anywhere in the file: `sgMail.setTimeout(5000)`. */
function limitByMethod(evaluator: Evaluator, subject: Subject, bound: Bound): Limit {
  const { module } = subject;
  if (!module.text.includes(bound.option)) return { kind: 'absent' };
  const found: Limit[] = [];
  walk(module.ast, module, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
    const [argument] = node.arguments;
    if (memberName(node.callee) !== bound.option || !argument || argument.type === 'SpreadElement') return undefined;
    const receiver = possibilities(evaluator.evaluate(node.callee.object, module));
    if (!receiver.some((value) => value.kind === 'client' && value.type === subject.type)) return undefined;
    const site: Site = { node: argument, module };
    const value = evaluator.evaluate(argument, module, subject.env);
    found.push(...possibilities(value).map((one) => limitOfValue(evaluator, subject, bound, one, site)));
    return undefined;
  });
  return combine(found);
}

/** The methods that are called on a call's result, one after the other, also through the variable that holds it. */
function chainOf(node: TSESTree.Node): { readonly name: string | null; readonly call: TSESTree.CallExpression }[] {
  const chain: { name: string | null; call: TSESTree.CallExpression }[] = [];
  let current = node;
  while (current.parent?.type === 'MemberExpression' && current.parent.object === current) {
    const member: TSESTree.MemberExpression = current.parent;
    if (member.parent.type !== 'CallExpression' || member.parent.callee !== member) break;
    chain.push({ name: memberName(member), call: member.parent });
    current = member.parent;
  }
  return chain;
}

/** The options that an address of the configuration sets in its query. */
function addressOf(evaluator: Evaluator, subject: Subject, config: Value): readonly Value[] {
  const { address } = subject.type;
  if (address === undefined) return [];
  const values = [memberAt(evaluator, config, address), config].flatMap(possibilities);
  const text = values.find((value) => value.kind === 'literal' && typeof value.value === 'string');
  if (text?.kind !== 'literal' || typeof text.value !== 'string' || !text.value.includes('?')) return [];
  const site: Site = text.site ?? { node: subject.node, module: subject.module };
  const parts = [...new URLSearchParams(text.value.slice(text.value.indexOf('?') + 1))].map(([key, value]) => ({
    key,
    member: { value: literal(/^\d+$/.test(value) ? Number(value) : value), site },
  }));
  return [{ kind: 'object', parts, site }];
}

/** One limit for several possibilities: alike, they stand; at odds, nobody knows. */
function combine(limits: readonly Limit[]): Limit {
  const [first] = limits;
  if (!first) return { kind: 'absent' };
  if (limits.every((limit) => limit.kind === first.kind)) {
    if (first.kind !== 'limited') return first;
    const lengths = limits.map((limit) => (limit.kind === 'limited' ? limit.ms : null));
    return { ...first, ms: lengths.includes(null) ? null : Math.max(...lengths.filter((ms) => ms !== null)) };
  }
  const caller = limits.find((limit) => limit.kind === 'caller');
  // Left to the caller, with a limit where the caller gives none.
  const limited = limits.find((limit) => limit.kind === 'limited');
  if (caller && limited && limits.every((limit) => limit.kind === 'caller' || limit.kind === 'limited'))
    return { ...limited, ms: null };
  if (caller && !limited && limits.every(({ kind }) => kind === 'caller' || kind === 'absent' || kind === 'off'))
    return caller;
  if (limits.every(({ kind }) => kind === 'absent' || kind === 'off')) return { kind: 'absent' };
  const site = limits.map((limit) => ('site' in limit ? limit.site : null)).find((found) => found !== null) ?? null;
  return { kind: 'unknown', why: limited ? 'on some paths only' : 'several possibilities', site };
}

function limitOfValue(evaluator: Evaluator, subject: Subject, bound: Bound, value: Value, site: Site | null): Limit {
  if (value.kind === 'absent') return { kind: 'absent' };
  if (bound.takes === 'signal' || bound.takes === 'controller' || bound.takes === 'token') {
    return limitOfSignal(evaluator, subject, value, site);
  }
  return limitOfDuration(bound, value, site);
}

function limitOfDuration(bound: Bound, value: Value, site: Site | null): Limit {
  if (isSpecial(value, bound.none)) return { kind: 'off', value, site };
  if (isSpecial(value, bound.misread)) return { kind: 'misread', value, site };
  switch (value.kind) {
    case 'literal':
      if (value.value === undefined || value.value === null) return { kind: 'off', value, site };
      if (typeof value.value === 'number') {
        if (!Number.isFinite(value.value) || Number.isNaN(value.value)) return { kind: 'off', value, site };
        return { kind: 'limited', ms: bound.takes === 's' ? value.value * 1000 : value.value, site };
      }
      return typeof value.value === 'boolean' && !value.value
        ? { kind: 'off', value, site }
        : { kind: 'limited', ms: null, site };
    case 'environment':
      return { kind: 'limited', ms: null, site };
    case 'parameter':
      return isGivenNumber(value) ? { kind: 'limited', ms: null, site } : { kind: 'caller', parameter: value, site };
    case 'unknown': {
      const kinds = value.site?.module.types?.kindsOf(value.site.node);
      if (kinds && kinds.size > 0 && !kinds.has('nullish') && (kinds.has('number') || bound.takes === 'epoch')) {
        return { kind: 'limited', ms: null, site };
      }
      return { kind: 'unknown', why: value.why, site };
    }
    case 'object':
      // An object of limits where a number is taken, or the other way round, is judged by the paths below it.
      return { kind: 'absent' };
    default:
      return bound.takes === 'epoch' ? { kind: 'limited', ms: null, site } : { kind: 'unknown', why: value.kind, site };
  }
}

/** A number that the function's caller must give. */
function isGivenNumber(parameter: ParameterValue): boolean {
  if (parameter.given) return true;
  const kinds = parameter.site.module.types?.kindsOf(parameter.site.node);
  if (kinds) return kinds.has('number') && !kinds.has('nullish');
  const { node } = parameter.site;
  return (
    parameter.path.length === 0 &&
    !parameter.optional &&
    node.type === 'Identifier' &&
    node.typeAnnotation?.typeAnnotation.type === 'TSNumberKeyword'
  );
}

/** What an abort signal limits. */
function limitOfSignal(evaluator: Evaluator, subject: Pick<Subject, 'node'>, value: Value, site: Site | null): Limit {
  switch (value.kind) {
    case 'absent':
      return { kind: 'absent' };
    case 'literal':
      return value.value === null || value.value === undefined
        ? { kind: 'off', value, site }
        : { kind: 'unknown', why: 'not a signal', site };
    case 'timeout-signal': {
      const ms = value.ms;
      if (ms.kind !== 'literal' || typeof ms.value !== 'number') return { kind: 'limited', ms: null, site };
      const usable = Number.isFinite(ms.value) && ms.value > 0 && ms.value < 2 ** 31;
      return usable ? { kind: 'limited', ms: ms.value, site } : { kind: 'misread', value: ms, site };
    }
    case 'any-signal': {
      const members = value.members.map((member): Limit =>
        member === null
          ? { kind: 'unknown', why: 'spread', site }
          : combineSignals(possibilities(member).map((one) => limitOfSignal(evaluator, subject, one, site))),
      );
      return (
        members.find(({ kind }) => kind === 'limited') ??
        members.find(({ kind }) => kind === 'unknown') ??
        members.find(({ kind }) => kind === 'caller') ??
        members.find(({ kind }) => kind === 'misread') ?? { kind: 'never', site }
      );
    }
    case 'controller-signal':
      return limitOfController(evaluator, subject, value, site);
    case 'controller':
      return limitOfController(evaluator, subject, { kind: 'controller-signal', controller: value }, site);
    case 'parameter':
      return isPolicySignal(evaluator, value)
        ? { kind: 'limited', ms: null, site }
        : { kind: 'caller', parameter: value, site };
    case 'unknown':
      return { kind: 'unknown', why: value.why, site };
    default:
      return { kind: 'unknown', why: value.kind, site };
  }
}

function combineSignals(limits: readonly Limit[]): Limit {
  return combine(limits);
}

function limitOfController(
  evaluator: Evaluator,
  subject: Pick<Subject, 'node'>,
  signal: ControllerSignal,
  site: Site | null,
): Limit {
  const use = controllerUse(evaluator, signal.controller, subject.node);
  const certain = use.armed.find((armed) => armed.certain);
  if (certain) {
    const { ms } = certain;
    if (ms.kind === 'literal' && typeof ms.value === 'number') {
      return Number.isFinite(ms.value) && ms.value < 2 ** 31
        ? { kind: 'limited', ms: ms.value, site }
        : { kind: 'misread', value: ms, site };
    }
    if (ms.kind === 'parameter' && !isGivenNumber(ms)) return { kind: 'caller', parameter: ms, site };
    return { kind: 'limited', ms: null, site };
  }
  const [maybe] = use.armed;
  if (maybe?.ms.kind === 'parameter') return { kind: 'caller', parameter: maybe.ms, site };
  if (maybe) {
    // `if (ms) setTimeout(…)` with a `ms` that is known to be there.
    const known = possibilities(maybe.ms).every(
      (ms) => ms.kind === 'literal' && typeof ms.value === 'number' && ms.value > 0,
    );
    if (known && isGuardedBy(maybe.timer)) return { kind: 'limited', ms: null, site };
    return { kind: 'unknown', why: 'armed on some paths only', site };
  }
  if (use.escapes || use.aborted.length > 0) return { kind: 'unknown', why: 'aborted elsewhere', site };
  return { kind: 'never', site };
}

/** Whether a timer stands under a test of the very limit that it is given. */
function isGuardedBy(timer: TSESTree.CallExpression): boolean {
  const ms = timer.arguments[1];
  for (let node: TSESTree.Node | undefined = timer.parent; node; node = node.parent) {
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      return ms?.type === 'Identifier' && node.test.range[0] <= node.range[1] && mentions(node.test, ms.name);
    }
    if (/Function/.test(node.type)) return false;
  }
  return false;
}

function mentions(test: TSESTree.Node, name: string): boolean {
  if (test.type === 'Identifier') return test.name === name;
  if (test.type === 'BinaryExpression' || test.type === 'LogicalExpression')
    return mentions(test.left, name) || mentions(test.right, name);
  return false;
}
