import fetch from './fetch-with-timeout.js';
import rawFetch from './raw-fetch.js';

export async function loadBanner(): Promise<string> {
  // ok: require-timeout -- another module's fetch, with a limit of its own
  const response = await fetch('https://cdn.storefront.test/banner');
  return response.text();
}

export async function loadFooter(): Promise<string> {
  // ok: require-timeout -- reported once, in the wrapper
  const response = await rawFetch('https://cdn.storefront.test/footer');
  return response.text();
}

interface Repository {
  fetch(id: string): Promise<string>;
  get(id: string): Promise<string>;
}

export async function fromCache(repository: Repository, cache: Map<string, Promise<string>>): Promise<string> {
  // ok: require-timeout -- a repository of the project
  const first = await repository.fetch('a');
  // ok: require-timeout -- likewise
  const second = await repository.get('b');
  // ok: require-timeout -- a map
  return first + second + ((await cache.get('c')) ?? '');
}

export async function resolveAll(fetch: (key: string) => Promise<string>, keys: string[]): Promise<string[]> {
  // ok: require-timeout -- a parameter that is only called so
  return Promise.all(keys.map((key) => fetch(key)));
}
