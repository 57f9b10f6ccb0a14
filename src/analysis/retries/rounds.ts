/** Going round: how many attempts a way into the next one allows, and how long it waits, worked out by doing it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isTimer } from '../controllers.js';
import type { Evaluator } from '../evaluate.js';
import { contains, isFunction, unwrap, variableOf, walk, type Module, type Variable } from '../module.js';
import { judgeDelay } from './delays.js';
import { forgetGuesses, newWorld, noFrame, numberOf, placeOf, writtenIn, type Place, type World } from './numbers.js';
import type { Path, Step } from './paths.js';
import type { DelayExpression, LimitState, Wait } from './scope.js';
import { possibilities, type Env } from '../values.js';
import { waitOf, type WaitSite } from './waits.js';

/** What goes round. */
export interface Circuit {
  readonly evaluator: Evaluator;
  readonly module: Module;
  /** What the functions around it were called with. */
  readonly env: Env;
  /** What is run again. */
  readonly region: TSESTree.Node;
  readonly operation: TSESTree.Node;
  /** What is there before the first attempt. */
  readonly initial: ReadonlyMap<Place, number>;
  /** The loop's condition. */
  readonly test: TSESTree.Node | null;
  /** The condition is looked at after the first attempt only. */
  readonly testLast: boolean;
  readonly update: TSESTree.Node | null;
  /** Variables that something else moves on, with their values by attempt: the elements of a table. */
  readonly lists: ReadonlyMap<Variable, readonly number[]>;
  /** How many rounds a list allows. */
  readonly rounds: number | null;
  /** What a recursive call hands on: parameters and their next values. */
  readonly advance: ((path: Path, world: World) => ReadonlyMap<Place, number>) | null;
}

/** One way into the next attempt, worked out. */
export interface Course {
  /** Nothing speaks against its being taken. */
  readonly feasible: boolean;
  /** Conditions that only choose between ways into the next attempt, and that callers decide. */
  readonly given: ReadonlySet<TSESTree.Node>;
  /** Attempts in all; `null`: not known. */
  readonly attempts: number | null;
  readonly limit: LimitState;
  readonly waits: readonly Wait[];
  readonly counter: { readonly variable: Variable; readonly first: number } | null;
}

const maxRounds = 120;
const sampled = 16;

/** Works out every way into the next attempt. `head` is where a delay is reported that is not in the file. */
export function goRoundAll(circuit: Circuit, paths: readonly Path[], head: TSESTree.Node): readonly Course[] {
  const selecting = selectingTests(paths);
  const courses = paths.map((path) => goRound(circuit, path, head, selecting));
  const feasible = courses.filter((course) => course.feasible);
  return feasible.length > 0 ? feasible : courses;
}

/** Conditions that end nothing: both ways out of them lead into the next attempt. */
function selectingTests(paths: readonly Path[]): ReadonlySet<TSESTree.Node> {
  const seen = new Map<TSESTree.Node, boolean>();
  const selecting = new Set<TSESTree.Node>();
  for (const { steps } of paths) {
    for (const step of steps) {
      if (step.kind !== 'test') continue;
      if ((seen.get(step.node) ?? step.holds) !== step.holds) selecting.add(step.node);
      seen.set(step.node, step.holds);
    }
  }
  return selecting;
}

