/** What an entry point leads to: every call on its way, what stands around it there, and what all of it costs at worst. */
import type { CallSite, Evidence, FunctionFlow, Step, Worst } from './inventory.js';

/** A call on the way of an entry point. */
export interface Visit {
  readonly call: string;
  /** Names of the functions on the way. */
  readonly by: readonly string[];
  /** A breaker, a bulkhead, …, with where it stands. */
  readonly under: ReadonlyMap<string, Evidence>;
  /** Where its failure ends; `null`: it is the entry point's. */
  readonly caught: Evidence | null;
  readonly retried: { readonly at: Evidence; readonly text: string } | null;
  /** Nobody waits for it. */
  readonly detached: boolean;
}

const maxDepth = 24;
const maxVisits = 400;

type Instead = Readonly<Record<string, string>>;
interface Way {
  readonly by: readonly string[];
  readonly under: ReadonlyMap<string, Evidence>;
  readonly caught: Evidence | null;
  readonly retried: Visit['retried'];
  readonly detached: boolean;
  readonly instead: Instead;
  readonly inside: ReadonlySet<string>;
}

const start: Way = {
  by: [],
  under: new Map(),
  caught: null,
  retried: null,
  detached: false,
  instead: {},
  inside: new Set(),
};

/** The calls that a function leads to, in order; each once for each way that differs in its first call and its surroundings. */
export function visitsOf(flow: FunctionFlow, functions: ReadonlyMap<string, FunctionFlow>): readonly Visit[] {
  const visits: Visit[] = [];
  const seen = new Set<string>();
  const go = (step: Step, way: Way): void => {
    if (visits.length >= maxVisits) return;
    if ('call' in step) {
      const call = way.instead[step.call] ?? step.call;
      const { by, under, caught, retried, detached } = way;
      const key = JSON.stringify([call, [...under.keys()], caught !== null, retried !== null, detached]);
      if (seen.has(key)) return;
      seen.add(key);
      visits.push({ call, by, under, caught, retried, detached });
    } else if ('run' in step) {
      const next = functions.get(step.run);
      if (!next || way.inside.has(step.run) || way.inside.size > maxDepth) return;
      go(next.steps, {
        ...way,
        by: isNamed(next) ? [...way.by, next.name] : way.by,
        instead: { ...step.instead, ...way.instead },
        inside: new Set([...way.inside, step.run]),
      });
    } else if ('seq' in step) for (const one of step.seq) go(one, way);
    else if ('par' in step) for (const one of step.par) go(one, way);
    else if ('alt' in step) for (const one of step.alt) go(one, way);
    else if ('retry' in step) go(step.retry, { ...way, retried: { at: step.at, text: retryText(step) } });
    else if ('each' in step) go(step.each, way);
    else if ('under' in step)
      go(step.under, { ...way, under: new Map([...way.under, ...step.kinds.map((kind) => [kind, step.at] as const)]) });
    else if ('caught' in step) go(step.caught, { ...way, caught: step.at });
    else go(step.detached, { ...way, detached: true });
  };
  go(flow.steps, { ...start, inside: new Set([flow.id]) });
  return visits;
}

const isNamed = ({ name }: FunctionFlow): boolean => !name.startsWith('(');

function retryText({ name, attempts }: Extract<Step, { retry: Step }>): string {
  return `${attempts === null ? 'some attempts' : `${attempts} attempts`} by its callers (${name})`;
}

interface Total {
  readonly ms: number;
  /** Some length is known. */
  readonly known: boolean;
  readonly never: boolean;
  readonly attempts: number;
  readonly endless: boolean;
  readonly atLeast: boolean;
}

const zero: Total = { ms: 0, known: false, never: false, attempts: 0, endless: false, atLeast: false };

