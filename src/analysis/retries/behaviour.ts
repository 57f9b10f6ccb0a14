/** How a library retries with the options that it is given: its behaviour, worked out into attempts and waits. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Library, Retry, RetryBehaviour } from '../../catalog/schema.js';
import type { Evaluator } from '../evaluate.js';
import { siteOf } from '../members.js';
import { keyName, memberName, unwrap, variableOf, walk, type Module } from '../module.js';
import { absent, possibilities, type FunctionValue, type Site, type Value } from '../values.js';
import { versionTest } from '../versions.js';
import { judgeDelay } from './delays.js';
import { newWorld, noFrame, numberOf, type Place, type World } from './numbers.js';
import type { LimitState, RetryScope, Wait } from './scope.js';

/** An option: where its value is written, and what it is. */
interface Option {
  readonly node: TSESTree.Node | null;
  readonly module: Module;
  readonly value: Value;
}

/** The options of one retry. */
export interface Configured {
  readonly library: Library;
  readonly retry: Retry;
  /** The options object, or what stands in its place (`retry(3)`); `absent`: none. */
  readonly value: Value;
  /** Where the options stand, or would stand. */
  readonly site: Site;
  /** Where an absence is reported. */
  readonly head: TSESTree.Node;
}

type Judged = Pick<
  RetryScope,
  'attempts' | 'limit' | 'limitSite' | 'waits' | 'waitsUnknown' | 'selectivity' | 'methods'
>;

/** The member at a dotted path, through objects and constructions (`backoff: new ExponentialBackoff({ maxDelay: 1 })`). */
function optionAt(evaluator: Evaluator, value: Value, path: string, from: Module): Option | null {
  const [first = '', ...rest] = path.split('.');
  const found = evaluator.property(value, first, null);
  if (found.kind === 'absent' || (found.kind === 'literal' && found.value === undefined)) return null;
  const site = siteOf(value, first);
  const node = site ? valueNode(site.node) : null;
  const module = site?.module ?? from;
  if (rest.length === 0) return { node, module, value: found };
  const inner = node && resolveConst(node, module);
  if (inner?.type === 'NewExpression' || inner?.type === 'CallExpression') {
    const [argument] = inner.arguments;
    if (!argument || argument.type === 'SpreadElement') return null;
    // A construction takes its settings as an object, or the first of them bare.
    const config = evaluator.evaluate(argument, module);
    return config.kind === 'object'
      ? optionAt(evaluator, config, rest.join('.'), module)
      : /^(?:initialDelay|delay)$/.test(rest.join('.'))
        ? { node: argument, module, value: config }
        : null;
  }
  return optionAt(evaluator, found, rest.join('.'), module);
}

function valueNode(node: TSESTree.Node): TSESTree.Node {
  if (node.type === 'Property') return node.value;
  if (node.type === 'AssignmentExpression') return node.right;
  return node;
}

/** The expression that a name stands for, where it is assigned once. */
export function resolveConst(node: TSESTree.Node, module: Module): TSESTree.Node {
  let inner = unwrap(node);
  for (let steps = 0; steps < 4 && inner.type === 'Identifier'; steps++) {
    const declarator: TSESTree.Node | undefined = variableOf(module, inner)?.defs[0]?.node;
    if (declarator?.type !== 'VariableDeclarator' || !declarator.init || declarator.id.type !== 'Identifier') break;
    inner = unwrap(declarator.init);
  }
  return inner;
}

/** How a library retries with these options. */
export function judgeBehaviour(evaluator: Evaluator, configured: Configured): Judged {
  const { library, retry, value, site } = configured;
  const inRange = versionTest(library, site.module);
  const behaviour = retry.default.find(({ versions }) => inRange(versions)) ?? retry.default[0];
  const options = retry.options ?? {};
  const bare = options.attempts?.bare === true ? bareNumber(value) : null;
  const config = bare === null ? value : absent;
  const whole = options.composed ? wholeOf(config) : null;
  const open =
    whole === null &&
    possibilities(config).some(
      ({ kind }) => kind === 'parameter' || kind === 'unknown' || kind === 'environment' || kind === 'external',
    );
  const get = (path: string | undefined): Option | null =>
    path === undefined ? null : optionAt(evaluator, config, path, site.module);

  const composed = namesOf(options.composed ? (get(options.composed.option) ?? whole) : null);
  const count = bare === null ? get(options.attempts?.option) : { node: null, module: site.module, value: bare };
  const counted = attemptsOf(count, options.attempts, behaviour, open);
  const forever = get(options.forever);
  const isForever = forever?.value.kind === 'literal' && forever.value.value === true;
  const otherLimit =
    bare === null &&
    ['maxRetryTime', 'maxElapsedTime', 'timeout', 'signal', 'shouldRetry'].some((name) => limitsIn(get(name)));
  let limit: LimitState = isForever && (inRange('<7') || library.name !== 'p-retry') ? 'unbounded' : counted.limit;
  if (limit === 'unbounded' && otherLimit) limit = 'unknown';
  if (limit === 'unbounded' && options.composed?.limits.some((name) => composed.has(name))) limit = 'unknown';
  if (limit === 'unbounded' && diesOfInfinity(library.name, inRange) && !isForever && count !== null) limit = 'fatal';

  const attempts = limit === 'unbounded' || limit === 'fatal' ? null : counted.attempts;
  const wait = waitOf(
    evaluator,
    configured,
    behaviour,
    get,
    limit === 'unbounded' ? Infinity : attempts,
    open,
    composed,
  );
  const filter = get(options.filter);
  return {
    attempts,
    limit,
    limitSite: (isForever ? forever.node : count?.node) ?? null,
    waits: wait === null ? [] : [wait],
    waitsUnknown: false,
    selectivity: {
      failures: failuresOf(filter, open, options.filter !== undefined),
      retryAfter: null,
      abort: null,
    },
    methods: methodsOf(evaluator, config, behaviour),
  };
}

