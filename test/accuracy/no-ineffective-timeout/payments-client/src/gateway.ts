import axios, { type AxiosInstance } from 'axios';
import got from 'got';
import ky from 'ky';
import OpenAI from 'openai';
import Stripe from 'stripe';
import superagent from 'superagent';
import { request } from 'undici';
import { NO_TIMEOUT, REQUEST_TIMEOUT, timeoutOf } from './constants.js';

export class Gateway {
  private readonly http: AxiosInstance;
  private readonly slow: AxiosInstance;

  constructor(baseURL: string) {
    this.http = axios.create({
      baseURL,
      // expect: no-ineffective-timeout/disabled
      timeout: 0,
      headers: { 'x-service': 'payments' },
    });
    // ok: no-ineffective-timeout, require-timeout
    this.slow = axios.create({ baseURL, timeout: REQUEST_TIMEOUT });
  }

  async authorize(order: string): Promise<unknown> {
    // ok: require-timeout -- an attempt at a bound: one fault, one rule
    const { data } = await this.http.post('/authorizations', { order });
    return data as unknown;
  }

  async capture(order: string): Promise<unknown> {
    const { data } = await this.slow.post(`/authorizations/${order}/capture`, undefined, {
      // expect: no-ineffective-timeout/disabled
      timeout: NO_TIMEOUT,
    });
    return data as unknown;
  }

  async void(order: string): Promise<void> {
    // expect: no-ineffective-timeout/wrongArgument
    await axios.post(`https://psp.test/${order}/void`, { timeout: 5000 });
  }

  async settle(order: string): Promise<void> {
    // expect: no-ineffective-timeout/wrongArgument
    await axios.put(`https://psp.test/${order}/settle`, { headers: { 'x-order': order }, timeout: REQUEST_TIMEOUT });
  }

  async schedule(order: string): Promise<void> {
    // ok: no-ineffective-timeout -- a body that has a timeout of its own, and a configuration
    await axios.post('https://psp.test/jobs', { order, timeout: 30 }, { timeout: REQUEST_TIMEOUT });
  }

  async status(order: string): Promise<unknown> {
    // ok: no-ineffective-timeout, require-timeout -- the value comes from the environment
    const { data } = await axios.get(`https://psp.test/${order}`, { timeout: timeoutOf('PSP') });
    return data as unknown;
  }

  async history(order: string, deep: boolean): Promise<unknown> {
    // ok: no-ineffective-timeout, require-timeout -- on some paths only
    const { data } = await axios.get(`https://psp.test/${order}/history`, { timeout: deep ? 0 : 5000 });
    return data as unknown;
  }

  async export(): Promise<unknown> {
    // unknown: no-ineffective-timeout/tooLong
    const { data } = await axios.get('https://psp.test/export', { timeout: 10 * 60_000 });
    return data as unknown;
  }
}

// expect: no-ineffective-timeout/disabled
export const stripe = new Stripe('sk_live', { timeout: 0 });

// expect: no-ineffective-timeout/misread
export const openai = new OpenAI({ apiKey: 'key', timeout: 0 });

export async function fraudScore(order: string): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  return ky.get(`https://fraud.test/${order}`, { timeout: false }).json();
}

export async function fraudRules(): Promise<unknown> {
  // expect: no-ineffective-timeout/misread
  return ky.get('https://fraud.test/rules', { timeout: 0 }).json();
}

export async function fraudLists(): Promise<unknown> {
  // ok: no-ineffective-timeout -- a limit
  return got('https://fraud.test/lists', { timeout: { request: 3000 } }).json();
}

export async function exchange(): Promise<unknown> {
  const { body } = await request('https://fx.test', {
    // expect: no-ineffective-timeout/disabled
    headersTimeout: 0,
    bodyTimeout: 5000,
  });
  return body.json();
}

export async function bins(): Promise<unknown> {
  // expect: no-ineffective-timeout/disabled
  const response = await superagent.get('https://bins.test').timeout(0);
  return response.body as unknown;
}

interface Server {
  setTimeout(ms: number): void;
  listen(options: { port: number; timeout: number }): void;
}

export function start(server: Server): void {
  // ok: no-ineffective-timeout -- the server's side
  server.setTimeout(0);
  // ok: no-ineffective-timeout -- likewise
  server.listen({ port: 80, timeout: 0 });
  // ok: no-ineffective-timeout -- a timer
  setTimeout(() => undefined, 0);
}
