import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { Limit, limits, normalise, type CallOptions } from '../lib/options.js';
import { giveUpAfter, raceAgainst, timed, withDeadline } from '../lib/deadline.js';

const BANK = process.env.BANK_URL ?? 'https://bank.example';

export class BankClient {
  private readonly http: AxiosInstance;
  private static instance?: BankClient;

  private constructor(timeout: number = Limit.Long) {
    // ok: require-timeout -- an enum's member as the default
    this.http = axios.create({ baseURL: BANK, timeout });
  }

  static get(): BankClient {
    return (this.instance ??= new BankClient());
  }

  accounts(): Promise<unknown> {
    // ok: require-timeout -- the instance is bounded
    return this.http.get('/accounts');
  }
}

export async function statement(account: string, options?: CallOptions): Promise<unknown> {
  // ok: require-timeout -- a default of a minute is added
  const { data } = await axios.get(`${BANK}/accounts/${account}/statement`, normalise(options));
  return data;
}

export async function balance(account: string): Promise<unknown> {
  // expect: require-timeout/missing
  return timed('balance', () => axios.get(`${BANK}/accounts/${account}/balance`));
}

export async function standingOrders(account: string): Promise<unknown> {
  // ok: require-timeout -- the helper's signal is used
  return withDeadline(5000, (signal) => axios.get(`${BANK}/accounts/${account}/orders`, { signal }));
}

export async function mandates(account: string): Promise<unknown> {
  // ok: require-timeout -- a policy's limit is the caller's bound
  return giveUpAfter(5000, () => axios.get(`${BANK}/accounts/${account}/mandates`));
}

export async function limitsOf(account: string): Promise<unknown> {
  // ok: require-timeout -- raced against a timer
  return raceAgainst(axios.get(`${BANK}/accounts/${account}/limits`), limits.short);
}

export async function transfer(from: string, to: string, amount: number): Promise<void> {
  const config: AxiosRequestConfig = {
    headers: { 'idempotency-key': `${from}-${to}-${amount}` },
    ...(process.env.BANK_PROXY ? { proxy: { host: process.env.BANK_PROXY, port: 3128 } } : {}),
  };
  // expect: require-timeout/missing
  await axios.post(`${BANK}/transfers`, { from, to, amount }, config);
}

export async function cancelTransfer(id: string, patience?: number): Promise<void> {
  // expect: require-timeout/wrapperWithoutDefault
  await axios.delete(`${BANK}/transfers/${id}`, { ...(patience ? { timeout: patience } : {}) });
}

export async function holidays(config: AxiosRequestConfig = {}): Promise<string[]> {
  const { data } = await axios.request<string[]>({
    // ok: require-timeout -- the default stands before the spread
    timeout: limits.long,
    ...config,
    method: 'GET',
    url: `${BANK}/holidays`,
  });
  return data;
}
