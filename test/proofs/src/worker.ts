/**
 * Proves what the catalog says of one installed version of one library, and sends the rows to the parent.
 * `node worker.js <behaviour file> <package> <bounds|defaults>`: bounds run by the wall clock, defaults and retries by the fast one.
 */
import { readFileSync } from 'node:fs';
import { catalog } from '../../../src/catalog/index.js';
import type {
  Bound,
  ClientType,
  Library,
  Phase,
  Policy,
  RetryBehaviour,
  SpecialValue,
} from '../../../src/catalog/schema.js';
import type { Behaviour, Loose, PolicySubject, Subject } from './behaviour.js';
import { squeezeWaits, installFastClock, isTick, sleep, ticked, waits, wallClock, type Wait } from './clock.js';
import type { Row } from './row.js';
import { blackhole, failing, mute, silent, unfinished, type Target } from './servers.js';
import { satisfies } from './versions.js';

const [file, packageName, mode] = process.argv.slice(2) as [string, string, 'bounds' | 'defaults'];
if (mode === 'defaults') installFastClock();

const uncaught: unknown[] = [];
process.on('uncaughtException', (error) => uncaught.push(error));
process.on('unhandledRejection', () => undefined);

/** The longest that any one proof waits by the wall clock, ms. */
const CAP = 8000;

const root = new URL('../../../../', import.meta.url);
const versionOf = (name: string): string => {
  if (name.startsWith('node:') || name === 'global') return process.versions.node;
  const text = readFileSync(new URL(`node_modules/${name}/package.json`, root), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

const load = async (name: string): Promise<Loose> => (await import(name)) as Loose;

/** A deep copy of plain objects; everything else stays what it is. */
const copy = (value: Loose): Loose =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]))
    : value;

const setPath = (object: Loose, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at = object;
  for (const key of keys) at = at[key] = typeof at[key] === 'object' && at[key] !== null ? at[key] : {};
  at[last] = value;
};

interface Outcome {
  settled: boolean;
  rejected: boolean;
  /** Milliseconds by the wall clock, from the start. */
  after: number;
  reason: unknown;
  done: Promise<void>;
}

const watch = (start: () => Promise<unknown> | PromiseLike<unknown>): Outcome => {
  const began = wallClock();
  const outcome: Outcome = { settled: false, rejected: false, after: 0, reason: undefined, done: Promise.resolve() };
  const settle = (rejected: boolean) => (reason: unknown) => {
    outcome.settled = true;
    outcome.rejected = rejected;
    outcome.reason = reason;
    outcome.after = wallClock() - began;
  };
  outcome.done = (async () => start())().then(settle(false), settle(true));
  return outcome;
};

const until = (outcome: Outcome, ms: number): Promise<unknown> => Promise.race([outcome.done, sleep(ms)]);

const describe = (reason: unknown): string =>
  reason instanceof Error ? `${reason.name}: ${reason.message}`.slice(0, 120) : String(reason).slice(0, 120);

const rows: Row[] = [];
let library: Library;
const version = versionOf(packageName);

/** Runs one proof; what it throws is a failure, what it returns a note. */
const prove = async (claim: string, proof: () => Promise<string | void>): Promise<void> => {
  try {
    const note = await proof();
    rows.push({ library: library.name, version, claim, shown: 'behaviour', note: note ?? '' });
  } catch (error) {
    rows.push({ library: library.name, version, claim, shown: 'failed', note: describe(error) });
  }
};

const sourceOnly = (claim: string, reason: string): void => {
  rows.push({ library: library.name, version, claim, shown: 'source only', note: reason });
};

const assert = (condition: boolean, message: string): void => {
  if (!condition) throw new Error(message);
};

type Place = 'call' | 'construction' | 'chain' | 'method';

const placesOf = (bound: Bound): Place[] => (bound.where === 'both' ? ['construction', 'call'] : [bound.where]);

