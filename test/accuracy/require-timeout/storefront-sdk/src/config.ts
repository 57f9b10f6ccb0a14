export interface StorefrontConfig {
  baseUrl: string;
  token: string;
  fetch?: typeof fetch;
  timeoutMs?: number;
}

export const SECOND = 1000;
export const DEFAULT_TIMEOUT_MS = 10 * SECOND;

export enum Budget {
  Fast = 800,
  Slow = 8000,
}
