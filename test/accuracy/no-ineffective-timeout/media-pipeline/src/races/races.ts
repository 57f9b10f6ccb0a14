import { setTimeout as sleep } from 'node:timers/promises';

const RENDER = 'https://render.example';

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error(`timed out after ${ms} ms`));
    }, ms);
  });
}

export async function render(scene: string): Promise<Response> {
  // expect: no-ineffective-timeout/leakyRace (within 3)
  return Promise.race([fetch(`${RENDER}/scenes/${scene}`), rejectAfter(5000)]);
}

export async function renderInline(scene: string): Promise<Response> {
  // expect: no-ineffective-timeout/leakyRace (within 3)
  return Promise.race([
    fetch(`${RENDER}/scenes/${scene}`, { method: 'POST' }),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('timeout')), 3000)),
  ]);
}

export async function renderCleared(scene: string): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  try {
    // ok: no-ineffective-timeout, require-timeout -- the timer is cleared
    return await Promise.race([
      fetch(`${RENDER}/scenes/${scene}`),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error('timeout'));
        }, 3000);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

export async function renderAborted(scene: string): Promise<Response> {
  const controller = new AbortController();
  const response = fetch(`${RENDER}/scenes/${scene}`, { signal: controller.signal });
  const limit = sleep(3000, undefined, { ref: false }).then(() => {
    controller.abort();
    throw new Error('timeout');
  });
  // ok: no-ineffective-timeout, require-timeout -- the loser is aborted
  return Promise.race([response, limit]);
}

export async function fastest(scene: string): Promise<string> {
  const [a, b] = [AbortSignal.timeout(4000), AbortSignal.timeout(4000)];
  // ok: no-ineffective-timeout -- both are calls, and bounded
  const winner = await Promise.race([
    fetch(`https://eu.render.example/scenes/${scene}`, { signal: a }),
    fetch(`https://us.render.example/scenes/${scene}`, { signal: b }),
  ]);
  return winner.text();
}

export async function waitFor(job: string): Promise<boolean> {
  const stopAt = Date.now() + 60_000;
  for (;;) {
    // ok: require-timeout -- one fault, one rule
    const response = await fetch(`${RENDER}/jobs/${job}`);
    if (response.status === 200) return true;
    // expect: no-ineffective-timeout/betweenIterations
    if (Date.now() > stopAt) return false;
    await sleep(500);
  }
}

export async function waitForBounded(job: string): Promise<boolean> {
  const stopAt = Date.now() + 60_000;
  for (;;) {
    // ok: no-ineffective-timeout, require-timeout -- each look has its own limit
    const response = await fetch(`${RENDER}/jobs/${job}`, {
      signal: AbortSignal.timeout(Math.max(1, stopAt - Date.now())),
    });
    await response.body?.cancel();
    if (response.status === 200) return true;
    if (Date.now() > stopAt) return false;
    await sleep(500);
  }
}
