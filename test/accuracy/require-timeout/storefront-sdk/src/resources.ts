import { getJson, request, requestOrTimeout, send } from './http.js';
import * as http from './http.js';

const base = 'https://api.storefront.test';

export async function loadStore(id: string): Promise<unknown> {
  // ok: require-timeout -- reported once, in the wrapper
  return request(`${base}/stores/${id}`);
}

export async function loadRegion(id: string): Promise<unknown> {
  // ok: require-timeout -- the wrapper's default
  return requestOrTimeout(`${base}/regions/${id}`);
}

export async function deleteDraft(id: string): Promise<void> {
  // expect: require-timeout/longDefault|missing
  await send(`${base}/drafts/${id}`, { method: 'DELETE' });
}

export async function publishDraft(id: string): Promise<void> {
  // ok: require-timeout -- the caller gives the limit
  await send(`${base}/drafts/${id}/publish`, { method: 'POST', signal: AbortSignal.timeout(4000) });
}

export async function archiveDraft(id: string): Promise<void> {
  // expect: require-timeout/longDefault|missing
  await http.send(`${base}/drafts/${id}/archive`, { method: 'POST' });
}

export async function loadTax(country: string): Promise<unknown> {
  // ok: require-timeout -- the wrapper's default
  return getJson(`${base}/taxes/${country}`);
}

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  // ok: require-timeout -- not exported: its callers are judged
  return fetch(base + path, { ...init, headers: { accept: 'application/json' } });
}

export async function ping(): Promise<boolean> {
  // expect: require-timeout/longDefault|missing
  const response = await call('/ping');
  return response.ok;
}

export async function version(): Promise<string> {
  // ok: require-timeout -- this caller gives a limit
  const response = await call('/version', { signal: AbortSignal.timeout(1000) });
  return response.text();
}
