import { Pool } from 'undici';
import { config } from '../config.js';
import { HttpError } from '../lib/errors.js';
import type { CartLine, PricedLine } from '../types.js';

const pricing = new Pool(config.pricingUrl, {
  connections: 20,
  connect: { timeout: 1_000 },
  headersTimeout: 3_000,
  bodyTimeout: 3_000,
});

/** The price of each line, in the currency that the catalogue is kept in. */
export async function priceLines(lines: CartLine[]): Promise<PricedLine[]> {
  const { statusCode, body } = await pricing.request({
    method: 'POST',
    path: '/v1/quotes',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines }),
  });
  if (statusCode !== 200) throw new HttpError(statusCode, `${config.pricingUrl}/v1/quotes`, await body.text());
  const quote = (await body.json()) as { lines: PricedLine[] };
  return quote.lines;
}

export async function closePricing(): Promise<void> {
  await pricing.close();
}
