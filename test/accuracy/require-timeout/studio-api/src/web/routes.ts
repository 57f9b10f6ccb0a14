import express, { type Request, type Response } from 'express';
import { Hono } from 'hono';
import Fastify from 'fastify';
import ky, { HTTPError } from 'ky';
import superagent from 'superagent';
import nodeFetch from 'node-fetch';

const app = express();
export const hono = new Hono();
const fastify = Fastify();

const UPSTREAM = 'https://upstream.example';

// ok: require-timeout -- a setting of express
const port = app.get('port') as number | undefined;

// ok: require-timeout -- a route
app.get('/assets/:id', async (request: Request, response: Response) => {
  // expect: require-timeout/longDefault|missing
  const upstream = await fetch(`${UPSTREAM}/assets/${String(request.params.id)}`);
  response.status(upstream.status).send(await upstream.text());
});

// ok: require-timeout -- a route
hono.post('/preview', async (c) => {
  const body = await c.req.text();
  // ok: require-timeout -- 10 s by default in ky
  const preview = await ky.post(`${UPSTREAM}/preview`, { body }).json();
  return c.json(preview as object);
});

// ok: require-timeout -- a route
fastify.get('/health', async (_request, reply) => {
  try {
    // expect: require-timeout/missing
    const upstream = await superagent.get(`${UPSTREAM}/health`).set('accept', 'application/json');
    return { ok: upstream.ok };
  } catch (error) {
    // ok: require-timeout -- no call
    if (error instanceof HTTPError) return reply.code(502).send();
    throw error;
  }
});

fastify.post('/convert', async (request) => {
  // ok: require-timeout -- bounded
  const answer = await superagent
    .post(`${UPSTREAM}/convert`)
    .send(request.body as object)
    .timeout({ response: 3000, deadline: 10_000 })
    .ok((result) => result.status < 500);
  return answer.body as object;
});

app.post('/import', async (request, response) => {
  // expect: require-timeout/missing
  const source = await nodeFetch(String(request.query.url), { redirect: 'error', size: 5_000_000 });
  response.send(await source.text());
});

app.post('/import/bounded', async (request, response) => {
  // ok: require-timeout -- signal
  const source = await nodeFetch(String(request.query.url), { signal: AbortSignal.timeout(5000) });
  response.send(await source.text());
});

const unlimited = ky.create({ prefixUrl: UPSTREAM, retry: 0 });

app.delete('/cache/:key', async (request, response) => {
  // ok: require-timeout -- 10 s by default in ky
  await unlimited.delete(`cache/${String(request.params.key)}`);
  response.sendStatus(204);
});

const params = new URLSearchParams({ page: '1' });
// ok: require-timeout -- a query string
export const page = params.get('page');
export { app, port };