function goRound(circuit: Circuit, path: Path, head: TSESTree.Node, selecting: ReadonlySet<TSESTree.Node>): Course {
  const { attempts, limit } = countAttempts(circuit, path, selecting);
  const waits: Wait[] = [];
  const sites = waitsOn(circuit, path);
  const observed = observe(circuit, path, sites, selecting, true);
  const forked = observed.forked ? observe(circuit, path, sites, selecting, false) : null;
  const counter = counterAt(observed.states, circuit);
  for (const [index, site] of sites.entries()) {
    const judgedOf = (run: Observed): ReturnType<typeof judgeDelay> => {
      const series = run.series.map((values) => values[index] ?? []);
      return judgeDelay(
        { low: series[0] ?? [], middle: series[1] ?? [], high: series[2] ?? [] },
        {
          guessed: run.guessed,
          server: run.server,
          rolled: run.rolled,
          attempts: limit === 'unbounded' ? Infinity : attempts,
        },
      );
    };
    const series = observed.series.map((values) => values[index] ?? []);
    const judged = forked ? worseOf(judgedOf(observed), judgedOf(forked)) : judgedOf(observed);
    const expression = site.argument;
    const delay: DelayExpression | null =
      expression && contains(circuit.region, expression)
        ? { node: expression, counter, baseMs: observed.guessed ? null : (series[1]?.[0] ?? null) }
        : null;
    const own = site.argument ?? site.node;
    waits.push({ ...judged, report: contains(circuit.region, own) ? own : head, delay });
  }
  const given = new Set([...selecting].filter((node) => isGiven(node, circuit)));
  return { attempts, limit, waits, counter, feasible: observed.taken, given };
}

/** Whether only callers can tell how a condition falls out: it is a parameter, or a member of one. */
function isGiven(node: TSESTree.Node, { evaluator, module, env }: Circuit): boolean {
  const inner = unwrap(node);
  const value = evaluator.evaluate(
    inner.type === 'UnaryExpression' && inner.operator === '!' ? inner.argument : inner,
    module,
    env,
  );
  return possibilities(value).every(({ kind }) => kind === 'parameter');
}

/** The growth and the jitter of a wait on the worse of two ways. */
function worseOf<Judged extends Pick<Wait, 'growth' | 'jitter'>>(first: Judged, second: Judged): Judged {
  const jitters: readonly Wait['jitter'][] = ['none', 'clipped', 'weak', 'unknown', 'yes'];
  return jitters.indexOf(second.jitter) < jitters.indexOf(first.jitter) && second.growth !== 'server' ? second : first;
}

function worldOf(circuit: Circuit, random: number, otherwise = true): World {
  return newWorld(circuit.evaluator, circuit.region, new Map(circuit.initial), {
    env: circuit.env,
    random,
    otherwise,
  });
}

/** Sets what a table gives in this round; whether there is a further round. */
function deal(circuit: Circuit, world: World, round: number): boolean {
  for (const [variable, values] of circuit.lists) world.state.set(variable, values[round] ?? Number.NaN);
  return circuit.rounds === null || round < circuit.rounds;
}

function countAttempts(
  circuit: Circuit,
  path: Path,
  selecting: ReadonlySet<TSESTree.Node>,
): Pick<Course, 'attempts' | 'limit'> {
  const world = worldOf(circuit, 0.5);
  const changing = changingOn(circuit, path);
  let maybe = false as boolean;
  const counting = new Set<TSESTree.Node>();
  let halfway: ReadonlyMap<Place, number> = new Map();
  /** Whether a condition surely falls out otherwise. */
  const fails = (node: TSESTree.Node, holds: boolean): boolean => {
    forgetGuesses(world);
    const value = numberOf(node, circuit.module, noFrame, world);
    if (selecting.has(node)) return false;
    if (Number.isNaN(value) || world.guessed) {
      maybe ||= limits(node, circuit, changing);
      return false;
    }
    if ([...changing].some((place) => mentions(node, place, circuit.module))) counting.add(node);
    return (value !== 0) !== holds;
  };
  for (let round = 0; round < maxRounds; round++) {
    world.steps = 0;
    if (round === maxRounds / 2) halfway = new Map(world.state);
    if (!deal(circuit, world, round)) return { attempts: round, limit: 'limited' };
    if (circuit.test && !(circuit.testLast && round === 0) && fails(circuit.test, true)) {
      return { attempts: round, limit: 'limited' };
    }
    for (const [index, step] of path.steps.entries()) {
      if (step.kind === 'test') {
        if (fails(step.node, step.holds)) return { attempts: round + 1, limit: 'limited' };
      } else execute(step, path.steps[index + 1], circuit, world, null);
    }
    advance(circuit, path, world);
  }
  if (maybe || circuit.lists.size > 0) return { attempts: null, limit: 'unknown' };
  if ([...counting].some((node) => endsSometime(node, circuit, world, halfway)))
    return { attempts: null, limit: 'limited' };
  return {
    attempts: null,
    limit: hasUnreachedLimit(circuit, changing, world, halfway) ? 'unreachable' : 'unbounded',
  };
}

