import { urls } from '@shop/config';

export async function stockOf(sku: string): Promise<number> {
  const response = await fetch(`${urls.inventory}/stock/${sku}`);
  if (!response.ok) throw new Error(`inventory answered ${response.status}`);
  const { count } = (await response.json()) as { count: number };
  return count;
}

export async function reserve(sku: string, count: number): Promise<void> {
  const response = await fetch(`${urls.inventory}/reservations`, {
    method: 'POST',
    body: JSON.stringify({ sku, count }),
    signal: AbortSignal.timeout(2000),
  });
  if (!response.ok) throw new Error(`inventory answered ${response.status}`);
}
