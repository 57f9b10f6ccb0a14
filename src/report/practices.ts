/** What is known of one call: each practice as an answer with its evidence, and what the call costs. */
import type { Facts } from '../analysis/analyze.js';
import type { SetBound, Verdict } from '../analysis/bounds.js';
import type { CallNode, DownstreamCall } from '../analysis/calls.js';
import { effectOf } from '../analysis/effects.js';
import { partsOfPolicy } from '../analysis/isolation/policies.js';
import { durationText, isSingle, realWaits, totalWait, waitsForNothing } from '../analysis/retries/judge.js';
import { keyOf, keySpec } from '../analysis/retries/keys.js';
import { implicitRetry, policyScope } from '../analysis/retries/libraries.js';
import type { RetryScope } from '../analysis/retries/scope.js';
import { limiterAround } from '../analysis/surroundings.js';
import type { Env, Site } from '../analysis/values.js';
import type { CallSite, Cost, Evidence, Practice } from './inventory.js';
import type { Places } from './places.js';

/** What stands around a call in its function, outermost first. */
export type Around =
  | { readonly kind: 'retry'; readonly scope: RetryScope }
  | { readonly kind: 'under'; readonly kinds: readonly string[]; readonly at: Site }
  | { readonly kind: 'caught'; readonly at: Site };

/** A call as it is looked at. */
export interface Looked {
  readonly facts: Facts;
  readonly places: Places;
  readonly call: DownstreamCall;
  /** Where it stands: the call itself, or the call of the wrapper that leads to it. */
  readonly at: Site;
  /** The arguments of the wrappers on the way. */
  readonly env: Env;
  readonly around: readonly Around[];
}

type Practices = Pick<
  CallSite,
  'timeout' | 'retry' | 'idempotency' | 'guard' | 'bulkhead' | 'fallback' | 'cost' | 'effect' | 'method'
>;

/** Everything that is asked about a call. */
export function practicesOf(looked: Looked): Practices {
  const { facts, call, env } = looked;
  const verdict = facts.boundOf(call, env);
  const { effect, method } = effectOf(facts.evaluator, call, env);
  const retry = retryOf(looked, method);
  return {
    effect,
    method: method ?? call.operation.method ?? null,
    timeout: timeoutOf(looked, verdict),
    retry: retry.practice,
    idempotency: idempotencyOf(looked, effect, retry.layers.length > 0),
    guard: guardOf(looked),
    bulkhead: policyOf(looked, ['bulkhead', 'limiter', 'rate-limit'], 'limits how many run at once'),
    fallback: fallbackOf(looked),
    cost: { ...limitOf(looked, verdict), attempts: retry.own.attempts, waitMs: retry.own.waitMs },
  };
}

// Timeout

const phaseNames = {
  pool: 'waiting for a connection',
  connect: 'connecting',
  handshake: 'the handshake',
  headers: 'waiting for the answer',
  body: 'reading the answer',
};

