import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryOptions {
  /** How often the operation is run at most. */
  attempts?: number;
  /** The wait before the second attempt, in ms; it doubles from there. */
  baseMs?: number;
}

/** Runs an operation until it succeeds or the attempts are used up. */
export async function retry<T>(
  operation: () => Promise<T>,
  { attempts = 3, baseMs = 200 }: RetryOptions = {},
): Promise<T> {
  let lastError: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await operation();
    } catch (error) {
      lastError = error;
      if (attempt < attempts - 1) await sleep(Math.random() * (baseMs * 2 ** attempt));
    }
  }
  throw lastError;
}
