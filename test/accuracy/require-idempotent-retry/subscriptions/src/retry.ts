const hold = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export interface RetryPolicy {
  maxAttempts?: number;
  isTransient?: (error: unknown) => boolean;
}

export async function resiliently<T>(
  work: () => Promise<T>,
  { maxAttempts = 4, isTransient = () => true }: RetryPolicy = {},
) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= maxAttempts || !isTransient(error)) throw error;
      await hold(Math.random() * Math.min(8000, 200 * 2 ** attempt));
    }
  }
}

/** Options first. */
export const retryer =
  (maxAttempts: number) =>
  <T>(work: () => Promise<T>): Promise<T> =>
    resiliently(work, { maxAttempts });

/** The arguments are handed on. */
export async function retryCall<A extends unknown[], T>(fn: (...args: A) => Promise<T>, ...args: A): Promise<T> {
  return resiliently(() => fn(...args));
}

export class Attempts {
  static async of<T>(times: number, fn: (attempt: number) => Promise<T>): Promise<T> {
    let failure: unknown;
    for (let attempt = 0; attempt < times; attempt++) {
      try {
        return await fn(attempt);
      } catch (error) {
        failure = error;
      }
      await hold(Math.random() * 100 * 2 ** attempt);
    }
    throw failure;
  }
}

export function Persistent(times = 3) {
  return (_target: object, _name: string, descriptor: PropertyDescriptor): void => {
    const method = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return Attempts.of(times, () => method.apply(this, args));
    };
  };
}
