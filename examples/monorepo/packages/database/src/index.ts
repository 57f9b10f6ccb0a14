import { databaseUrl } from '@shop/config';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });

export async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  const { rows } = await pool.query<Row>(text, values);
  return rows;
}
