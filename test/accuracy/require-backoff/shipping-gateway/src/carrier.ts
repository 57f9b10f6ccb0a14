import { Clock, interruptible, rest, scheduleOf, settle, spread } from './wait.js';

interface Tracking {
  readonly id: string;
  readonly state: string;
}

export class CarrierClient {
  readonly #clock = new Clock();

  constructor(
    private readonly baseUrl: string,
    private readonly maxRetries = 3,
    private readonly retryDelayMs = 1000,
  ) {}

  async track(id: string): Promise<Tracking> {
    let lastError: unknown;
    for (let attempt = 0; attempt <= this.maxRetries; attempt += 1) {
      try {
        const response = await fetch(`${this.baseUrl}/trackings/${id}`);
        if (!response.ok) throw new Error(`carrier answered ${response.status}`);
        return (await response.json()) as Tracking;
      } catch (error) {
        lastError = error;
        if (attempt < this.maxRetries) {
          // expect: require-backoff/constant
          await this.sleep(this.retryDelayMs);
        }
      }
    }
    throw lastError;
  }

  async rates(zone: string): Promise<unknown> {
    let remaining = this.maxRetries;
    while (remaining > 0) {
      try {
        const response = await fetch(`${this.baseUrl}/rates/${zone}`);
        return (await response.json()) as unknown;
      } catch (error) {
        remaining--;
        if (remaining === 0) throw error;
        // expect: require-backoff/constant
        await this.#clock.ticks(4);
      }
    }
    return undefined;
  }

  async services(): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(`${this.baseUrl}/services`);
        return (await response.json()) as unknown;
      } catch (error) {
        if (attempt >= this.maxRetries) throw error;
        // ok: require-backoff -- grows by the attempt's power, in a helper of another file
        await Clock.after(spread(this.retryDelayMs, attempt));
      }
    }
  }

  async depots(signal: AbortSignal): Promise<unknown> {
    let wait = scheduleOf.first;
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        const response = await fetch(`${this.baseUrl}/depots`, { signal });
        return (await response.json()) as unknown;
      } catch (error) {
        if (signal.aborted) throw error;
        // ok: require-backoff -- doubled by a method of an object of another file
        await interruptible(wait, signal);
        wait = scheduleOf.next(wait);
      }
    }
    throw new Error('depots: gave up');
  }

  async label(id: string, tries = 0): Promise<ArrayBuffer> {
    try {
      const response = await fetch(`${this.baseUrl}/labels/${id}`);
      return await response.arrayBuffer();
    } catch (error) {
      if (tries >= 4) throw error;
      // expect: require-backoff/constant
      await rest(2);
      return this.label(id, tries + 1);
    }
  }

  manifest(id: string, left = 3): Promise<string> {
    return fetch(`${this.baseUrl}/manifests/${id}`)
      .then((response) => response.text())
      .catch((error: unknown) => {
        if (left <= 0) throw error;
        // expect: require-backoff/constant
        return settle(500).then(() => this.manifest(id, left - 1));
      });
  }

  quote(body: string, left = 3): Promise<string> {
    return fetch(`${this.baseUrl}/quotes?q=${body}`)
      .then((response) => response.text())
      .catch((error: unknown) => {
        if (left === 0) return Promise.reject(error);
        // expect: require-backoff/none
        return this.quote(body, left - 1);
      });
  }

  private sleep(ms: number): Promise<void> {
    return new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
    });
  }
}

/** A closure that calls itself. */
export function fetchZone(zone: string, retries: number): Promise<unknown> {
  let count = 0;
  const run = async (): Promise<unknown> => {
    try {
      const response = await fetch(`https://zones.test/${zone}`);
      return await response.json();
    } catch (error) {
      if (count++ >= retries) throw error;
      // expect: require-backoff/constant
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return run();
    }
  };
  return run();
}

/** A promise constructor with an inner attempt. */
export function probe(url: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const attempt = (n: number): void => {
      fetch(url).then(resolve, (error: unknown) => {
        if (n === 0) {
          reject(error as Error);
          return;
        }
        // expect: require-backoff/constant
        setTimeout(() => attempt(n - 1), 1500);
      });
    };
    attempt(5);
  });
}

export function probeGrowing(url: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const attempt = (n: number): void => {
      fetch(url)
        .then(resolve)
        .catch((error: unknown) => {
          if (n === 5) {
            reject(error as Error);
            return;
          }
          // ok: require-backoff -- shifted by the attempt
          setTimeout(attempt, (100 << n) + Math.random() * 100, n + 1);
        });
    };
    attempt(0);
  });
}

/** Reduce over the attempts. */
export function viaReduce(url: string): Promise<Response> {
  // expect: require-backoff/none (within 4)
  return Array.from({ length: 4 }).reduce<Promise<Response>>(
    (previous) => previous.catch(() => fetch(url)),
    Promise.reject<Response>(new Error('not tried')),
  );
}

export async function overDelays(url: string): Promise<Response> {
  const delays = [0, 300, 900, 2700];
  let failure: unknown;
  for (const delay of delays) {
    // ok: require-backoff -- a table of waits that grows
    await settle(delay);
    try {
      return await fetch(url);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

export async function overEqualDelays(url: string): Promise<Response> {
  let failure: unknown;
  for (const delay of [1000, 1000, 1000, 1000]) {
    try {
      return await fetch(url);
    } catch (error) {
      failure = error;
      // expect: require-backoff/constant
      await settle(delay);
    }
  }
  throw failure;
}

export async function lookedUp(url: string): Promise<Response> {
  const waits = [250, 1000, 4000];
  for (let i = 0; ; i++) {
    try {
      return await fetch(url);
    } catch (error) {
      const wait = waits[i];
      if (wait === undefined) throw error;
      // ok: require-backoff -- looked up in a table
      await settle(wait);
    }
  }
}

export async function statusLoop(url: string): Promise<Response> {
  let response = await fetch(url);
  let tries = 0;
  while (response.status === 503 && tries < 5) {
    tries++;
    // expect: require-backoff/constant
    await settle(2500);
    response = await fetch(url);
  }
  return response;
}

export async function waitInFront(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 6; attempt++) {
    // expect: require-backoff/constant
    if (attempt > 0) await settle(800);
    try {
      return await fetch(url);
    } catch {
      continue;
    }
  }
  throw new Error('gave up');
}

export async function finallyWaits(url: string): Promise<Response | null> {
  let tries = 0;
  do {
    try {
      const response = await fetch(url);
      if (response.ok) return response;
    } catch (error) {
      console.error(error);
    } finally {
      tries += 1;
      // expect: require-backoff/constant
      await settle(1000);
    }
  } while (tries < 4);
  return null;
}

export async function linear(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 4; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 4) throw error;
      // unknown: require-backoff/weak
      await settle(1000 * attempt);
    }
  }
  throw new Error('unreachable');
}

export async function onceMore(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    // unknown: require-backoff/single (within 2)
    await settle(1000);
    return fetch(url);
  }
}

export async function single(url: string): Promise<Response> {
  // unknown: require-backoff/single
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 1) throw error;
    }
  }
  throw new Error('unreachable');
}

export async function asked(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(url);
    if (response.status !== 429) return response;
    const after = Number(response.headers.get('retry-after') ?? '1');
    // ok: require-backoff -- the other side says how long
    await rest(after);
  }
  throw new Error('still limited');
}

export async function conditionalWait(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      const busy = error instanceof Error && error.message.includes('busy');
      // expect: require-backoff/constant
      await settle(busy ? 5000 : 1000);
    }
  }
  throw new Error('gave up');
}
