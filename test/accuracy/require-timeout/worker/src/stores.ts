import { Client as Search } from '@elastic/elasticsearch';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import mysql from 'mysql2/promise';
import nodemailer from 'nodemailer';
import { createClient } from 'redis';

// expect: require-timeout/missing
export const redis = new Redis('redis://cache:6379');
// ok: require-timeout -- a limit of each command
export const limiter = new Redis('redis://cache:6379', { commandTimeout: 500, maxRetriesPerRequest: 1 });
// expect: require-timeout/openPhase
export const sessions = new Redis({ host: 'sessions', connectTimeout: 2000 });

// expect: require-timeout/missing
export const cache = createClient({ url: 'redis://cache:6379' });
// ok: require-timeout -- a limit of the socket
export const flags = createClient({ url: 'redis://cache:6379', socket: { socketTimeout: 2000 } });
// expect: require-timeout/openPhase
export const locks = createClient({ url: 'redis://locks:6379', socket: { connectTimeout: 2000 } });

// expect: require-timeout/missing
export const mongo = new MongoClient('mongodb://mongo:27017');
// ok: require-timeout -- a limit of the socket
export const events = new MongoClient('mongodb://mongo:27017', { socketTimeoutMS: 8000 });
// expect: require-timeout/openPhase
export const profiles = new MongoClient('mongodb://mongo:27017', { serverSelectionTimeoutMS: 3000 });

// expect: require-timeout/missing
export const search = new Search({ node: 'http://search:9200' });

// expect: require-timeout/longDefault
export const mail = nodemailer.createTransport({ host: 'smtp.internal', port: 587 });
// ok: require-timeout -- every phase
export const newsletters = nodemailer.createTransport({
  host: 'smtp.internal',
  connectionTimeout: 5000,
  greetingTimeout: 5000,
  socketTimeout: 10_000,
});

// ok: require-timeout -- mysql2 takes the limit at the query
const mysqlPool = mysql.createPool({ host: 'legacy-db', user: 'worker' });

export async function customers(): Promise<unknown> {
  // expect: require-timeout/missing
  const [rows] = await mysqlPool.query('SELECT * FROM customers');
  return rows;
}

export async function customer(id: string): Promise<unknown> {
  // ok: require-timeout -- a limit of the query
  const [rows] = await mysqlPool.query({ sql: 'SELECT * FROM customers WHERE id = ?', timeout: 3000 }, [id]);
  return rows;
}

export async function rename(id: string, name: string): Promise<void> {
  const connection = await mysqlPool.getConnection();
  try {
    // expect: require-timeout/missing
    await connection.execute('UPDATE customers SET name = ? WHERE id = ?', [name, id]);
  } finally {
    connection.release();
  }
}