/** A count beyond which nobody counts. */
const beyond = 1e9;

/** Whether a condition falls out otherwise when what still changes has gone on for as long as it takes. */
function endsSometime(
  node: TSESTree.Node,
  { module }: Circuit,
  world: World,
  halfway: ReadonlyMap<Place, number>,
): boolean {
  const now = numberOf(node, module, noFrame, world);
  const end = new Map(world.state);
  let moves = false as boolean;
  for (const [place, value] of world.state) {
    const before = halfway.get(place) ?? Number.NaN;
    if (Number.isNaN(before) || value === before || !mentions(node, place, module)) continue;
    end.set(place, value > before ? beyond : -beyond);
    moves = true;
  }
  if (!moves) return false;
  const later = numberOf(node, module, noFrame, { ...world, state: end, steps: 0 });
  return (now === 0) !== (later === 0);
}

/** Whether the loop has a limit that counts what this way does not move, or moves and moves back. */
function hasUnreachedLimit(
  { test, module, region, initial }: Circuit,
  changing: ReadonlySet<Place>,
  world: World,
  halfway: ReadonlyMap<Place, number>,
): boolean {
  if (!test) return false;
  const counters = [...countedIn(region, module)].filter(
    (place) => initial.has(place) && (!changing.has(place) || world.state.get(place) === halfway.get(place)),
  );
  return counters.some((place) => mentions(test, place, module));
}

/** What a piece of code counts, rather than sets. */
function countedIn(region: TSESTree.Node, module: Module): ReadonlySet<Place> {
  const counted = new Set<Place>();
  walk(region, module, (node) => {
    if (node !== region && isFunction(node)) return false;
    const target =
      node.type === 'UpdateExpression'
        ? node.argument
        : node.type === 'AssignmentExpression' && (node.operator !== '=' || node.right.type === 'BinaryExpression')
          ? node.left
          : null;
    const place = target && placeOf(target, module);
    if (place !== null) counted.add(place);
    return undefined;
  });
  return counted;
}

function advance(circuit: Circuit, path: Path, world: World): void {
  if (circuit.advance) for (const [place, value] of circuit.advance(path, world)) world.state.set(place, value);
  if (circuit.update) numberOf(circuit.update, circuit.module, noFrame, world);
}

/** What changes on a way. */
function changingOn(circuit: Circuit, path: Path): ReadonlySet<Place> {
  const places = new Set<Place>(circuit.lists.keys());
  for (const { node } of path.steps) for (const place of writtenIn(node, circuit.module)) places.add(place);
  if (circuit.update) for (const place of writtenIn(circuit.update, circuit.module)) places.add(place);
  if (circuit.test) for (const place of writtenIn(circuit.test, circuit.module)) places.add(place);
  if (circuit.advance) {
    const world = worldOf(circuit, 0.5);
    const before = new Map(world.state);
    for (const [place, value] of circuit.advance(path, world)) {
      const old = before.get(place);
      if (old !== value) places.add(place);
    }
  }
  return places;
}

/** Whether a condition that cannot be worked out may end the attempts: it counts, looks at the clock, or at a stop flag. */
function limits(node: TSESTree.Node, circuit: Circuit, changing: ReadonlySet<Place>): boolean {
  const text = circuit.module.text.slice(...node.range);
  if (/\b(?:Date\.now|performance\.now|hrtime|deadline|elapsed|aborted|throwIfAborted|getTime)\b/.test(text))
    return true;
  if (
    /\b(?:attempts?Made|attempts?Left|retriesLeft|shouldRetry|canRetry|isRetr\w+|shouldStop|isStopped|closed?|closing|stopp?(?:ed|ing)?|shutdown\w*|shuttingDown|isRunning|running|active|enabled|destroyed|disposed|cancell?ed|unmounted|mounted)\b/.test(
      text,
    )
  ) {
    return (
      !/\bisRetr(?:y|i)able\w*\(\s*\w+\s*\)$/.test(text) ||
      [...changing].some((place) => mentions(node, place, circuit.module))
    );
  }
  if (node === circuit.test) return !asksOnlyWhetherDone(node, circuit);
  return [...changing].some((place) => mentions(node, place, circuit.module));
}

