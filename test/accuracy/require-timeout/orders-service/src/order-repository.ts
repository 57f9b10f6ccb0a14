import type { Pool, PoolClient } from 'pg';
import { createPool, pool } from './db.js';

const sessions = createPool({ max: 5 });

export class OrderRepository {
  constructor(private readonly db: Pool) {}

  async find(id: string): Promise<unknown> {
    // unknown: require-timeout/unknown
    const result = await this.db.query('SELECT * FROM orders WHERE id = $1', [id]);
    return result.rows[0];
  }

  async save(client: PoolClient, id: string): Promise<void> {
    // unknown: require-timeout/unknown
    await client.query('UPDATE orders SET state = $2 WHERE id = $1', [id, 'paid']);
  }
}

export async function countOrders(): Promise<number> {
  // ok: require-timeout -- the pool is reported where it is made
  const result = await pool.query<{ count: number }>('SELECT count(*) FROM orders');
  return result.rows[0]?.count ?? 0;
}

export async function touchSession(id: string): Promise<void> {
  // ok: require-timeout -- the factory's limits
  await sessions.query('UPDATE sessions SET seen = now() WHERE id = $1', [id]);
}
