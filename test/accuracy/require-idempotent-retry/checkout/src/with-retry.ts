export interface RetryOptions {
  readonly attempts?: number;
  readonly baseMs?: number;
}

export async function withRetry<T>(
  run: (attempt: number) => Promise<T>,
  { attempts = 3, baseMs = 100 }: RetryOptions = {},
): Promise<T> {
  let attempt = 0;
  for (;;) {
    try {
      return await run(attempt);
    } catch (error) {
      attempt += 1;
      if (attempt >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * baseMs * 2 ** attempt));
    }
  }
}

export const retryable =
  <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) =>
  (...args: A): Promise<R> =>
    withRetry(() => run(...args));
