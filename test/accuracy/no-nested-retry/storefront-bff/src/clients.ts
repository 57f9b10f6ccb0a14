import axios from 'axios';
import axiosRetry, { exponentialDelay } from 'axios-retry';
import got from 'got';
import ky from 'ky';
import OpenAI from 'openai';
import Stripe from 'stripe';
import { S3Client } from '@aws-sdk/client-s3';
import { Agent, RetryAgent } from 'undici';

export const catalogue = axios.create({ baseURL: 'https://catalogue.test', timeout: 2000 });
axiosRetry(catalogue, { retries: 3, retryDelay: exponentialDelay });

export const plain = axios.create({ baseURL: 'https://plain.test', timeout: 2000 });

export const prices = ky.create({ prefixUrl: 'https://prices.test', retry: { limit: 3, jitter: true } });
export const pricesOnce = prices.extend({ retry: 0 });

export const stock = got.extend({ prefixUrl: 'https://stock.test', timeout: { request: 2000 }, retry: { limit: 4 } });

export const model = new OpenAI({ timeout: 10_000, maxRetries: 5 });
export const stripe = new Stripe('key', { timeout: 5000, maxNetworkRetries: 0 });
export const files = new S3Client({ maxAttempts: 5, requestHandler: { requestTimeout: 2000 } });
export const filesOnce = new S3Client({ maxAttempts: 1, requestHandler: { requestTimeout: 2000 } });

export const dispatcher = new RetryAgent(new Agent({ headersTimeout: 2000, bodyTimeout: 2000 }), { maxRetries: 3 });

export async function statusOf(id: string): Promise<number> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await fetch(`https://status.test/${id}`);
    if (response.status < 500) return response.status;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200 * 2 ** attempt));
  }
  return 503;
}

export async function userOf(id: string, left = 3): Promise<unknown> {
  try {
    const response = await fetch(`https://users.test/${id}`);
    return await response.json();
  } catch (error) {
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
    // ok: no-nested-retry -- the recursion is the retry itself
    return userOf(id, left - 1);
  }
}

export async function both(id: string): Promise<readonly [number, unknown]> {
  const status = await statusOf(id);
  return [status, await userOf(id)];
}

export class Accounts {
  async one(id: string): Promise<unknown> {
    return this.#get(`/accounts/${id}`);
  }

  async once(id: string): Promise<unknown> {
    const response = await fetch(`https://accounts.test/accounts/${id}`);
    return response.json();
  }

  async #get(path: string): Promise<unknown> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        const response = await fetch(`https://accounts.test${path}`);
        return await response.json();
      } catch (error) {
        if (attempt === 3) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
      }
    }
    return undefined;
  }
}
