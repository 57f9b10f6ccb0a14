import { createHash, randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import asyncRetry from 'async-retry';
import axios from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { Effect, Schedule } from 'effect';
import { backOff } from 'exponential-backoff';
import fetchRetry from 'fetch-retry';
import got from 'got';
import { GraphQLClient, gql } from 'graphql-request';
import ky from 'ky';
import nodemailer from 'nodemailer';
import OpenAI from 'openai';
import pRetry from 'p-retry';
import { defer, retry as again, timer } from 'rxjs';
import Stripe from 'stripe';
import twilio from 'twilio';
import { Api, getJson, headersFor, postJson, type Plan } from './api.js';
import { Attempts, Persistent, resiliently, retryCall, retryer } from './retry.js';

const api = new Api('https://plans.test');
const stripe = new Stripe('key', { timeout: 5000 });
const openai = new OpenAI({ timeout: 5000 });
const sms = twilio('sid', 'token', { timeout: 3000 });
const mailer = nodemailer.createTransport({ host: 'mail.test', connectionTimeout: 1000, socketTimeout: 3000 });
const sqs = new SQSClient({ requestHandler: { requestTimeout: 2000 } });
const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });
const graphql = new GraphQLClient('https://graph.test');
const quick = { retries: 2, minTimeout: 50, randomize: true } as const;

// expect: require-idempotent-retry/noKey
export const create = (plan: Plan) => resiliently(() => api.create(plan));

// ok: require-idempotent-retry -- a read
export const read = (plan: Plan) => resiliently(() => api.read(plan.id));

// ok: require-idempotent-retry -- PUT, through a method that takes the verb
export const replace = (plan: Plan) => resiliently(() => api.replace(plan));

// ok: require-idempotent-retry -- DELETE
export const remove = (plan: Plan) => resiliently(() => api.remove(plan.id));

// ok: require-idempotent-retry -- the key is the plan's, in headers that are built elsewhere
export const createKeyed = (plan: Plan) => resiliently(() => api.createKeyed(plan, `plan-${plan.id}`));

// expect: require-idempotent-retry/unstableKey
export const createUnstable = (plan: Plan) => resiliently(() => api.createKeyed(plan, randomUUID()));

// expect: require-idempotent-retry/noKey
export const posted = (plan: Plan) => pRetry(() => postJson('https://plans.test', plan), quick);

// ok: require-idempotent-retry -- a read
export const fetched = (id: string) => pRetry(() => getJson(`https://plans.test/${id}`), quick);

export const postedKeyed = (plan: Plan) => {
  const headers = headersFor(randomUUID());
  // ok: require-idempotent-retry -- headers made once, outside
  return pRetry(() => postJson('https://plans.test', plan, headers), quick);
};

export const postedUnstable = (plan: Plan) =>
  pRetry(() => {
    // expect: require-idempotent-retry/unstableKey
    const headers = headersFor(`${plan.id}-${Date.now()}`);
    return postJson('https://plans.test', plan, headers);
  }, quick);

export const literalUnstable = (plan: Plan) =>
  asyncRetry(
    async () => {
      const response = await fetch('https://plans.test', {
        method: 'POST',
        body: JSON.stringify(plan),
        // expect: require-idempotent-retry/unstableKey
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        signal: AbortSignal.timeout(1000),
      });
      return response.json();
    },
    { retries: 3 },
  );

export const hashed = (plan: Plan) => {
  const key = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
  return asyncRetry(
    () =>
      // ok: require-idempotent-retry -- from the operation's own data
      axios.post('https://plans.test', plan, { timeout: 1000, headers: { 'X-Idempotency-Key': key } }),
    { retries: 3 },
  );
};

export const handedOn = (plan: Plan, requestId: string) =>
  asyncRetry(
    () =>
      // ok: require-idempotent-retry -- the caller's key
      axios.post('https://plans.test', plan, { timeout: 1000, headers: { 'Idempotency-Key': requestId } }),
    { retries: 3 },
  );

export const instanceKey = (plan: Plan) => {
  const keyed = axios.create({ timeout: 1000, headers: { 'Idempotency-Key': plan.id } });
  // ok: require-idempotent-retry -- the client carries the key
  return asyncRetry(() => keyed.post('https://plans.test', plan), { retries: 3 });
};

// expect: require-idempotent-retry/noKey
export const called = (plan: Plan) => retryCall(postJson, 'https://plans.test', plan);

// expect: require-idempotent-retry/noKey
export const curried = (plan: Plan) => retryer(5)(() => api.create(plan));

// expect: require-idempotent-retry/noKey
export const viaStatic = (plan: Plan) => Attempts.of(3, () => api.create(plan));

// expect: require-idempotent-retry/noKey (within 1)
export const viaPolicy = (plan: Plan) =>
  policy.execute(() => axios.post('https://plans.test', plan, { timeout: 1000 }));

// expect: require-idempotent-retry/noKey (within 1)
export const viaBackOff = (plan: Plan) =>
  backOff(() => got.post('https://plans.test', { json: plan, timeout: { request: 900 } }).json(), {
    numOfAttempts: 3,
    jitter: 'full',
  });

