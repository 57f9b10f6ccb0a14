import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Pool } from 'pg';

// ok: no-unguarded-client -- a store
const pool = new Pool({ max: 5, query_timeout: 1000 });
// expect: no-unguarded-client/unguarded
const s3 = new S3Client({});
// ok: no-unguarded-client -- exported, and not used here
export const other = new S3Client({});

export const save = (Key: string) => s3.send(new PutObjectCommand({ Bucket: 'b', Key }));
export const rows = () => pool.query('SELECT 1');