/** The value that makes this bound end after `ms`. */
const valueOf = (bound: Bound, ms: number): unknown => {
  switch (bound.takes) {
    case 'ms':
    case 'ms-or-text':
      return ms;
    case 's':
      return ms / 1000;
    case 'epoch':
      return Date.now() + ms;
    case 'signal':
      return AbortSignal.timeout(ms);
    case 'controller': {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms);
      return controller;
    }
    case 'token': {
      const listeners: ((reason: unknown) => void)[] = [];
      const token: Loose = {
        promise: new Promise((resolve) => setTimeout(() => resolve({ message: 'cancelled' }), ms)),
        subscribe: (listener: (reason: unknown) => void) => listeners.push(listener),
        unsubscribe: () => undefined,
        throwIfRequested: () => undefined,
      };
      setTimeout(() => {
        token.reason = new Error('cancelled');
        for (const listener of listeners) listener(token.reason);
      }, ms);
      return token;
    }
  }
};

const specialValue = (value: SpecialValue): unknown =>
  ({ Infinity: Infinity, negative: -1, number: 300, 'above-2^31': 2 ** 31 })[String(value)] ?? value;

interface Setting {
  readonly bound: Bound;
  readonly place: Place;
  readonly value: () => unknown;
  readonly requires?: boolean;
}

const startOf =
  (subject: Subject, target: Target, setting?: Setting, listen = false, phase?: Phase) =>
  () => {
    const loud = setting !== undefined && subject.loud?.includes(setting.bound.option);
    const config = copy(loud ? {} : (subject.quiet ?? {}));
    const options = copy(loud ? {} : (subject.quietOptions ?? {}));
    const chain = {};
    if (setting) {
      const object = { construction: config, call: options, chain, method: chain }[setting.place];
      setPath(object, setting.bound.option, setting.value());
      if (setting.bound.requires && setting.requires !== false) setPath(object, setting.bound.requires, true);
    }
    const start = (phase === 'pool' ? subject.pool : undefined) ?? subject.start;
    return start({ lib, load, target, config, options, chain, method: 'GET', listen });
  };

let lib: Loose;

const serverFor = async (subject: Subject, phase: Phase): Promise<Target | string> => {
  const reason = subject.unrunnable?.[phase];
  if (reason !== undefined) return reason;
  if (phase === 'pool') {
    return subject.pool && subject.handshake
      ? mute(subject.handshake)
      : 'a pool of its own would have to be filled first';
  }
  if (phase === 'connect') return blackhole();
  if (phase === 'handshake') return silent(subject.handshake ? 'http' : 'https');
  if (phase === 'headers') return subject.handshake ? mute(subject.handshake) : silent();
  const { handshake, begins } = subject;
  if (!handshake) return unfinished('stall', subject.type);
  return begins
    ? mute((socket) => handshake(socket, true))
    : 'the answer of this protocol begins and ends in one message here';
};

const isReal = (bound: Bound): boolean => bound.kind !== 'no-effect' && bound.kind !== 'server';

/** A bound that ends the wait for an answer, to compare those with that end nothing. */
const controlOf = (client: ClientType, subject: Subject): Setting | undefined => {
  const bound = [...boundsOf(client)]
    .filter((one) => isReal(one) && !one.needsListener && one.phases.includes('headers') && !skipReason(subject, one))
    .sort((a, b) => (a.fix ?? 9) - (b.fix ?? 9))[0];
  if (!bound) return undefined;
  const place = placesOf(bound)[0]!;
  return { bound, place, value: () => valueOf(bound, 3 * (subject.ms ?? 300)) };
};

const boundsOf = (client: ClientType): readonly Bound[] =>
  client.bounds.filter((bound) => satisfies(version, bound.versions));

const skipReason = (subject: Subject, bound: Bound, place?: Place): string | undefined =>
  subject.skip?.[bound.option] ?? (place && subject.skip?.[`${bound.option}@${place}`]);

const waitForControl = async (client: ClientType, subject: Subject, target: Target): Promise<void> => {
  const control = controlOf(client, subject);
  if (!control) return sleep(3 * (subject.ms ?? 300));
  const outcome = watch(startOf(subject, target, control));
  await until(outcome, CAP);
  assert(outcome.settled, `the control (${control.bound.option}) did not end`);
};