export const observed = (plan: Plan) =>
  // expect: require-idempotent-retry/noKey
  defer(() => postJson('https://plans.test', plan)).pipe(
    again({ count: 3, delay: (_, n) => timer(Math.random() * 100 * 2 ** n) }),
  );

export const effectful = (plan: Plan) =>
  // expect: require-idempotent-retry/noKey
  Effect.tryPromise(() => postJson('https://plans.test', plan)).pipe(
    Effect.retry({ times: 3, schedule: Schedule.exponential('100 millis').pipe(Schedule.jittered) }),
  );

export const charge = (plan: Plan, customer: string) =>
  resiliently(async () => {
    // expect: require-idempotent-retry/noKey
    const intent = await stripe.paymentIntents.create({ amount: plan.cents, currency: 'eur', customer });
    return intent.id;
  });

export const chargeKeyed = (plan: Plan, customer: string) =>
  resiliently(async () => {
    const options = { idempotencyKey: `${customer}:${plan.id}` };
    // ok: require-idempotent-retry -- a key from the data
    const intent = await stripe.paymentIntents.create({ amount: plan.cents, currency: 'eur', customer }, options);
    return intent.id;
  });

export const chargeUnstable = (plan: Plan, customer: string) =>
  resiliently(() =>
    stripe.paymentIntents.create(
      { amount: plan.cents, currency: 'eur', customer },
      // expect: require-idempotent-retry/unstableKey
      { idempotencyKey: `${customer}-${Math.random()}` },
    ),
  );

// ok: require-idempotent-retry -- a read
export const balance = () => resiliently(() => stripe.balance.retrieve());

// expect: require-idempotent-retry/noKey
export const text = (to: string) => resiliently(() => sms.messages.create({ to, from: '1', body: 'paid' }));

// expect: require-idempotent-retry/noKey
export const mail = (to: string) => resiliently(() => mailer.sendMail({ to, from: 'a@b.test', subject: 'paid' }));

// expect: require-idempotent-retry/noKey (within 1)
export const enqueue = (plan: Plan) =>
  resiliently(() => sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: plan.id })));

export const enqueueOnce = (plan: Plan) =>
  resiliently(() =>
    // ok: require-idempotent-retry -- a deduplication id
    sqs.send(
      new SendMessageCommand({
        QueueUrl: 'q.fifo',
        MessageBody: plan.id,
        MessageGroupId: 'g',
        MessageDeduplicationId: plan.id,
      }),
    ),
  );

// ok: require-idempotent-retry -- a completion of a language model is a read
export const describe = (plan: Plan) => resiliently(() => openai.responses.create({ model: 'm', input: plan.id }));

// ok: require-idempotent-retry -- a query
export const asked = (id: string) =>
  resiliently(() => graphql.request(`query Plan($id: ID!) { plan(id: $id) { id } }`, { id }));

const ADD = gql`
  mutation Add($id: ID!) {
    addPlan(id: $id) {
      id
    }
  }
`;

// expect: require-idempotent-retry/noKey
export const mutated = (id: string) => resiliently(() => graphql.request(ADD, { id }));

export const posedQuery = (id: string) =>
  resiliently(() =>
    // ok: require-idempotent-retry -- a query that is sent by POST
    postJson('https://graph.test/graphql', { query: 'query { plan { id } }', variables: { id } }),
  );

export const posedMutation = (id: string) =>
  resiliently(() =>
    // expect: require-idempotent-retry/noKey
    fetch('https://graph.test/graphql', {
      method: 'POST',
      body: JSON.stringify({ query: 'mutation Add($id: ID!) { addPlan(id: $id) { id } }', variables: { id } }),
      signal: AbortSignal.timeout(1000),
    }),
  );

export const searched = (body: unknown) =>
  resiliently(() =>
    // ok: require-idempotent-retry -- a search
    fetch('https://search.test/plans/_search', {
      method: 'POST',
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(1000),
    }),
  );

// expect: require-idempotent-retry/noKey (within 1)
export const toldKy = (plan: Plan) =>
  ky.post('https://plans.test', { json: plan, retry: { limit: 3, methods: ['post'], jitter: true } });

// ok: require-idempotent-retry -- POST is not among the methods
export const untoldKy = (plan: Plan) =>
  ky.post('https://plans.test', { json: plan, retry: { limit: 3, methods: ['get', 'put'], jitter: true } });

export const toldGot = (plan: Plan) =>
  // expect: require-idempotent-retry/noKey
  got.post('https://plans.test', {
    json: plan,
    timeout: { request: 900 },
    retry: { limit: 3, methods: ['GET', 'POST'] },
  });

const retryingFetch = fetchRetry(fetch, { retries: 3, retryDelay: (n) => Math.random() * 100 * 2 ** n });

// expect: require-idempotent-retry/noKey (within 1)
export const viaFetchRetry = (plan: Plan) =>
  retryingFetch('https://plans.test', {
    method: 'POST',
    body: JSON.stringify(plan),
    signal: AbortSignal.timeout(1000),
  });

