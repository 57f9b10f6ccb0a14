/** The project's own helper shadows the global one on purpose. */
export interface FetchOptions extends RequestInit {
  readonly timeoutMs?: number;
}

async function boundedFetch(url: string | URL, { timeoutMs = 10_000, ...init }: FetchOptions = {}): Promise<Response> {
  // ok: require-timeout -- always armed
  // expect: forward-abort-signal/notForwarded
  return fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
}

export default boundedFetch;

/** Its callers decide; it has no limit of its own, and is exported. */
export async function rawFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set('user-agent', 'loyalty-sdk');
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(url, { ...init, headers });
  if (response.status === 429) throw new Error('throttled');
  return response;
}

export function withDefaults(options: FetchOptions = {}): FetchOptions {
  return { timeoutMs: 5000, ...options };
}
