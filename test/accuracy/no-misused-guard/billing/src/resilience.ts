import {
  circuitBreaker,
  ConsecutiveBreaker,
  CountBreaker,
  ExponentialBackoff,
  handleAll,
  handleType,
  retry,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';

export class ServerError extends Error {}

export const makeBreaker = () =>
  circuitBreaker(handleType(ServerError), { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });

export const twice = retry(handleType(ServerError), { maxAttempts: 2, backoff: new ExponentialBackoff() });
export const aggressive = timeout(1_500, TimeoutStrategy.Aggressive);
export const cooperative = timeout(1_500, TimeoutStrategy.Cooperative);
export const billingBreaker = circuitBreaker(handleAll, {
  halfOpenAfter: 10_000,
  breaker: new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 5 }),
});

/** Reads the address, and heeds the signal. */
export async function readWith(url: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(url, signal ? { signal } : {});
  if (!answer.ok) throw new ServerError(String(answer.status));
  return answer.text();
}