function timeoutOf(looked: Looked, verdict: Verdict): Practice {
  const { facts, call, at } = looked;
  const here = [evidenceOf(looked, at)];
  const shown = (bounds: readonly SetBound[]): readonly Evidence[] => {
    const sites = bounds.flatMap(({ limit }) => ('site' in limit && limit.site ? [limit.site] : []));
    return sites.length === 0 ? here : sites.map((site) => evidenceOf(looked, site));
  };
  switch (verdict.kind) {
    case 'bounded': {
      if (verdict.by.length === 0) {
        const limiter = limiterAround(facts.evaluator, call.node, call.module);
        return yes('a limit around it', limiter ? [evidenceOf(looked, { node: limiter, module: call.module })] : here);
      }
      const texts = verdict.by.map(({ bound, limit }) => {
        const ms = limit.kind === 'limited' ? limit.ms : null;
        return ms === null ? `\`${bound.option}\`` : `${durationText(ms)} (\`${bound.option}\`)`;
      });
      return yes([...new Set(texts)].join(', '), shown(verdict.by));
    }
    case 'implicit':
      return yes(`${durationText(verdict.ms)}, the default of ${call.library.name}`, here);
    case 'missing':
      return no('nothing ends it', true, here);
    case 'longDefault':
      return no(`only the default of ${durationText(verdict.ms)}`, true, here);
    case 'openPhase':
      return no(`no limit on ${verdict.phases.map((phase) => phaseNames[phase]).join(', ')}`, true, shown(verdict.by));
    case 'ineffective':
      return no(
        'its limit does not bind',
        true,
        verdict.cause ? [evidenceOf(looked, { node: verdict.cause.node, module: call.module })] : shown(verdict.by),
      );
    case 'callerOwned':
      return unknown('up to its caller', shown(verdict.by));
    case 'unknown':
      return unknown(`cannot be told: ${verdict.why}`, shown(verdict.by));
  }
}

/** How long an attempt may take. */
function limitOf({ facts, call }: Looked, verdict: Verdict): Pick<Cost, 'attemptMs' | 'idle' | 'totalMs'> {
  const simple = (attemptMs: Cost['attemptMs']): Pick<Cost, 'attemptMs' | 'idle' | 'totalMs'> => ({
    attemptMs,
    idle: false,
    totalMs: null,
  });
  switch (verdict.kind) {
    case 'missing':
    case 'openPhase':
      return simple('never');
    case 'implicit':
    case 'longDefault':
      return simple(verdict.ms);
    case 'ineffective':
      return simple(facts.defaultWaitOf(call));
    case 'callerOwned':
    case 'unknown':
      return simple(null);
    case 'bounded':
      return boundedBy(verdict.by);
  }
}

function boundedBy(by: readonly SetBound[]): Pick<Cost, 'attemptMs' | 'idle' | 'totalMs'> {
  const limits = by.flatMap(({ bound, limit }) =>
    limit.kind === 'limited' && limit.ms !== null ? [{ bound, ms: limit.ms }] : [],
  );
  // Of each phase the shortest limit; a limit of several phases counts once.
  const chosen = new Set(
    (['connect', 'handshake', 'headers', 'body'] as const).flatMap((phase) => {
      const [shortest] = limits.filter(({ bound }) => bound.phases.includes(phase)).sort((a, b) => a.ms - b.ms);
      return shortest ? [shortest] : [];
    }),
  );
  const parts = [...chosen];
  const ms = parts.length === 0 ? null : parts.reduce((sum, part) => sum + part.ms, 0);
  const total = parts.filter(({ bound }) => bound.kind === 'total');
  return {
    attemptMs: ms,
    idle: parts.some(({ bound }) => bound.kind === 'idle' || (bound.idleIn?.length ?? 0) > 0),
    totalMs: total.length > 0 && total.length === parts.length ? ms : null,
  };
}

// Retry

/** One thing that repeats a call. */
interface Layer {
  readonly attempts: number | null;
  readonly text: string;
  readonly wrong: boolean;
  readonly known: boolean;
  readonly explicit: boolean;
  readonly at: Site;
}

interface Retried {
  readonly practice: Practice;
  readonly layers: readonly Layer[];
  readonly own: Pick<Cost, 'attempts' | 'waitMs'>;
}