async function provePhase(subject: Subject, setting: Setting, phase: Phase, target: Target): Promise<string> {
  const ms = subject.ms ?? 300;
  const without = watch(startOf(subject, target, undefined, false, phase));
  const bounded = watch(startOf(subject, target, setting, setting.bound.needsListener, phase));
  await until(bounded, CAP);
  assert(bounded.settled, `${phase}: still pending`);
  assert(!without.settled, `${phase}: the call without it ended too (${describe(without.reason)})`);
  assert(
    bounded.after >= ms * 0.8,
    `${phase}: ended after ${Math.round(bounded.after)} ms (${describe(bounded.reason)})`,
  );
  return `${phase} ${Math.round(bounded.after)} ms`;
}

async function proveDrip(subject: Subject, setting: Setting): Promise<string> {
  const { bound } = setting;
  const restarts = bound.kind === 'idle' || bound.idleIn?.includes('body');
  const drip = await unfinished('drip', subject.type);
  const slow = { ...setting, value: () => valueOf(bound, Math.max(1000, subject.ms ?? 300)) };
  const outcome = watch(startOf(subject, drip, restarts ? slow : setting, bound.needsListener));
  await until(outcome, restarts ? 2400 : 2800);
  if (restarts) assert(!outcome.settled, `a trickled body ended after ${Math.round(outcome.after)} ms`);
  else assert(outcome.settled, 'a trickled body did not end');
  return restarts ? 'restarts with each chunk' : 'a trickled body ends too';
}

async function proveBound(
  name: string,
  client: ClientType,
  subject: Subject,
  bound: Bound,
  place: Place,
): Promise<void> {
  const title = `${name}: \`${bound.option}\` (${place})`;
  const skip = skipReason(subject, bound, place);
  if (skip !== undefined) return sourceOnly(`${title}: ${bound.kind}`, skip);
  const ms = subject.ms ?? 300;
  const setting: Setting = { bound, place, value: () => valueOf(bound, ms) };
  const answering = async (): Promise<Target> => {
    const server = await serverFor(subject, 'headers');
    if (typeof server !== 'string') return server;
    const handshake = await serverFor(subject, 'handshake');
    assert(typeof handshake !== 'string', String(handshake));
    return handshake as Target;
  };
  const work: Promise<void>[] = [];
  const staysPending = (claim: string, one: Setting) =>
    prove(claim, async () => {
      const target = await answering();
      const outcome = watch(startOf(subject, target, one));
      await Promise.race([waitForControl(client, subject, target), outcome.done]);
      assert(!outcome.settled, `ended after ${Math.round(outcome.after)} ms (${describe(outcome.reason)})`);
    });

  if (bound.kind === 'no-effect' && bound.fault === 'misread') {
    work.push(
      prove(`${title}: ${bound.misread?.join(', ') ?? ''} is misread`, async () => {
        const target = await answering();
        const outcome = watch(startOf(subject, target, setting));
        await until(outcome, CAP);
        assert(outcome.settled && outcome.rejected, 'did not fail');
        assert(outcome.after < 2500, `failed only after ${Math.round(outcome.after)} ms`);
        return describe(outcome.reason);
      }),
    );
  } else if (!isReal(bound)) {
    work.push(staysPending(`${title}: ends nothing (${bound.kind})`, setting));
  } else {
    const phases: [Phase, Target][] = [];
    for (const phase of bound.phases) {
      const server = await serverFor(subject, phase);
      if (typeof server === 'string') sourceOnly(`${title} ends ${phase}`, server);
      else phases.push([phase, server]);
    }
    const shown = phases.map(([phase]) => phase).join(', ');
    if (phases.length > 0) {
      work.push(
        prove(`${title} ends ${shown}`, async () => {
          const notes = await Promise.all([
            ...phases.map(([phase, server]) => provePhase(subject, setting, phase, server)),
            ...(!subject.handshake && phases.some(([phase]) => phase === 'body') ? [proveDrip(subject, setting)] : []),
          ]);
          return notes.join(', ');
        }),
      );
    }
    if (bound.needsListener) work.push(staysPending(`${title}: ends nothing without a listener`, setting));
    if (bound.requires) {
      work.push(staysPending(`${title}: ends nothing without \`${bound.requires}\``, { ...setting, requires: false }));
    }
    for (const value of bound.none ?? []) {
      work.push(
        staysPending(`${title}: ${String(value)} means no limit`, { ...setting, value: () => specialValue(value) }),
      );
    }
    for (const value of bound.misread ?? []) {
      work.push(
        prove(`${title}: ${String(value)} is misread`, async () => {
          const target = await answering();
          const before = uncaught.length;
          const outcome = watch(startOf(subject, target, { ...setting, value: () => specialValue(value) }));
          await Promise.race([
            until(outcome, 3000),
            sleep(0).then(
              () =>
                new Promise<void>((resolve) => {
                  process.once('uncaughtException', () => resolve());
                }),
            ),
          ]);
          const thrown = uncaught.length > before;
          assert(outcome.settled || thrown, 'still pending');
          return outcome.settled ? describe(outcome.reason) : `uncaught: ${describe(uncaught.at(-1))}`;
        }),
      );
    }
    if (bound.droppedBy) {
      const { droppedBy } = bound;
      work.push(
        prove(`${title}: dropped by \`${droppedBy}\``, async () => {
          const target = await answering();
          const outcome = watch(() => {
            const withBoth: Setting = { ...setting };
            return startOf(
              { ...subject, quietOptions: { ...subject.quietOptions, [droppedBy]: new AbortController().signal } },
              target,
              withBoth,
            )();
          });
          await waitForControl(client, subject, target);
          assert(!outcome.settled, `ended after ${Math.round(outcome.after)} ms`);
        }),
      );
    }
  }
  await Promise.all(work);
}