/** Whether an option is there, and limits anything. */
function limitsIn(option: Option | null): boolean {
  return (
    option !== null &&
    !(option.value.kind === 'literal' && /^(?:Infinity|INFINITELY)$/.test(String(option.value.value)))
  );
}

/** Statuses that a further attempt may mend. */
const mendable: readonly unknown[] = [408, 409, 413, 423, 425, 429];

/** Which failures a filter lets be repeated. */
function failuresOf(filter: Option | null, open: boolean, takesFilter: boolean): RetryScope['selectivity']['failures'] {
  if (!filter) return open ? 'filtered' : takesFilter ? 'everything' : 'unknown';
  const { value } = filter;
  // `() => true`
  const body = value.kind === 'function' ? unwrap(value.node.body) : null;
  if (body?.type === 'Literal' && body.value === true) return 'everything';
  const listed = value.kind === 'array' ? value.elements : [];
  const final = listed.some((element) => {
    const status = element?.kind === 'literal' ? element.value : null;
    return typeof status === 'number' && status >= 400 && status < 500 && !mendable.includes(status);
  });
  return final ? 'everything' : 'filtered';
}

/** A number where the options would stand, or in the place of the object that holds it (`retry: 3` for `retry.limit`). */
function bareNumber(value: Value): Value | null {
  const holds = possibilities(value).some((member) => member.kind === 'literal' && typeof member.value === 'number');
  return holds ? value : null;
}

function diesOfInfinity(name: string, inRange: (range: string) => boolean): boolean {
  return /^(?:retry|async-retry|promise-retry)$/.test(name) || (name === 'p-retry' && !inRange('>=7'));
}

function attemptsOf(
  option: Option | null,
  spec: NonNullable<Retry['options']>['attempts'],
  behaviour: RetryBehaviour | undefined,
  open: boolean,
): { readonly attempts: number | null; readonly limit: LimitState } {
  const number = (value: Value): number | null =>
    value.kind === 'external' && /^Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE)$/.test(value.path.join('.'))
      ? Infinity
      : value.kind === 'literal' && typeof value.value === 'number'
        ? value.value
        : value.kind === 'literal' && (value.value === false || value.value === null)
          ? 0
          : value.kind === 'literal' && value.value === 'INFINITELY'
            ? Infinity
            : null;
  if (!option) {
    if (open) return { attempts: null, limit: 'unknown' };
    const attempts = behaviour?.attempts ?? 1;
    return attempts === 'unbounded' ? { attempts: null, limit: 'unbounded' } : { attempts, limit: 'limited' };
  }
  const values = possibilities(option.value).map(number);
  if (values.some((value) => value === null)) return { attempts: null, limit: 'unknown' };
  const most = Math.max(...values.map((value) => value ?? 0));
  if (most === Infinity) return { attempts: null, limit: 'unbounded' };
  return { attempts: Math.max(1, spec?.counts === 'retries' ? most + 1 : most), limit: 'limited' };
}

function methodsOf(
  evaluator: Evaluator,
  config: Value,
  behaviour: RetryBehaviour | undefined,
): readonly string[] | null {
  for (const name of ['methods', 'retry.methods']) {
    const value = name.split('.').reduce<Value>((object, key) => evaluator.property(object, key, null), config);
    if (value.kind === 'array') {
      return value.elements.flatMap((element) =>
        element?.kind === 'literal' ? [String(element.value).toUpperCase()] : [],
      );
    }
  }
  return behaviour?.methods ?? null;
}

