/** The checkout service as a running process, among the downstreams that it needs. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { json, startServer, type Behaviour, type ReceivedRequest, type TestServer } from '../support/servers.js';
import { startPostgres, startRedis, type FakePostgres, type FakeRedis } from './fakes.js';

/** What each downstream that is called over HTTP does while all is well. */
const healthy = {
  pricing: json(({ body }: ReceivedRequest) => {
    const { lines } = JSON.parse(body) as { lines: object[] };
    return { lines: lines.map((line) => ({ ...line, unitPrice: 1_000 })) };
  }),
  rates: json({ rate: 1.5 }),
  inventory: json({ available: 5 }),
  shipping: json({ amount: 400, carrier: 'post' }),
  tax: json({ percent: 20 }),
  fraud: json({ score: 3 }),
  loyalty: json({ discountPercent: 10 }),
  recommendations: json({ products: [{ sku: 'saucer', title: 'Saucer' }] }),
  payments: json({ id: 'ch_1', amount: 0, currency: 'USD' }),
  mail: json({ id: 'msg_1' }),
  webhooks: json({}),
  sqs: json(({ body }: ReceivedRequest) => {
    const { MessageBody } = JSON.parse(body) as { MessageBody: string };
    return { MessageId: '1', MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
  }),
} satisfies Record<string, Behaviour>;

/** The name of a downstream that is called over HTTP. */
export type HttpDownstream = keyof typeof healthy;

/** Everything that the service calls. */
export type Downstreams = Readonly<Record<HttpDownstream, TestServer>> & {
  readonly postgres: FakePostgres;
  readonly redis: FakeRedis;
  close(): Promise<void>;
};

/** Starts all downstreams; those that are named behave as told, the others well. */
export async function startDownstreams(
  behaviours: Partial<Record<HttpDownstream, Behaviour>> = {},
): Promise<Downstreams> {
  const named = Object.entries({ ...healthy, ...behaviours });
  const servers = Object.fromEntries(
    await Promise.all(named.map(async ([name, behaviour]) => [name, await startServer(behaviour)] as const)),
  ) as Record<HttpDownstream, TestServer>;
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const all = [...Object.values(servers), postgres, redis];
  return {
    ...servers,
    postgres,
    redis,
    async close() {
      await Promise.all(all.map((server) => server.close()));
    },
  };
}

/** A running checkout service. */
export interface Service {
  readonly url: string;
  /** Asks it to stop, and resolves to its exit code once it has. */
  stop(): Promise<number | null>;
  /** Ends it, whatever it is waiting for. */
  kill(): Promise<void>;
}

/** The environment that points the service at the downstreams. Nothing of the surroundings (proxies, AWS) goes in. */
function environment(downstreams: Downstreams): NodeJS.ProcessEnv {
  const { pricing, rates, inventory, shipping, tax, fraud, loyalty, recommendations } = downstreams;
  const { payments, mail, webhooks, sqs, postgres, redis } = downstreams;
  return {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: '0',
    PRICING_URL: pricing.url,
    RATES_URL: rates.url,
    INVENTORY_URL: inventory.url,
    SHIPPING_URL: shipping.url,
    TAX_URL: tax.url,
    FRAUD_URL: fraud.url,
    LOYALTY_URL: loyalty.url,
    RECOMMENDATIONS_URL: recommendations.url,
    PAYMENTS_URL: payments.url,
    PAYMENTS_API_KEY: 'test',
    MAIL_URL: mail.url,
    WEBHOOK_URLS: `${webhooks.url}/hooks`,
    DATABASE_URL: `postgres://checkout@127.0.0.1:${postgres.port}/checkout`,
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    SQS_ENDPOINT: sqs.url,
    ORDERS_QUEUE_URL: `${sqs.url}/000000000000/orders`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/**
 * Starts a compiled service and resolves once it listens.
 *
 * @param directory A copy of the project, built.
 * @throws When the process ends before it listens, with what it printed.
 */
export async function startService(directory: string, downstreams: Downstreams): Promise<Service> {
  const child = spawn(process.execPath, [path.join(directory, 'dist/server.js')], {
    cwd: directory,
    env: environment(downstreams),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const printed: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text));

  const url = await new Promise<string>((resolve, reject) => {
    // Stays attached after that: a pipe that nobody reads would stop the service.
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const listening = /Server listening at (http:\/\/[\d.:]+)/.exec(line);
      if (listening?.[1]) resolve(listening[1]);
    });
    void exited.then(() => reject(new Error(`The service did not start:\n${printed.join('\n')}`)));
  });
  return {
    url,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A cart that every healthy downstream is content with: 3 cups in US dollars. */
export const cart = {
  customerId: 'c 1',
  email: 'ada@example.com',
  currency: 'USD',
  paymentToken: 'tok_1',
  address: { name: 'Ada', street: 'Main Street 1', city: 'London', postcode: 'N1', country: 'GB' },
  lines: [
    { sku: 'cup', quantity: 2 },
    { sku: 'cup/blue', quantity: 1 },
  ],
};

/** Sends a cart to the service. */
export const checkout = (service: Service, body: object = cart): Promise<Response> =>
  fetch(`${service.url}/checkout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
