import type { Order, PricedLine } from '../types.js';
import { database } from './database.js';

interface OrderRow {
  id: string;
  customer_id: string;
  charge_id: string;
  currency: string;
  total: number;
}

interface LineRow {
  sku: string;
  quantity: number;
  unit_price: number;
}

export async function saveOrder(order: Order): Promise<void> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO orders (id, customer_id, charge_id, currency, total) VALUES ($1, $2, $3, $4, $5)', [
      order.id,
      order.customerId,
      order.chargeId,
      order.currency,
      order.total,
    ]);
    await client.query(
      `INSERT INTO order_lines (order_id, sku, quantity, unit_price)
       SELECT $1, line.* FROM unnest($2::text[], $3::int[], $4::int[]) AS line`,
      [
        order.id,
        order.lines.map((line) => line.sku),
        order.lines.map((line) => line.quantity),
        order.lines.map((line) => line.unitPrice),
      ],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

export async function findOrder(id: string): Promise<Order | undefined> {
  const { rows } = await database.query<OrderRow>('SELECT * FROM orders WHERE id = $1', [id]);
  const row = rows[0];
  if (!row) return undefined;
  const lines = await database.query<LineRow>('SELECT * FROM order_lines WHERE order_id = $1 ORDER BY sku', [id]);
  return {
    id: row.id,
    customerId: row.customer_id,
    chargeId: row.charge_id,
    currency: row.currency,
    total: row.total,
    lines: lines.rows.map((line): PricedLine => ({
      sku: line.sku,
      quantity: line.quantity,
      unitPrice: line.unit_price,
    })),
  };
}
