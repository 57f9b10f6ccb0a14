import CircuitBreaker from 'opossum';

const options: CircuitBreaker.Options = { timeout: 3_000, errorThresholdPercentage: 50, volumeThreshold: 10 };

const breakers = new Map<string, CircuitBreaker<[() => Promise<unknown>], unknown>>();

/** Runs `work` under the breaker of `name`. */
export async function guard<T>(name: string, work: () => Promise<T>): Promise<T> {
  let breaker = breakers.get(name);
  if (!breaker) {
    breaker = new CircuitBreaker((run: () => Promise<unknown>) => run(), { ...options, name });
    breakers.set(name, breaker);
  }
  return (await breaker.fire(work)) as T;
}

export function createBreaker<A extends unknown[], R>(fn: (...args: A) => Promise<R>): CircuitBreaker<A, R> {
  return new CircuitBreaker(fn, options);
}

/** Tells how long `work` took. */
export async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    console.info(name, performance.now() - started);
  }
}
