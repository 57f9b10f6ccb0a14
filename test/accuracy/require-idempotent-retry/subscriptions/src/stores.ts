import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Kafka } from 'kafkajs';
import knex from 'knex';
import mongoose, { Schema } from 'mongoose';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import pRetry from 'p-retry';
import postgres from 'postgres';
import { postJson, type Plan } from './api.js';
import { resiliently } from './retry.js';

const pool = new pg.Pool({ query_timeout: 3000, connectionTimeoutMillis: 1000 });
const sql = postgres('postgres://db.test', { connect_timeout: 5 });
const db = knex({ client: 'pg' });
const redis = new Redis({ commandTimeout: 500 });
const producer = new Kafka({ brokers: ['k.test:9092'] }).producer();
const queue = new Queue('plans');
const mongo = new MongoClient('mongodb://db.test', { socketTimeoutMS: 3000 });
const PlanModel = mongoose.model('Plan', new Schema({ name: String, cents: Number }));

// expect: require-idempotent-retry/noKey (within 1)
export const insert = (plan: Plan) =>
  resiliently(() => pool.query('INSERT INTO sales (plan, cents) VALUES ($1, $2)', [plan.id, plan.cents]));

export const upsert = (plan: Plan) =>
  resiliently(() =>
    // ok: require-idempotent-retry -- an upsert
    pool.query('INSERT INTO plans (id, cents) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [plan.id, plan.cents]),
  );

// ok: require-idempotent-retry -- a read
export const select = (id: string) => resiliently(() => pool.query('select * from plans where id = $1', [id]));

// expect: require-idempotent-retry/noKey (within 1)
export const increment = (id: string) =>
  resiliently(() => pool.query(`UPDATE plans SET sold = sold + 1 WHERE id = $1`, [id]));

// ok: require-idempotent-retry -- sets a value
export const rename = (id: string, name: string) =>
  resiliently(() => pool.query('UPDATE plans SET name = $2 WHERE id = $1', [id, name]));

// expect: require-idempotent-retry/noKey (within 1)
export const tagged = (plan: Plan) =>
  resiliently(async () => sql`insert into sales ${sql({ plan: plan.id, cents: plan.cents })}`);

// ok: require-idempotent-retry -- a read
export const taggedRead = (id: string) => resiliently(async () => sql`select * from plans where id = ${id}`);

// ok: require-idempotent-retry -- a delete
export const taggedDelete = (id: string) => resiliently(async () => sql`delete from plans where id = ${id}`);

// expect: require-idempotent-retry/noKey (within 1)
export const built = (plan: Plan) =>
  pRetry(async () => db('plans').insert({ cents: plan.cents }), { retries: 2, randomize: true });

// ok: require-idempotent-retry -- merged on a conflict
export const merged = (plan: Plan) =>
  pRetry(async () => db('plans').insert(plan).onConflict('id').merge(), { retries: 2, randomize: true });

// expect: require-idempotent-retry/noKey (within 1)
export const incremented = (plan: Plan) =>
  pRetry(async () => db('plans').where('id', plan.id).increment('sold', 1), { retries: 2, randomize: true });

// expect: require-idempotent-retry/noKey
export const document = (plan: Plan) => resiliently(() => PlanModel.create({ name: plan.id, cents: plan.cents }));

// ok: require-idempotent-retry -- a read
export const documents = () => resiliently(async () => PlanModel.find({ cents: 100 }));

// expect: require-idempotent-retry/noKey (within 1)
export const inserted = (plan: Plan) =>
  resiliently(() => mongo.db().collection('plans').insertOne({ cents: plan.cents }));

// ok: require-idempotent-retry -- its own _id
export const insertedWithId = (plan: Plan) =>
  resiliently(() =>
    mongo.db().collection<{ _id: string; cents: number }>('plans').insertOne({ _id: plan.id, cents: plan.cents }),
  );

export const upserted = (plan: Plan) =>
  resiliently(() =>
    // ok: require-idempotent-retry -- an upsert
    mongo
      .db()
      .collection('plans')
      .updateOne({ id: plan.id }, { $set: { cents: plan.cents } }, { upsert: true }),
  );

export const counted = (plan: Plan) =>
  resiliently(() =>
    // expect: require-idempotent-retry/noKey
    mongo
      .db()
      .collection('plans')
      .updateOne({ id: plan.id }, { $inc: { sold: 1 } }),
  );

// expect: require-idempotent-retry/noKey
export const counter = (id: string) => resiliently(() => redis.incr(`sold:${id}`));

// ok: require-idempotent-retry -- sets a value
export const cached = (plan: Plan) => resiliently(() => redis.set(plan.id, plan.cents));

// expect: require-idempotent-retry/noKey
export const pushed = (plan: Plan) => resiliently(() => redis.lpush('plans', plan.id));

// expect: require-idempotent-retry/noKey (within 1)
export const announced = (plan: Plan) =>
  resiliently(() => producer.send({ topic: 'plans', messages: [{ value: plan.id }] }));

// expect: require-idempotent-retry/noKey
export const queued = (plan: Plan) => resiliently(() => queue.add('start', plan));

// ok: require-idempotent-retry -- a job id
export const queuedOnce = (plan: Plan) => resiliently(() => queue.add('start', plan, { jobId: plan.id }));

// expect: require-idempotent-retry/unstableKey
export const queuedUnstably = (plan: Plan) => resiliently(() => queue.add('start', plan, { jobId: randomUUID() }));

async function record(client: pg.PoolClient, plan: Plan): Promise<void> {
  await client.query('INSERT INTO ledger (plan, cents) VALUES ($1, $2)', [plan.id, plan.cents]);
}

/** What a transaction did is undone before it runs again. */
export async function serializable(plan: Plan): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      // ok: require-idempotent-retry -- rolled back before it runs again
      await record(client, plan);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      if ((error as { code?: string }).code !== '40001') throw error;
    } finally {
      client.release();
    }
  }
}

/** The call outside the database is not undone. */
export async function serializableWithCall(plan: Plan): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await record(client, plan);
      // expect: require-idempotent-retry/noKey
      await postJson('https://hooks.test', plan);
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      if ((error as { code?: string }).code !== '40001') throw error;
    } finally {
      client.release();
    }
  }
}

export async function transaction(plan: Plan): Promise<void> {
  await mongo.withSession((session) =>
    session.withTransaction(async () => {
      // ok: require-idempotent-retry -- in the transaction
      await mongo.db().collection('ledger').insertOne({ plan: plan.id }, { session });
      // expect: require-idempotent-retry/noKey
      await postJson('https://hooks.test', plan);
    }),
  );
}

export async function optimistic(
  id: string,
  change: (plan: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const { rows } = await pool.query<{ version: number; data: Record<string, unknown> }>(
      'SELECT version, data FROM plans WHERE id = $1',
      [id],
    );
    const [row] = rows;
    if (!row) return;
    // ok: require-idempotent-retry -- an optimistic lock
    const result = await pool.query(
      'UPDATE plans SET data = $1, version = version + 1 WHERE id = $2 AND version = $3',
      [change(row.data), id, row.version],
    );
    if (result.rowCount === 1) return;
  }
  throw new Error('too many writers');
}