/** The last name of what an option is: `'full'`, `RetryMode.JITTER`, `new ExponentialBackoff()`. */
function wordOf({ node, module, value }: Option): string | null {
  if (value.kind === 'literal' && typeof value.value === 'string') return value.value;
  if (value.kind === 'literal' && typeof value.value === 'boolean') return String(value.value);
  const inner = node && resolveConst(node, module);
  const named = inner?.type === 'NewExpression' || inner?.type === 'CallExpression' ? unwrap(inner.callee) : inner;
  if (named?.type === 'MemberExpression' && !named.computed)
    return named.property.type === 'Identifier' ? named.property.name : null;
  return named?.type === 'Identifier' ? importedName(named, module) : null;
}

function importedName(name: TSESTree.Identifier, module: Module): string {
  const definition = variableOf(module, name)?.defs[0]?.node as TSESTree.Node | undefined;
  return definition?.type === 'ImportSpecifier' && definition.imported.type === 'Identifier'
    ? definition.imported.name
    : name.name;
}

function waitOf(
  evaluator: Evaluator,
  { retry, site, head }: Configured,
  behaviour: RetryBehaviour | undefined,
  get: (path: string | undefined) => Option | null,
  attempts: number | null,
  open: boolean,
  composed: ReadonlySet<string>,
): Wait | null {
  const options = retry.options ?? {};
  const unknownWait = (node: TSESTree.Node | null): Wait => ({
    growth: 'unknown',
    jitter: 'unknown',
    samples: [],
    capped: null,
    report: node ?? head,
    delay: null,
  });
  const own = get(options.delayFunction);
  const shape = get(options.shape?.option);
  const word =
    composed.size > 0
      ? (Object.keys(options.shape?.values ?? {}).find((name) => composed.has(name)) ?? null)
      : shape && wordOf(shape);
  const shaped = word === null ? undefined : options.shape?.values[word];
  if (own && !shaped) {
    const series = functionSeries(evaluator, own);
    if (series) {
      const node = site.module === own.module ? own.node : null;
      return {
        ...judgeDelay(series, { guessed: series.guessed, server: series.server, rolled: series.rolled, attempts }),
        report: node ?? head,
        delay: null,
      };
    }
    if (!isNumber(own.value)) return unknownWait(own.module === site.module ? own.node : null);
  }
  if (shape && !shaped && !isNumber(shape.value)) return unknownWait(shape.module === site.module ? shape.node : null);
  const base = get(options.delay?.option);
  // A number in the place of the object that names the kind: `backoff: 500`.
  const [root] = options.shape?.option.split('.') ?? [];
  const whole = get(root);
  const plain = whole && isNumber(whole.value) ? whole : base;
  const merged: RetryBehaviour | undefined = behaviour && { ...behaviour, ...shaped };
  if (!merged) return null;
  const factorOption = get(options.factor);
  const capOption = get(options.cap?.option);
  const jitterOption = get(options.jitter?.option);
  const of = (option: Option | null, otherwise: number | undefined): number | undefined =>
    option === null ? otherwise : numberIn(option.value);
  const scale = options.delay?.unit === 's' ? 1000 : 1;
  const baseMs = plain === null ? merged.baseMs : (of(plain, undefined) ?? 0) * scale;
  const factor = of(factorOption, merged.factor ?? 2) ?? 2;
  const capMs = of(capOption, merged.capMs);
  let kind = merged.delay;
  if (kind === 'none' && plain && !shaped) kind = 'constant';
  if (kind === 'exponential' && (factor === 1 || (baseMs !== undefined && capMs !== undefined && baseMs >= capMs)))
    kind = 'constant';
  if (kind === 'none') return open ? unknownWait(null) : null;

  let jitter = merged.jitter;
  if (composed.size > 0) {
    if (options.jitter?.on.some((name) => composed.has(String(name)))) jitter = 'yes';
  } else if (jitterOption && options.jitter)
    jitter = isJitterOn(jitterOption, options.jitter) ? 'yes' : knownOff(jitterOption) ? 'none' : 'yes';
  const wait = seriesOf(kind, baseMs, Number.isNaN(factor) ? 2 : factor, capMs, attempts);
  const delayNode =
    [shape, plain, factorOption, capOption].find((option) => option?.node && option.module === site.module)?.node ??
    null;
  const guessed =
    open ||
    baseMs === undefined ||
    Number.isNaN(baseMs) ||
    Number.isNaN(factor) ||
    (capMs !== undefined && Number.isNaN(capMs));
  const settled = isConfigurable(retry);
  return {
    growth: !settled || (open && !plain && !shape) ? 'unknown' : kind,
    jitter: !settled || (open && !jitterOption) ? 'unknown' : jitter,
    samples: guessed ? [] : wait.map((ms) => (jitter === 'yes' && capMs === undefined ? ms * 2 : ms)),
    capped: kind === 'constant' || capMs !== undefined ? true : guessed ? null : false,
    report: delayNode ?? head,
    delay: null,
  };
}

