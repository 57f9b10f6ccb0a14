import { setTimeout as hold } from 'node:timers/promises';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly retries?: number;
}

/** A client of one's own, that tries again whatever it is asked. */
export class Http {
  constructor(
    private readonly base: string,
    private readonly defaults: { retries: number } = { retries: 2 },
  ) {}

  get(path: string): Promise<unknown> {
    return this.once(path, { method: 'GET' });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    return this.once(path, { method: 'POST', body, headers });
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.once(path, { method: 'PUT', body });
  }

  get retries(): number {
    return this.defaults.retries;
  }

  private async once(path: string, { method = 'GET', body, headers = {} }: RequestOptions): Promise<unknown> {
    const response = await fetch(new URL(path, this.base), {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(2000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.json();
  }
}

export interface Again {
  readonly attempts: number;
  readonly baseMs: number;
}

export function makeAgain({ attempts, baseMs }: Again) {
  return async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let n = 1; ; n++) {
      try {
        return await work();
      } catch (error) {
        if (n >= attempts) throw error;
        await hold(Math.random() * baseMs * 2 ** n);
      }
    }
  };
}

export const again = makeAgain({ attempts: 3, baseMs: 100 });
