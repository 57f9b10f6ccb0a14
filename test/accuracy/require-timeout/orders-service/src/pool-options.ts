import { readFileSync } from 'node:fs';
import type { PoolConfig } from 'pg';

const seconds = (n: number): number => n * 1000;

export const poolOptions: PoolConfig = {
  host: 'orders-db',
  connectionTimeoutMillis: 3000,
  query_timeout: 5000,
};

export const credentials = { host: 'orders-db', user: 'orders', database: 'orders' };

export function loadPoolConfig(): PoolConfig {
  return JSON.parse(readFileSync('pool.json', 'utf8')) as PoolConfig;
}

export function reportingOptions(): PoolConfig {
  return { ...credentials, connectionTimeoutMillis: seconds(2), query_timeout: seconds(20) };
}