function retryOf(looked: Looked, method: string | null): Retried {
  const { facts, call, at, around } = looked;
  const own = implicitRetry(facts.evaluator, call);
  const installed = facts.retries.filter(
    (scope) => scope.installed === true && scope.runs.some((run) => run.node === call.node),
  );
  const scopes = [...around.flatMap((one) => (one.kind === 'retry' ? [one.scope] : [])), ...installed].filter(
    (scope) => method === null || !scope.methods || scope.methods.includes(method),
  );
  const layers: Layer[] = scopes.map((scope) => layerOf(asMade(looked, scope)));
  const client = call.client.site ?? at;
  if (own) {
    const waits = own.waits.slice(0, Math.max(0, (own.attempts ?? 1) - 1)).map((ms) => durationText(ms));
    layers.push({
      attempts: own.attempts,
      text: `${countText(own.attempts)} by ${call.library.name}${own.explicit ? '' : ', its default'}${waits.length > 0 ? `, waits up to ${waits.join(', ')}` : ''}`,
      wrong: false,
      known: own.attempts !== null,
      explicit: own.explicit,
      at: client,
    });
  }
  const explicit = layers.filter((layer) => layer.explicit);
  const nested = explicit.length > 1;
  const wrong = layers.some((layer) => layer.wrong) || nested;
  const evidence = layers.map((layer) => evidenceOf(looked, layer.at));
  const text = layers.map((layer) => layer.text).join(' × ');
  const practice =
    layers.length === 0
      ? no('not retried', false, [])
      : wrong
        ? no(nested ? `${text}: a retry in a retry` : text, true, evidence)
        : layers.every((layer) => layer.known)
          ? yes(text, evidence)
          : unknown(text, evidence);
  return {
    practice,
    layers,
    own: own
      ? { attempts: own.attempts, waitMs: own.attempts === null ? null : sum(own.waits.slice(0, own.attempts - 1)) }
      : { attempts: installedAttempts(installed), waitMs: installed.length === 0 ? 0 : waitOf(installed) },
  };
}

/** A policy that is made elsewhere, as it is made there. */
function asMade({ facts }: Looked, scope: RetryScope): RetryScope {
  if (scope.elsewhere !== true || scope.module !== facts.module) return scope;
  const run = facts.isolation.policyRunAt(scope.node as CallNode);
  const parts = run?.policy ? partsOfPolicy(facts.evaluator, run.policy) : [];
  const site = parts.find(({ policy }) => policy.kind === 'retry')?.site;
  const made = site && policyScope(facts.evaluator, site.node as CallNode, site.module);
  return made ? { ...made, node: scope.node, head: scope.head, module: scope.module, runs: scope.runs } : scope;
}

const installedAttempts = (scopes: readonly RetryScope[]): number | null =>
  scopes.reduce<number | null>(
    (product, { attempts }) => (product === null || attempts === null ? null : product * attempts),
    1,
  );

const waitOf = (scopes: readonly RetryScope[]): number | null =>
  scopes.reduce<number | null>((total, scope) => {
    const wait = totalWait(scope);
    return total === null || wait === null ? null : total + wait;
  }, 0);

function layerOf(scope: RetryScope): Layer {
  const waits = realWaits(scope);
  const parts = [scope.limit === 'unbounded' || scope.limit === 'fatal' ? 'without end' : countText(scope.attempts)];
  const nothing = waitsForNothing(scope);
  const constant = waits.some(({ growth }) => growth === 'constant');
  const even = waits.some(({ growth, jitter }) => growth !== 'constant' && (jitter === 'none' || jitter === 'clipped'));
  if (nothing) parts.push('no wait');
  for (const wait of waits.slice(0, 1)) {
    parts.push(
      wait.growth === 'unknown' ? 'a wait of which nothing is known' : `${wait.growth} wait`,
      ...(wait.growth === 'unknown' || wait.growth === 'server' ? [] : [jitterText[wait.jitter]]),
    );
  }
  const single = isSingle(scope);
  return {
    attempts: scope.attempts,
    text: `${parts.join(', ')} (${scope.name})`,
    wrong:
      scope.limit === 'unbounded' ||
      scope.limit === 'fatal' ||
      scope.limit === 'unreachable' ||
      (!single && (nothing || constant || even)),
    known: scope.limit === 'limited' && (waits.length === 0 || waits.every(({ growth }) => growth !== 'unknown')),
    explicit: scope.explicit,
    at: { node: scope.head.node, module: scope.module },
  };
}

