import { cache, flags, mongo, redis, search } from './stores.js';

export async function warm(key: string): Promise<void> {
  // ok: require-timeout -- clients are reported where they are made
  const value = await redis.get(key);
  // ok: require-timeout -- likewise
  if (value) await cache.set(key, value);
  // ok: require-timeout -- a client with a limit
  await flags.get('warm');
}

export async function index(id: string): Promise<void> {
  // ok: require-timeout -- clients are reported where they are made
  const document = await mongo.db('shop').collection('products').findOne({ sku: id });
  // ok: require-timeout -- likewise
  await search.index({ index: 'products', document });
}

export class Poller {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly onChange: (state: unknown) => void,
  ) {}

  start(): void {
    this.#timer = setTimeout(() => void this.#tick(), 1000);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #tick(): Promise<void> {
    try {
      // expect: require-timeout/longDefault
      const response = await fetch(this.url, { headers: { 'cache-control': 'no-cache' } });
      this.onChange(await response.json());
    } finally {
      this.start();
    }
  }
}

export async function* changes(url: string): AsyncGenerator<unknown> {
  for (let since = 0; ; since += 1) {
    // ok: require-timeout -- a limit in a template of options
    const response = await fetch(`${url}?since=${since}`, requestOptions(20));
    yield await response.json();
  }
}

function requestOptions(seconds: number): RequestInit {
  return { keepalive: true, signal: AbortSignal.timeout(seconds * 1000) };
}
