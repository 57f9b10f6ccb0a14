import got, { type Got } from 'got';
import ky from 'ky';
import nodeFetch from 'node-fetch';
import Stripe from 'stripe';
import { Agent, Pool, request, request as undiciRequest } from 'undici';
import twilio from 'twilio';

// expect: require-timeout/longDefault
export const stripe = new Stripe('sk_live');
// ok: require-timeout -- a limit
export const stripeBounded = new Stripe('sk_live', { timeout: 10_000, maxNetworkRetries: 1 });
// ok: require-timeout -- used here only, and each use has a limit
const reportingStripe = new Stripe('sk_reports');

// expect: require-timeout/missing
export const catalog = got.extend({ prefixUrl: 'https://catalog.internal' });
export const prices: Got = got.extend({ prefixUrl: 'https://prices.internal', timeout: { request: 2000 } });
// ok: require-timeout -- inherits the limit
const euroPrices = prices.extend({ headers: { 'x-currency': 'EUR' } });

// expect: require-timeout/longDefault
const orders = new Pool('https://orders.internal', { connections: 10 });
// ok: require-timeout -- both phases have a limit
const refunds = new Pool('https://refunds.internal', { headersTimeout: 4000, bodyTimeout: 4000 });
const agent = new Agent({ headersTimeout: 2000, bodyTimeout: 2000 });

// unknown: require-timeout/implicit
export const sms = twilio('AC1', 'token');
// ok: require-timeout -- a limit
export const voice = twilio('AC1', 'token', { timeout: 5000 });

export async function invoices(customer: string): Promise<unknown> {
  return reportingStripe.invoices.list({ customer }, { timeout: 8000 });
}

export async function item(sku: string): Promise<unknown> {
  // ok: require-timeout -- the instance is reported where it is made
  return catalog.get(`items/${sku}`).json();
}

export async function price(sku: string): Promise<unknown> {
  // ok: require-timeout -- inherited
  return euroPrices.get(sku).json();
}

export async function postal(code: string): Promise<unknown> {
  // expect: require-timeout/missing
  return got(`https://postal.test/${code}`).json();
}

export async function validate(address: unknown): Promise<unknown> {
  // expect: require-timeout/missing
  return got.post('https://postal.test/validate', { json: address, retry: { limit: 0 } }).json();
}

export async function geocode(address: string): Promise<unknown> {
  // ok: require-timeout -- a limit
  return got('https://geo.test', { searchParams: { address }, timeout: { request: 1500 } }).json();
}

export async function weather(): Promise<unknown> {
  // unknown: require-timeout/implicit
  return ky.get('https://weather.test').json();
}

export async function forecast(): Promise<unknown> {
  // ok: require-timeout -- explicit
  return ky.get('https://weather.test/forecast', { timeout: 3000 }).json();
}

export async function legacyFeed(): Promise<string> {
  // expect: require-timeout/missing
  const response = await nodeFetch('https://feed.test');
  return response.text();
}

export async function legacyFeedBounded(): Promise<string> {
  // ok: require-timeout -- a signal
  const response = await nodeFetch('https://feed.test', { signal: AbortSignal.timeout(3000) });
  return response.text();
}

export async function stock(sku: string): Promise<unknown> {
  // expect: require-timeout/longDefault
  const { body } = await request(`https://stock.internal/${sku}`);
  return body.json();
}

export async function reserve(sku: string): Promise<number> {
  // ok: require-timeout -- a signal
  const { statusCode } = await undiciRequest(`https://stock.internal/${sku}`, {
    method: 'POST',
    signal: AbortSignal.timeout(900),
  });
  return statusCode;
}

export async function release(sku: string): Promise<number> {
  // ok: require-timeout -- the dispatcher's limits
  const { statusCode } = await undiciRequest(`https://stock.internal/${sku}`, { method: 'DELETE', dispatcher: agent });
  return statusCode;
}

export async function order(id: string): Promise<unknown> {
  // ok: require-timeout -- the pool is reported where it is made
  const { body } = await orders.request({ path: `/${id}`, method: 'GET' });
  return body.json();
}

export async function refund(id: string): Promise<number> {
  const { statusCode } = await refunds.request({ path: `/${id}`, method: 'POST' });
  return statusCode;
}
