import { randomInt } from 'node:crypto';

export interface BackoffOptions {
  readonly base?: number;
  readonly cap?: number;
  readonly jitter?: boolean;
}

export const nap = (ms: number) => new Promise<void>((wake) => void setTimeout(wake, ms));

export function plain(attempt: number, base = 250, cap = 30_000): number {
  return Math.min(cap, base * 2 ** attempt);
}

export function full(attempt: number, base = 250, cap = 30_000): number {
  return Math.random() * Math.min(cap, base * 2 ** attempt);
}

export function equal(attempt: number): number {
  const half = plain(attempt) / 2;
  return half + randomInt(Math.ceil(half));
}

/** The noise is lost as soon as the cap is reached. */
export function clipped(attempt: number): number {
  const exponential = 1000 * Math.pow(2, attempt);
  const noise = Math.random() * 1000;
  return Math.min(exponential + noise, 8000);
}

/** Computed, and then left out. */
export function forgotten(attempt: number): number {
  const noise = Math.random() * 500;
  const wait = 500 * 2 ** attempt;
  console.debug(`next in ${wait} (noise ${noise})`);
  return wait;
}

export function optional(attempt: number, { base = 200, cap = 10_000, jitter = false }: BackoffOptions = {}): number {
  const wait = Math.min(cap, base * 2 ** attempt);
  return jitter ? Math.random() * wait : wait;
}

export class Backoff {
  #current: number;

  constructor(
    private readonly first = 100,
    private readonly last = 20_000,
  ) {
    this.#current = first;
  }

  next(): number {
    const wait = this.#current;
    this.#current = Math.min(this.#current * 2, this.last);
    return wait;
  }

  nextNoisy(): number {
    const wait = this.next();
    return wait * (0.5 + Math.random());
  }

  reset(): void {
    this.#current = this.first;
  }
}