/** What an entry point costs when everything on its way answers as late as it may. */
export function worstOf(
  flow: FunctionFlow,
  functions: ReadonlyMap<string, FunctionFlow>,
  calls: ReadonlyMap<string, CallSite>,
): Worst {
  const memo = new Map<string, Total>();
  const running = new Set<string>([flow.id]);

  const ofFunction = (id: string, instead: Instead): Total => {
    const next = functions.get(id);
    if (!next) return zero;
    // A recursion: as often as it goes round.
    if (running.has(id) || running.size > maxDepth) return { ...zero, atLeast: true };
    const simple = Object.keys(instead).length === 0;
    const known = simple ? memo.get(id) : undefined;
    if (known) return known;
    running.add(id);
    const total = of(next.steps, instead);
    running.delete(id);
    if (simple) memo.set(id, total);
    return total;
  };

  const of = (step: Step, instead: Instead): Total => {
    if ('call' in step) return costOf(calls.get(instead[step.call] ?? step.call));
    if ('run' in step) return ofFunction(step.run, { ...step.instead, ...instead });
    if ('seq' in step) return step.seq.map((one) => of(one, instead)).reduce(inTurn, zero);
    if ('par' in step) return step.par.map((one) => of(one, instead)).reduce(atOnce, zero);
    if ('alt' in step) return step.alt.map((one) => of(one, instead)).reduce(oneOf, zero);
    if ('retry' in step) return again(of(step.retry, instead), step);
    if ('each' in step) return { ...of(step.each, instead), atLeast: true };
    if ('under' in step) return limited(of(step.under, instead), step.limitMs);
    if ('caught' in step) return of(step.caught, instead);
    const { attempts, endless, atLeast } = of(step.detached, instead);
    return { ...zero, attempts, endless, atLeast };
  };

  const total = of(flow.steps, {});
  return {
    ms: total.never ? 'never' : total.known ? Math.round(total.ms) : null,
    limitedMs: total.known ? Math.round(total.ms) : null,
    attempts: total.endless ? null : total.attempts,
    atLeast: total.atLeast,
  };
}

function costOf(call: CallSite | undefined): Total {
  if (!call) return zero;
  const { attemptMs, idle, attempts, waitMs, totalMs } = call.cost;
  const count = attempts ?? 1;
  const doubt = attempts === null || waitMs === null || idle;
  if (attemptMs === 'never') return { ...zero, never: true, attempts: count, atLeast: attempts === null };
  if (attemptMs === null) return { ...zero, attempts: count, atLeast: true };
  const ms = totalMs ?? attemptMs * count + (waitMs ?? 0);
  return { ms, known: true, never: false, attempts: count, endless: false, atLeast: doubt };
}

function inTurn(a: Total, b: Total): Total {
  return { ...either(a, b), ms: a.ms + b.ms, attempts: a.attempts + b.attempts };
}

function atOnce(a: Total, b: Total): Total {
  return { ...either(a, b), ms: Math.max(a.ms, b.ms), attempts: a.attempts + b.attempts };
}

function oneOf(a: Total, b: Total): Total {
  return { ...either(a, b), ms: Math.max(a.ms, b.ms), attempts: Math.max(a.attempts, b.attempts) };
}

function either(a: Total, b: Total): Omit<Total, 'ms' | 'attempts'> {
  return {
    known: a.known || b.known,
    never: a.never || b.never,
    endless: a.endless || b.endless,
    atLeast: a.atLeast || b.atLeast,
  };
}

function again(once: Total, { attempts, endless, waitMs }: Extract<Step, { retry: Step }>): Total {
  const count = attempts ?? 1;
  return {
    ms: once.ms * count + (waitMs ?? 0),
    known: once.known || (waitMs ?? 0) > 0,
    never: once.never || endless,
    attempts: once.attempts * count,
    endless: once.endless || endless,
    atLeast: once.atLeast || attempts === null || waitMs === null,
  };
}

function limited(inside: Total, limitMs: number | null): Total {
  if (limitMs === null) return inside;
  const within = !inside.never && !inside.atLeast && inside.known && inside.ms <= limitMs;
  return within ? inside : { ...inside, ms: limitMs, known: true, never: false, atLeast: false };
}
