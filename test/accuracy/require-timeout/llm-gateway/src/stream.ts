import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Hono } from 'hono';

export const app = new Hono();

// ok: require-timeout -- a route
app.get('/models', async (c) => {
  // expect: require-timeout/longDefault, forward-abort-signal/notForwarded
  const response = await fetch('https://models.test/v1/models');
  return c.json(await response.json());
});

app.post('/chat', async (c) => {
  // expect: require-timeout/longDefault
  const upstream = await fetch('https://models.test/v1/chat', { method: 'POST', body: await c.req.text() });
  return new Response(upstream.body, { headers: { 'content-type': 'text/event-stream' } });
});

app.post('/proxy', async (c) => {
  // unknown: require-timeout/unknown|callerOwned
  const upstream = await fetch('https://models.test/v1/proxy', {
    method: 'POST',
    body: await c.req.text(),
    signal: c.req.raw.signal,
  });
  return new Response(upstream.body);
});

export async function download(url: string, file: string): Promise<void> {
  // expect: require-timeout/longDefault
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`No file at ${url}`);
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file));
}

export async function* tokens(prompt: string, signal: AbortSignal): AsyncGenerator<string> {
  // unknown: require-timeout/callerOwned
  const response = await fetch('https://models.test/v1/stream', { method: 'POST', body: prompt, signal });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    yield decoder.decode(chunk as Uint8Array, { stream: true });
  }
}

export async function summarize(texts: string[]): Promise<unknown[]> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
  }, 30_000);
  try {
    return await Promise.all(
      texts.map(async (text) => {
        // ok: require-timeout -- a controller that a timer aborts, shared by one batch
        const response = await fetch('https://models.test/v1/summarize', {
          method: 'POST',
          body: text,
          signal: controller.signal as AbortSignal,
        });
        return response.json();
      }),
    );
  } finally {
    clearTimeout(timer);
  }
}
