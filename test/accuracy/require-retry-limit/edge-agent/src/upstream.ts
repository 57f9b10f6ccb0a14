import { EventEmitter } from 'node:events';
import net from 'node:net';

const nap = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const noise = (ms: number): number => Math.random() * ms;

export async function forEver(url: string): Promise<Response> {
  let attempt = 0;
  // expect: require-retry-limit/unbounded
  while (true) {
    try {
      return await fetch(url);
    } catch {
      await nap(noise(Math.min(30_000, 100 * 2 ** attempt++)));
    }
  }
}

export async function bounded(url: string): Promise<Response> {
  let attempt = 0;
  // ok: require-retry-limit -- throws after five
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      if (++attempt >= 5) throw error;
      await nap(noise(100 * 2 ** attempt));
    }
  }
}

export async function untilDeadline(url: string, deadline: number): Promise<Response> {
  // ok: require-retry-limit -- a deadline ends it
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await nap(noise(Math.min(5000, 100 * 2 ** attempt)));
    }
  }
}

export async function budgeted(url: string): Promise<Response> {
  const started = performance.now();
  let wait = 100;
  // ok: require-retry-limit -- a budget of time
  while (performance.now() - started < 20_000) {
    try {
      return await fetch(url);
    } catch {
      await nap(noise(wait));
      wait = Math.min(wait * 2, 3000);
    }
  }
  throw new Error('budget spent');
}

export async function untilAborted(url: string, signal: AbortSignal): Promise<Response | undefined> {
  let attempt = 0;
  // ok: require-retry-limit -- its caller ends it
  while (!signal.aborted) {
    try {
      return await fetch(url, { signal });
    } catch {
      await nap(noise(Math.min(5000, 100 * 2 ** attempt++)));
    }
  }
  return undefined;
}

export async function skipped(url: string): Promise<Response> {
  let attempt = 0;
  // expect: require-retry-limit/unreachable
  while (attempt < 5) {
    let response: Response;
    try {
      response = await fetch(url);
    } catch {
      await nap(noise(500));
      continue;
    }
    if (response.ok) return response;
    attempt++;
    await nap(noise(100 * 2 ** attempt));
  }
  throw new Error('gave up');
}

export async function skippedOnLimit(url: string): Promise<Response> {
  // expect: require-retry-limit/unreachable
  for (let attempt = 0; attempt < 5;) {
    const response = await fetch(url);
    if (response.status === 429) {
      await nap(Number(response.headers.get('retry-after') ?? 1) * 1000);
      continue;
    }
    if (response.ok) return response;
    attempt += 1;
  }
  throw new Error('gave up');
}

export async function countedFirst(url: string): Promise<Response> {
  let attempt = 0;
  // ok: require-retry-limit -- counted before anything can go wrong
  while (attempt < 5) {
    attempt += 1;
    try {
      return await fetch(url);
    } catch {
      await nap(noise(100 * 2 ** attempt));
      continue;
    }
  }
  throw new Error('gave up');
}

export async function setBack(url: string): Promise<Response> {
  // expect: require-retry-limit/unreachable
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const response = await fetch(url);
      if (response.status === 429) {
        await nap(noise(1000 * 2 ** attempt));
        attempt--;
        continue;
      }
      return response;
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
  throw new Error('unreachable');
}

export async function recursive(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    await nap(noise(2000));
    // expect: require-retry-limit/unbounded
    return recursive(url);
  }
}

export async function recursiveWithUnusedCount(url: string, attempt = 0): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    await nap(noise(Math.min(10_000, 100 * 2 ** attempt)));
    // expect: require-retry-limit/unbounded
    return recursiveWithUnusedCount(url, attempt + 1);
  }
}

export async function recursiveLosingCount(url: string, attempt = 0): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempt > 3) throw error;
    await nap(noise(100 * 2 ** attempt));
    // expect: require-retry-limit/unbounded|unreachable
    return recursiveLosingCount(url);
  }
}

export function chained(url: string): Promise<Response> {
  return fetch(url).catch(() =>
    // expect: require-retry-limit/unbounded (within 1)
    nap(noise(1000)).then(() => chained(url)),
  );
}

export async function onRateLimit(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (response.status === 429) {
    await nap(Number(response.headers.get('retry-after') ?? 1) * 1000);
    // expect: require-retry-limit/unbounded
    return onRateLimit(url);
  }
  return response.json();
}

