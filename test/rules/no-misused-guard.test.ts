import rule from '../../rules/no-misused-guard.js';
import { ruleTester } from '../support/rule-tester.js';

const imports = `import { circuitBreaker, ConsecutiveBreaker, ExponentialBackoff, fallback, handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
void [ExponentialBackoff, fallback, retry, timeout, TimeoutStrategy, wrap];
`;
const options = `{ halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(5) }`;

ruleTester(rule).run({
  valid: [
    {
      name: 'a breaker of the module',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
export const load = (url: string) => breaker.execute(() => fetch(url));`,
    },
    {
      name: 'a breaker that a factory makes, and one that a class keeps',
      code: `${imports}export function makeClient(url: string) {
  const breaker = circuitBreaker(handleAll, ${options});
  return { load: () => breaker.execute(() => fetch(url)) };
}
export class Client {
  readonly #breaker = circuitBreaker(handleAll, ${options});
  load(url: string) { return this.#breaker.execute(() => fetch(url)); }
}`,
    },
    {
      name: 'a breaker that is made once, and used in a loop',
      code: `${imports}export async function job(urls: string[]) {
  const breaker = circuitBreaker(handleAll, ${options});
  for (const url of urls) await breaker.execute(() => fetch(url));
}`,
    },
    {
      name: 'a breaker by name, remembered',
      code: `${imports}const breakers = new Map<string, ReturnType<typeof circuitBreaker>>();
export function load(host: string) {
  const breaker = breakers.get(host) ?? circuitBreaker(handleAll, ${options});
  breakers.set(host, breaker);
  return breaker.execute(() => fetch('https://' + host));
}`,
    },
    {
      name: 'retry outside, breaker inside, timeout innermost; a fallback outside',
      code: `${imports}const policy = wrap(
  fallback(handleAll, null),
  retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }),
  circuitBreaker(handleAll, ${options}),
  timeout(500, TimeoutStrategy.Cooperative),
);
export const load = (url: string) => policy.execute(({ signal }) => fetch(url, { signal }));`,
    },
    {
      name: 'one breaker for one host',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
export const a = () => breaker.execute(() => fetch('https://a.test/1'));
export const b = () => breaker.execute(() => fetch('https://a.test/2'));`,
    },
    {
      name: 'an aggressive timeout ends the wait by itself',
      code: `${imports}const limit = timeout(500, TimeoutStrategy.Aggressive);
export const load = (url: string) => limit.execute(() => fetch(url));`,
    },
    {
      name: 'a handler that rethrows',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
export const load = (url: string) => breaker.execute(async () => {
  try { return await fetch(url); } catch (error) { console.error(error); throw error; }
});`,
    },
  ],
  invalid: [
    {
      name: 'a breaker for each call',
      code: `${imports}export async function load(url: string) {
  const breaker = circuitBreaker(handleAll, ${options});
  return breaker.execute(() => fetch(url));
}`,
      errors: [{ messageId: 'perCall', on: 'circuitBreaker' }],
      output: `${imports}const breaker = circuitBreaker(handleAll, ${options});

export async function load(url: string) {
  return breaker.execute(() => fetch(url));
}`,
    },
    {
      name: 'opossum, for each call: what the function is given is in it',
      code: `import CircuitBreaker from 'opossum';
export function load(url: string) {
  const breaker = new CircuitBreaker(async () => fetch(url), { timeout: 500 });
  return breaker.fire();
}`,
      errors: [{ messageId: 'perCall', on: 'CircuitBreaker' }],
    },
    {
      name: 'made and run in one expression',
      code: `import CircuitBreaker from 'opossum';
export const load = (url: string) => new CircuitBreaker(async () => fetch(url)).fire();`,
      errors: [{ messageId: 'perCall' }],
    },
    {
      name: 'one breaker for two services',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
export const mail = () => breaker.execute(() => fetch('https://mail.test/send'));
export const rate = () => breaker.execute(() => fetch('https://rates.test/eur'));`,
      errors: [{ messageId: 'sharedAcross', line: 5, message: 'mail.test and rates.test' }],
    },
    {
      name: 'a signal that nobody takes',
      code: `${imports}const limit = timeout(500, TimeoutStrategy.Cooperative);
export const load = (url: string) => limit.execute(() => fetch(url));`,
      errors: [{ messageId: 'ignoredSignal', on: '() => fetch(url)' }],
      output: `${imports}const limit = timeout(500, TimeoutStrategy.Cooperative);
export const load = (url: string) => limit.execute(({ signal }) => fetch(url, { signal }));`,
    },
    {
      name: 'a breaker around a retry',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
const again = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
const policy = wrap(breaker, again);
export const load = (url: string) => policy.execute(() => fetch(url));`,
      errors: [{ messageId: 'wrongOrder', on: 'wrap' }],
      output: `${imports}const breaker = circuitBreaker(handleAll, ${options});
const again = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
const policy = wrap(again, breaker);
export const load = (url: string) => policy.execute(() => fetch(url));`,
    },
    {
      name: 'a retry inside what the breaker runs',
      code: `import pRetry from 'p-retry';
${imports}const breaker = circuitBreaker(handleAll, ${options});
export const load = (url: string) => breaker.execute(() => pRetry(() => fetch(url), { retries: 2 }));`,
      errors: [{ messageId: 'wrongOrder' }],
    },
    {
      name: 'a fallback inside the breaker, by a policy and by hand',
      code: `${imports}const breaker = circuitBreaker(handleAll, ${options});
const policy = wrap(breaker, fallback(handleAll, null));
export const a = (url: string) => policy.execute(() => fetch(url));
export const b = (url: string) => breaker.execute(() => fetch(url).catch(() => null));`,
      errors: [
        { messageId: 'hidesFailures', on: 'wrap' },
        { messageId: 'hidesFailures', line: 6 },
      ],
    },
    {
      name: 'strict: no minimum, and a retry of what the open breaker rejects',
      options: { tuning: true },
      code: `import CircuitBreaker from 'opossum';
${imports}async function fetchIt(url: string) { return fetch(url); }
const breaker = new CircuitBreaker(fetchIt, { timeout: 500 });
export const a = (url: string) => breaker.fire(url);
const policy = wrap(retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() }), circuitBreaker(handleAll, ${options}));
export const b = (url: string) => policy.execute(() => fetch(url));`,
      errors: [{ messageId: 'noMinimum' }, { messageId: 'retriesOpenBreaker' }],
    },
  ],
});
