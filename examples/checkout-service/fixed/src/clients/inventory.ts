import got from 'got';
import pLimit from 'p-limit';
import { config } from '../config.js';
import { CheckoutError } from '../lib/errors.js';
import { retry } from '../lib/retry.js';
import type { CartLine } from '../types.js';

const inventory = got.extend({
  prefixUrl: config.inventoryUrl,
  headers: { 'user-agent': 'checkout-service' },
  retry: { limit: 3 },
  timeout: { request: 5000 },
});

const reservations = pLimit(5);

async function available(sku: string): Promise<number> {
  const stock = await retry(() => inventory.get(`v1/stock/${encodeURIComponent(sku)}`, { retry: { limit: 0 } }).json<{ available: number }>());
  return stock.available;
}

/** Throws when one of the lines cannot be delivered. */
export async function checkStock(lines: CartLine[]): Promise<void> {
  const limit = pLimit(10);
  const stock = await Promise.all(lines.map((line) => limit(() => available(line.sku))));
  const missing = lines.find((line, index) => line.quantity > (stock[index] ?? 0));
  if (missing) throw new CheckoutError('out_of_stock', `${missing.sku} is not available in this quantity.`);
}

/** Takes the lines of an order out of the stock. */
export async function reserve(orderId: string, lines: CartLine[]): Promise<void> {
  await Promise.all(
    lines.map((line) =>
      reservations(() =>
        inventory.put(`v1/reservations/${orderId}/${encodeURIComponent(line.sku)}`, {
          json: { quantity: line.quantity },
          timeout: { request: 4_000 },
        }),
      ),
    ),
  );
}