async function proveBounds(name: string, client: ClientType, subject: Subject): Promise<void> {
  await Promise.all(
    boundsOf(client).flatMap((bound) =>
      placesOf(bound).map((place) => proveBound(name, client, subject, bound, place)),
    ),
  );
}

async function proveLimits(name: string, client: ClientType, subject: Subject): Promise<void> {
  const work: Promise<void>[] = [];
  for (const limit of client.limits.filter((one) => satisfies(version, one.versions))) {
    for (const phase of limit.phases) {
      const claim = `${name}: by default ${phase} ends ${limit.ms === 'never' ? 'never' : `after ${limit.ms} ms`}`;
      if (subject.defaultSourceOnly) {
        sourceOnly(claim, subject.defaultSourceOnly);
        continue;
      }
      const server = await serverFor(subject, phase);
      if (typeof server === 'string') {
        sourceOnly(claim, server);
        continue;
      }
      work.push(
        prove(claim, async () => {
          const { ms } = limit;
          const first = waits.length;
          const before = ticked();
          const outcome = watch(
            startOf({ ...subject, quiet: subject.quietLimits ?? subject.quiet }, server, undefined, false, phase),
          );
          await until(outcome, ms === 'never' ? 3500 : 30_000);
          if (ms === 'never') {
            assert(!outcome.settled, `ended after ${Math.round(outcome.after)} ms (${describe(outcome.reason)})`);
            return 'pending after 350 s of the fast clock';
          }
          assert(outcome.settled, 'still pending');
          const asked = waits.slice(first).some((wait) => Math.abs(wait.ms - ms) <= ms / 50);
          const ticks = ticked() - before;
          const end = `${describe(outcome.reason)}, ${asked ? `timer of ${ms} ms` : `${ticks} ms of ticks`}`;
          assert(asked || (ticks > ms * 0.8 && ticks < ms * 2.2), end);
          return end;
        }),
      );
    }
  }
  await Promise.all(work);
}

/** The waits between attempts: the last timer that was set and fired between two of them, or none. */
const gapsOf = (times: readonly number[], asked: readonly Wait[]): number[] =>
  times.slice(1).map((time, index) => {
    const before = times[index]!;
    const between = asked
      .filter((wait) => !wait.socket && !isTick(wait) && wait.setAt >= before - 0.5)
      .filter(({ firedAt }) => firedAt !== undefined && firedAt <= time + 1)
      .sort((a, b) => b.firedAt! - a.firedAt!);
    return between.find((wait) => wait.ms > 0)?.ms ?? 0;
  });

