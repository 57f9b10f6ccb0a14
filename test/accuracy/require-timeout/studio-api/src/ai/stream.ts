import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';

const ENGINE = process.env.ENGINE_URL ?? 'https://engine.example';

export async function* tokens(prompt: string): AsyncGenerator<string> {
  // expect: require-timeout/longDefault|missing
  const response = await fetch(`${ENGINE}/generate`, {
    method: 'POST',
    body: JSON.stringify({ prompt, stream: true }),
  });
  if (!response.body) return;
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    yield decoder.decode(chunk as Uint8Array, { stream: true });
  }
}

export async function save(asset: string, target: string): Promise<void> {
  // expect: require-timeout/longDefault|missing
  const response = await fetch(`${ENGINE}/assets/${asset}`);
  if (!response.ok || !response.body) throw new Error(`asset ${asset}: ${response.status}`);
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(target));
}

export async function relay(prompt: string, out: ServerResponse): Promise<void> {
  const idle = new AbortController();
  let timer = setTimeout(() => {
    idle.abort();
  }, 10_000);
  // ok: require-timeout, no-ineffective-timeout -- a limit on silence, re-armed for each chunk
  const response = await fetch(`${ENGINE}/generate`, {
    method: 'POST',
    body: JSON.stringify({ prompt, stream: true }),
    signal: idle.signal,
  });
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    clearTimeout(timer);
    timer = setTimeout(() => {
      idle.abort();
    }, 10_000);
    out.write(value);
  }
  clearTimeout(timer);
  out.end();
}
