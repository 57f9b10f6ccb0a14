import pRetry from 'p-retry';
import { config } from '../config.js';
import { requestJson } from '../lib/http.js';
import type { Order } from '../types.js';

/** Mails the customer what was bought. */
export async function sendReceipt(email: string, order: Order): Promise<void> {
  await pRetry(
    () =>
      requestJson(`${config.mailUrl}/v1/messages`, {
        method: 'POST',
        body: { to: email, template: 'receipt', data: order },
        signal: AbortSignal.timeout(5_000),
      }),
    { retries: 4, minTimeout: 500, randomize: true },
  );
}
