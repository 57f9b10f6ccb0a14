import { setTimeout as hold } from 'node:timers/promises';
import { promisify } from 'node:util';

export const settle = promisify(setTimeout);

export async function rest(seconds: number): Promise<void> {
  await hold(seconds * 1000);
}

export class Clock {
  static after(ms: number): Promise<void> {
    return new Promise((done) => {
      const handle = setTimeout(done, ms);
      handle.unref();
    });
  }

  /** Waits for a whole number of ticks of a quarter of a second. */
  ticks(count: number): Promise<void> {
    return Clock.after(count * 250);
  }
}

export function interruptible(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export const scheduleOf = {
  first: 200,
  next(previous: number): number {
    return previous * 2;
  },
};

export function spread(base: number, attempt: number): number {
  const ceiling = Math.min(30_000, base * Math.pow(2, attempt));
  return Math.floor(Math.random() * ceiling);
}
