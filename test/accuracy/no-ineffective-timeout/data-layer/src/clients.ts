import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import postgres from 'postgres';
import { createClient } from 'redis';

export const pool = new pg.Pool({
  host: 'db',
  connectionTimeoutMillis: 3000,
  // expect: no-ineffective-timeout/disabled
  query_timeout: 0,
});

// ok: no-ineffective-timeout -- both phases
export const reader = new pg.Pool({ host: 'db', connectionTimeoutMillis: 3000, query_timeout: 4000 });

export const redis = createClient({
  url: 'redis://cache:6379',
  // expect: no-ineffective-timeout/wrongPhase
  commandOptions: { timeout: 1000 },
});

// ok: no-ineffective-timeout -- the socket's limit binds, whatever the queue's does
export const flags = createClient({ socket: { socketTimeout: 2000 }, commandOptions: { timeout: 1000 } });

// expect: no-ineffective-timeout/wrongPhase
export const mongo = new MongoClient('mongodb://mongo:27017', { timeoutMS: 5000 });

// ok: no-ineffective-timeout -- the socket's limit
export const events = new MongoClient('mongodb://mongo:27017', { socketTimeoutMS: 5000 });

export const s3 = new S3Client({
  region: 'eu-central-1',
  // expect: no-ineffective-timeout/wrongPhase
  requestHandler: { requestTimeout: 5000 },
});

// ok: no-ineffective-timeout, require-timeout -- the limit throws, the socket's covers the body
export const images = new S3Client({
  requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: true, socketTimeout: 5000 },
});

// ok: no-ineffective-timeout -- the socket's limit binds
const queue = new SQSClient({ requestHandler: { socketTimeout: 5000 } });
// ok: require-timeout -- an attempt at each call
const backups = new S3Client({ region: 'eu-west-1' });

export async function store(key: string, body: string): Promise<void> {
  // expect: no-ineffective-timeout/wrongPhase
  await backups.send(new PutObjectCommand({ Bucket: 'b', Key: key, Body: body }), { requestTimeout: 3000 });
}

export async function load(key: string): Promise<unknown> {
  // ok: no-ineffective-timeout -- a signal
  return backups.send(new GetObjectCommand({ Bucket: 'b', Key: key }), { abortSignal: AbortSignal.timeout(3000) });
}

export async function enqueue(body: string): Promise<void> {
  // ok: no-ineffective-timeout -- the client's limit
  await queue.send(new SendMessageCommand({ QueueUrl: 'https://sqs.test/q', MessageBody: body }));
}

export const sql = postgres('postgres://db/app', {
  // expect: no-ineffective-timeout/wrongUnit
  connect_timeout: 5000,
});