/** Whether a loop's condition only asks whether the operation has succeeded: a flag of the loop, its answer. */
function asksOnlyWhetherDone(test: TSESTree.Node, { region, module }: Circuit): boolean {
  const set = writtenIn(region, module);
  const counted = countedIn(region, module);
  let named = 0;
  let others = 0;
  walk(test, module, (node) => {
    if (node.type === 'CallExpression') others++;
    if (node.type === 'MemberExpression' && placeOf(node, module) === null) {
      // `response.ok`
      if (node.object.type === 'Identifier' && placeOf(node.object, module) !== null) return undefined;
      others++;
    }
    if (node.type !== 'Identifier' || (node.parent.type === 'MemberExpression' && node.parent.property === node))
      return undefined;
    const place = placeOf(node, module);
    named++;
    if (place === null || !set.has(place) || counted.has(place)) others++;
    return undefined;
  });
  return named > 0 && others === 0;
}

/** Whether an expression names a variable or field. */
function mentions(node: TSESTree.Node, place: Place, module: Module): boolean {
  let found = false;
  walk(node, module, (inner) => {
    if (inner.type === 'Identifier' || inner.type === 'MemberExpression') found ||= placeOf(inner, module) === place;
    return !found;
  });
  return found;
}

/** Carries out the changes of one step; tells `onWait` of each wait. */
function execute(
  step: Step,
  next: Step | undefined,
  circuit: Circuit,
  world: World,
  onWait: ((node: TSESTree.Node) => void) | null,
): void {
  // Its condition follows, and is worked out there.
  if (next?.kind === 'test' && next.node === step.node) return;
  const { module, operation } = circuit;
  walk(step.node, module, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'UpdateExpression' || node.type === 'AssignmentExpression') {
      if (node.type === 'AssignmentExpression' && contains(node.right, operation)) return undefined;
      numberOf(node, module, noFrame, world);
      return false;
    }
    if (node.type === 'VariableDeclarator' && node.init && node.id.type === 'Identifier') {
      const variable = variableOf(module, node.id);
      if (variable?.references.some((use) => use.isWrite() && use.init !== true) === true) {
        world.state.set(variable, numberOf(node.init, module, noFrame, world));
      }
    }
    onWait?.(node);
    return undefined;
  });
}

/** The waits on a way, in their order. */
function waitsOn({ evaluator, module, operation }: Circuit, path: Path): readonly WaitSite[] {
  const sites: WaitSite[] = [];
  for (const { kind, node: root } of path.steps) {
    if (kind === 'test') continue;
    walk(root, module, (node) => {
      if (contains(node, operation) && node !== root && node.type !== 'CallExpression') return undefined;
      if (contains(operation, node)) return false;
      if (isFunction(node)) return false;
      if (node.type === 'CallExpression' && path.at && contains(node, path.at) && isTimer(node, module, evaluator)) {
        const ms = node.arguments[1] ?? null;
        sites.push({ node, argument: ms, ms, module, frame: noFrame });
        return false;
      }
      if ((node.type === 'CallExpression' || node.type === 'NewExpression') && !contains(node, operation)) {
        const site = waitOf(evaluator, node, module);
        if (site) sites.push(site);
        return site === null ? undefined : false;
      }
      return undefined;
    });
  }
  return sites;
}

/** What was seen on a way. */
interface Observed {
  readonly series: readonly (readonly number[][])[];
  readonly states: readonly ReadonlyMap<Place, number>[];
  readonly guessed: boolean;
  readonly server: boolean;
  readonly rolled: boolean;
  readonly forked: boolean;
  /** It is taken in one round at least. */
  readonly taken: boolean;
}