/** Options that stand in place of the object that would hold them: a schedule itself. */
function wholeOf(value: Value): Option | null {
  if (value.kind !== 'unknown' || !value.site) return null;
  return { node: value.site.node, module: value.site.module, value };
}

/** The names that an option is put together from. */
function namesOf(option: Option | null): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: TSESTree.Node, module: Module, depth: number): void => {
    walk(node, module, (inner) => {
      if (inner.type === 'MemberExpression') names.add(memberName(inner) ?? '');
      else if (inner.type === 'Identifier' && depth < 3) {
        const known = resolveConst(inner, module);
        if (known !== inner) visit(known, module, depth + 1);
      }
      return undefined;
    });
  };
  if (option?.node) visit(option.node, option.module, 0);
  return names;
}

function isNumber(value: Value): boolean {
  return !Number.isNaN(numberIn(value));
}

/** The number that a value is, or `NaN`. */
function numberIn(value: Value): number {
  return value.kind === 'literal' && typeof value.value === 'number' ? value.value : Number.NaN;
}

/** Whether anything about the waits can be set: what nobody can change is nobody's fault. */
function isConfigurable({ options }: Retry): boolean {
  return (
    (options?.delay ??
      options?.shape ??
      options?.jitter ??
      options?.delayFunction ??
      options?.factor ??
      options?.cap) !== undefined
  );
}

function isJitterOn(
  { value, node, module }: Option,
  spec: NonNullable<NonNullable<Retry['options']>['jitter']>,
): boolean {
  const word = wordOf({ value, node, module });
  if (value.kind === 'literal' && typeof value.value === 'boolean') return spec.on.includes(value.value);
  if (isNumber(value)) return spec.above !== undefined && numberIn(value) > spec.above;
  return word !== null && spec.on.includes(word);
}

/** Whether jitter is surely off: not when it is a function of the team's own, or not known. */
function knownOff({ value, node, module }: Option): boolean {
  if (value.kind === 'literal') return true;
  const word = wordOf({ value, node, module });
  return word !== null && /^no/i.test(word);
}

function seriesOf(
  kind: RetryBehaviour['delay'],
  baseMs: number | undefined,
  factor: number,
  capMs: number | undefined,
  attempts: number | null,
): number[] {
  if (baseMs === undefined || Number.isNaN(baseMs) || attempts === null) return [];
  const count = Math.min(Number.isFinite(attempts) ? attempts - 1 : 24, 40);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const ms = kind === 'exponential' ? baseMs * factor ** index : kind === 'linear' ? baseMs * (index + 1) : baseMs;
    return capMs === undefined || Number.isNaN(capMs) ? ms : Math.min(ms, capMs);
  });
}

/** The waits that a function of the attempt gives. */
function functionSeries(
  evaluator: Evaluator,
  { value }: Option,
): { low: number[]; middle: number[]; high: number[]; guessed: boolean; server: boolean; rolled: boolean } | null {
  const fn = possibilities(value).find((member): member is FunctionValue => member.kind === 'function');
  if (!fn) return null;
  const flags = { guessed: false, server: false, rolled: false };
  const run = (random: number): number[] =>
    Array.from({ length: 12 }, (_, index) => {
      const world = newWorld(evaluator, fn.node, countersOf(fn, index + 1), { env: fn.env, random });
      const ms = bodyNumber(fn, world);
      flags.guessed ||= world.guessed;
      flags.server ||= world.server;
      flags.rolled ||= world.rolled;
      return ms;
    });
  const [low, middle, high] = [run(0), run(0.5), run(0.999)];
  return { low, middle, high, ...flags };
}

/** The parameters that count attempts: the first, after an error the second, or members that are called so. */
function countersOf({ node, module }: FunctionValue, attempt: number): Map<Place, number> {
  const state = new Map<Place, number>();
  for (const [index, parameter] of node.params.entries()) {
    const binding = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (binding.type === 'Identifier' && index <= 1) {
      const variable = variableOf(module, binding);
      if (variable) state.set(variable, attempt);
    }
    if (binding.type !== 'ObjectPattern') continue;
    for (const property of binding.properties) {
      if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
      if (!/attempt|count|tries/i.test(keyName(property) ?? '')) continue;
      const variable = variableOf(module, property.value);
      if (variable) state.set(variable, attempt);
    }
  }
  return state;
}

function bodyNumber({ node, module }: FunctionValue, world: World): number {
  if (node.body.type !== 'BlockStatement') return numberOf(node.body, module, noFrame, world);
  // Called as a function is, so that its statements are looked through.
  const call = {
    type: 'CallExpression',
    callee: node,
    arguments: [],
    range: node.range,
    loc: node.loc,
    parent: node.parent,
    optional: false,
    typeArguments: undefined,
  } as unknown as TSESTree.CallExpression;
  return numberOf(call, module, noFrame, world);
}