// ok: require-idempotent-retry -- a read
export const readViaFetchRetry = () => retryingFetch('https://plans.test', { signal: AbortSignal.timeout(1000) });

const eager = axios.create({ timeout: 1000 });
axiosRetry(eager, { retries: 3, retryDelay: exponentialDelay, retryCondition: () => true });

// expect: require-idempotent-retry/noKey
export const viaEager = (plan: Plan) => eager.post('https://plans.test', plan);

// ok: require-idempotent-retry -- a key
export const viaEagerKeyed = (plan: Plan) =>
  eager.post('https://plans.test', plan, { headers: { 'Idempotency-Key': plan.id } });

export class Subscriptions {
  @Persistent()
  async start(plan: Plan): Promise<void> {
    // expect: require-idempotent-retry/noKey
    await axios.post('https://subscriptions.test', plan, { timeout: 1000 });
  }

  @Persistent(5)
  async find(id: string): Promise<unknown> {
    // ok: require-idempotent-retry -- a read
    const { data } = await axios.get<unknown>(`https://subscriptions.test/${id}`, { timeout: 1000 });
    return data;
  }

  @Persistent()
  async startKeyed(plan: Plan): Promise<void> {
    // ok: require-idempotent-retry -- a key from the data
    await axios.post('https://subscriptions.test', plan, { timeout: 1000, headers: { 'Idempotency-Key': plan.id } });
  }
}

/** Only before any work was done. */
export async function onlyWhenRefused(plan: Plan): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    // ok: require-idempotent-retry -- again only after a 429: nothing was done
    const response = await fetch('https://plans.test', {
      method: 'POST',
      body: JSON.stringify(plan),
      signal: AbortSignal.timeout(1000),
    });
    if (response.status !== 429 || attempt === 4) return response;
    const seconds = Number(response.headers.get('retry-after') ?? '1');
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** A token that had run out, once. */
export async function withFreshToken(plan: Plan, token: (fresh: boolean) => Promise<string>): Promise<Response> {
  const send = async (fresh: boolean): Promise<Response> =>
    fetch('https://plans.test', {
      method: 'POST',
      body: JSON.stringify(plan),
      headers: { authorization: await token(fresh) },
      signal: AbortSignal.timeout(1000),
    });
  const response = await send(false);
  // ok: require-idempotent-retry -- after a 401 nothing was done
  return response.status === 401 ? send(true) : response;
}

export async function untilFree(name: string): Promise<string> {
  for (let i = 0; i < 10; i++) {
    const slug = i === 0 ? name : `${name}-${i}`;
    // ok: require-idempotent-retry -- another input each time
    const response = await fetch('https://plans.test/slugs', {
      method: 'POST',
      body: slug,
      signal: AbortSignal.timeout(1000),
    });
    if (response.status !== 409) return slug;
  }
  throw new Error('none is free');
}

export async function allOf(plans: readonly Plan[]): Promise<number> {
  let failed = 0;
  for (const plan of plans) {
    try {
      // ok: require-idempotent-retry -- another plan each time
      await postJson('https://plans.test', plan);
    } catch {
      failed++;
    }
  }
  return failed;
}

export async function startThenRead(plan: Plan): Promise<unknown> {
  // ok: require-idempotent-retry -- outside of what is repeated
  const started = await postJson('https://plans.test', plan);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await getJson(`https://plans.test/${plan.id}`);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
    }
  }
  return started;
}

export async function twoSteps(plan: Plan): Promise<void> {
  let attempts = 0;
  do {
    try {
      const current = await getJson(`https://plans.test/${plan.id}`);
      // expect: require-idempotent-retry/noKey
      await postJson('https://plans.test/copies', current);
      return;
    } catch (error) {
      attempts++;
      if (attempts > 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempts));
    }
  } while (attempts <= 3);
}

export function sendLater(plan: Plan, left = 3): void {
  // expect: require-idempotent-retry/noKey
  postJson('https://plans.test', plan).catch((error: unknown) => {
    if (left === 0) console.error(error);
    else setTimeout(() => sendLater(plan, left - 1), Math.random() * 1000 * 2 ** (3 - left));
  });
}

export const http = axios.create({ timeout: 1000 });

http.interceptors.response.use(
  (response) => response,
  async (error) => {
    const { config } = error;
    config.tries = (config.tries ?? 0) + 1;
    if (config.tries > 3 || !(error.response?.status >= 500)) return Promise.reject(error);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** config.tries));
    // expect: require-idempotent-retry/noKey
    return http(config);
  },
);

export const refreshing = axios.create({ timeout: 1000 });

refreshing.interceptors.response.use(undefined, async (error) => {
  const original = error.config;
  if (error.response?.status === 401 && !original._again) {
    original._again = true;
    original.headers.Authorization = await getJson('https://tokens.test');
    // ok: require-idempotent-retry -- a token that had run out, once
    return refreshing(original);
  }
  return Promise.reject(error);
});
