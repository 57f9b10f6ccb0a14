import got, { type Got, type OptionsInit } from 'got';
import { http } from './registry.js';

const base: OptionsInit = { prefixUrl: 'https://fx.example', responseType: 'json', retry: { limit: 1 } };

// expect: require-timeout/missing
export const fx: Got = got.extend(base);

// ok: require-timeout -- bounded
export const fxBounded = got.extend(base, { timeout: { request: 4_000 } });

export async function rate(pair: string): Promise<number> {
  // ok: require-timeout -- bounded by its instance
  const body = await fxBounded.get(`rates/${pair}`).json<{ rate: number }>();
  return body.rate;
}

export async function history(pair: string): Promise<unknown> {
  // expect: require-timeout/missing
  return got(`https://fx.example/history/${pair}`, { searchParams: { days: '30' } }).json();
}

export async function download(day: string): Promise<Buffer> {
  // ok: require-timeout -- extended twice, the first has the limit
  return fxBounded.extend({ responseType: 'buffer' }).get(`dumps/${day}`).buffer();
}

export async function publish(pair: string, value: number): Promise<void> {
  // ok: require-timeout -- three files away, bounded there
  await http('fx').post(`https://fx.example/rates/${pair}`, { json: { value } });
}
