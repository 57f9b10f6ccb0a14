import { setTimeout as delay } from 'node:timers/promises';

export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  // expect: no-ineffective-timeout/betweenIterations (within 4)
  while (Date.now() < deadline) {
    // ok: require-timeout -- an attempt at a bound: one fault, one rule
    const response = await fetch(`${url}/status`);
    if ((await response.text()) === 'ready') return;
    await delay(1000);
  }
  throw new Error('not ready');
}

export async function untilDone(url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    // ok: no-ineffective-timeout, require-timeout -- a limit of each iteration
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(5000) });
    if ((await response.text()) === 'done') return;
    await delay(1000);
  }
  throw new Error('not done');
}

export async function raced(url: string): Promise<Response> {
  // expect: no-ineffective-timeout/leakyRace (within 5)
  return Promise.race([
    fetch(url),
    new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error('timeout')), 5000);
    }),
  ]);
}

export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(reject, ms, new Error(`nothing after ${ms} ms`));
  });
  try {
    // ok: no-ineffective-timeout -- the timer is cleared
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export async function snapshot(url: string): Promise<Response> {
  // ok: require-timeout, no-ineffective-timeout -- a race against a timer, in a helper
  return withTimeout(fetch(url), 4000);
}
