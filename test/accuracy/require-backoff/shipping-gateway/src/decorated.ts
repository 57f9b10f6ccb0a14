interface RetryOptions {
  attempts?: number;
  delayMs?: number;
  factor?: number;
}

/** The project's own decorator. Its growth depends on its options. */
export function Retryable({ attempts = 3, delayMs = 500, factor = 2 }: RetryOptions = {}): MethodDecorator {
  return (_target, _name, descriptor: PropertyDescriptor) => {
    const original = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      let failure: unknown;
      for (let attempt = 0; attempt < attempts; attempt++) {
        try {
          return await original.apply(this, args);
        } catch (error) {
          failure = error;
          // ok: require-backoff -- grows by a factor that has a default
          await new Promise((resolve) => setTimeout(resolve, delayMs * factor ** attempt * (1 + Math.random())));
        }
      }
      throw failure;
    };
    return descriptor;
  };
}

export class Depot {
  @Retryable({ attempts: 5 })
  async stock(id: string): Promise<unknown> {
    // ok: require-backoff -- grows by the decorator's factor
    const response = await fetch(`https://depot.test/${id}`);
    return response.json();
  }
}

/** A decorator that re-runs at once. */
export function Again(times: number) {
  return function (_target: object, _key: string, descriptor: PropertyDescriptor): void {
    const method = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = async function (...args: unknown[]) {
      // expect: require-backoff/none
      for (let i = 0; i < times; i++) {
        try {
          return await method.apply(this, args);
        } catch (error) {
          if (i === times - 1) throw error;
        }
      }
      return undefined;
    };
  };
}

/** As an argument: a helper whose policy is all its own. */
export async function attemptAll<T>(task: () => Promise<T>, policy: { times: number; pauseMs: number }): Promise<T> {
  const errors: unknown[] = [];
  while (errors.length < policy.times) {
    try {
      return await task();
    } catch (error) {
      errors.push(error);
      // expect: require-backoff/constant
      await new Promise((resolve) => setTimeout(resolve, policy.pauseMs));
    }
  }
  throw new AggregateError(errors);
}

// ok: require-backoff -- the helper's own fault, reported there
export const stocks = () => attemptAll(() => fetch('https://depot.test'), { times: 3, pauseMs: 1000 });

interface Backoff {
  (attempt: number): number;
}

/** The caller says how long. */
export async function repeat<T>(task: () => Promise<T>, times: number, backoff: Backoff): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (attempt + 1 >= times) throw error;
      // ok: require-backoff -- the caller's business
      await new Promise((resolve) => setTimeout(resolve, backoff(attempt)));
    }
  }
}

// expect: require-backoff/constant (within 5)
export const steady = () =>
  repeat(
    () => fetch('https://depot.test'),
    5,
    () => 1000,
  );

// ok: require-backoff -- grows
export const unsteady = () =>
  repeat(
    () => fetch('https://depot.test'),
    5,
    (n) => 100 * 2 ** n * (1 + Math.random()),
  );
