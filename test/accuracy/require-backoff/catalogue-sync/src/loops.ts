import { setTimeout as timer } from 'node:timers/promises';
import { growing, napFor, pause } from './time.js';

interface Page {
  readonly items: readonly string[];
  readonly cursor: string | null;
}

export async function fetchCatalogue(url: string): Promise<Response> {
  // expect: require-backoff/none
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
  throw new Error('unreachable');
}

export async function fetchWithFlag(url: string): Promise<Response | undefined> {
  let answer: Response | undefined;
  let tries = 0;
  // expect: require-backoff/none
  while (!answer && tries < 5) {
    try {
      answer = await fetch(url);
    } catch {
      tries++;
    }
  }
  return answer;
}

export async function fetchDone(url: string): Promise<void> {
  let done = false;
  let left = 6;
  do {
    try {
      await fetch(url, { method: 'PUT' });
      done = true;
    } catch {
      left -= 1;
      // expect: require-backoff/constant
      await pause(750);
    }
  } while (!done && left > 0);
}

export async function fetchStatus(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    const response = await fetch(url);
    if (response.ok) return response;
    // expect: require-backoff/constant
    await timer(2000);
  }
  throw new Error('gave up');
}

export async function fetchOverloaded(url: string): Promise<Response> {
  let attempt = 0;
  while (true) {
    const response = await fetch(url);
    // expect: require-backoff/constant (within 4)
    if (response.status >= 500 && attempt < 5) {
      attempt++;
      await pause(1500);
      continue;
    }
    return response;
  }
}

export async function napping(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch (error) {
      console.warn(`attempt ${attempt} failed`, error);
      // expect: require-backoff/constant
      await napFor(3);
    }
  }
  throw new Error('gave up');
}

export async function jitteredConstant(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-backoff/constant
      await pause(400 + Math.random() * 400);
    }
  }
  throw new Error('gave up');
}

export async function grows(url: string): Promise<Response> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-backoff -- doubles, by a function of another file
      await pause(growing(attempt));
    }
  }
  throw new Error('gave up');
}

export async function growsByState(url: string): Promise<Response> {
  let wait = 250;
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-backoff -- multiplied below
      await pause(wait);
      wait = Math.min(wait * 1.8, 5000);
    }
  }
  throw new Error('gave up');
}

export async function tableOfWaits(url: string): Promise<Response> {
  const waits = [100, 400, 1600, 6400];
  for (const wait of waits) {
    try {
      return await fetch(url);
    } catch {
      // ok: require-backoff -- a table that grows
      await pause(wait);
    }
  }
  return fetch(url);
}

export async function flatTable(url: string): Promise<Response> {
  for (const wait of [500, 500, 500, 500]) {
    try {
      return await fetch(url);
    } catch {
      // expect: require-backoff/constant
      await pause(wait);
    }
  }
  return fetch(url);
}

export async function linear(url: string): Promise<Response> {
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await fetch(url);
    } catch {
      // unknown: require-backoff/weak
      await pause(attempt * 300);
    }
  }
  throw new Error('gave up');
}

export async function once(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    // ok: require-backoff -- one single further attempt
    await pause(200);
    return fetch(url);
  }
}

export async function pages(url: string): Promise<string[]> {
  const all: string[] = [];
  let cursor: string | null = '';
  // ok: require-backoff -- pages
  while (cursor !== null) {
    const response: Response = await fetch(`${url}?cursor=${cursor}`);
    const page = (await response.json()) as Page;
    all.push(...page.items);
    cursor = page.cursor;
    await pause(50);
  }
  return all;
}

export async function batches(urls: readonly string[]): Promise<void> {
  // ok: require-backoff -- a batch
  for (const url of urls) {
    try {
      await fetch(url, { method: 'DELETE' });
    } catch (error) {
      console.error(url, error);
    }
    await pause(100);
  }
}

export async function chunks(ids: readonly string[]): Promise<void> {
  // ok: require-backoff -- chunks
  for (let start = 0; start < ids.length; start += 100) {
    const chunk = ids.slice(start, start + 100);
    try {
      await fetch('https://catalogue.test/sync', { method: 'PUT', body: JSON.stringify(chunk) });
    } catch (error) {
      console.error(error);
      continue;
    }
    await pause(100);
  }
}

export async function mirrors(): Promise<Response> {
  // ok: require-backoff -- another host each time
  for (const host of ['a.catalogue.test', 'b.catalogue.test', 'c.catalogue.test']) {
    try {
      return await fetch(new URL('/items', `https://${host}`));
    } catch (error) {
      console.warn(host, error);
      await pause(100);
    }
  }
  throw new Error('no mirror');
}

export async function mirrorByIndex(hosts: readonly string[]): Promise<Response> {
  // ok: require-backoff -- another host each time
  for (let attempt = 0; attempt < 6; attempt++) {
    const host = hosts[attempt % hosts.length];
    try {
      return await fetch(`https://${host}/items`);
    } catch {
      await pause(100);
    }
  }
  throw new Error('no mirror');
}

export async function jobDone(url: string): Promise<unknown> {
  // ok: require-backoff -- polling
  while (true) {
    const response = await fetch(url);
    const job = (await response.json()) as { state: 'running' | 'done' | 'failed' };
    if (job.state === 'done') return job;
    if (job.state === 'failed') throw new Error('failed');
    await pause(1000);
  }
}

export async function exported(url: string): Promise<Response> {
  // ok: require-backoff -- 202 says that it is too early
  for (let polls = 0; polls < 60; polls++) {
    const response = await fetch(url);
    if (response.status !== 202) return response;
    await pause(1000);
  }
  throw new Error('not ready');
}

export async function worker(url: string, stop: AbortSignal): Promise<void> {
  // ok: require-backoff -- a worker goes on with the next message
  while (!stop.aborted) {
    try {
      const message = await fetch(`${url}/next`);
      await fetch(`${url}/ack`, { method: 'PUT', body: await message.text() });
    } catch (error) {
      console.error(error);
      await pause(1000);
    }
  }
}

export async function waitUntilReady(url: string): Promise<void> {
  // ok: require-backoff -- readiness
  for (let second = 0; second < 30; second++) {
    try {
      await fetch(url);
      return;
    } catch {
      await pause(1000);
    }
  }
  throw new Error('not ready');
}

export async function withToken(url: string, refresh: () => Promise<string>): Promise<Response> {
  let token = await refresh();
  // ok: require-backoff -- a new token
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await fetch(url, { headers: { authorization: token } });
    if (response.status === 401) {
      token = await refresh();
      continue;
    }
    return response;
  }
  throw new Error('unauthorized');
}

export async function freeSlug(title: string): Promise<string> {
  // ok: require-backoff -- another name each time
  for (let suffix = 0; suffix < 10; suffix++) {
    const slug = suffix === 0 ? title : `${title}-${suffix}`;
    const response = await fetch(`https://catalogue.test/slugs/${slug}`, { method: 'PUT' });
    if (response.ok) return slug;
  }
  throw new Error('no free name');
}

export async function optimistic(url: string): Promise<Response> {
  // ok: require-backoff -- an optimistic lock
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await fetch(url);
    const response = await fetch(url, { method: 'PUT', headers: { 'if-match': current.headers.get('etag') ?? '' } });
    if (response.status === 412) continue;
    return response;
  }
  throw new Error('conflict');
}

export async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  let bytes = 0;
  // ok: require-backoff -- a stream
  while (true) {
    const chunk = await reader.read();
    if (chunk.done) break;
    bytes += chunk.value.length;
  }
  return bytes;
}
