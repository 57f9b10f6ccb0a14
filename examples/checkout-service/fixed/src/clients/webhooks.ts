import type { FastifyBaseLogger } from 'fastify';
import { HttpError } from '../lib/errors.js';
import pLimit from 'p-limit';

export interface WebhookOptions {
  urls: string[];
  log: FastifyBaseLogger;
  fetch?: typeof fetch;
  redeliverAfterMs?: number;
}

export interface WebhookEvent {
  type: string;
  data: unknown;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Tells the merchant's own systems what has happened. */
export function createWebhooks({ urls, log, redeliverAfterMs = 10_000, ...options }: WebhookOptions) {
  const post = options.fetch ?? fetch.bind(globalThis);

  async function deliver(url: string, event: WebhookEvent): Promise<void> {
    try {
      const response = await post(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(5000),
      });
      if (!response.ok) throw new HttpError(response.status, url, await response.text());
    } catch (error) {
      log.warn({ error, url }, 'Webhook not delivered');
      setTimeout(() => void deliver(url, event), redeliverAfterMs).unref();
    }
  }

  return {
    async emit(event: WebhookEvent): Promise<void> {
      const limit = pLimit(10);
      await Promise.all(urls.map((url) => limit(() => deliver(url, event))));
    },
  };
}
