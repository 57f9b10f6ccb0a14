import { query } from '@shop/database';
import { publish } from '@shop/events';
import { reserve, stockOf } from '@shop/inventory-client';
import { charge } from '@shop/payments-client';

export interface Line {
  readonly sku: string;
  readonly count: number;
  readonly cents: number;
}

export async function placeOrder(id: string, lines: readonly Line[]): Promise<string> {
  const stock = await Promise.all(lines.map((line) => stockOf(line.sku)));
  if (stock.some((count, index) => count < (lines[index]?.count ?? 0))) throw new Error('not in stock');
  for (const line of lines) await reserve(line.sku, line.count);
  const { id: chargeId } = await charge(
    id,
    lines.reduce((sum, line) => sum + line.count * line.cents, 0),
  );
  await query('INSERT INTO orders (id, charge) VALUES ($1, $2)', [id, chargeId]);
  await publish({ type: 'placed', order: id });
  return chargeId;
}
