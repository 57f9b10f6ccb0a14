import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bulkhead } from 'cockatiel';
import pLimit from 'p-limit';
import pMap from 'p-map';
import PQueue from 'p-queue';
import { Pool } from 'pg';
import { regions, throttled, type Prices } from './client.js';

const pool = new Pool({ max: 10, query_timeout: 1000 });
const s3 = new S3Client({});
const hold = bulkhead(6, 1000);
const few = new PQueue({ concurrency: 4 });
const many = pLimit(4);

// expect: no-unbounded-concurrency/limiterWithoutLimit
const all = new PQueue();

const load = async (id: string): Promise<string> => (await fetch(`https://items.test/${id}`)).statusText;

export class Jobs {
  constructor(private readonly prices: Prices) {}

  priceAll(skus: string[]): Promise<number[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(skus.map((sku) => this.prices.of(sku)));
  }

  priceSettled(carts: { sku: string }[]): Promise<PromiseSettledResult<number>[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.allSettled(carts.filter(Boolean).map(async ({ sku }) => this.prices.of(sku)));
  }

  priceLimited(skus: string[]): Promise<number[]> {
    // ok: no-unbounded-concurrency -- the client limits itself
    return Promise.all(skus.map((sku) => this.prices.limited(sku)));
  }

  priceThrottled(skus: string[]): Promise<number[]> {
    // ok: no-unbounded-concurrency -- a limiter of another file
    return Promise.all(skus.map((sku) => throttled(() => this.prices.of(sku))));
  }

  async priceLater(skus: Iterable<string>): Promise<number> {
    const tasks: Promise<number>[] = [];
    for (const sku of skus) tasks.push(this.prices.of(sku));
    // expect: no-unbounded-concurrency/unbounded
    const found = await Promise.all(tasks);
    return found.length;
  }

  async priceInRounds(skus: string[]): Promise<void> {
    let tasks: Promise<number>[] = [];
    for (const sku of skus) {
      tasks.push(this.prices.of(sku));
      if (tasks.length === 10) {
        // ok: no-unbounded-concurrency -- ten at most
        await Promise.all(tasks);
        tasks = [];
      }
    }
    // ok: no-unbounded-concurrency -- the rest
    await Promise.all(tasks);
  }
}

export async function inSlices(ids: string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 20) {
    const part = ids.slice(at, at + 20);
    // ok: no-unbounded-concurrency -- twenty at most
    await Promise.all(part.map((id) => load(id)));
  }
}

export async function drained(ids: string[]): Promise<void> {
  const queue = [...ids];
  while (queue.length > 0) {
    // ok: no-unbounded-concurrency -- five at most
    await Promise.all(queue.splice(0, 5).map(load));
  }
}

// ok: no-unbounded-concurrency -- three regions
export const byRegion = () => Promise.all(regions.map((region) => load(region)));

// ok: no-unbounded-concurrency -- spelled out
export const both = () => Promise.all(['a', 'b'].map((id) => load(id)));

// expect: no-unbounded-concurrency/unbounded
export const seventeen = () => Promise.all([...'abcdefghijklmnopq'.split(''), 'r'].map((id) => load(id)));

// ok: no-unbounded-concurrency -- a bulkhead
export const held = (ids: string[]) => Promise.all(ids.map((id) => hold.execute(() => load(id))));

// ok: no-unbounded-concurrency -- a queue of four
export const queued = (ids: string[]) => Promise.all(ids.map((id) => few.add(() => load(id))));

// ok: no-unbounded-concurrency -- p-limit under another name
export const limited = (ids: string[]) => Promise.all(ids.map(async (id) => many(() => load(id))));

// ok: no-unbounded-concurrency -- the queue is what is wrong, where it is made
export const unlimited = (ids: string[]) => Promise.all(ids.map((id) => all.add(() => load(id))));

// ok: no-unbounded-concurrency -- the pool of the driver
export const rows = (ids: string[]) => Promise.all(ids.map((id) => pool.query('SELECT $1', [id])));

// ok: no-unbounded-concurrency -- nothing downstream
export const sizes = (texts: string[]) => Promise.all(texts.map(async (text) => text.length));

// expect: no-unbounded-concurrency/limiterWithoutLimit
export const mapped = (ids: string[]) => pMap(ids, load);

// ok: no-unbounded-concurrency -- with a limit
export const mappedWithLimit = (ids: string[]) => pMap(ids, load, { concurrency: 8 });

export async function objects(keys: Set<string>): Promise<unknown[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all([...keys].map((Key) => s3.send(new GetObjectCommand({ Bucket: 'b', Key }))));
}

export async function entries(byId: Record<string, string>): Promise<void> {
  // expect: no-unbounded-concurrency/unbounded
  await Promise.all(
    Object.entries(byId).map(async ([id, text]) => fetch(`https://items.test/${id}`, { method: 'PUT', body: text })),
  );
}

export async function pages(total: number): Promise<unknown[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(Array.from({ length: total }, (_, page) => fetch(`https://items.test/?page=${page}`)));
}

export async function workers(ids: string[], concurrency: number): Promise<void> {
  const rest = [...ids];
  // ok: no-unbounded-concurrency -- as many as there are workers
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let id = rest.pop(); id !== undefined; id = rest.pop()) await load(id);
    }),
  );
}

const pair = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- its only caller gives two
  Promise.all(ids.map((id) => load(id)));

export const two = () => pair(['x', 'y']);

// expect: no-unbounded-concurrency/unbounded
export const ping = (providers: string[]) => Promise.all(providers.map((id) => load(id)));

class Semaphore {
  private readonly waiting: ((release: () => void) => void)[] = [];
  private free = 4;

  acquire(): Promise<() => void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.next();
    });
  }

  private next(): void {
    if (this.free === 0 || this.waiting.length === 0) return;
    this.free -= 1;
    this.waiting.shift()?.(() => {
      this.free += 1;
      this.next();
    });
  }
}
const semaphore = new Semaphore();

export const gated = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- a semaphore of the project's own
  Promise.all(
    ids.map(async (id) => {
      const release = await semaphore.acquire();
      try {
        return await load(id);
      } finally {
        release();
      }
    }),
  );