/** The waits by attempt, with the dice low, in the middle and high; and the state at the first wait of each attempt. */
function observe(
  circuit: Circuit,
  path: Path,
  sites: readonly WaitSite[],
  selecting: ReadonlySet<TSESTree.Node>,
  otherwise: boolean,
): Observed {
  const states: ReadonlyMap<Place, number>[] = [];
  const flags = { guessed: false, server: false, rolled: false, forked: false, taken: false };
  const series = [0, 0.5, 0.999].map((random) => {
    const world = worldOf(circuit, random, otherwise);
    const values: number[][] = sites.map(() => []);
    for (let round = 0; round < sampled; round++) {
      world.steps = 0;
      if (!deal(circuit, world, round)) break;
      if (circuit.test && !(circuit.testLast && round === 0)) numberOf(circuit.test, circuit.module, noFrame, world);
      let noted = false as boolean;
      // Another way is taken in this round.
      let elsewhere = false as boolean;
      forgetGuesses(world);
      for (const [index, step] of path.steps.entries()) {
        if (step.kind === 'test') {
          const before: boolean = world.guessed;
          forgetGuesses(world);
          const value = numberOf(step.node, circuit.module, noFrame, world);
          elsewhere ||=
            selecting.has(step.node) && !Number.isNaN(value) && !world.guessed && (value !== 0) !== step.holds;
          world.guessed = before;
          continue;
        }
        execute(step, path.steps[index + 1], circuit, world, (node) => {
          const at = sites.findIndex((site) => site.node === node);
          const site = sites[at];
          if (!site || elsewhere) return;
          if (!noted && random === 0.5) states.push(new Map(world.state));
          noted = true;
          forgetGuesses(world);
          const ms = site.ms ? numberOf(site.ms, moduleOf(site), site.frame, world) : 0;
          flags.guessed ||= world.guessed;
          values[at]?.push(ms);
        });
      }
      flags.taken ||= !elsewhere;
      if (!noted && random === 0.5) states.push(new Map(world.state));
      advance(circuit, path, world);
    }
    flags.forked ||= world.forked;
    flags.server ||= world.server;
    flags.rolled ||= world.rolled;
    return values;
  });
  return { series, states, ...flags };
}

function moduleOf(site: WaitSite): Module {
  return site.module;
}

/** The variable that counts the attempts: one more each time. */
function counterAt(states: readonly ReadonlyMap<Place, number>[], circuit: Circuit): Course['counter'] {
  const [first, second, third] = states;
  if (!first || !second || !third) return null;
  for (const [place, value] of first) {
    if (typeof place === 'string' || Number.isNaN(value) || !Number.isInteger(value)) continue;
    if (second.get(place) !== value + 1 || third.get(place) !== value + 2 || circuit.lists.has(place)) continue;
    if (value === 0 || value === 1) return { variable: place, first: value };
  }
  return null;
}

/** The numbers that the variables of a region hold before it. */
export function initialState(
  evaluator: Evaluator,
  region: TSESTree.Node,
  module: Module,
  env: Env,
): Map<Place, number> {
  const state = new Map<Place, number>();
  const world = newWorld(evaluator, region, state, { env });
  for (const place of writtenIn(region, module)) {
    if (typeof place === 'string') {
      state.set(place, 0);
      continue;
    }
    const declaration = place.defs[0]?.node as TSESTree.Node | undefined;
    if (declaration?.type === 'VariableDeclarator' && declaration.id.type === 'Identifier' && declaration.init) {
      const init = unwrap(declaration.init);
      const value = numberOf(init, module, noFrame, world);
      if (!Number.isNaN(value)) state.set(place, value);
    } else {
      const parameter = parameterDefault(place);
      if (parameter) {
        const value = numberOf(parameter, module, noFrame, world);
        if (!Number.isNaN(value)) state.set(place, value);
      }
    }
  }
  return state;
}

/** The default of the parameter that a variable is. */
export function parameterDefault(variable: Variable): TSESTree.Node | null {
  const name = variable.identifiers[0];
  const parent = name?.parent;
  return parent?.type === 'AssignmentPattern' && parent.left === name ? parent.right : null;
}
