import got from 'got';
import ky from 'ky';

interface Supplier {
  readonly id: string;
  readonly feeds: string[];
}

const api = got.extend({ prefixUrl: 'https://catalogue.test', timeout: { request: 2_000 } });
const readFeed = (url: string): Promise<string> => api(url).text();

export class Sync {
  private readonly mirrors = ['https://a.test', 'https://b.test'];
  private readonly watched = new Set<string>();

  constructor(
    private readonly suppliers: Supplier[],
    private readonly batchSize = 20,
  ) {}

  watch(id: string): void {
    this.watched.add(id);
  }

  all(): Promise<string[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(this.suppliers.map((supplier) => readFeed(supplier.id)));
  }

  refresh(): Promise<string[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(Array.from(this.watched, (id) => readFeed(id)));
  }

  probe(): Promise<string[]> {
    // ok: no-unbounded-concurrency -- two mirrors, spelled out
    return Promise.all(this.mirrors.map((mirror) => ky.get(mirror).text()));
  }

  async byBatch(): Promise<void> {
    for (let at = 0; at < this.suppliers.length; at += this.batchSize) {
      const batch = this.suppliers.slice(at, at + this.batchSize);
      // ok: no-unbounded-concurrency -- a batch
      await Promise.all(batch.map(({ id }) => readFeed(id)));
    }
  }

  async parts(): Promise<void> {
    for (const part of this.cut(this.suppliers)) {
      // ok: no-unbounded-concurrency -- a generator cuts the list
      await Promise.all(part.map(({ id }) => readFeed(id)));
    }
  }

  async perSupplier(): Promise<void> {
    for (const supplier of this.suppliers) {
      // expect: no-unbounded-concurrency/unbounded
      await Promise.all(supplier.feeds.map((feed) => readFeed(feed)));
    }
  }

  async pool(size: number): Promise<void> {
    const left = [...this.suppliers];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) await readFeed(next.id);
    };
    // ok: no-unbounded-concurrency -- workers that take one after the other
    await Promise.all(Array.from({ length: size }, () => work()));
  }

  async pages(total: number): Promise<string[]> {
    const pages = [...Array(Math.ceil(total / 50)).keys()];
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(pages.map((page) => api(`pages/${page}`).text()));
  }

  async firstPages(total: number): Promise<string[]> {
    // ok: no-unbounded-concurrency -- five at most
    return Promise.all(Array.from({ length: Math.min(total, 5) }, (_, page) => api(`pages/${page}`).text()));
  }

  async services(services: Record<string, string>): Promise<string[]> {
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(Object.keys(services).map((name) => readFeed(name)));
  }

  async checked(ids: string[]): Promise<string[] | null> {
    if (!ids.length || ids.length > 25) return null;
    // ok: no-unbounded-concurrency -- 25 at most
    return Promise.all(ids.map(readFeed));
  }

  async conditional(ids: string[], deep: boolean): Promise<string[]> {
    const jobs = deep ? ids.map((id) => readFeed(id)) : [];
    // expect: no-unbounded-concurrency/unbounded
    return Promise.all(jobs);
  }

  async whileLoop(ids: string[]): Promise<void> {
    let rest = ids;
    while (rest.length > 0) {
      const now = rest.slice(0, 8);
      rest = rest.slice(8);
      // ok: no-unbounded-concurrency -- eight at most
      await Promise.all(now.map(readFeed));
    }
  }

  private *cut(all: Supplier[]): Generator<Supplier[]> {
    for (let at = 0; at < all.length; at += 10) yield all.slice(at, at + 10);
  }
}

let tail: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = tail.then(work);
  tail = next.catch(() => undefined);
  return next;
}
export const lined = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- one after the other
  Promise.all(ids.map((id) => inTurn(() => readFeed(id))));

let active = 0;
const queue: (() => void)[] = [];
async function enter(): Promise<void> {
  if (active >= 5) await new Promise<void>((resolve) => queue.push(resolve));
  active += 1;
}
function leave(): void {
  active -= 1;
  queue.shift()?.();
}
export const entered = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- five get in
  Promise.all(
    ids.map(async (id) => {
      await enter();
      try {
        return await readFeed(id);
      } finally {
        leave();
      }
    }),
  );

const each = async <T>(items: T[], fn: (item: T) => Promise<unknown>): Promise<void> => {
  for (const item of items) await fn(item);
};
// ok: no-unbounded-concurrency -- a helper that goes one by one
export const eachOne = (ids: string[]) => each(ids, (id) => readFeed(id));

export async function settled(ids: Iterable<string>): Promise<number> {
  const jobs: Promise<string>[] = [];
  for (const id of ids) jobs.push(readFeed(id));
  // expect: no-unbounded-concurrency/unbounded
  const results = await Promise.allSettled(jobs);
  return results.filter((result) => result.status === 'rejected').length;
}