export function reArmed(url: string): void {
  fetch(url).catch(() => {
    // expect: require-retry-limit/unbounded
    setTimeout(() => reArmed(url), noise(5000));
  });
}

export function reArmedWithLimit(url: string, left = 5): void {
  fetch(url).catch((error: unknown) => {
    if (left === 0) {
      console.error(error);
      return;
    }
    // ok: require-retry-limit -- counted down
    setTimeout(() => reArmedWithLimit(url, left - 1), noise(1000 * 2 ** (5 - left)));
  });
}

export async function uncapped(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 12; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-retry-limit/uncapped (within 1)
      await nap(noise(1000 * 2 ** attempt));
    }
  }
  throw new Error('gave up');
}

export async function cappedByAttempts(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-retry-limit -- sixteen seconds at the most
      await nap(noise(1000 * 2 ** attempt));
    }
  }
  throw new Error('gave up');
}

export class Bridge extends EventEmitter {
  #tries = 0;
  #closed = false;

  connect(): void {
    const socket = net.connect({ host: 'bridge.test', port: 4000 });
    socket.on('connect', () => {
      this.#tries = 0;
    });
    socket.on('close', () => {
      if (this.#closed) return;
      const wait = noise(Math.min(30_000, 500 * 2 ** this.#tries));
      this.#tries += 1;
      // ok: require-retry-limit -- an endless reconnect, capped and with jitter
      setTimeout(() => this.connect(), wait);
    });
  }

  close(): void {
    this.#closed = true;
  }
}

export class NervousBridge {
  connect(): void {
    const socket = net.connect({ host: 'bridge.test', port: 4000 });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      // expect: require-retry-limit/unbounded, require-backoff/constant
      setTimeout(() => this.connect(), 1000);
    });
  }
}

export class GrowingBridge {
  #wait = 500;

  connect(): void {
    const socket = net.connect({ host: 'bridge.test', port: 4000 });
    socket.once('close', () => {
      // expect: require-retry-limit/unbounded|uncapped (within 2)
      setTimeout(() => {
        this.#wait *= 2;
        this.connect();
      }, this.#wait * Math.random());
    });
  }
}

export class LimitedBridge {
  static readonly maxReconnects = 8;
  #reconnects = 0;

  connect(): void {
    const socket = new WebSocket('wss://bridge.test');
    socket.onclose = () => this.#again();
  }

  #again(): void {
    if (this.#reconnects >= LimitedBridge.maxReconnects) {
      console.error('gave up');
      return;
    }
    this.#reconnects += 1;
    // ok: require-retry-limit -- eight at the most
    setTimeout(() => this.connect(), noise(Math.min(20_000, 1000 * 2 ** this.#reconnects)));
  }
}

export async function* events(url: string, signal: AbortSignal): AsyncGenerator<string> {
  let failures = 0;
  // ok: require-retry-limit -- its caller ends it
  while (!signal.aborted) {
    try {
      const response = await fetch(url, { signal });
      failures = 0;
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) yield chunk;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (failures > 10) throw error;
      await nap(noise(Math.min(10_000, 200 * 2 ** failures)));
    }
  }
}

export async function* endless(url: string): AsyncGenerator<string> {
  // expect: require-retry-limit/unbounded
  while (true) {
    try {
      const response = await fetch(url);
      yield await response.text();
      return;
    } catch (error) {
      console.warn('again', error);
      await nap(noise(3000));
    }
  }
}

/** The attempts come from a flag that nothing sets. */
export async function flagged(url: string): Promise<Response | undefined> {
  let done = false;
  let result: Response | undefined;
  // expect: require-retry-limit/unbounded
  while (!done) {
    try {
      result = await fetch(url);
      done = true;
    } catch {
      await nap(noise(1000));
    }
  }
  return result;
}

export async function untilGood(url: string): Promise<Response> {
  let response: Response;
  // expect: require-retry-limit/unbounded (within 3)
  do {
    response = await fetch(url);
    if (!response.ok) await nap(noise(1000));
  } while (!response.ok);
  return response;
}

export async function leader(take: () => Promise<string | null>, url: string): Promise<never> {
  // ok: require-retry-limit -- a worker that takes the next one
  for (;;) {
    const task = await take();
    if (task === null) {
      await nap(1000);
      continue;
    }
    await fetch(url, { method: 'PUT', body: task }).catch((error: unknown) => console.error(error));
  }
}
