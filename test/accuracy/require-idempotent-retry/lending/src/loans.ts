import { randomUUID, createHmac } from 'node:crypto';
import axios from 'axios';
import pRetry from 'p-retry';
import Stripe from 'stripe';
import { Http, again, makeAgain } from './http.js';

const http = new Http('https://loans.test');
const stripe = new Stripe('key', { timeout: 5000, maxNetworkRetries: 0 });
const twice = makeAgain({ attempts: 2, baseMs: 50 });
const quick = { retries: 2, minTimeout: 50, randomize: true } as const;

interface Loan {
  readonly id: string;
  readonly cents: number;
}

// expect: require-idempotent-retry/noKey
export const open = (loan: Loan) => again(() => http.post('/loans', loan));

// ok: require-idempotent-retry -- a read
export const read = (id: string) => again(() => http.get(`/loans/${id}`));

// ok: require-idempotent-retry -- PUT
export const write = (loan: Loan) => again(() => http.put(`/loans/${loan.id}`, loan));

// ok: require-idempotent-retry -- a key from the data
export const openKeyed = (loan: Loan) => again(() => http.post('/loans', loan, { 'Idempotency-Key': loan.id }));

// expect: require-idempotent-retry/unstableKey
export const openUnstable = (loan: Loan) => again(() => http.post('/loans', loan, { 'Idempotency-Key': randomUUID() }));

// expect: require-idempotent-retry/noKey
export const openTwice = (loan: Loan) => twice(() => http.post('/loans', loan));

export async function payOut(loan: Loan): Promise<string> {
  const key = createHmac('sha256', 'secret').update(loan.id).digest('hex');
  return again(async () => {
    // ok: require-idempotent-retry -- a key from the data
    const transfer = await stripe.transfers.create(
      { amount: loan.cents, currency: 'eur', destination: 'a' },
      { idempotencyKey: key },
    );
    return transfer.id;
  });
}

export async function payOutAgain(loan: Loan): Promise<string> {
  return again(async () => {
    const key = `${loan.id}:${new Date().toISOString()}`;
    const transfer = await stripe.transfers.create(
      { amount: loan.cents, currency: 'eur', destination: 'a' },
      // expect: require-idempotent-retry/unstableKey
      { idempotencyKey: key },
    );
    return transfer.id;
  });
}

async function step(loan: Loan): Promise<unknown> {
  const current = await http.get(`/loans/${loan.id}`);
  return book(loan, current);
}

async function book(loan: Loan, current: unknown): Promise<unknown> {
  return http.post('/bookings', { loan, current });
}

// expect: require-idempotent-retry/noKey
export const steps = (loan: Loan) => pRetry(() => step(loan), quick);

// expect: require-idempotent-retry/noKey
export const named = (loan: Loan) => pRetry(async () => book(loan, null), quick);

const config = { timeout: 1000, headers: { 'Idempotency-Key': randomUUID() } };

export async function preset(loan: Loan): Promise<void> {
  await pRetry(
    () =>
      // ok: require-idempotent-retry -- a key that is made once
      axios.post('https://loans.test', loan, config),
    quick,
  );
}

export async function assigned(loan: Loan): Promise<void> {
  const headers: Record<string, string> = { accept: 'application/json' };
  headers['Idempotency-Key'] = loan.id;
  await pRetry(
    () =>
      // ok: require-idempotent-retry -- set before
      axios.post('https://loans.test', loan, { timeout: 1000, headers }),
    quick,
  );
}

export async function loop(loan: Loan): Promise<unknown> {
  const requestId = randomUUID();
  for (let n = 0; n < 3; n++) {
    try {
      // ok: require-idempotent-retry -- an id of the request, made once, in the body
      return await axios.post('https://loans.test', { ...loan, requestId }, { timeout: 1000 });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** n));
    }
  }
  return undefined;
}

export async function loopPlain(loan: Loan): Promise<unknown> {
  for (let n = 0; n < 3; n++) {
    try {
      // expect: require-idempotent-retry/noKey
      return await axios({ url: 'https://loans.test', method: 'post', data: loan, timeout: 1000 });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** n));
    }
  }
  return undefined;
}

export async function limited(loan: Loan): Promise<unknown> {
  for (let n = 0; ; n++) {
    try {
      // ok: require-idempotent-retry -- again only after a 429
      return await axios.post('https://loans.test', loan, { timeout: 1000 });
    } catch (error) {
      if (!axios.isAxiosError(error) || error.response?.status !== 429 || n > 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000 * 2 ** n));
    }
  }
}

/** Work and a message about it: the message is not what is repeated. */
export async function tell(loan: Loan): Promise<void> {
  const found = await again(() => http.get(`/loans/${loan.id}`));
  // ok: require-idempotent-retry -- outside
  await http.post('/messages', found);
}
