import { MongoClient } from 'mongodb';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

// expect: require-timeout/missing|openPhase
const ledger = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

// expect: require-timeout/openPhase
const archive = new pg.Pool({
  connectionString: process.env.ARCHIVE_URL,
  connectionTimeoutMillis: 3000,
  statement_timeout: 5000,
});

// ok: require-timeout -- connect and answer
const audit = new pg.Pool({
  connectionString: process.env.AUDIT_URL,
  connectionTimeoutMillis: 3000,
  query_timeout: 10_000,
});

// expect: require-timeout/missing|openPhase
const cache = new Redis(process.env.REDIS_URL ?? 'redis://localhost', {
  connectTimeout: 2000,
  maxRetriesPerRequest: 2,
});

// ok: require-timeout -- each command has a limit
const sessions = new Redis({ host: 'sessions.internal', commandTimeout: 1500 });

// expect: require-timeout/missing|openPhase
const locks = createClient({ url: process.env.LOCKS_URL, socket: { connectTimeout: 2000 } });

// ok: require-timeout -- idle sockets are closed
const flags = createClient({ url: process.env.FLAGS_URL, socket: { connectTimeout: 2000, socketTimeout: 3000 } });

// expect: require-timeout/missing|openPhase
const mongo = new MongoClient(process.env.MONGO_URL ?? '', { maxPoolSize: 20, serverSelectionTimeoutMS: 5000 });

// ok: require-timeout -- the socket's silence is limited
const mongoBounded = new MongoClient(process.env.MONGO_URL ?? '', {
  socketTimeoutMS: 10_000,
  serverSelectionTimeoutMS: 5000,
});

const reports = mysql.createPool({ uri: process.env.MYSQL_URL ?? '', connectTimeout: 5000 });

const sql = postgres(process.env.EVENTS_URL ?? '', { max: 10, connect_timeout: 5 });

export async function totals(): Promise<unknown[]> {
  const a = await ledger.query('select sum(amount) from entries');
  const b = await archive.query('select sum(amount) from entries');
  const c = await audit.query('select sum(amount) from entries');
  await cache.get('totals');
  await sessions.get('totals');
  await locks.get('totals');
  await flags.get('totals');
  await mongo.db('ledger').collection('entries').findOne({});
  await mongoBounded.db('ledger').collection('entries').findOne({});
  // expect: require-timeout/missing|openPhase
  const [rows] = await reports.query('select sum(amount) from entries');
  // ok: require-timeout -- per query
  const [bounded] = await reports.query({ sql: 'select count(*) from entries', timeout: 4000 });
  return [a, b, c, rows, bounded];
}

export async function events(): Promise<unknown> {
  // expect: require-timeout/missing|openPhase (within 1)
  const rows = await sql`select * from events limit 10`;
  return rows;
}
