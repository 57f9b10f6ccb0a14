import { circuitBreaker, ConsecutiveBreaker, handleAll, wrap } from 'cockatiel';
import { makeBreaker, twice } from './resilience.js';

const everything = wrap(twice, circuitBreaker(handleAll, { halfOpenAfter: 9_000, breaker: new ConsecutiveBreaker(5) }));

export const address = (id: string) => everything.execute(() => fetch(`https://addresses.test/v1/${id}`));
export const addresses = () =>
  // ok: no-misused-guard -- the same host
  everything.execute(() => fetch('https://addresses.test/v1'));
export const score = (id: string) =>
  // expect: no-misused-guard/sharedAcross
  everything.execute(() => fetch(`https://scores.test/v1/${id}`));
export const mail = (body: string) =>
  // expect: no-misused-guard/sharedAcross
  everything.execute(() => fetch('https://mails.test/v1', { method: 'PUT', body }));

const api = makeBreaker();
const call = (path: string) => api.execute(() => fetch(`https://api.partner.test${path}`));
// ok: no-misused-guard -- one host, many paths
export const partners = () => call('/partners');
// ok: no-misused-guard -- one host, many paths
export const offers = () => call('/offers');

const BASE = process.env['SEARCH_URL'] ?? 'https://search.test';
const search = makeBreaker();
export const find = (q: string) => search.execute(() => fetch(`${BASE}/find?q=${encodeURIComponent(q)}`));
// ok: no-misused-guard -- the same base
export const suggest = (q: string) => search.execute(() => fetch(`${BASE}/suggest?q=${encodeURIComponent(q)}`));