const MOST = 14;

async function attemptsOf(
  start: () => Promise<unknown> | PromiseLike<unknown>,
  times: () => readonly number[],
): Promise<number[]> {
  const first = waits.length;
  const outcome = watch(start);
  const began = wallClock();
  while (!outcome.settled && times().length < MOST && wallClock() - began < 12_000)
    await Promise.race([outcome.done, sleep(20)]);
  await sleep(30);
  return gapsOf(times().slice(0, MOST), waits.slice(first));
}

/** Throws where the waits are not what the entry says. */
function checkDelays(behaviour: RetryBehaviour, gaps: readonly number[], again: readonly number[]): string {
  const shown = gaps.map(Math.round).join(', ');
  if (gaps.length === 0) return 'no wait to look at';
  // Below 20 ms the machine is louder than any jitter.
  const jitter = gaps.some(
    (gap, index) => gap >= 20 && Math.abs(gap - (again[index] ?? gap)) > Math.max(2, gap * 0.004),
  );
  if (behaviour.delay === 'none') {
    assert(
      gaps.every((gap) => gap < 60),
      `waits ${shown}`,
    );
    return `waits ${shown}`;
  }
  if (gaps.some((gap) => gap >= 20)) {
    if (behaviour.jitter === 'none') assert(!jitter, `jitter: ${shown} and ${again.map(Math.round).join(', ')}`);
    else assert(jitter, `no jitter: twice ${shown}`);
  }
  const slack = behaviour.jitter === 'none' ? 0.03 : behaviour.jitter === 'weak' ? 0.25 : 1.1;
  const { baseMs, factor = 2, capMs = Infinity } = behaviour;
  if (baseMs !== undefined) {
    gaps.forEach((gap, index) => {
      const growth = { constant: 1, linear: index + 1, exponential: factor ** index, none: 0 }[behaviour.delay];
      const expected = Math.min(capMs, baseMs * growth);
      const low = behaviour.jitter === 'yes' ? 0 : expected * (1 - slack) - 15;
      assert(
        gap >= low && gap <= expected * (1 + slack) + 25,
        `wait ${index + 1} is ${Math.round(gap)}, expected ${expected} (${shown})`,
      );
    });
  }
  return `waits ${shown}${behaviour.jitter === 'none' ? ', twice the same' : `; again ${again.map(Math.round).join(', ')}`}`;
}

async function proveRetries(name: string, client: ClientType, subject: Subject): Promise<void> {
  const retry = client.retry;
  if (!retry) return;
  const behaviour = retry.default.find((one) => satisfies(version, one.versions));
  const claim = (what: string) => `${name}: ${what}`;
  if (subject.retry === false || subject.retrySourceOnly !== undefined) {
    return sourceOnly(claim('retries'), subject.retrySourceOnly ?? 'not provoked by an answer of HTTP');
  }
  const by = subject.retry?.by ?? 503;
  const methods = subject.retry?.methods ?? ['GET', 'POST'];
  const place = retry.where === 'call' ? 'options' : retry.where === 'chain' ? 'chain' : 'config';
  const run = async (method: 'GET' | 'POST', extra: Loose = {}): Promise<{ attempts: number; gaps: number[] }> => {
    const server = await failing(by);
    const objects: Loose = { config: {}, options: {}, chain: {} };
    objects[place] = extra;
    const gaps = await attemptsOf(
      () => subject.start({ lib, load, target: server, ...objects, method, listen: false }),
      () => server.requests.map((request) => request.at),
    );
    return { attempts: server.requests.length, gaps };
  };
  const expected = (attempts: number, count: number | 'unbounded') =>
    assert(count === 'unbounded' ? attempts >= MOST : attempts === count, `${attempts} attempts`);

  if (behaviour) {
    for (const method of methods) {
      const repeats = !behaviour.methods || behaviour.methods.includes(method);
      const what = repeats
        ? `${method} is tried ${behaviour.attempts} times, ${behaviour.delay} waits, jitter ${behaviour.jitter}`
        : `${method} is not repeated`;
      await prove(claim(`${what} (${by})`), async () => {
        const first = await run(method);
        expected(first.attempts, repeats ? behaviour.attempts : 1);
        if (!repeats) return 'one attempt';
        const second = behaviour.attempts === 1 ? first : await run(method);
        return checkDelays(behaviour, first.gaps, second.gaps);
      });
    }
  }
  const { options } = retry;
  const method = behaviour?.methods && !behaviour.methods.includes('GET') ? 'POST' : methods[0]!;
  if (options?.attempts) {
    const { option, counts } = options.attempts;
    const extra = {};
    setPath(extra, option, counts === 'retries' ? 1 : 2);
    await prove(claim(`\`${option}\` counts ${counts}`), async () => expected((await run(method, extra)).attempts, 2));
  }
  if (options?.off) {
    const { off } = options;
    await prove(claim(`\`${off}\` switches retries off`), async () => {
      const extra = new Function(`return ({ ${off} })`)() as Loose;
      expected((await run(method, extra)).attempts, 1);
    });
  }
}

