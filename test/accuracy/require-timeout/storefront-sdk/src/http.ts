import { DEFAULT_TIMEOUT_MS } from './config.js';

/** Hands the caller's options on; there is no default. */
export async function request(url: string, init?: RequestInit): Promise<unknown> {
  // expect: require-timeout/wrapperWithoutDefault
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** The caller's signal, or ten seconds. */
export async function requestOrTimeout(url: string, init: RequestInit = {}): Promise<unknown> {
  // ok: require-timeout -- a wrapper with a default
  const response = await fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(DEFAULT_TIMEOUT_MS) });
  return response.json();
}

export function send(url: string, init: RequestInit): Promise<Response> {
  // unknown: require-timeout/callerOwned
  return fetch(url, init);
}

export async function getJson<T>(url: string, timeoutMs = 5000): Promise<T> {
  // ok: require-timeout -- a parameter with a default
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  return (await response.json()) as T;
}

export async function getText(url: string, timeoutMs?: number): Promise<string> {
  // unknown: require-timeout/unknown
  const response = await fetch(url, { ...(timeoutMs ? { signal: AbortSignal.timeout(timeoutMs) } : {}) });
  return response.text();
}

export async function getBytes(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  // unknown: require-timeout/callerOwned
  const response = await fetch(url, { signal });
  return response.arrayBuffer();
}

export async function head(url: string, signal: AbortSignal): Promise<number> {
  // ok: require-timeout -- one member of `any` is a limit
  const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.any([signal, AbortSignal.timeout(3000)]) });
  return response.status;
}

export async function withMerged(url: string, signal: AbortSignal, other: AbortSignal): Promise<number> {
  // unknown: require-timeout/callerOwned
  const response = await fetch(url, { signal: AbortSignal.any([signal, other]) });
  return response.status;
}
