import axios, { Axios, type AxiosInstance, type CreateAxiosDefaults } from 'axios';
import { Redis } from 'ioredis';
import pg from 'pg';
import { limits } from './settings.js';

class TenantPool extends pg.Pool {
  readonly tenant = 'default';
}

class LimitedPool extends pg.Pool {
  constructor(host: string) {
    // ok: require-timeout -- the subclass gives the limits
    super({ host, connectionTimeoutMillis: limits.db, query_timeout: limits.db });
  }
}

class Cache extends Redis {
  constructor(host: string) {
    super({ host, lazyConnect: true, commandTimeout: limits.http });
  }
}

// expect: require-timeout/missing
export const tenants = new TenantPool({ host: 'tenants-db' });
// ok: require-timeout -- a subclass, with the limits of its caller
export const tenantsReplica = new TenantPool({
  host: 'tenants-db',
  connectionTimeoutMillis: 1000,
  query_timeout: 2000,
});
// ok: require-timeout -- limits in the constructor of the subclass
export const limited = new LimitedPool('tenants-db');
// ok: require-timeout -- likewise
export const cache = new Cache('cache');

export class Api {
  private readonly timeout: number;
  private readonly client: AxiosInstance;
  private readonly plain: AxiosInstance;

  constructor(baseURL: string, timeout = 4000) {
    this.timeout = timeout;
    const options: CreateAxiosDefaults = { baseURL };
    // expect: require-timeout/missing
    this.plain = axios.create(options);
    const bounded: CreateAxiosDefaults = { ...options, timeout: this.timeout };
    // ok: require-timeout -- a field that the constructor sets
    this.client = axios.create(bounded);
  }

  async get(path: string): Promise<unknown> {
    const { data } = await this.client.get<unknown>(path);
    return data;
  }

  async head(path: string): Promise<number> {
    const { status } = await this.plain.head(path);
    return status;
  }

  async load(path: string): Promise<unknown> {
    // ok: require-timeout -- a field with a limit
    const response = await fetch(path, { signal: AbortSignal.timeout(this.timeout) });
    return response.json();
  }
}

// expect: require-timeout/missing
export const direct = new Axios({ baseURL: 'https://direct.test' });
