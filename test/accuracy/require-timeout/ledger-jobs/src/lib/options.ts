export interface CallOptions {
  timeout?: number;
  headers?: Record<string, string>;
}

export function normalise(options: CallOptions = {}): CallOptions {
  options.timeout ??= 60_000;
  options.headers = { ...options.headers, 'x-service': 'ledger' };
  return options;
}

export const limits = {
  short: 2_000,
  long: 30_000,
  none: 0,
} as const;

export enum Limit {
  Short = 2000,
  Long = 30_000,
}
