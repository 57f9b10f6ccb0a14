import { Hono } from 'hono';
import ky from 'ky';

const app = new Hono();

app.get('/orders/:id', async (c) => {
  // expect: forward-abort-signal/notForwarded
  const response = await fetch(`https://orders.test/${c.req.param('id')}`, { signal: AbortSignal.timeout(3000) });
  return c.json(await response.json());
});

app.get('/products/:id', async (c) => {
  // ok: forward-abort-signal -- merged
  const response = await fetch(`https://products.test/${c.req.param('id')}`, {
    signal: AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(3000)]),
  });
  return c.json(await response.json());
});

app.post('/orders', async (c) => {
  const body = await c.req.text();
  // unknown: forward-abort-signal/requestSignalIntoWrite
  const response = await fetch('https://orders.test', { method: 'POST', body, signal: AbortSignal.timeout(3000) });
  return c.json(await response.json());
});

app.get('/prices', async (c) => {
  // expect: forward-abort-signal/notForwarded
  const prices = await ky.get('https://prices.test', { timeout: 2000 }).json();
  return c.json(prices);
});

export default app;
