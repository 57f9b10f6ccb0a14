import { config } from '../config.js';
import { HttpError } from '../lib/errors.js';
import { ratesPolicy } from '../lib/policies.js';

const baseCurrency = 'EUR';

/** What one unit of the catalogue's currency is worth in another. */
export async function exchangeRate(currency: string): Promise<number> {
  if (currency === baseCurrency) return 1;
  const url = `${config.ratesUrl}/v1/rates/${baseCurrency}/${encodeURIComponent(currency)}`;
  return ratesPolicy.execute(async ({ signal }) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new HttpError(response.status, url, await response.text());
    const { rate } = (await response.json()) as { rate: number };
    return rate;
  });
}
