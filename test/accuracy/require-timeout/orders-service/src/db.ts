import pg, { Client, Pool, type PoolConfig } from 'pg';
import { credentials, loadPoolConfig, poolOptions, reportingOptions } from './pool-options.js';

// expect: require-timeout/missing
export const pool = new Pool({ host: 'orders-db', user: 'orders', max: 20 });

// ok: require-timeout -- options of another module
export const replica = new Pool({ ...poolOptions, host: 'orders-replica' });

// ok: require-timeout -- likewise, whole
export const archive = new pg.Pool(poolOptions);

// expect: require-timeout/missing
export const audit = new pg.Pool({ ...credentials, application_name: 'audit' });

// expect: require-timeout/openPhase
export const analytics = new Pool({ ...credentials, connectionTimeoutMillis: 3000, statement_timeout: 10_000 });

// expect: require-timeout/openPhase
export const ledger = new Pool({ ...credentials, query_timeout: 4000 });

// ok: require-timeout -- a function's options, with arithmetic
export const reporting = new Pool(reportingOptions());

// unknown: require-timeout/unknown
export const tenant = new Pool(loadPoolConfig());

export function createPool(options: PoolConfig = {}): Pool {
  // ok: require-timeout -- a factory with defaults
  return new Pool({ connectionTimeoutMillis: 2000, query_timeout: 5000, ...options });
}

export async function migrate(statements: string[]): Promise<void> {
  // expect: require-timeout/missing
  const client = new Client({ host: 'orders-db', user: 'migrator' });
  await client.connect();
  try {
    for (const statement of statements) {
      // ok: require-timeout -- judged at the construction
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

// ok: require-timeout -- limits in the address
export const session = new Pool({
  connectionString: 'postgres://orders@orders-db/session?query_timeout=5000',
  connectionTimeoutMillis: 2000,
});
