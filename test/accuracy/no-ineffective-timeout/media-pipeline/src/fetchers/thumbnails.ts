import { freshSignal, forever, startupSignal } from '../lib/signals.js';

const CDN = 'https://cdn.example';

export async function thumbnail(id: string): Promise<ArrayBuffer> {
  // expect: no-ineffective-timeout/sharedSignal
  const response = await fetch(`${CDN}/thumbs/${id}`, { signal: startupSignal });
  return response.arrayBuffer();
}

export async function poster(id: string): Promise<ArrayBuffer> {
  // ok: no-ineffective-timeout, require-timeout -- made anew
  const response = await fetch(`${CDN}/posters/${id}`, { signal: freshSignal() });
  return response.arrayBuffer();
}

export async function sprite(id: string): Promise<ArrayBuffer> {
  // expect: no-ineffective-timeout/neverAborted
  const response = await fetch(`${CDN}/sprites/${id}`, { signal: forever() });
  return response.arrayBuffer();
}

export async function banner(id: string): Promise<ArrayBuffer> {
  // expect: no-ineffective-timeout/neverAborted
  const response = await fetch(`${CDN}/banners/${id}`, { signal: new AbortController().signal });
  return response.arrayBuffer();
}

export async function cover(id: string): Promise<ArrayBuffer> {
  // expect: no-ineffective-timeout/ignored
  const options = { timeout: 5000, headers: { accept: 'image/avif' } };
  const response = await fetch(`${CDN}/covers/${id}`, options as RequestInit);
  return response.arrayBuffer();
}

export async function avatar(id: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  // ok: no-ineffective-timeout, require-timeout -- with a limit and the caller's signal
  const response = await fetch(`${CDN}/avatars/${id}`, {
    signal: AbortSignal.any([AbortSignal.timeout(3000), ...(signal ? [signal] : [])]),
  });
  return response.arrayBuffer();
}

export async function icon(id: string): Promise<string> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, 2000);
  // expect: no-ineffective-timeout/clearedEarly
  const response = await fetch(`${CDN}/icons/${id}.svg`, { signal: controller.signal });
  clearTimeout(timer);
  return response.text();
}

export async function iconSize(id: string): Promise<number> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, 2000);
  // ok: no-ineffective-timeout -- the body is never read
  const response = await fetch(`${CDN}/icons/${id}.svg`, { method: 'HEAD', signal: controller.signal });
  clearTimeout(timer);
  return Number(response.headers.get('content-length'));
}

async function fetchWithTimeout(url: string, ms: number, init: RequestInit = {}): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, ms);
  try {
    // expect: no-ineffective-timeout/clearedEarly, forward-abort-signal/notForwarded
    return await fetch(url, { ...init, signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

export async function manifest(id: string): Promise<unknown> {
  const response = await fetchWithTimeout(`${CDN}/manifests/${id}.json`, 5000);
  if (!response.ok) throw new Error(`manifest ${id}: ${response.status}`);
  return response.json();
}

export async function frames(ids: string[]): Promise<ArrayBuffer[]> {
  const results: ArrayBuffer[] = [];
  const signal = AbortSignal.timeout(10_000);
  for (const id of ids) {
    // ok: no-ineffective-timeout -- one budget for the whole page, which throws when it is spent
    const response = await fetch(`${CDN}/frames/${id}`, { signal });
    results.push(await response.arrayBuffer());
  }
  return results;
}

export async function frameWithRetry(id: string): Promise<ArrayBuffer> {
  const signal = AbortSignal.timeout(5000);
  let failure: unknown;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      // expect: no-ineffective-timeout/sharedSignal
      const response = await fetch(`${CDN}/frames/${id}`, { signal });
      return await response.arrayBuffer();
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
  throw failure;
}

export async function frameWithFreshRetry(id: string): Promise<ArrayBuffer> {
  let failure: unknown;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      // ok: no-ineffective-timeout -- made for each attempt
      const response = await fetch(`${CDN}/frames/${id}`, { signal: AbortSignal.timeout(2000 * (attempt + 1)) });
      return await response.arrayBuffer();
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
  throw failure;
}

export async function config(name: string): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  const response = await fetch(`${CDN}/config/${name}`, { signal: undefined });
  return response.json();
}

export async function flags(): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  const response = await fetch(`${CDN}/flags`, { signal: null });
  return response.json();
}
