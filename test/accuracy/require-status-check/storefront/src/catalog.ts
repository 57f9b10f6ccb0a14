import axios from 'axios';
import got from 'got';
import ky from 'ky';
import { request } from 'undici';
import { assertOk, checkedGet, rawGet, readJson } from './http.js';

interface Product {
  readonly id: string;
  readonly price: number;
  readonly error?: string;
}

declare const logger: { info(message: string, data?: object): void; error(data: object, message: string): void };
declare const productSchema: { parse(value: unknown): Product };

export async function product(id: string): Promise<Product> {
  // expect: require-status-check/unchecked
  const response = await rawGet(`/products/${id}`);
  return (await response.json()) as Product;
}

export async function checkedProduct(id: string): Promise<Product> {
  // ok: require-status-check -- the wrapper of the other file throws
  const response = await checkedGet(`/products/${id}`);
  return readJson<Product>(response);
}

export async function assertedProduct(id: string): Promise<Product> {
  // ok: require-status-check -- a helper of the other file throws
  const response = await assertOk(await rawGet(`/products/${id}`));
  return readJson<Product>(response);
}

export async function readProduct(id: string): Promise<Product> {
  // expect: require-status-check/unchecked
  return readJson<Product>(await fetch(`https://api.shop.test/products/${id}`));
}

export const chained = (id: string): Promise<Product> =>
  // expect: require-status-check/unchecked
  fetch(`https://api.shop.test/products/${id}`).then((answer) => answer.json() as Promise<Product>);

export const chainedAndChecked = (id: string): Promise<Product> =>
  // ok: require-status-check -- a link of the chain checks
  fetch(`https://api.shop.test/products/${id}`)
    .then(assertOk)
    .then((answer) => answer.json() as Promise<Product>);

export async function loggedOnly(id: string): Promise<Product> {
  // expect: require-status-check/onlyLogged
  const response = await fetch(`https://api.shop.test/products/${id}`);
  logger.info('product loaded', { id, status: response.status });
  return (await response.json()) as Product;
}

export async function loggedWhenWrong(id: string): Promise<Product> {
  // ok: require-status-check -- looked at, and told of
  const response = await fetch(`https://api.shop.test/products/${id}`);
  if (!response.ok) {
    logger.error({ status: response.status }, 'no product');
    throw new Error(`product ${id}`);
  }
  return (await response.json()) as Product;
}

export async function validated(id: string): Promise<Product> {
  // unknown: require-status-check -- a schema checks the body
  const response = await fetch(`https://api.shop.test/products/${id}`);
  return productSchema.parse(await response.json());
}

export async function branchedOn(id: string): Promise<number> {
  // unknown: require-status-check -- the body says whether it is an error
  const response = await fetch(`https://api.shop.test/products/${id}`);
  const body = (await response.json()) as Product;
  if (body.error !== undefined) throw new Error(body.error);
  return body.price;
}

export async function guarded(id: string): Promise<Product | null> {
  try {
    // expect: require-status-check/unchecked
    const response = await fetch(`https://api.shop.test/products/${id}`);
    return (await response.json()) as Product;
  } catch (error) {
    logger.error({ error }, 'no product');
    return null;
  }
}

export async function image(id: string): Promise<Buffer> {
  // expect: require-status-check/unchecked
  const response = await fetch(`https://cdn.shop.test/${id}.webp`);
  return Buffer.from(await response.arrayBuffer());
}

export async function destructured(id: string): Promise<Product> {
  // ok: require-status-check -- ok is taken out, and tested
  const { ok, ...rest } = await fetch(`https://api.shop.test/products/${id}`);
  if (!ok) throw new Error(String(rest));
  return { id, price: 0 };
}

export async function viaUndici(id: string): Promise<unknown> {
  // expect: require-status-check/unchecked
  const { body } = await request(`https://api.shop.test/products/${id}`);
  return body.json();
}

export async function viaUndiciChecked(id: string): Promise<unknown> {
  // ok: require-status-check -- the code is tested
  const { statusCode, body } = await request(`https://api.shop.test/products/${id}`);
  if (statusCode !== 200) throw new Error(await body.text());
  return body.json();
}

export async function both(a: string, b: string): Promise<unknown[]> {
  // expect: require-status-check/unchecked
  const [first, second] = await Promise.all([fetch(`https://api.shop.test/${a}`), checkedGet(`/${b}`)]);
  return [await first.json(), await second.json()];
}

// ok: require-status-check -- axios rejects by itself
export const viaAxios = async (id: string): Promise<Product> => (await axios.get<Product>(`https://a.test/${id}`)).data;
// ok: require-status-check -- ky rejects by itself
export const viaKy = (id: string): Promise<Product> => ky.get(`https://api.shop.test/${id}`).json<Product>();
// ok: require-status-check -- got rejects by itself
export const viaGot = (id: string): Promise<Product> => got(`https://api.shop.test/${id}`).json<Product>();

export async function notify(id: string): Promise<void> {
  // ok: require-status-check -- nobody uses the body
  const response = await fetch(`https://hooks.shop.test/${id}`, { method: 'POST' });
  await response.body?.cancel();
}

export async function proxy(path: string): Promise<Response> {
  // ok: require-status-check -- the status goes on
  const upstream = await fetch(`https://api.shop.test${path}`);
  return new Response(upstream.body, { status: upstream.status, headers: upstream.headers });
}

export async function proxyWithout(path: string): Promise<Response> {
  // expect: require-status-check/unchecked
  const upstream = await fetch(`https://api.shop.test${path}`);
  return new Response(upstream.body);
}

export async function titles(urls: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const url of urls) {
    let answer: Response;
    try {
      // expect: require-status-check/unchecked
      answer = await fetch(url);
    } catch (error) {
      logger.error({ error }, 'no page');
      continue;
    }
    const html = await answer.text();
    found.push(html.slice(0, 100));
  }
  return found;
}

export const decode = async (text: string): Promise<string> =>
  // ok: require-status-check -- nothing is called
  (await fetch(`data:text/plain;base64,${text}`)).text();

export async function probe(url: string): Promise<boolean> {
  // ok: require-status-check -- the status is the answer
  return (await fetch(url, { method: 'HEAD' })).ok;
}

export async function events(url: string, onChunk: (chunk: Uint8Array) => void): Promise<void> {
  // expect: require-status-check/unchecked
  const response = await fetch(url);
  for await (const chunk of response.body ?? []) onChunk(chunk as Uint8Array);
}
