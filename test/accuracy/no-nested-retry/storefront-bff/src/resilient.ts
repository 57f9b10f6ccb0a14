import { setTimeout as hold } from 'node:timers/promises';

export interface Policy {
  attempts?: number;
  base?: number;
  cap?: number;
}

export class Resilient {
  constructor(private readonly policy: Policy = {}) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    const { attempts = 4, base = 100, cap = 5000 } = this.policy;
    let failure: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        return await work();
      } catch (error) {
        failure = error;
        await hold(Math.random() * Math.min(cap, base * 2 ** attempt));
      }
    }
    throw failure;
  }
}

export function Retry(policy: Policy = {}): MethodDecorator {
  return (_target, _key, descriptor: PropertyDescriptor) => {
    const method = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = function (this: unknown, ...args: unknown[]) {
      return new Resilient(policy).run(() => method.apply(this, args));
    };
    return descriptor;
  };
}

/** Hands the work on to the class above. */
export const withRetries = <T>(work: () => Promise<T>, attempts = 3): Promise<T> =>
  new Resilient({ attempts }).run(work);
