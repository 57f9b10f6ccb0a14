import CircuitBreaker from 'opossum';
import { guarded, onlyRetry, retried } from './policies.js';

// ok: no-unguarded-client -- a helper of another file guards
export const eur = () => guarded(() => fetch('https://eur.test'));

async function load(code: string): Promise<unknown> {
  // ok: no-unguarded-client -- only its breaker calls it
  return (await fetch(`https://usd.test/${code}`)).json();
}
const breaker = new CircuitBreaker(load, { timeout: 1000, volumeThreshold: 5 });
export const usd = () => breaker.fire('usd');

async function loadInner(code: string): Promise<unknown> {
  // ok: no-unguarded-client -- its only caller is guarded
  return (await fetch(`https://gbp.test/${code}`)).json();
}
export const gbp = () => guarded(() => loadInner('gbp'));

// expect: no-unguarded-client/unguarded
export const jpy = () => retried(() => fetch('https://jpy.test'));

// expect: no-unguarded-client/unguarded
export const chf = () => onlyRetry.execute(() => fetch('https://chf.test'));

async function loadBoth(code: string): Promise<unknown> {
  // expect: no-unguarded-client/unguarded
  return (await fetch(`https://sek.test/${code}`)).json();
}
export const sek = () => guarded(() => loadBoth('sek'));
export const sekBare = () => loadBoth('sek');

export async function nok(): Promise<unknown[]> {
  // expect: no-unguarded-client/unguarded
  const first = await fetch('https://nok.test/1');
  // ok: no-unguarded-client -- one report a downstream
  const second = await fetch('https://nok.test/2');
  return [first, second];
}
