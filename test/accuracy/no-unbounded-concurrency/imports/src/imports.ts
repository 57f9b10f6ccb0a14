import Bottleneck from 'bottleneck';
import DataLoader from 'dataloader';
import { MongoClient } from 'mongodb';
import pLimit from 'p-limit';
import pMap from 'p-map';
import PQueue from 'p-queue';
import { getItem, getPage, ItemStore, parseItem, putItem, type Item } from './api.js';
import { chunk, mapAll, mapWithWorkers, semaphore, Slots } from './limits.js';

const store = new ItemStore();
const slots = new Slots(6);
const limit = pLimit(5);

export async function loadAll(ids: string[]): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(ids.map(getItem));
}

export async function loadOf(ids: ReadonlySet<string>): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all([...ids].map((id) => store.load(id)));
}

export async function loadRecord(byName: Record<string, string>): Promise<Record<string, Item>> {
  // expect: no-unbounded-concurrency/unbounded
  const entries = await Promise.all(
    Object.entries(byName).map(async ([name, id]) => [name, await getItem(id)] as const),
  );
  return Object.fromEntries(entries);
}

export async function loadPages(): Promise<Item[]> {
  const first = await getPage(1);
  // expect: no-unbounded-concurrency/unbounded
  const rest = await Promise.all(Array.from({ length: first.pages - 1 }, (_, index) => getPage(index + 2)));
  return [first, ...rest].flatMap((page) => page.items);
}

export async function loadPageOf(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- ten at most
  return Promise.all(ids.slice(0, 10).map((id) => getItem(id)));
}

export async function loadKinds(): Promise<Page[]> {
  // ok: no-unbounded-concurrency -- three
  return Promise.all([1, 2, 3].map((page) => getPage(page)));
}
type Page = Awaited<ReturnType<typeof getPage>>;

const REGIONS = ['eu', 'us', 'ap'] as const;
enum Channel {
  Web = 'web',
  Shop = 'shop',
}
const endpoints = { eu: 'https://eu.test', us: 'https://us.test' };

export const regions = () =>
  // ok: no-unbounded-concurrency -- a constant list
  Promise.all(REGIONS.map((region) => store.load(region)));
export const channels = () =>
  // ok: no-unbounded-concurrency -- an enum
  Promise.all(Object.values(Channel).map((channel) => store.load(channel)));
export const healths = () =>
  // ok: no-unbounded-concurrency -- a literal object
  Promise.all(Object.entries(endpoints).map(async ([name, url]) => ({ name, up: (await fetch(url)).ok })));
export const five = () =>
  // ok: no-unbounded-concurrency -- five
  Promise.all(Array.from({ length: 5 }, (_, page) => getPage(page)));
export const pair = (first: string, second: string) =>
  // ok: no-unbounded-concurrency -- two
  Promise.all([getItem(first), getItem(second)]);

export async function family(id: string, children: string[]): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all([getItem(id), ...children.map((child) => getItem(child))]);
}

export async function write(items: Item[]): Promise<void> {
  const writes = items.filter((item) => item.parent).map((item) => putItem(item));
  // expect: no-unbounded-concurrency/unbounded
  await Promise.all(writes);
}

export async function writeSettled(items: Map<string, Item>): Promise<number> {
  const running: Promise<void>[] = [];
  for (const item of items.values()) {
    if (!item.parent) continue;
    running.push(putItem(item));
  }
  // expect: no-unbounded-concurrency/unbounded
  const results = await Promise.allSettled(running);
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed.length > 0) throw new AggregateError(failed, 'not all written');
  return results.length;
}

export async function writeEach(items: Item[]): Promise<void> {
  const running: Promise<void>[] = [];
  items.forEach((item) => {
    running.push(putItem(item));
  });
  // expect: no-unbounded-concurrency/unbounded
  await Promise.all(running);
}

export async function reduced(items: Item[]): Promise<void> {
  const running = items.reduce<Promise<void>[]>((all, item) => [...all, putItem(item)], []);
  // expect: no-unbounded-concurrency/unbounded
  await Promise.all(running);
}

export async function oneByOne(items: Item[]): Promise<void> {
  // ok: no-unbounded-concurrency -- a chain, one after the other
  await items.reduce(async (before, item) => {
    await before;
    await putItem(item);
  }, Promise.resolve());
}

export async function limited(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- p-limit
  return Promise.all(ids.map((id) => limit(() => getItem(id))));
}

export async function limitedByArguments(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- p-limit, with the arguments handed on
  return Promise.all(ids.map((id) => limit(getItem, id)));
}

export async function limitedLater(ids: string[]): Promise<Item[]> {
  const jobs = ids.map((id) => limit(() => store.load(id)));
  // ok: no-unbounded-concurrency -- p-limit, built earlier
  return Promise.all(jobs);
}

export async function notLimited(ids: string[]): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(ids.map((id) => pLimit(5)(() => getItem(id))));
}

export async function locally(ids: string[]): Promise<Item[]> {
  const few = pLimit({ concurrency: 3 });
  // ok: no-unbounded-concurrency -- one limiter for the whole list
  return Promise.all(ids.map((id) => few(() => getItem(id))));
}

export async function withSemaphore(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- a semaphore
  return Promise.all(ids.map((id) => semaphore.runExclusive(() => getItem(id))));
}

