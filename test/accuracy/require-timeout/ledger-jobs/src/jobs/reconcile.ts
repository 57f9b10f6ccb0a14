import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap, retry } from 'cockatiel';
import CircuitBreaker from 'opossum';
import pTimeout from 'p-timeout';

const strict = timeout(3_000, TimeoutStrategy.Aggressive);
const polite = timeout(3_000, TimeoutStrategy.Cooperative);
const breaker = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
const guarded = wrap(breaker, polite);
const patient = retry(handleAll, { maxAttempts: 3 });

const LEDGER = 'https://ledger.example';

async function load(path: string): Promise<unknown> {
  // expect: require-timeout/longDefault|missing
  const response = await fetch(`${LEDGER}${path}`);
  return response.json();
}

export async function reconcile(day: string): Promise<void> {
  // ok: require-timeout -- aggressive
  await strict.execute(() => fetch(`${LEDGER}/reconcile/${day}`, { method: 'POST' }));
  // ok: require-timeout -- cooperative, and its signal is used
  await guarded.execute(({ signal }) => fetch(`${LEDGER}/close/${day}`, { method: 'PUT', signal }));
  // expect: require-timeout/longDefault|missing
  await polite.execute(() => fetch(`${LEDGER}/archive/${day}`, { method: 'PUT' }));
  // expect: require-timeout/longDefault|missing
  await patient.execute(() => fetch(`${LEDGER}/notify/${day}`, { method: 'POST' }));
  // ok: require-timeout -- the caller's bound
  await pTimeout(fetch(`${LEDGER}/report/${day}`), { milliseconds: 10_000 });
}

async function fetchEntries(day: string): Promise<unknown> {
  // ok: require-timeout -- only run inside the breaker, which has a limit of 10 s
  const response = await fetch(`${LEDGER}/entries/${day}`);
  return response.json();
}

const entries = new CircuitBreaker(fetchEntries, { errorThresholdPercentage: 50 });

export const loadEntries = (day: string): Promise<unknown> => entries.fire(day) as Promise<unknown>;

export async function all(): Promise<unknown[]> {
  return Promise.all(['/a', '/b'].map((path) => load(path)));
}

export async function poll(id: string): Promise<unknown> {
  const deadline = Date.now() + 120_000;
  // expect: no-ineffective-timeout/betweenIterations
  while (Date.now() < deadline) {
    // ok: require-timeout -- one fault, one rule
    const response = await fetch(`${LEDGER}/jobs/${id}`);
    const job = (await response.json()) as { done: boolean };
    if (job.done) return job;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('not done in time');
}
