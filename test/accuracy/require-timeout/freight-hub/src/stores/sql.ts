import knex from 'knex';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import mariadb from 'mariadb';
import mssql from 'mssql';
import pg from 'pg';
import mysql from 'mysql2';
import { Sequelize } from 'sequelize';
import { PrismaPg } from '@prisma/adapter-pg';

const { Pool, Client } = pg;

// expect: require-timeout/missing|openPhase
export const ledger = knex({ client: 'pg', connection: { host: 'db.internal', database: 'freight' } });

// ok: require-timeout -- handed to the driver
export const ledgerBounded = knex({
  client: 'pg',
  connection: { host: 'db.internal', database: 'freight', connectionTimeoutMillis: 3000, query_timeout: 5000 },
});

// expect: require-timeout/missing|openPhase
const pool = new Pool({ host: 'db.internal', max: 5 });
export const orm = drizzle(pool);

// ok: require-timeout -- the pool below has the limits
const boundedPool = new Pool({ host: 'db.internal', connectionTimeoutMillis: 2000, query_timeout: 5000 });
export const boundedOrm = drizzle(boundedPool);

interface Tables {
  lanes: { id: number; name: string };
}

export const builder = new Kysely<Tables>({
  dialect: new PostgresDialect({
    // expect: require-timeout/missing|openPhase
    pool: new Pool({ host: 'db.internal', database: 'lanes' }),
  }),
});

// expect: require-timeout/missing|openPhase
export const maria = mariadb.createPool({ host: 'maria.internal', connectionLimit: 5 });

// ok: require-timeout -- silence on the socket ends it
export const mariaBounded = mariadb.createPool({ host: 'maria.internal', connectionLimit: 5, socketTimeout: 5000 });

export async function orders(): Promise<unknown> {
  // ok: require-timeout -- 15 s by default
  const db = await mssql.connect({ server: 'mssql.internal', database: 'orders', user: 'sa', password: '' });
  return db.query`select top 10 * from orders`;
}

export async function once(sql: string): Promise<unknown[]> {
  // expect: require-timeout/missing|openPhase
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows as unknown[];
  } finally {
    await client.end();
  }
}

const connection = mysql.createConnection({ host: 'mysql.internal', connectTimeout: 3000 });

export function count(done: (n: number) => void): void {
  // expect: require-timeout/missing|openPhase
  connection.query('select count(*) as n from lanes', (_error, rows) => {
    done((rows as { n: number }[])[0]?.n ?? 0);
  });
}

// expect: require-timeout/missing|openPhase
export const sequelize = new Sequelize('freight', 'app', '', { host: 'db.internal', dialect: 'postgres' });

// ok: require-timeout -- the driver's own limits
export const sequelizeBounded = new Sequelize('freight', 'app', '', {
  host: 'db.internal',
  dialect: 'postgres',
  dialectOptions: { connectionTimeoutMillis: 3000, query_timeout: 5000 },
});

// ok: require-timeout -- what the adapter hands to the pool
export const adapter = new PrismaPg({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 3000,
  query_timeout: 5000,
});