export async function withAcquire(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- a semaphore, by hand
  return Promise.all(
    ids.map(async (id) => {
      const [, release] = await semaphore.acquire();
      try {
        return await getItem(id);
      } finally {
        release();
      }
    }),
  );
}

export async function withSlots(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- a home-made semaphore of another file
  return Promise.all(ids.map((id) => slots.use(() => getItem(id))));
}

export async function inChunks(ids: string[]): Promise<Item[]> {
  const found: Item[] = [];
  for (const part of chunk(ids, 25)) {
    // ok: no-unbounded-concurrency -- a chunk
    found.push(...(await Promise.all(part.map((id) => getItem(id)))));
  }
  return found;
}

export async function withWorkers(ids: string[]): Promise<Item[]> {
  // ok: no-unbounded-concurrency -- four workers
  return mapWithWorkers(ids, 4, (id) => getItem(id));
}

export async function viaHelper(ids: string[]): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return mapAll(ids, (id) => getItem(id));
}

// ok: no-unbounded-concurrency -- nothing goes downstream
export const parsed = (texts: string[]) => Promise.all(texts.map((text) => parseItem(text)));

const mongo = new MongoClient('mongodb://db.test', { maxPoolSize: 20 });
export const stored = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- the driver's pool limits it
  Promise.all(ids.map((id) => mongo.db('shop').collection('items').findOne({ id })));

const loader = new DataLoader<string, Item>(async (ids) => {
  // ok: no-unbounded-concurrency -- one request for all of them
  const answer = await fetch(`https://catalog.imports.test/batch?ids=${ids.join(',')}`);
  if (!answer.ok) throw new Error(`batch: ${answer.status}`);
  return (await answer.json()) as Item[];
});
export const batched = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- the loader makes one request of it
  Promise.all(ids.map((id) => loader.load(id)));

const bottleneck = new Bottleneck({ maxConcurrent: 5, minTime: 50 });
const slowItem = bottleneck.wrap(getItem);
export const slowly = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- wrapped by bottleneck
  Promise.all(ids.map((id) => slowItem(id)));
export const scheduled = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- scheduled by bottleneck
  Promise.all(ids.map((id) => bottleneck.schedule(() => getItem(id))));

// expect: no-unbounded-concurrency/limiterWithoutLimit
const lax = new Bottleneck();
export const laxly = (ids: string[]) => Promise.all(ids.map((id) => lax.schedule(() => getItem(id))));

const queue = new PQueue({ concurrency: 6 });
export const queued = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- a queue of six
  Promise.all(ids.map((id) => queue.add(() => getItem(id))));
// expect: no-unbounded-concurrency/limiterWithoutLimit
const wide = new PQueue({ autoStart: true });
export const queuedWide = (ids: string[]) => wide.addAll(ids.map((id) => () => getItem(id)));

export const mapped = (ids: string[]) =>
  // ok: no-unbounded-concurrency -- four at once
  pMap(ids, (id) => getItem(id), { concurrency: 4 });
export const mappedWide = (ids: string[]) =>
  // expect: no-unbounded-concurrency/limiterWithoutLimit
  pMap(ids, (id) => getItem(id), { stopOnError: false });
export const mappedInfinite = (ids: string[]) =>
  // expect: no-unbounded-concurrency/limiterWithoutLimit
  pMap(ids, (id) => getItem(id), { concurrency: Infinity });

export async function paged(): Promise<Item[]> {
  const found: Item[] = [];
  for (let page = 1; ; page += 1) {
    const { items } = await getPage(page);
    if (items.length === 0) return found;
    // ok: no-unbounded-concurrency -- one after the other
    for (const item of items) found.push(await getItem(item.id));
  }
}

export async function trees(roots: string[][]): Promise<Item[][]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(roots.map((ids) => Promise.all(ids.map((id) => getItem(id)))));
}

export async function children(id: string): Promise<Item[]> {
  const { items } = await getPage(1);
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(items.filter((item) => item.parent === id).map(({ id: child }) => store.load(child)));
}

export async function windowed(ids: string[]): Promise<void> {
  const running = new Set<Promise<unknown>>();
  for (const id of ids) {
    const job = getItem(id).finally(() => running.delete(job));
    running.add(job);
    if (running.size >= 8) await Promise.race(running);
  }
  // ok: no-unbounded-concurrency -- eight at most
  await Promise.all(running);
}

export async function destructured({ ids, ...rest }: { ids: string[]; deep: boolean }): Promise<unknown> {
  const { all } = Promise;
  void all;
  // expect: no-unbounded-concurrency/unbounded
  const [found, page] = await Promise.all([Promise.all(ids.map((id) => getItem(id))), getPage(1)]);
  return { found, page, rest };
}

export async function flat(groups: { ids: string[] }[]): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return Promise.all(groups.flatMap((group) => group.ids.map((id) => getItem(id))));
}

export async function guardedSize(ids: string[]): Promise<Item[]> {
  if (ids.length > 10) throw new RangeError('ten ids at most');
  // ok: no-unbounded-concurrency -- checked above
  return Promise.all(ids.map((id) => getItem(id)));
}

export async function tuple(ids: readonly [string, string, string]): Promise<Item[]> {
  // ok: no-unbounded-concurrency (untyped: skip) -- three
  return Promise.all(ids.map((id) => getItem(id)));
}

export async function thenned(ids: Promise<string[]>): Promise<Item[]> {
  // expect: no-unbounded-concurrency/unbounded
  return ids.then((known) => Promise.all(known.map((id) => getItem(id))));
}
