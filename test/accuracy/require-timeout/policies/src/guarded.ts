import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import CircuitBreaker from 'opossum';
import pTimeout from 'p-timeout';

const aggressive = timeout(3000, TimeoutStrategy.Aggressive);
const cooperative = timeout(3000, TimeoutStrategy.Cooperative);
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
const guarded = wrap(breaker, aggressive);

export async function raced(url: string): Promise<Response> {
  // ok: require-timeout -- the policy's limit
  return aggressive.execute(() => fetch(url));
}

export async function wrapped(url: string): Promise<Response> {
  // ok: require-timeout -- the limit of a combined policy
  return guarded.execute(() => fetch(url));
}

export async function cooperating(url: string): Promise<Response> {
  // ok: require-timeout -- the policy's signal is used
  return cooperative.execute(({ signal }) => fetch(url, { signal }));
}

export async function ignoring(url: string): Promise<Response> {
  // expect: require-timeout/longDefault
  return cooperative.execute(() => fetch(url));
}

export async function onlyBroken(url: string): Promise<Response> {
  // expect: require-timeout/longDefault
  return breaker.execute(() => fetch(url));
}

export async function limited(url: string): Promise<Response> {
  // ok: require-timeout -- p-timeout
  return pTimeout(fetch(url), { milliseconds: 2000 });
}

async function loadUser(id: string): Promise<unknown> {
  // ok: require-timeout -- runs in a breaker with a limit of 10 s
  const response = await fetch(`https://users.internal/${id}`);
  return response.json();
}

export const userBreaker = new CircuitBreaker(loadUser, { resetTimeout: 20_000 });

export async function inlineBreaker(url: string): Promise<unknown> {
  // ok: require-timeout -- likewise, with a limit of its own
  const inline = new CircuitBreaker(async () => (await fetch(url)).json(), { timeout: 2000 });
  return inline.fire();
}

export async function race(url: string): Promise<Response> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error('too slow'));
    }, 1000);
  });
  try {
    // ok: require-timeout -- a race against a timer that stops the loser
    return await Promise.race([fetch(url, { signal: controller.signal }), limit]);
  } finally {
    clearTimeout(timer);
  }
}

export async function firstOf(urls: string[]): Promise<Response> {
  // expect: require-timeout/longDefault
  return Promise.race(urls.map((url) => fetch(url)));
}
