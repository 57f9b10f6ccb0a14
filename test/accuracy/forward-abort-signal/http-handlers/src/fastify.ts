import type { FastifyInstance } from 'fastify';
import got from 'got';
import { request } from 'undici';

export function routes(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>('/stock/:id', async (req) => {
    // expect: forward-abort-signal/notForwarded (untyped: skip)
    return got(`https://stock.test/${req.params.id}`, { timeout: { request: 2000 } }).json();
  });

  app.get('/stock', async (req) => {
    const signal = AbortSignal.any([req.signal, AbortSignal.timeout(2000)]);
    // ok: forward-abort-signal -- merged
    const { body } = await request('https://stock.test', { signal });
    return body.json();
  });

  app.delete<{ Params: { id: string } }>('/stock/:id', async (req, reply) => {
    // unknown: forward-abort-signal/requestSignalIntoWrite (untyped: skip)
    await request(`https://stock.test/${req.params.id}`, { method: 'DELETE', headersTimeout: 2000, bodyTimeout: 2000 });
    return reply.code(204).send();
  });
}
