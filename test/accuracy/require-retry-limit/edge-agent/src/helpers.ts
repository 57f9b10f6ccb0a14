const nap = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface Options {
  retries?: number;
  baseDelay?: number;
  maxDelay?: number;
}

/** Its limit has a default. */
export async function retrying<T>(fn: () => Promise<T>, options: Options = {}): Promise<T> {
  const retries = options.retries ?? 3;
  const baseDelay = options.baseDelay ?? 200;
  const maxDelay = options.maxDelay ?? 5000;
  let attempt = 0;
  // ok: require-retry-limit -- three by default
  for (;;) {
    try {
      return await fn();
    } catch (error) {
      if (attempt++ >= retries) throw error;
      await nap(Math.random() * Math.min(maxDelay, baseDelay * 2 ** attempt));
    }
  }
}

// expect: require-retry-limit/unbounded (within 1)
export const never = () => retrying(() => fetch('https://edge.test'), { retries: Infinity });

// expect: require-retry-limit/unbounded (within 1)
export const neverEither = () => retrying(() => fetch('https://edge.test'), { retries: Number.MAX_SAFE_INTEGER });

// ok: require-retry-limit -- five
export const five = () => retrying(() => fetch('https://edge.test'), { retries: 5 });

/** Its limit defaults to none. */
export async function relentless<T>(fn: () => Promise<T>, { retries = Infinity, delay = 500 } = {}): Promise<T> {
  // ok: require-retry-limit -- a pace that nobody minds, for what its callers run
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await fn();
    } catch (error) {
      console.warn(error);
      await nap(Math.random() * Math.min(10_000, delay * 2 ** attempt));
    }
  }
  throw new Error('unreachable');
}

// ok: require-retry-limit -- a limit of its own
export const limited = () => relentless(() => fetch('https://edge.test'), { retries: 4 });

/** Until a predicate says no; the caller's predicate never does. */
export async function whilst<T>(fn: () => Promise<T>, more: (error: unknown, attempt: number) => boolean): Promise<T> {
  // ok: require-retry-limit -- the caller's business
  for (let attempt = 1; ; attempt++) {
    try {
      return await fn();
    } catch (error) {
      if (!more(error, attempt)) throw error;
      await nap(Math.random() * Math.min(10_000, 100 * 2 ** attempt));
    }
  }
}

// ok: require-retry-limit -- three
export const thrice = () =>
  whilst(
    () => fetch('https://edge.test'),
    (_, attempt) => attempt < 3,
  );
