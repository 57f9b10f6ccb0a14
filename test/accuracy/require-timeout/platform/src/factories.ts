import axios, { type AxiosInstance, type CreateAxiosDefaults } from 'axios';
import { fetch as undiciFetch } from 'undici';
import { limits, withLimit } from './settings.js';

export interface ClientOptions {
  baseUrl: string;
  fetch?: typeof fetch;
}

export interface Client {
  get(path: string): Promise<unknown>;
  list(path: string): Promise<unknown>;
}

/** A client made of closures. */
export function createClient({ baseUrl, fetch: send = globalThis.fetch }: ClientOptions): Client {
  return {
    async get(path) {
      // expect: require-timeout/longDefault
      const response = await send(baseUrl + path);
      return response.json();
    },
    async list(path) {
      // ok: require-timeout -- a limit of another module
      const response = await send(baseUrl + path, { signal: AbortSignal.timeout(limits.http) });
      return response.json();
    },
  };
}

type Next = (init: RequestInit) => Promise<Response>;
type Middleware = (next: Next) => Next;

const limit: Middleware = (next) => (init) => next({ ...init, signal: AbortSignal.timeout(limits.http) });

export const api = {
  // expect: require-timeout/longDefault
  flags: () => undiciFetch('https://flags.test').then((response) => response.json()),
  // ok: require-timeout -- a limit
  rules: () =>
    undiciFetch('https://rules.test', { signal: AbortSignal.timeout(1000) }).then((response) => response.json()),
  // ok: require-timeout -- a middleware adds it
  users: () => limit((init) => fetch('https://users.test', init))({ method: 'GET' }),
};

const instances = new Map<string, AxiosInstance>();

export function clientFor(name: string): AxiosInstance {
  // ok: require-timeout -- a map
  let client = instances.get(name);
  if (!client) {
    // expect: require-timeout/missing
    client = axios.create({ baseURL: `https://${name}.test` });
    instances.set(name, client);
  }
  return client;
}

function base(overrides: CreateAxiosDefaults = {}): CreateAxiosDefaults {
  return { timeout: limits.http, ...overrides };
}

// ok: require-timeout -- a function's default
export const billing = axios.create(base({ baseURL: 'https://billing.test' }));

export async function probe(fast: boolean): Promise<number> {
  const options = fast ? { timeout: 500 } : { timeout: 5000, maxRedirects: 2 };
  // ok: require-timeout -- a limit on both paths
  const { status } = await axios.head('https://probe.test', options);
  return status;
}

export async function beacon(): Promise<void> {
  // ok: require-timeout -- an attempt at a bound: one fault, one rule
  // expect: no-ineffective-timeout/disabled
  await fetch('https://beacon.test', { method: 'POST', signal: undefined });
  // ok: require-timeout -- a limit over an unbounded base
  await fetch('https://beacon.test', { ...withLimit, signal: AbortSignal.timeout(700) });
}

export async function* pages(path: string): AsyncGenerator<unknown> {
  for (let page = 1; page <= 10; page += 1) {
    // expect: require-timeout/missing
    const { data } = await axios.get<{ items: unknown[] }>(`https://pages.test/${path}`, { params: { page } });
    yield* data.items;
  }
}
