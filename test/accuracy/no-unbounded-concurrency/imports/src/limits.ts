import { Semaphore } from 'async-mutex';

export const semaphore = new Semaphore(8);

export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

export function chunk<T>(values: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < values.length; at += size) parts.push(values.slice(at, at + size));
  return parts;
}

/** Like `Promise.all` over `map`, with a few workers. */
export async function mapWithWorkers<T, R>(values: readonly T[], workers: number, fn: (value: T) => Promise<R>) {
  const results: R[] = new Array<R>(values.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < values.length) {
      const at = next++;
      results[at] = await fn(values[at] as T);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

/** All at once. */
export function mapAll<T, R>(values: readonly T[], fn: (value: T) => Promise<R>): Promise<R[]> {
  return Promise.all(values.map((value) => fn(value)));
}
