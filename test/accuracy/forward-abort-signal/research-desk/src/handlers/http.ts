import { Hono, type Context } from 'hono';
import Fastify from 'fastify';
import { getJson } from '../lib/api.js';

export const app = new Hono();
export const fastify = Fastify();
const BASE = 'https://papers.example';

app.get('/papers/:id', async (c) => {
  // ok: forward-abort-signal -- passed
  const paper = await getJson(`/papers/${c.req.param('id')}`, { signal: c.req.raw.signal });
  return c.json(paper as object);
});

app.get('/papers/:id/raw', async (c: Context) => {
  const { signal } = c.req.raw;
  if (signal.aborted) return c.body(null, 499 as never);
  // expect: forward-abort-signal/notForwarded
  const response = await fetch(`${BASE}/papers/${c.req.param('id')}/raw`, { signal: AbortSignal.timeout(3000) });
  return c.body(await response.text());
});

app.post('/papers', async (c) => {
  const body = await c.req.text();
  // unknown: forward-abort-signal/requestSignalIntoWrite
  const response = await fetch(`${BASE}/papers`, { method: 'POST', body, signal: AbortSignal.timeout(3000) });
  return c.json({ status: response.status });
});

export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  // expect: forward-abort-signal/notForwarded
  const upstream = await fetch(`${BASE}/search?${searchParams}`, { signal: AbortSignal.timeout(3000) });
  return new Response(upstream.body, upstream);
}

export async function DELETE(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  // unknown: forward-abort-signal/requestSignalIntoWrite
  await fetch(`${BASE}${pathname}`, { method: 'DELETE', signal: AbortSignal.timeout(3000) });
  return new Response(null, { status: 204 });
}

export async function HEAD(request: Request): Promise<Response> {
  // ok: forward-abort-signal -- passed with a limit
  const upstream = await fetch(request.url, {
    method: 'HEAD',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(3000)]),
  });
  return new Response(null, upstream);
}

interface Env {
  readonly ctx: { waitUntil(promise: Promise<unknown>): void };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    // ok: forward-abort-signal -- goes on after the answer on purpose
    env.ctx.waitUntil(fetch(`${BASE}/metrics`, { method: 'POST', signal: AbortSignal.timeout(2000) }));
    // ok: forward-abort-signal -- the request itself is handed on
    return fetch(new Request(`${BASE}/mirror`, request));
  },
};

fastify.get('/status', async (request, reply) => {
  // expect: forward-abort-signal/notForwarded
  const upstream = await fetch(`${BASE}/status`, { signal: AbortSignal.timeout(3000) });
  if (request.signal.aborted) return reply;
  return reply.code(upstream.status).send(await upstream.text());
});
