import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  SamplingBreaker,
  timeout,
  TimeoutStrategy,
  wrap,
  type IPolicy,
} from 'cockatiel';

const attempts = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
const perAttempt = timeout(2_000, TimeoutStrategy.Aggressive);

const buildBreaker = () => circuitBreaker(handleAll, { halfOpenAfter: 15_000, breaker: new ConsecutiveBreaker(5) });

export const carrierPolicy = wrap(attempts, buildBreaker(), perAttempt);

/** Slots only: nothing here opens. */
export const carrierSlots = wrap(bulkhead(10, 50), perAttempt);

export const policies = {
  rates: wrap(
    attempts,
    circuitBreaker(handleAll, {
      halfOpenAfter: 10_000,
      breaker: new SamplingBreaker({ threshold: 0.3, duration: 30_000 }),
    }),
  ),
  labels: buildBreaker(),
  customs: attempts,
};

export class Guarded {
  readonly #policy: IPolicy;

  constructor(name: string) {
    this.#policy = policyFor(name);
  }

  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#policy.execute(({ signal }) => work(signal));
  }
}

const byName = new Map<string, IPolicy>();

function policyFor(name: string): IPolicy {
  const known = byName.get(name);
  if (known) return known;
  const made = wrap(attempts, buildBreaker());
  byName.set(name, made);
  return made;
}

/** A function with the same arguments, run under the breaker. */
export function withBreaker<A extends unknown[], R>(fn: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  const breaker = buildBreaker();
  return (...args) => breaker.execute(() => fn(...args));
}

export function withAttempts<A extends unknown[], R>(fn: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return (...args) => attempts.execute(() => fn(...args));
}

/** Runs a method under the carrier's policy. */
export function Protected() {
  return (_target: object, _key: string, descriptor: PropertyDescriptor): PropertyDescriptor => {
    const original = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return carrierPolicy.execute(() => original.apply(this, args));
    };
    return descriptor;
  };
}
