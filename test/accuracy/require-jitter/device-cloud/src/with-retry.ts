import { nap } from './backoff.js';

export interface RetryConfig {
  retries?: number;
  baseDelay?: number;
  maxDelay?: number;
  jitter?: boolean;
  shouldRetry?: (error: unknown, attempt: number) => boolean;
  onRetry?: (error: unknown, attempt: number, delay: number) => void;
}

/** A policy object whose jitter is off unless asked for: a fault of the helper's defaults. */
export async function withRetry<T>(fn: () => Promise<T>, config: RetryConfig = {}): Promise<T> {
  const { retries = 3, baseDelay = 300, maxDelay = 10_000, jitter = false, shouldRetry = () => true, onRetry } = config;
  let attempt = 0;
  while (true) {
    try {
      return await fn();
    } catch (error) {
      attempt += 1;
      if (attempt > retries || !shouldRetry(error, attempt)) throw error;
      let delay = Math.min(baseDelay * 2 ** (attempt - 1), maxDelay);
      if (jitter) delay *= 0.5 + Math.random();
      onRetry?.(error, attempt, delay);
      // expect: require-jitter/missing
      await nap(delay);
    }
  }
}

/** Jitter is on unless it is switched off. */
export async function persist<T>(fn: () => Promise<T>, config: RetryConfig = {}): Promise<T> {
  const { retries = 3, baseDelay = 300, maxDelay = 10_000, jitter = true } = config;
  for (let attempt = 0; ; attempt++) {
    try {
      return await fn();
    } catch (error) {
      if (attempt >= retries) throw error;
      const exponential = Math.min(baseDelay * 2 ** attempt, maxDelay);
      const delay = jitter ? exponential * Math.random() : exponential;
      // ok: require-jitter -- on by default
      await nap(delay);
    }
  }
}

const DEFAULTS: Required<Pick<RetryConfig, 'retries' | 'baseDelay' | 'maxDelay' | 'jitter'>> = {
  retries: 4,
  baseDelay: 200,
  maxDelay: 5000,
  jitter: true,
};

/** Defaults in a constant, spread. */
export async function insist<T>(fn: () => Promise<T>, overrides: RetryConfig = {}): Promise<T> {
  const options = { ...DEFAULTS, ...overrides };
  let lastError: unknown;
  for (let attempt = 0; attempt <= options.retries; attempt++) {
    try {
      return await fn();
    } catch (error) {
      lastError = error;
      if (attempt === options.retries) break;
      const growth = Math.min(options.maxDelay, options.baseDelay * 2 ** attempt);
      // ok: require-jitter -- on by default
      await nap(options.jitter ? growth / 2 + (Math.random() * growth) / 2 : growth);
    }
  }
  throw lastError;
}

/** Hands on to the helper above. */
export const insistLong = <T>(fn: () => Promise<T>): Promise<T> => insist(fn, { retries: 8 });

/** Its wait has no noise, whatever its caller says. */
export async function stubborn<T>(fn: () => Promise<T>, { attempts = 5, delay = 100, factor = 2 } = {}): Promise<T> {
  let wait = delay;
  for (let i = 1; ; i++) {
    try {
      return await fn();
    } catch (error) {
      if (i === attempts) throw error;
      // expect: require-jitter/missing
      await nap(wait);
      wait *= factor;
    }
  }
}