const jitterText = {
  none: 'no jitter',
  weak: 'little jitter',
  clipped: 'jitter that the cap takes away',
  yes: 'jitter',
  unknown: 'jitter not known',
};

const countText = (attempts: number | null): string => (attempts === null ? 'some attempts' : `${attempts} attempts`);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

// Idempotency

function idempotencyOf(looked: Looked, effect: CallSite['effect'], retried: boolean): Practice {
  const { facts, call, at, around } = looked;
  if (effect === 'read') return { answer: 'not-needed', text: 'a read', wrong: false, evidence: [] };
  if (effect === 'idempotent-write')
    return { answer: 'not-needed', text: 'a write that may be repeated', wrong: false, evidence: [] };
  const here = [evidenceOf(looked, at)];
  if (effect === 'unknown') return unknown('what repeating it does cannot be told', here);
  const regions = around.flatMap((one) =>
    one.kind === 'retry' ? [{ node: one.scope.node, module: one.scope.module }] : [],
  );
  const key = keyOf(facts.evaluator, call, regions);
  switch (key.kind) {
    case 'stable':
      return yes('a key that is the same in each attempt', here);
    case 'unstable':
      return no('a new key in each attempt', retried, [evidenceOf(looked, { node: key.node, module: key.module })]);
    case 'unknown':
      return unknown('whether it carries a key cannot be told', here);
    case 'none':
      if (keySpec(call)?.automatic === true) return yes(`${call.library.name} makes a key for each call`, here);
      // Whatever a wrapper adds is not looked into.
      if (at.node !== call.node) return unknown('whether its wrapper adds a key cannot be told', here);
      return no(retried ? 'no key, and it is retried' : 'no key; it is not retried', retried, here);
  }
}

// Guard, bulkhead, fallback

function guardOf(looked: Looked): Practice {
  const { facts, call, at } = looked;
  const direct = policyOf(looked, ['breaker'], 'in a circuit breaker');
  if (direct.answer === 'yes') return direct;
  const states = [facts.isolation.guardOf(call)];
  if (at.node !== call.node)
    states.push(facts.isolation.guardOf({ ...call, node: at.node as DownstreamCall['node'], module: at.module }));
  const here = [evidenceOf(looked, at)];
  if (states.includes('guarded')) return yes('in a circuit breaker', here);
  if (states.includes('unknown')) return unknown('its client, or what calls it, may have one', here);
  return no('outside any circuit breaker', false, here);
}

function policyOf(looked: Looked, kinds: readonly string[], text: string): Practice {
  const found = looked.around.flatMap((one) =>
    one.kind === 'under' && one.kinds.some((kind) => kinds.includes(kind)) ? [one.at] : [],
  );
  if (found.length > 0)
    return yes(
      text,
      found.map((site) => evidenceOf(looked, site)),
    );
  return no('none', false, []);
}

function fallbackOf(looked: Looked): Practice {
  const policy = policyOf(looked, ['fallback'], 'a fallback policy');
  if (policy.answer === 'yes') return policy;
  const caught = looked.around.findLast((one) => one.kind === 'caught');
  if (caught) return yes('its failure goes no further', [evidenceOf(looked, caught.at)]);
  return no('its failure is its caller’s', false, []);
}

// Answers

function evidenceOf({ places }: Looked, { node, module }: Site): Evidence {
  return places.evidence(node, module);
}

const yes = (text: string, evidence: readonly Evidence[]): Practice => ({
  answer: 'yes',
  text,
  wrong: false,
  evidence,
});
const no = (text: string, wrong: boolean, evidence: readonly Evidence[]): Practice => ({
  answer: 'no',
  text,
  wrong,
  evidence,
});
const unknown = (text: string, evidence: readonly Evidence[]): Practice => ({
  answer: 'unknown',
  text,
  wrong: false,
  evidence,
});