async function provePolicy(name: string, policy: Policy, subject: PolicySubject): Promise<void> {
  if (subject.sourceOnly !== undefined) return sourceOnly(`${name}: ${policy.kind}`, subject.sourceOnly);
  if (mode === 'bounds') {
    if (policy.limit) await proveTimeout(name, policy, subject);
    if (policy.concurrency) await proveConcurrency(name, policy, subject);
    if (!policy.limit && !policy.concurrency && !policy.retry) {
      await prove(`${name}: runs its operation`, async () => {
        let ran = 0;
        await subject.run({ lib, load, operation: async () => (ran += 1), options: {} });
        assert(ran === 1, `ran ${ran} times`);
      });
    }
    return;
  }
  const { retry } = policy;
  if (retry) {
    squeezeWaits(40);
    const run = async (extra: Loose): Promise<{ attempts: number; gaps: number[] }> => {
      const times: number[] = [];
      const gaps = await attemptsOf(
        () =>
          subject.run({
            lib,
            load,
            options: extra,
            operation: () => {
              times.push(wallClock());
              return times.length > MOST ? new Promise(() => undefined) : Promise.reject(new Error('down'));
            },
          }),
        () => times,
      );
      return { attempts: times.length, gaps };
    };
    const expected = (attempts: number, count: number | 'unbounded') =>
      assert(count === 'unbounded' ? attempts >= MOST : attempts === count, `${attempts} attempts`);
    const behaviour = retry.default.find((one) => satisfies(version, one.versions));
    if (behaviour) {
      await prove(
        `${name}: ${behaviour.attempts} attempts, ${behaviour.delay} waits, jitter ${behaviour.jitter}`,
        async () => {
          const first = await run({});
          expected(first.attempts, behaviour.attempts);
          return checkDelays(behaviour, first.gaps, (await run({})).gaps);
        },
      );
    }
    const { options } = retry;
    const set = (...pairs: [string, unknown][]): Loose => {
      const extra = {};
      for (const [path, value] of pairs) setPath(extra, path, value);
      return extra;
    };
    if (options?.attempts) {
      const { option, counts } = options.attempts;
      await prove(`${name}: \`${option}\` counts ${counts}`, async () => {
        expected((await run(set([option, counts === 'retries' ? 2 : 3]))).attempts, 3);
      });
      const two: [string, unknown] = [option, counts === 'retries' ? 2 : 3];
      if (options.delay && !options.shape) {
        const { option: delay, unit } = options.delay;
        await prove(`${name}: \`${delay}\` is the first wait, ${unit}`, async () => {
          const { gaps } = await run(set(two, [delay, unit === 'ms' ? 700 : 3]));
          const base = unit === 'ms' ? 700 : 3000;
          assert(gaps[0]! >= base * 0.7 && gaps[0]! <= base * 2.1, `first wait ${gaps[0]}`);
          return `waits ${gaps.map(Math.round).join(', ')}`;
        });
      }
      if (
        options.jitter &&
        options.jitter.on.some((value) => typeof value !== 'string' || behaviour?.jitter === 'none')
      ) {
        const { option: jitter, on } = options.jitter;
        for (const value of on.filter((one) => !(typeof one === 'string' && /Generator$/.test(one)))) {
          await prove(`${name}: \`${jitter}: ${String(value)}\` is random`, async () => {
            const first = await run(set(two, [jitter, value]));
            const second = await run(set(two, [jitter, value]));
            assert(
              first.gaps.some((gap, index) => Math.abs(gap - second.gaps[index]!) > 1),
              `twice ${first.gaps.map(Math.round).join(', ')}`,
            );
            return `waits ${first.gaps.map(Math.round).join(', ')}; again ${second.gaps.map(Math.round).join(', ')}`;
          });
        }
      }
    }
    if (options?.off) {
      const { off } = options;
      await prove(`${name}: \`${off}\` switches retries off`, async () => {
        expected((await run(new Function(`return ({ ${off} })`)())).attempts, 1);
      });
    }
    if (options?.forever) {
      const { forever } = options;
      await prove(`${name}: \`${forever}: true\` never ends, or is refused`, async () => {
        const { attempts } = await run(set([forever, true]));
        assert(attempts >= MOST || attempts === 0, `${attempts} attempts`);
        return attempts === 0 ? 'refused' : `${attempts} attempts and more`;
      });
    }
  }
  if (policy.limit && typeof policy.limit.defaultMs === 'number') {
    const { defaultMs } = policy.limit;
    await prove(`${name}: by default ends after ${defaultMs} ms`, async () => {
      const outcome = watch(() =>
        subject.run({ lib, load, operation: () => new Promise(() => undefined), options: {} }),
      );
      await until(outcome, 30_000);
      assert(outcome.settled, 'still pending');
      assert(
        waits.some((wait) => wait.ms === defaultMs),
        `no timer of ${defaultMs} ms`,
      );
      return describe(outcome.reason);
    });
  }
}

