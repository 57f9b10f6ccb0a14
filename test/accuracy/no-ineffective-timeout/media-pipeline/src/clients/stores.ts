import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { MongoClient } from 'mongodb';
import postgres from 'postgres';
import { createClient } from 'redis';
import { Redis } from 'ioredis';
import pg from 'pg';
import Stripe from 'stripe';
import OpenAI from 'openai';
import memjs from 'memjs';

// expect: no-ineffective-timeout/ignored|wrongPhase
export const media = new S3Client({ requestHandler: { requestTimeout: 5000 } });

// ok: no-ineffective-timeout, require-timeout -- it throws
export const thumbs = new S3Client({ requestHandler: { requestTimeout: 5000, throwOnRequestTimeout: true } });

// expect: no-ineffective-timeout/disabled
export const jobs = new SQSClient({ requestHandler: { socketTimeout: 0 } });

// expect: no-ineffective-timeout/ignored|wrongPhase
export const mongo = new MongoClient('mongodb://db.internal', { timeoutMS: 5000 });

// expect: no-ineffective-timeout/disabled
export const mongoOff = new MongoClient('mongodb://db.internal', { socketTimeoutMS: 0 });

// expect: no-ineffective-timeout/wrongUnit
export const sql = postgres('postgres://db.internal/media', { connect_timeout: 5000 });

// expect: no-ineffective-timeout/wrongPhase
export const redis = createClient({ url: 'redis://cache.internal', commandOptions: { timeout: 2000 } });

// expect: no-ineffective-timeout/misread
export const cache = new Redis({ host: 'cache.internal', commandTimeout: 0 });

export const pool = new pg.Pool({
  // expect: no-ineffective-timeout/disabled
  connectionTimeoutMillis: 0,
  // expect: no-ineffective-timeout/disabled
  query_timeout: 0,
});

// expect: no-ineffective-timeout/disabled
export const stripe = new Stripe('sk_live', { timeout: 0 });

// expect: no-ineffective-timeout/misread|disabled
export const openai = new OpenAI({ timeout: Infinity });

// expect: no-ineffective-timeout/wrongUnit
export const memory = memjs.Client.create('cache.internal:11211', { timeout: 500 });

// ok: no-ineffective-timeout -- seconds
export const memoryRight = memjs.Client.create('cache.internal:11211', { timeout: 0.5 });

export async function read(key: string): Promise<unknown> {
  // ok: no-ineffective-timeout, require-timeout -- both
  return thumbs.send(new GetObjectCommand({ Bucket: 'media', Key: key }), { abortSignal: AbortSignal.timeout(4000) });
}
