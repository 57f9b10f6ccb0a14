import { LoyaltyError } from './errors.js';

export interface TransportOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutInMs?: number;
}

export interface CallOptions {
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly timeoutInMs?: number;
}

const DEFAULT_TIMEOUT_MS = 20 * 1000;

/** Bounded: each call has a limit, the caller's or the client's. */
export class Transport {
  readonly #fetch: typeof globalThis.fetch;
  readonly #timeout: number;

  constructor(private readonly options: TransportOptions) {
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#timeout = options.timeoutInMs ?? DEFAULT_TIMEOUT_MS;
  }

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const url = new URL(path, this.options.baseUrl);
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
    const limit = AbortSignal.timeout(options.timeoutInMs ?? this.#timeout);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    // ok: require-timeout -- both branches have the limit
    const response = await this.#fetch(url, {
      method,
      headers: { authorization: `Bearer ${this.options.token}`, 'content-type': 'application/json' },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal,
    });
    if (!response.ok) throw new LoyaltyError(response.status, await response.text());
    return (await response.json()) as T;
  }
}

/** Not bounded: the telemetry side channel was forgotten. */
export class TelemetryTransport {
  private readonly fetchImpl: typeof fetch;

  constructor(
    private readonly endpoint: string,
    options: { fetch?: typeof fetch } = {},
  ) {
    this.fetchImpl = options.fetch ?? fetch.bind(globalThis);
  }

  async flush(events: readonly object[]): Promise<void> {
    // expect: require-timeout/longDefault|missing
    const response = await this.fetchImpl(this.endpoint, {
      method: 'POST',
      body: events.map((event) => JSON.stringify(event)).join('\n'),
      keepalive: true,
    });
    if (!response.ok) throw new LoyaltyError(response.status, 'telemetry');
  }
}