async function proveTimeout(name: string, policy: Policy, subject: PolicySubject): Promise<void> {
  const limit = policy.limit!;
  const given = (value: unknown) => {
    const options = {};
    if (limit.option !== undefined) setPath(options, limit.option, value);
    return { options, argument: value };
  };
  const never = () => new Promise(() => undefined);
  await prove(
    `${name}: ${limit.option ? `\`${limit.option}\`` : `argument ${limit.argument}`} ends the wait`,
    async () => {
      const outcome = watch(() => subject.run({ lib, load, operation: never, ...given(300) }));
      const control = watch(() => subject.run({ lib, load, operation: never, ...given(6000) }));
      await until(outcome, 3000);
      assert(outcome.settled, 'still pending');
      assert(outcome.after >= 240, `ended after ${Math.round(outcome.after)} ms (${describe(outcome.reason)})`);
      assert(!control.settled, `a longer one ended too (${describe(control.reason)})`);
      return `${Math.round(outcome.after)} ms, ${describe(outcome.reason)}`;
    },
  );
  for (const value of limit.none ?? []) {
    await prove(`${name}: ${String(value)} means no limit`, async () => {
      const outcome = watch(() => subject.run({ lib, load, operation: never, ...given(specialValue(value)) }));
      await sleep(600);
      assert(!outcome.settled, `ended (${describe(outcome.reason)})`);
    });
  }
}

async function proveConcurrency(name: string, policy: Policy, subject: PolicySubject): Promise<void> {
  const { many } = subject;
  const { option, argument, default: byDefault } = policy.concurrency!;
  if (!many) return sourceOnly(`${name}: concurrency`, 'no run of many operations is written');
  const most = async (options: Loose, value: unknown): Promise<number> => {
    let now = 0;
    let seen = 0;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => (open = resolve));
    const operations = Array.from({ length: 40 }, () => async () => {
      seen = Math.max(seen, ++now);
      if (seen === 40) open();
      // Without a limit all meet here; with one they cannot, and go on after a while.
      await Promise.race([all, sleep(value === undefined && Object.keys(options as object).length === 0 ? 3000 : 30)]);
      now--;
    });
    await many({ lib, operations, options, argument: value });
    return seen;
  };
  await prove(`${name}: ${option ? `\`${option}\`` : `argument ${argument}`} limits`, async () => {
    const options = {};
    if (option !== undefined) setPath(options, option, 3);
    const seen = await most(options, 3);
    assert(seen === 3, `${seen} at once`);
  });
  if (option !== undefined) {
    await prove(`${name}: by default ${byDefault} at once`, async () => {
      const seen = await most({}, undefined);
      assert(seen === (byDefault === 'unbounded' ? 40 : byDefault), `${seen} at once`);
    });
  }
}

async function main(): Promise<void> {
  const { default: proofs } = (await import(file)) as { default: Behaviour };
  const entry = catalog.find((one) => one.name === proofs.library);
  if (!entry) throw new Error(`no entry named ${proofs.library}`);
  library = entry;
  lib = packageName === 'global' ? globalThis : await load(packageName);
  const retries: (() => Promise<void>)[] = [];
  const limits: Promise<void>[] = [];
  for (const [name, client] of Object.entries(entry.clients ?? {})) {
    const subject = proofs.clients?.[name];
    const reason = proofs.sourceOnly?.[name];
    const same = proofs.same?.[name];
    if (!subject && same !== undefined) {
      if (mode === 'bounds') await proveSame(name, client, same);
      continue;
    }
    if (!subject) {
      if (client.bounds.length + client.limits.length === 0) continue;
      if (mode === 'bounds')
        sourceOnly(`${name}: bounds and defaults`, reason ?? fail(`no subject for client ${name}`));
      continue;
    }
    if (mode === 'bounds') await proveBounds(name, client, subject);
    else {
      limits.push(proveLimits(name, client, subject));
      retries.push(() => proveRetries(name, client, subject));
    }
  }
  await Promise.all(limits);
  squeezeWaits(400);
  for (const retry of retries) await retry();
  for (const [name, policy] of Object.entries(entry.policies ?? {})) {
    const subject = proofs.policies?.[name];
    const reason = proofs.sourceOnly?.[name];
    if (subject) await provePolicy(name, policy, subject);
    else if (mode === 'bounds') sourceOnly(`${name}: ${policy.kind}`, reason ?? fail(`no subject for policy ${name}`));
  }
}

/** A client whose calls are run under the name of another one says the same as that one. */
const proveSame = (name: string, client: ClientType, other: string): Promise<void> =>
  prove(`${name}: bounds and defaults`, async () => {
    const shown = library.clients?.[other];
    assert(shown !== undefined, `no client ${other}`);
    for (const key of ['bounds', 'limits'] as const) {
      for (const one of client[key]) {
        const told = shown?.[key].some((fact) => JSON.stringify(fact) === JSON.stringify(one));
        assert(told === true, `${'option' in one ? one.option : one.phases.join()} is not a claim of ${other}`);
      }
    }
    return `its calls are those that are shown for ${other}`;
  });

/** A hole in the proofs is a failure, not a skip. */
function fail(message: string): string {
  rows.push({ library: library.name, version, claim: message, shown: 'failed', note: 'write one, or say why not' });
  return message;
}

main()
  .catch((error: unknown) => {
    const name = library?.name ?? packageName;
    rows.push({
      library: name,
      version,
      claim: 'the proofs run',
      shown: 'failed',
      note: error instanceof Error ? (error.stack ?? '').slice(0, 400) : String(error),
    });
  })
  .finally(() => {
    const done = () => process.exit(0);
    if (process.send) process.send(rows, done);
    else {
      for (const row of rows)
        process.stdout.write(
          `${row.shown === 'failed' ? 'FAILED ' : ''}${row.version} | ${row.claim} | ${row.shown} | ${row.note}\n`,
        );
      done();
    }
  });
