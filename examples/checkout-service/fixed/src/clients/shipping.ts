import { config } from '../config.js';
import type { Address, CartLine } from '../types.js';

interface ShippingQuote {
  amount: number;
  carrier: string;
}

export async function quoteShipping(address: Address, lines: CartLine[]): Promise<ShippingQuote> {
  const response = await fetch(`${config.shippingUrl}/quotes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ country: address.country, postcode: address.postcode, lines }),
    signal: AbortSignal.timeout(3000),
  } as RequestInit);
  if (!response.ok) throw new Error(`SHIPPING_URL answered with status ${response.status}`);
  return (await response.json()) as ShippingQuote;
}
