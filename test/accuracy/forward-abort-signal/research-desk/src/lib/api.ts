import axios from 'axios';

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly headers?: Record<string, string>;
}

const BASE = 'https://papers.example';

/** Forwards. */
export async function getJson<T>(path: string, { signal, timeoutMs = 8000, headers }: RequestOptions = {}): Promise<T> {
  const limit = AbortSignal.timeout(timeoutMs);
  // ok: forward-abort-signal, require-timeout -- merged
  const response = await fetch(`${BASE}${path}`, {
    headers,
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

/** Drops it. */
export async function postJson<T>(path: string, body: object, options: RequestOptions = {}): Promise<T> {
  // expect: forward-abort-signal/notForwarded
  const { data } = await axios.post<T>(`${BASE}${path}`, body, {
    timeout: options.timeoutMs ?? 8000,
    headers: options.headers,
  });
  return data;
}

/** Hands the options on whole. */
export function search(term: string, options: RequestOptions): Promise<string[]> {
  // ok: forward-abort-signal -- handed on
  return getJson(`/search?q=${encodeURIComponent(term)}`, options);
}

export async function cite(id: string, options: RequestOptions): Promise<string> {
  const { signal: outer, ...rest } = options;
  // ok: forward-abort-signal -- renamed and handed on
  return getJson(`/papers/${id}/citation`, { ...rest, signal: outer });
}

export async function related(id: string, { signal, ...rest }: RequestOptions): Promise<string[]> {
  signal?.throwIfAborted();
  // expect: forward-abort-signal/notForwardedThrough|notForwarded
  return getJson(`/papers/${id}/related`, rest);
}

export async function abstractOf(id: string, signal?: AbortSignal | null): Promise<string> {
  // expect: forward-abort-signal/notForwarded
  const response = await fetch(`${BASE}/papers/${id}/abstract`, { signal: AbortSignal.timeout(3000) });
  if (signal?.aborted) throw new Error('aborted');
  return response.text();
}

export async function pdf(id: string, init: RequestInit): Promise<ArrayBuffer> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/pdf');
  // ok: forward-abort-signal -- the spread carries it
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(`${BASE}/papers/${id}/pdf`, { ...init, headers });
  return response.arrayBuffer();
}

export async function bibtex(id: string, init: RequestInit): Promise<string> {
  // expect: forward-abort-signal/notForwarded
  const response = await fetch(`${BASE}/papers/${id}/bibtex`, {
    method: init.method,
    headers: init.headers,
    signal: AbortSignal.timeout(4000),
  });
  return response.text();
}

type Options = NonNullable<Parameters<typeof getJson>[1]>;

export async function authors(id: string, signal: Options['signal']): Promise<string[]> {
  // expect: forward-abort-signal/notForwarded
  const { data } = await axios.get<string[]>(`${BASE}/papers/${id}/authors`, { timeout: 4000 });
  if (signal?.aborted) return [];
  return data;
}

export async function deposit(id: string, file: Uint8Array, signal: AbortSignal): Promise<void> {
  // ok: forward-abort-signal -- the team said no: once begun, it must end
  await axios.put(`${BASE}/papers/${id}/file`, file, { signal: undefined, timeout: 60_000 });
  signal.throwIfAborted();
}

export async function reserve(id: string, signal: AbortSignal): Promise<string> {
  const { data } = await axios.post<{ lease: string }>(`${BASE}/leases`, { id }, { signal, timeout: 4000 });
  try {
    // ok: forward-abort-signal -- passed
    await axios.get(`${BASE}/papers/${id}`, { signal, timeout: 4000 });
  } catch (error) {
    // ok: forward-abort-signal -- a rollback
    await axios.delete(`${BASE}/leases/${data.lease}`, { timeout: 4000 });
    throw error;
  } finally {
    // ok: forward-abort-signal -- cleaning up
    await fetch(`${BASE}/metrics`, { method: 'POST', signal: AbortSignal.timeout(1000) });
  }
  return data.lease;
}

export async function view(id: string, signal: AbortSignal): Promise<unknown> {
  // ok: forward-abort-signal -- detached, with an error channel
  void fetch(`${BASE}/papers/${id}/views`, { method: 'POST', signal: AbortSignal.timeout(2000) }).catch(
    (error: unknown) => {
      console.warn('view not counted', error);
    },
  );
  return getJson(`/papers/${id}`, { signal });
}
