import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { withRetry } from './with-retry.js';

const pool = new Pool({ query_timeout: 2000, connectionTimeoutMillis: 2000 });
const redis = new Redis({ commandTimeout: 1000 });
const sqs = new SQSClient({ requestHandler: { requestTimeout: 1000, throwOnRequestTimeout: true } });
const eager = new SQSClient({ maxAttempts: 5, requestHandler: { requestTimeout: 1000, throwOnRequestTimeout: true } });

// ok: require-idempotent-retry -- reads
export const orders = () => withRetry(() => pool.query('SELECT id FROM orders'));

// expect: require-idempotent-retry/noKey
export const insert = (sku: string) => withRetry(() => pool.query('INSERT INTO orders (sku) VALUES ($1)', [sku]));

// ok: require-idempotent-retry -- inserts once
export const insertOnce = (id: string) =>
  withRetry(() => pool.query('INSERT INTO orders (id) VALUES ($1) ON CONFLICT (id) DO NOTHING', [id]));

// ok: require-idempotent-retry -- sets what is set already
export const close = (id: string) =>
  withRetry(() => pool.query({ text: "UPDATE orders SET state = 'closed' WHERE id = $1", values: [id] }));

// expect: require-idempotent-retry/noKey (within 3)
export const take = (id: string) =>
  withRetry(() => pool.query('UPDATE stock SET pieces = pieces - 1 WHERE id = $1', [id]));

// ok: require-idempotent-retry -- deletes
export const remove = (id: string) => withRetry(() => pool.query(`DELETE FROM orders WHERE id = $1`, [id]));

// unknown: require-idempotent-retry/unknown
export const anything = (sql: string) => withRetry(() => pool.query(sql));

// expect: require-idempotent-retry/noKey
export const count = (key: string) => withRetry(() => redis.incr(key));

// ok: require-idempotent-retry -- sets
export const store = (key: string, value: string) => withRetry(() => redis.set(key, value));

// ok: require-idempotent-retry -- reads
export const read = (key: string) => withRetry(() => redis.get(key));

// expect: require-idempotent-retry/noKey (within 3)
export const enqueue = (body: string) =>
  withRetry(() => sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: body })));

// ok: require-idempotent-retry -- a first-in-first-out queue keeps the copies out
export const enqueueOnce = (id: string) =>
  withRetry(() =>
    sqs.send(
      new SendMessageCommand({ QueueUrl: 'q.fifo', MessageBody: id, MessageDeduplicationId: id, MessageGroupId: 'g' }),
    ),
  );

// unknown: require-idempotent-retry/implicitRetry
export const plain = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: body }));

// expect: require-idempotent-retry/noKey
export const five = (body: string) => eager.send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: body }));
