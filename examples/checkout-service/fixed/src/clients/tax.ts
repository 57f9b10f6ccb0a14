import { config } from '../config.js';
import { getJson } from '../lib/http.js';

/** The tax on an amount, in the same unit. */
export async function taxOn(amount: number, country: string): Promise<number> {
  const { percent } = await getJson<{ percent: number }>(`${config.taxUrl}/v1/rates/${country}`, 3_000);
  return Math.round((amount * percent) / 100);
}
