import CircuitBreaker from 'opossum';
import { Circuit, Fallback, Retry, SlidingCountBreaker } from 'mollitia';

const options: CircuitBreaker.Options = { timeout: 2_000, errorThresholdPercentage: 50, volumeThreshold: 10 };

async function getJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

export async function partner(id: string): Promise<unknown> {
  // expect: no-misused-guard/perCall
  const breaker = new CircuitBreaker(getJson, options);
  breaker.fallback(() => ({ id, unknown: true }));
  return breaker.fire(`https://partners.test/${id}`);
}

// ok: no-misused-guard -- one for the module
const offers = new CircuitBreaker(getJson, options);
export const offer = (id: string) => offers.fire(`https://offers.test/${id}`);

export class Registry {
  private readonly breakers = new Map<string, CircuitBreaker<[string], unknown>>();

  async read(host: string, path: string): Promise<unknown> {
    return this.of(host).fire(`https://${host}${path}`);
  }

  private of(host: string): CircuitBreaker<[string], unknown> {
    let breaker = this.breakers.get(host);
    if (breaker === undefined) {
      // ok: no-misused-guard -- kept for each host
      breaker = new CircuitBreaker(getJson, { ...options, name: host });
      this.breakers.set(host, breaker);
    }
    return breaker;
  }
}

export class Contracts {
  private readonly read: CircuitBreaker<[string], unknown>;

  constructor() {
    // ok: no-misused-guard -- as long as the service
    this.read = new CircuitBreaker(getJson, options);
  }

  get(id: string): Promise<unknown> {
    return this.read.fire(`https://contracts.test/${id}`);
  }

  async sign(id: string): Promise<unknown> {
    // expect: no-misused-guard/perCall
    const breaker = this.build((url: string) => getJson(url));
    return breaker.fire(`https://contracts.test/${id}/sign`);
  }

  private build<A extends unknown[], R>(fn: (...args: A) => Promise<R>): CircuitBreaker<A, R> {
    return new CircuitBreaker(fn, options);
  }
}

export async function regions(names: string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const name of names) {
    // expect: no-misused-guard/perCall
    const breaker = new CircuitBreaker(getJson, options);
    found.push(await breaker.fire(`https://regions.test/${name}`));
  }
  return found;
}

// expect: no-misused-guard/perCall
const viaExpression = (id: string) => new CircuitBreaker(getJson, options).fire(`https://expressions.test/${id}`);
export { viaExpression };

export function startPolling(url: string): NodeJS.Timeout {
  // ok: no-misused-guard -- the timer's callback keeps it
  const breaker = new CircuitBreaker(getJson, options);
  return setInterval(() => void breaker.fire(url), 5_000);
}

export const createPartnerApi = (base: string) => {
  // ok: no-misused-guard -- the api keeps it
  const breaker = new CircuitBreaker((path: string) => getJson(base + path), options);
  return { get: (path: string) => breaker.fire(path) };
};

const load = (sku: string): Promise<unknown> => getJson(`https://stock.test/${sku}`);

export function stock(sku: string): Promise<unknown> {
  // expect: no-misused-guard/perCall
  const circuit = new Circuit({ options: { modules: [new SlidingCountBreaker({ slidingWindowSize: 10 })] } });
  return circuit.fn(load).execute(sku);
}

// expect: no-misused-guard/wrongOrder (within 1)
const upsideDown = new Circuit({
  options: { modules: [new SlidingCountBreaker({ slidingWindowSize: 10 }), new Retry({ attempts: 2, interval: 100 })] },
});
export const viaUpsideDown = (sku: string) => upsideDown.fn(load).execute(sku);

// ok: no-misused-guard -- the breaker is inside the retry and the fallback
const upright = new Circuit({
  options: {
    modules: [
      new Fallback({ callback: () => null }),
      new Retry({ attempts: 2, interval: 100 }),
      new SlidingCountBreaker({ slidingWindowSize: 10 }),
    ],
  },
});
export const viaUpright = (sku: string) => upright.fn(load).execute(sku);

// A breaker for each kind of partner, made when the module loads.
const kinds = ['shop', 'bank', 'school'].map((kind) => {
  // ok: no-misused-guard -- once, in the table
  const breaker = new CircuitBreaker(getJson, { ...options, name: kind });
  return [kind, breaker] as const;
});
const byKind = new Map(kinds);
export const ofKind = (kind: string) => byKind.get(kind)?.fire(`https://kinds.test/${kind}`);

// expect: no-misused-guard/hidesFailures
const lenient = new CircuitBreaker(async (url: string) => {
  try {
    return await getJson(url);
  } catch (error) {
    console.error('lenient', error);
    return null;
  }
}, options);
export const viaLenient = () => lenient.fire('https://lenient.test');
