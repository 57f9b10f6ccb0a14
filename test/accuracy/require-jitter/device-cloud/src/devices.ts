import { randomInt } from 'node:crypto';
import { setTimeout as hold } from 'node:timers/promises';
import { Backoff, clipped, equal, forgotten, full, nap, optional, plain } from './backoff.js';

const url = 'https://devices.test';

export async function deterministic(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      const response = await fetch(`${url}/${id}`);
      return await response.json();
    } catch (error) {
      if (attempt === 5) throw error;
      // expect: require-jitter/missing
      await nap(plain(attempt));
    }
  }
  return null;
}

export async function fully(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch (error) {
      if (attempt === 5) throw error;
      // ok: require-jitter -- full jitter, in a function of another file
      await nap(full(attempt));
    }
  }
  return null;
}

export async function equally(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch (error) {
      if (attempt === 5) throw error;
      // ok: require-jitter -- equal jitter by crypto's randomInt
      await nap(equal(attempt));
    }
  }
  return null;
}

export async function clippedAway(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 8; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch (error) {
      if (attempt === 7) throw error;
      // expect: require-jitter/clipped
      await nap(clipped(attempt));
    }
  }
  return null;
}

export async function belowTheCap(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch (error) {
      if (attempt === 2) throw error;
      // ok: require-jitter -- no wait reaches the cap: 1 s and 2 s, each with noise
      await nap(clipped(attempt));
    }
  }
  return null;
}

export async function inPlaceClip(id: string): Promise<unknown> {
  let tries = 0;
  while (tries < 7) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      tries++;
      // expect: require-jitter/clipped
      await nap(Math.min(10_000, 500 * 2 ** tries + Math.random() * 250));
    }
  }
  return null;
}

export async function noiseAfterCap(id: string): Promise<unknown> {
  let tries = 0;
  while (tries < 7) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      tries++;
      // ok: require-jitter -- the noise is added after the cap
      await nap(Math.min(10_000, 500 * 2 ** tries) + Math.random() * 3000);
    }
  }
  return null;
}

export async function leftOut(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // expect: require-jitter/missing
      await nap(forgotten(attempt));
    }
  }
  return null;
}

export async function offByDefault(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // expect: require-jitter/missing
      await nap(optional(attempt));
    }
  }
  return null;
}

export async function switchedOn(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // ok: require-jitter -- switched on
      await nap(optional(attempt, { jitter: true }));
    }
  }
  return null;
}

export async function byObject(id: string): Promise<unknown> {
  const backoff = new Backoff();
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // expect: require-jitter/missing
      await nap(backoff.next());
    }
  }
  return null;
}

export async function byNoisyObject(id: string): Promise<unknown> {
  const backoff = new Backoff(50, 5000);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // ok: require-jitter -- the object adds its noise
      await nap(backoff.nextNoisy());
    }
  }
  return null;
}

export async function doublingVariable(id: string): Promise<unknown> {
  let delay = 100;
  for (let attempt = 0; attempt < 6; attempt++) {
    const response = await fetch(`${url}/${id}`).catch(() => undefined);
    if (response?.ok) return response;
    // expect: require-jitter/missing
    await hold(delay);
    delay *= 2;
  }
  return null;
}

export async function shifted(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      const wait = 250 << attempt;
      // expect: require-jitter/missing
      await hold(wait);
    }
  }
  return null;
}

export async function tableOfWaits(id: string): Promise<unknown> {
  const waits = [500, 2000, 5000, 15_000] as const;
  for (const wait of waits) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // expect: require-jitter/missing
      await nap(wait);
    }
  }
  return null;
}

const STEPS: Record<number, number> = { 0: 200, 1: 1000, 2: 5000 };

export async function tableInRecord(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // expect: require-jitter/missing
      await nap(STEPS[attempt] ?? 10_000);
    }
  }
  return null;
}

