import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import Bottleneck from 'bottleneck';
import { Effect } from 'effect';
import { bulkhead } from 'cockatiel';
import OpenAI from 'openai';
import Stripe from 'stripe';

interface Tenant {
  readonly id: string;
  readonly customer: string;
}

const stripe = new Stripe('key', { timeout: 5_000 });
const openai = new OpenAI({ timeout: 20_000 });
const s3 = new S3Client({});
const compartment = bulkhead(4, 100);
// ok: no-unbounded-concurrency -- one every 200 ms, three at once
const paced = new Bottleneck({ minTime: 200, maxConcurrent: 3 });

export class TenantJobs {
  constructor(
    private readonly tenants: { all(): Promise<Tenant[]> },
    private readonly fetcher: typeof fetch = fetch,
  ) {}

  async invoices(): Promise<unknown[]> {
    const tenants = await this.tenants.all();
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(tenants.map((tenant) => stripe.invoices.list({ customer: tenant.customer })));
  }

  async warm(): Promise<void> {
    const tenants = await this.tenants.all();
    // expect: no-unbounded-concurrency/unbounded
    await Promise.all(tenants.map((tenant) => this.#ping(tenant)));
  }

  async warmInSlots(): Promise<void> {
    const tenants = await this.tenants.all();
    // ok: no-unbounded-concurrency -- a bulkhead
    await Promise.all(tenants.map((tenant) => compartment.execute(() => this.#ping(tenant))));
  }

  async embed(texts: string[]): Promise<unknown[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(
      texts.map(async (input) => {
        const { data } = await openai.embeddings.create({ model: 'text-embedding-3-small', input });
        return data[0];
      }),
    );
  }

  async embedPaced(texts: string[]): Promise<unknown[]> {
    // ok: no-unbounded-concurrency -- paced
    return Promise.all(
      texts.map((input) => paced.schedule(() => openai.embeddings.create({ model: 'text-embedding-3-small', input }))),
    );
  }

  async objects(Bucket: string): Promise<number> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    // expect: no-unbounded-concurrency/unbounded
    const found = await Promise.all(Contents.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket, Key }))));
    return found.length;
  }

  async firstObjects(Bucket: string): Promise<number> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 10 }));
    const newest = Contents.toSorted((a, b) => Number(b.LastModified) - Number(a.LastModified)).slice(0, 3);
    // ok: no-unbounded-concurrency -- three
    const found = await Promise.all(newest.map(({ Key }) => s3.send(new GetObjectCommand({ Bucket, Key }))));
    return found.length;
  }

  async stream(ids: AsyncIterable<string>): Promise<void> {
    for await (const id of ids) {
      // ok: no-unbounded-concurrency -- one after the other
      await this.fetcher(`https://streams.test/${id}`);
    }
  }

  async collect(ids: AsyncIterable<string>): Promise<void> {
    const running: Promise<Response>[] = [];
    for await (const id of ids) running.push(this.fetcher(`https://streams.test/${id}`));
    // expect: no-unbounded-concurrency/unbounded
    await Promise.all(running);
  }

  async rolling(ids: string[]): Promise<void> {
    let batch: Promise<Response>[] = [];
    for (const id of ids) {
      batch.push(this.fetcher(`https://rolling.test/${id}`));
      if (batch.length >= 20) {
        // ok: no-unbounded-concurrency -- twenty at most
        await Promise.all(batch);
        batch = [];
      }
    }
    // ok: no-unbounded-concurrency -- the rest
    await Promise.all(batch);
  }

  async #ping(tenant: Tenant): Promise<void> {
    await this.fetcher(`https://${tenant.id}.tenants.test/warm`, { method: 'HEAD' });
  }
}

const readOne = (id: string) => Effect.tryPromise((signal) => fetch(`https://effects.test/${id}`, { signal }));

export const readFew = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- four at once
  Effect.runPromise(Effect.forEach(ids, readOne, { concurrency: 4 }));
export const readInTurn = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- one after the other, by default
  Effect.runPromise(Effect.all(ids.map(readOne)));
export const readAll = (ids: string[]) =>
  // expect: no-unbounded-concurrency/unbounded|limiterWithoutLimit
  Effect.runPromise(Effect.forEach(ids, readOne, { concurrency: 'unbounded' }));
