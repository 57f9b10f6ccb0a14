import nodeFetch from 'node-fetch';
import { REQUEST_TIMEOUT, sharedLimit } from './constants.js';

const base = 'https://psp.test';
const longLived = AbortSignal.timeout(60_000);

export async function charge(order: string): Promise<unknown> {
  const response = await fetch(`${base}/charges`, {
    method: 'POST',
    body: JSON.stringify({ order }),
    // expect: no-ineffective-timeout/ignored
    timeout: REQUEST_TIMEOUT,
  } as RequestInit);
  return response.json();
}

export async function balance(): Promise<unknown> {
  const init = { timeout: 3000, signal: AbortSignal.timeout(3000) };
  // ok: no-ineffective-timeout, require-timeout -- the signal binds (the option beside it is idle)
  const response = await fetch(`${base}/balance`, { signal: init.signal });
  return response.json();
}

export async function disputes(): Promise<unknown> {
  // expect: no-ineffective-timeout/ignored
  const response = await nodeFetch(`${base}/disputes`, { timeout: 4000 } as object);
  return response.json();
}

export async function payouts(): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  const response = await fetch(`${base}/payouts`, { signal: undefined as never });
  return response.json();
}

export async function mandates(): Promise<unknown> {
  const controller = new AbortController();
  const headers = { accept: 'application/json' };
  // expect: no-ineffective-timeout/neverAborted
  const response = await fetch(`${base}/mandates`, { headers, signal: controller.signal });
  return response.json();
}

export async function tokens(): Promise<unknown> {
  // expect: no-ineffective-timeout/neverAborted
  const response = await fetch(`${base}/tokens`, { signal: new AbortController().signal });
  return response.json();
}

export function cancellable(path: string): { done: Promise<Response>; cancel: () => void } {
  const controller = new AbortController();
  // ok: no-ineffective-timeout -- the caller can abort it
  const done = fetch(base + path, { signal: controller.signal });
  return { done, cancel: () => controller.abort() };
}

const open = new Set<AbortController>();

export async function tracked(path: string): Promise<string> {
  const controller = new AbortController();
  open.add(controller);
  try {
    // ok: no-ineffective-timeout -- the controller is handed out
    const response = await fetch(base + path, { signal: controller.signal });
    return await response.text();
  } finally {
    open.delete(controller);
  }
}

export function shutdown(): void {
  for (const controller of open) controller.abort();
}

export async function refunds(): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_TIMEOUT);
  let response: Response;
  try {
    // expect: no-ineffective-timeout/clearedEarly
    response = await fetch(`${base}/refunds`, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw new Error(`refunds: ${response.status}`);
  return response.json();
}

export async function fees(): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_TIMEOUT);
  try {
    // expect: no-ineffective-timeout/clearedEarly
    const response = await fetch(`${base}/fees`, { signal: controller.signal });
    return response.json();
  } finally {
    clearTimeout(timer);
  }
}

export async function timedFetch(url: string): Promise<Response> {
  const controller = new AbortController();
  const id = setTimeout(() => controller.abort(), 8000);
  try {
    // expect: no-ineffective-timeout/clearedEarly
    return await fetch(url, { redirect: 'follow', signal: controller.signal });
  } finally {
    clearTimeout(id);
  }
}

export async function limits(): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_TIMEOUT);
  try {
    // ok: no-ineffective-timeout -- armed until the body is read
    const response = await fetch(`${base}/limits`, { signal: controller.signal });
    const body: unknown = await response.json();
    return body;
  } finally {
    clearTimeout(timer);
  }
}

export async function alive(): Promise<boolean> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 500);
  try {
    // ok: no-ineffective-timeout -- the body is not used
    const response = await fetch(`${base}/health`, { method: 'HEAD', signal: controller.signal });
    return response.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

export async function countries(): Promise<unknown> {
  // expect: no-ineffective-timeout/sharedSignal
  const response = await fetch(`${base}/countries`, { signal: sharedLimit });
  return response.json();
}

export async function currencies(): Promise<unknown> {
  // expect: no-ineffective-timeout/sharedSignal
  const response = await fetch(`${base}/currencies`, { headers: { accept: '*/*' }, signal: longLived });
  return response.json();
}

export async function statement(year: number): Promise<unknown[]> {
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT);
  // ok: no-ineffective-timeout -- one budget for one operation
  const first = await fetch(`${base}/statements/${year}`, { signal });
  // ok: no-ineffective-timeout -- likewise
  const second = await fetch(`${base}/statements/${year}/lines`, { signal });
  return [await first.json(), await second.json()];
}

export async function archive(): Promise<unknown> {
  // expect: no-ineffective-timeout/misread
  const response = await fetch(`${base}/archive`, { signal: AbortSignal.timeout(30 * 24 * 60 * 60 * 1000) });
  return response.json();
}

export async function peek(): Promise<number> {
  // expect: no-ineffective-timeout/misread
  const response = await fetch(`${base}/peek`, { signal: AbortSignal.timeout(0) });
  return response.status;
}

export async function* ledger(): AsyncGenerator<Uint8Array> {
  // unknown: no-ineffective-timeout/lifetimeOnStream
  const response = await fetch(`${base}/ledger/stream`, { signal: AbortSignal.timeout(30_000) });
  for await (const chunk of response.body ?? []) yield chunk as Uint8Array;
}