export async function tableWithNoise(id: string): Promise<unknown> {
  const waits = [500, 2000, 5000, 15_000];
  for (const wait of waits) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // ok: require-jitter -- noise about a table
      await nap(wait * (0.75 + Math.random() * 0.5));
    }
  }
  return null;
}

export async function onePathOnly(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`${url}/${id}`);
    if (response.ok) return response;
    let wait = 300 * 2 ** attempt;
    if (response.status === 429) wait += Math.random() * 1000;
    // expect: require-jitter/missing
    await nap(wait);
  }
  return null;
}

export async function bothPaths(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`${url}/${id}`);
    if (response.ok) return response;
    const wait = response.status === 429 ? 2000 * 2 ** attempt : 300 * 2 ** attempt;
    const spread = randomInt(0, 1000);
    // ok: require-jitter -- noise on both paths
    await nap(wait + spread);
  }
  return null;
}

export async function byBytes(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      const [noise = 0] = crypto.getRandomValues(new Uint16Array(1));
      // ok: require-jitter -- noise from the web's crypto
      await nap(100 * 2 ** attempt + (noise % 1000));
    }
  }
  return null;
}

export async function told(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`${url}/${id}`);
    if (response.ok) return response;
    const header = response.headers.get('retry-after');
    const wait = header ? Number.parseInt(header, 10) * 1000 : Math.random() * 1000 * 2 ** attempt;
    // ok: require-jitter -- as the other side asks, else full jitter
    await nap(wait);
  }
  return null;
}

export async function toldOrFixed(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(`${url}/${id}`);
    if (response.ok) return response;
    const header = response.headers.get('retry-after');
    // expect: require-jitter/missing
    await nap(header ? Number(header) * 1000 : 1000 * 2 ** attempt);
  }
  return null;
}

export async function tiny(id: string): Promise<unknown> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      // unknown: require-jitter/weak
      await nap(1000 * 2 ** attempt + Math.random() * 10);
    }
  }
  return null;
}

export function reArmed(id: string, seen: (text: string) => void, attempt = 0): void {
  fetch(`${url}/${id}`)
    .then((response) => response.text())
    .then(seen)
    .catch(() => {
      if (attempt > 6) return;
      // expect: require-jitter/missing
      setTimeout(() => reArmed(id, seen, attempt + 1), 500 * 1.5 ** attempt);
    });
}

export async function recursive(id: string, attempt = 0): Promise<Response> {
  try {
    return await fetch(`${url}/${id}`);
  } catch (error) {
    if (attempt >= 4) throw error;
    const backoffMs = Math.round(Math.exp(attempt) * 100);
    // expect: require-jitter/missing
    await nap(backoffMs);
    return recursive(id, attempt + 1);
  }
}

export async function decorrelated(id: string): Promise<unknown> {
  let previous = 100;
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(`${url}/${id}`);
    } catch {
      previous = Math.min(10_000, 100 + Math.random() * (previous * 3 - 100));
      // ok: require-jitter -- decorrelated; six waits seldom reach the cap, and each one below it differs
      await nap(previous);
    }
  }
  return null;
}

export class Socket {
  #attempts = 0;
  #socket: WebSocket | undefined;

  open(): void {
    this.#socket = new WebSocket('wss://devices.test');
    this.#socket.addEventListener('open', () => {
      this.#attempts = 0;
    });
    this.#socket.addEventListener('close', () => {
      const wait = Math.min(1000 * 2 ** this.#attempts++, 30_000);
      // expect: require-jitter/missing
      setTimeout(() => this.open(), wait);
    });
  }
}

export class CalmSocket {
  #attempts = 0;

  open(): void {
    const socket = new WebSocket('wss://devices.test');
    socket.onopen = () => {
      this.#attempts = 0;
    };
    socket.onclose = () => {
      const ceiling = Math.min(1000 * 2 ** this.#attempts, 30_000);
      this.#attempts += 1;
      // ok: require-jitter -- full jitter, capped
      setTimeout(() => this.open(), Math.random() * ceiling);
    };
  }
}
