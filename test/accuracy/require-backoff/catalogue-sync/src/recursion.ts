import { createConnection, type Socket } from 'node:net';
import { growing, pause } from './time.js';

export async function load(url: string, left = 3): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (left <= 0) throw error;
    // expect: require-backoff/none
    return load(url, left - 1);
  }
}

export const loadLater = async (url: string, attempt = 1): Promise<Response> => {
  try {
    return await fetch(url);
  } catch (error) {
    if (attempt > 4) throw error;
    // expect: require-backoff/constant
    await pause(1000);
    return loadLater(url, attempt + 1);
  }
};

export function chained(url: string, left = 4): Promise<Response> {
  return fetch(url).catch((error: unknown) => {
    if (left === 0) throw error;
    // expect: require-backoff/constant
    return pause(300).then(() => chained(url, left - 1));
  });
}

export function grown(url: string, attempt = 0): Promise<Response> {
  return fetch(url).catch(async (error: unknown) => {
    if (attempt > 4) throw error;
    // ok: require-backoff -- doubles
    await pause(growing(attempt));
    return grown(url, attempt + 1);
  });
}

export function connect(port: number): Socket {
  const socket = createConnection(port);
  socket.once('close', () => {
    // expect: require-backoff/constant, require-retry-limit/unbounded
    setTimeout(() => connect(port), 2000);
  });
  return socket;
}

export class Feed {
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;

  async start(url: string): Promise<void> {
    try {
      await fetch(url);
      this.#attempts = 0;
    } catch {
      this.#attempts += 1;
      // ok: require-backoff -- grows with the field
      this.#timer = setTimeout(() => void this.start(url), Math.random() * Math.min(30_000, 500 * 2 ** this.#attempts));
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export class Poller {
  async poll(url: string): Promise<void> {
    try {
      const response = await fetch(url);
      console.log(response.status);
    } catch (error) {
      console.error(error);
    } finally {
      // ok: require-backoff -- polls on, whatever happened
      setTimeout(() => void this.poll(url), 5000);
    }
  }
}

export async function tree(url: string): Promise<string[]> {
  const response = await fetch(url);
  const { name, children } = (await response.json()) as { name: string; children: string[] };
  // ok: require-backoff -- another node
  const below = await Promise.all(children.map((child) => tree(child)));
  return [name, ...below.flat()];
}

export async function withFallback(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    // ok: require-backoff -- another address
    return withFallback('https://mirror.catalogue.test');
  }
}

export async function withDialog(url: string, ask: (options: { onRetry: () => void }) => void): Promise<void> {
  try {
    await fetch(url);
  } catch {
    // ok: require-backoff -- somebody presses a button
    ask({ onRetry: () => void withDialog(url, ask) });
  }
}
