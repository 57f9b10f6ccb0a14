import { createHash, randomUUID } from 'node:crypto';
import axios from 'axios';
import ky from 'ky';
import OpenAI from 'openai';
import pRetry from 'p-retry';
import Stripe from 'stripe';
import superagent from 'superagent';
import { retryable, withRetry } from './with-retry.js';

const http = axios.create({ baseURL: 'https://orders.test', timeout: 2000 });
const stripe = new Stripe('key', { timeout: 5000 });
const openai = new OpenAI({ timeout: 5000 });

interface Order {
  readonly id: string;
  readonly total: number;
}

export async function place(order: Order): Promise<unknown> {
  return withRetry(async () => {
    // expect: require-idempotent-retry/noKey
    const response = await http.post('/orders', order);
    return response.data as unknown;
  });
}

export async function placeOnce(order: Order): Promise<unknown> {
  const key = randomUUID();
  return withRetry(async () => {
    // ok: require-idempotent-retry -- a key that is made once
    const response = await http.post('/orders', order, { headers: { 'Idempotency-Key': key } });
    return response.data as unknown;
  });
}

export async function placeUnstable(order: Order): Promise<unknown> {
  return withRetry(async () => {
    const key = randomUUID();
    // expect: require-idempotent-retry/unstableKey
    const response = await http.post('/orders', order, { headers: { 'Idempotency-Key': key } });
    return response.data as unknown;
  });
}

export async function placeByHash(order: Order): Promise<unknown> {
  return withRetry(() =>
    // ok: require-idempotent-retry -- a key from the order itself
    http.post('/orders', order, {
      headers: { 'idempotency-key': createHash('sha256').update(order.id).digest('hex') },
    }),
  );
}

export async function replace(order: Order): Promise<void> {
  // ok: require-idempotent-retry -- PUT
  await withRetry(() => http.put(`/orders/${order.id}`, order));
}

export async function change(order: Order): Promise<void> {
  // unknown: require-idempotent-retry/unknown
  await withRetry(() => http.patch(`/orders/${order.id}`, order));
}

export async function find(text: string): Promise<unknown> {
  // ok: require-idempotent-retry -- a search
  return withRetry(() => http.post('/orders/_search', { text }));
}

async function create(order: Order): Promise<void> {
  await fetch('https://orders.test/orders', {
    method: 'POST',
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(1000),
  });
}

async function createTwice(order: Order): Promise<void> {
  await create(order);
}

// expect: require-idempotent-retry/noKey
export const through = (order: Order) => withRetry(() => createTwice(order));

// expect: require-idempotent-retry/noKey
export const made = retryable(create);

export async function charge(order: Order): Promise<void> {
  // expect: require-idempotent-retry/noKey
  await pRetry(() => stripe.charges.create({ amount: order.total, currency: 'eur' }), { retries: 2, randomize: true });
}

export async function chargeOnce(order: Order): Promise<void> {
  // ok: require-idempotent-retry -- a key of its own
  await pRetry(
    () => stripe.charges.create({ amount: order.total, currency: 'eur' }, { idempotencyKey: `charge-${order.id}` }),
    {
      retries: 2,
      randomize: true,
    },
  );
}

export async function chargePlainly(order: Order): Promise<void> {
  // ok: require-idempotent-retry -- the library has a key for its own attempts
  await stripe.charges.create({ amount: order.total, currency: 'eur' }, { maxNetworkRetries: 3 });
}

export async function describe(order: Order): Promise<unknown> {
  return withRetry(() =>
    // ok: require-idempotent-retry -- a completion is a read
    openai.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: order.id }] }),
  );
}

export async function notify(order: Order): Promise<void> {
  // expect: require-idempotent-retry/noKey
  await superagent.post('https://hooks.test').send(order).timeout(1000).retry(2); // expect: require-backoff/none
}

export const send = (order: Order) =>
  // ok: require-idempotent-retry -- ky repeats no POST unless it is told to
  ky.post('https://hooks.test', { json: order, retry: { limit: 3, jitter: true } });

export async function inLoop(order: Order): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt++) {
    // expect: require-idempotent-retry/noKey
    const response = await fetch('https://orders.test/orders', {
      method: 'POST',
      body: order.id,
      signal: AbortSignal.timeout(500),
    });
    if (response.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
  }
  return false;
}

export async function keyInBody(order: Order): Promise<unknown> {
  const requestId = randomUUID();
  return withRetry(() =>
    // ok: require-idempotent-retry -- the key is in the body
    fetch('https://orders.test', {
      method: 'POST',
      body: JSON.stringify({ ...order, requestId }),
      signal: AbortSignal.timeout(500),
    }),
  );
}

export async function alertLater(order: Order): Promise<unknown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await http.get(`/orders/${order.id}`);
    } catch (error) {
      // ok: require-idempotent-retry -- what a handler says is not what is retried
      await http.post('/alerts', { message: String(error) });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
  return null;
}

export async function afterwards(order: Order): Promise<void> {
  const current = await withRetry(() => http.get(`/orders/${order.id}`));
  // ok: require-idempotent-retry -- outside
  await http.post('/audit', current.data);
}

export async function recursive(order: Order, left = 2): Promise<unknown> {
  try {
    // expect: require-idempotent-retry/noKey
    return await http.post('/orders', order);
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300 * 2 ** (2 - left)));
    return recursive(order, left - 1);
  }
}

http.interceptors.response.use(undefined, async (error) => {
  if (error.response?.status === 503 && !error.config.retried) {
    error.config.retried = true;
    // expect: require-idempotent-retry/noKey
    return http.request(error.config);
  }
  throw error;
});

export const readOnly = axios.create({ timeout: 1000 });

readOnly.interceptors.response.use(undefined, async (error) => {
  if (/^(?:get|head)$/.test(error.config?.method) && !error.config.retried) {
    error.config.retried = true;
    // ok: require-idempotent-retry -- only what can be repeated
    return readOnly.request(error.config);
  }
  throw error;
});
