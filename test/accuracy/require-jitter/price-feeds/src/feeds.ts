import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Backoff, doubled, halfRandom } from './math.js';

async function attemptAll(url: string, delayOf: (attempt: number) => number): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // unknown: require-jitter
      await wait(delayOf(attempt));
    }
  }
  throw new Error('gave up');
}

// expect: require-jitter/missing
export const given = (url: string) => attemptAll(url, doubled);

export async function plain(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-jitter/missing
      await wait(100 * 2 ** attempt);
    }
  }
  throw new Error('gave up');
}

export async function shifted(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-jitter/missing
      await wait(100 << attempt);
    }
  }
  throw new Error('gave up');
}

export async function elsewhere(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      const ms = doubled(attempt);
      // expect: require-jitter/missing
      await wait(ms);
    }
  }
  throw new Error('gave up');
}

export async function stated(url: string): Promise<Response> {
  let ms = 100;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (ms > 5000) throw error;
      // expect: require-jitter/missing
      await wait(ms);
      ms *= 2;
    }
  }
}

export async function table(url: string): Promise<Response> {
  const waits = [100, 300, 900, 2700];
  for (let attempt = 0; attempt <= waits.length; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === waits.length) throw error;
      // expect: require-jitter/missing
      await wait(waits[attempt]);
    }
  }
  throw new Error('unreachable');
}

export async function linear(url: string): Promise<Response> {
  for (let attempt = 1; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-jitter/missing
      await wait(attempt * 500);
    }
  }
  throw new Error('gave up');
}

export async function clipped(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-jitter/clipped
      await wait(Math.min(1000, 200 * 2 ** attempt + Math.random() * 100));
    }
  }
  throw new Error('gave up');
}

export async function clippedByName(url: string): Promise<Response> {
  const cap = 2000;
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      const raw = 250 * 2 ** attempt * (1 + Math.random() * 0.3);
      const ms = raw > cap ? cap : raw;
      // expect: require-jitter/clipped
      await wait(ms);
    }
  }
  throw new Error('gave up');
}

export async function notReached(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-jitter -- four attempts do not reach the cap
      await wait(Math.min(30_000, 200 * 2 ** attempt + Math.random() * 200));
    }
  }
  throw new Error('gave up');
}

export async function full(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-jitter -- full jitter
      await wait(Math.floor(Math.random() * Math.min(4000, 100 * 2 ** attempt)));
    }
  }
  throw new Error('gave up');
}

export async function equal(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-jitter -- half of it is random
      await wait(halfRandom(Math.min(4000, 100 * 2 ** attempt)));
    }
  }
  throw new Error('gave up');
}

export async function byClass(url: string): Promise<Response> {
  const backoff = new Backoff(100);
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-jitter -- random in another file
      await wait(backoff.next(attempt));
    }
  }
  throw new Error('gave up');
}

export async function dice(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-jitter -- random numbers of node:crypto
      await wait(100 * 2 ** attempt + randomInt(0, 50 * 2 ** attempt));
    }
  }
  throw new Error('gave up');
}

export async function decorrelated(url: string): Promise<Response> {
  let ms = 100;
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      ms = Math.min(10_000, 100 + Math.random() * (ms * 3 - 100));
      // ok: require-jitter -- decorrelated
      await wait(ms);
    }
  }
  throw new Error('gave up');
}

export async function noise(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // unknown: require-jitter/weak
      await wait(1000 * 2 ** attempt + Math.random() * 30);
    }
  }
  throw new Error('gave up');
}

export async function asked(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const response = await fetch(url);
    if (response.status !== 429) return response;
    // ok: require-jitter -- as long as the other side says
    await wait(Number(response.headers.get('retry-after')) * 1000);
  }
  throw new Error('gave up');
}

export async function constant(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-backoff/constant
      await wait(1000); // ok: require-jitter -- one fault, one rule
    }
  }
  throw new Error('gave up');
}

export async function again(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 1) throw error;
      // ok: require-jitter -- one single further attempt
      await wait(500 * 2 ** attempt);
    }
  }
  throw new Error('unreachable');
}
