import { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, handleAll, retry, wrap } from 'cockatiel';

const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });

export const policy = wrap(retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }), breaker);
export const onlyRetry = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
export const guarded = <T>(work: () => Promise<T>): Promise<T> => policy.execute(work);
export const retried = <T>(work: () => Promise<T>): Promise<T> => onlyRetry.execute(work);
