import { setTimeout as wait } from 'node:timers/promises';

const retryableStatus = new Set([502, 503, 504]);

export async function forEver(url: string): Promise<Response> {
  // expect: require-retry-limit/unbounded
  while (true) {
    try {
      return await fetch(url);
    } catch (error) {
      console.error(error);
      await wait(1000); // expect: require-backoff/constant
    }
  }
}

export async function forEverUnlessPermanent(url: string): Promise<Response> {
  // expect: require-retry-limit/unbounded
  for (;;) {
    const response = await fetch(url);
    if (!retryableStatus.has(response.status)) return response;
    await wait(500); // expect: require-backoff/constant
  }
}

export async function counted(url: string): Promise<Response> {
  // ok: require-retry-limit -- counted
  for (let attempt = 0; ; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt >= 4) throw error;
      await wait(Math.random() * 100 * 2 ** attempt);
    }
  }
}

export async function countedDown(url: string): Promise<Response> {
  let left = 5;
  // ok: require-retry-limit -- counted down
  while (left-- > 0) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(error);
    }
  }
  throw new Error('gave up');
}

export async function byDeadline(url: string): Promise<Response> {
  const until = Date.now() + 20_000;
  // ok: require-retry-limit -- a deadline
  while (Date.now() < until) {
    try {
      return await fetch(url);
    } catch {
      await wait(Math.random() * 1000);
    }
  }
  throw new Error('gave up');
}

export async function bySignal(url: string, signal: AbortSignal): Promise<Response> {
  // ok: require-retry-limit -- its caller ends it
  for (;;) {
    try {
      return await fetch(url, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      await wait(Math.random() * 1000, undefined, { signal });
    }
  }
}

export async function byCaller(url: string, retries: number): Promise<Response> {
  let attempt = 0;
  // ok: require-retry-limit -- its caller says how often
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      attempt += 1;
      if (attempt > retries) throw error;
    }
  }
}

export async function skipped(url: string): Promise<Response> {
  let attempt = 0;
  // expect: require-retry-limit/unreachable
  while (attempt < 5) {
    let response: Response;
    try {
      response = await fetch(url);
    } catch (error) {
      console.warn(error);
      await wait(Math.random() * 1000 * 2 ** attempt);
      continue;
    }
    if (response.ok) return response;
    attempt += 1;
    await wait(Math.random() * 1000 * 2 ** attempt);
  }
  throw new Error('gave up');
}

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('closed'));
  });
}

export async function reconnect(url: string): Promise<WebSocket> {
  // ok: require-retry-limit -- a connection: growing, random, capped
  for (let attempt = 0; ; attempt++) {
    try {
      return await opened(new WebSocket(url));
    } catch {
      await wait(Math.random() * Math.min(30_000, 250 * 2 ** attempt));
    }
  }
}

export async function reconnectStiffly(url: string): Promise<Response> {
  let ms = 100;
  // expect: require-retry-limit/unbounded
  for (;;) {
    try {
      return await fetch(url);
    } catch {
      await wait(ms); // expect: require-jitter/missing
      ms *= 2;
    }
  }
}

export async function tooLong(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 12; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-retry-limit/uncapped
      await wait(500 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
  throw new Error('gave up');
}

export async function longButCapped(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 12; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-retry-limit -- capped
      await wait(Math.min(45_000, 500 * 2 ** attempt) * Math.random());
    }
  }
  throw new Error('gave up');
}

export async function shortUncapped(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-retry-limit -- four attempts do not get far
      await wait(500 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
  throw new Error('gave up');
}

export async function heartbeat(url: string): Promise<void> {
  // ok: require-retry-limit -- a heartbeat, not a retry
  while (true) {
    try {
      await fetch(url, { method: 'PUT' });
    } catch (error) {
      console.error(error);
    }
    await wait(10_000);
  }
}
