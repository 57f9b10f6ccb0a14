import axios from 'axios';
import { handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import pRetry from 'p-retry';

const policy = wrap(retry(handleAll, { maxAttempts: 2 }), timeout(3000, TimeoutStrategy.Cooperative));

export function exportOrders(day: string): Promise<unknown> {
  return policy.execute(async ({ signal }) => {
    signal.throwIfAborted();
    // expect: forward-abort-signal/notForwarded
    const { data } = await axios.get<unknown>(`https://orders.test/export/${day}`, { timeout: 10_000 });
    return data;
  });
}

export function exportRefunds(day: string): Promise<unknown> {
  return policy.execute(async ({ signal }) => {
    // ok: forward-abort-signal -- passed on
    const { data } = await axios.get<unknown>(`https://refunds.test/export/${day}`, { signal });
    return data;
  });
}

export async function exportAll(days: string[], signal: AbortSignal): Promise<unknown[]> {
  return Promise.all(
    days.map((day) =>
      pRetry(
        async () => {
          // expect: forward-abort-signal/notForwarded
          const response = await fetch(`https://export.test/${day}`, { signal: AbortSignal.timeout(5000) });
          return response.json() as Promise<unknown>;
        },
        { retries: 2, randomize: true, signal },
      ),
    ),
  );
}

export async function exportOne(day: string, signal: AbortSignal): Promise<unknown> {
  return pRetry(
    async () => {
      // ok: forward-abort-signal -- merged, anew for each attempt
      const response = await fetch(`https://export.test/${day}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
      });
      return response.json() as Promise<unknown>;
    },
    { retries: 2, randomize: true, signal },
  );
}
