import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  fallback,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import CircuitBreaker from 'opossum';
import pRetry from 'p-retry';

const options = () => ({ halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
const again = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
const attempt = timeout(2000, TimeoutStrategy.Cooperative);

export async function pay(url: string): Promise<Response> {
  // expect: no-misused-guard/perCall
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
  return breaker.execute(() => fetch(url, { method: 'POST' }));
}

export class Payments {
  // ok: no-misused-guard -- as long as the object
  readonly #breaker = circuitBreaker(handleAll, options());

  charge(url: string): Promise<Response> {
    return this.#breaker.execute(() => fetch(url, { method: 'POST' }));
  }

  refund(url: string): Promise<unknown> {
    // expect: no-misused-guard/perCall
    return new CircuitBreaker(async () => fetch(url, { method: 'POST' }), { timeout: 500 }).fire();
  }
}

export function guarded(url: string): () => Promise<Response> {
  // ok: no-misused-guard -- a closure keeps it
  const breaker = circuitBreaker(handleAll, options());
  return () => breaker.execute(() => fetch(url));
}

const byHost = new Map<string, CircuitBreakerPolicy>();

export function forHost(host: string): Promise<Response> {
  // ok: no-misused-guard -- a map keeps it
  const breaker = byHost.get(host) ?? circuitBreaker(handleAll, options());
  byHost.set(host, breaker);
  return breaker.execute(() => fetch(`https://${host}`));
}

export async function nightly(urls: string[]): Promise<void> {
  // ok: no-misused-guard -- made once for the whole job
  const breaker = circuitBreaker(handleAll, options());
  for (const url of urls) await breaker.execute(() => fetch(url));
}

const shared = circuitBreaker(handleAll, options());

export const mail = () => shared.execute(() => fetch('https://mail.test/send', { method: 'POST' }));
// ok: no-misused-guard -- the same downstream
export const mails = () => shared.execute(() => fetch('https://mail.test/list'));
// expect: no-misused-guard/sharedAcross
export const rate = () => shared.execute(() => fetch('https://rates.test/eur'));

// expect: no-misused-guard/ignoredSignal
export const slow = (url: string) => attempt.execute(() => fetch(url));
// ok: no-misused-guard -- the signal is passed on
export const cooperating = (url: string) => attempt.execute(({ signal }) => fetch(url, { signal }));

const breaker = circuitBreaker(handleAll, options());
// expect: no-misused-guard/wrongOrder
const inverted = wrap(breaker, again);
export const viaInverted = (url: string) => inverted.execute(() => fetch(url));

// ok: no-misused-guard -- retry, breaker, attempt
const ordered = wrap(again, circuitBreaker(handleAll, options()), attempt);
export const viaOrdered = (url: string) => ordered.execute(({ signal }) => fetch(url, { signal }));

// expect: no-misused-guard/hidesFailures
const blind = wrap(circuitBreaker(handleAll, options()), fallback(handleAll, null));
export const viaBlind = (url: string) => blind.execute(() => fetch(url));

// ok: no-misused-guard -- the fallback is outside
const seeing = wrap(fallback(handleAll, null), circuitBreaker(handleAll, options()));
export const viaSeeing = (url: string) => seeing.execute(() => fetch(url));

const inside = circuitBreaker(handleAll, options());
// expect: no-misused-guard/wrongOrder
export const retried = (url: string) => inside.execute(() => pRetry(() => fetch(url), { retries: 2 }));

const quiet = circuitBreaker(handleAll, options());
// expect: no-misused-guard/hidesFailures
export const hidden = (url: string) => quiet.execute(() => fetch(url).catch(() => null));

const loud = circuitBreaker(handleAll, options());
// ok: no-misused-guard -- outside of the breaker
export const caught = (url: string) => loud.execute(() => fetch(url)).catch((error: unknown) => console.error(error));

const find = async (url: string): Promise<Response> => fetch(url);
// ok: no-misused-guard -- a minimum is set
export const viaOpossum = new CircuitBreaker(find, { timeout: 2000, volumeThreshold: 10 });
// unknown: no-misused-guard/noMinimum
export const eager = new CircuitBreaker(find, { timeout: 2000 });

// unknown: no-misused-guard/retriesOpenBreaker
const hammering = wrap(retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }), breaker);
export const viaHammering = (url: string) => hammering.execute(() => fetch(url));
