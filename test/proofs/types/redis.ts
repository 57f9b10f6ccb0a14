import type { createClient, createCluster, createClientPool } from 'redis';
export * as lib from 'redis';
export declare const entry: 'redis';
export declare const clients: {
  RedisClientType: ReturnType<typeof createClient>;
  RedisClusterType: ReturnType<typeof createCluster>;
  RedisClientPoolType: ReturnType<typeof createClientPool>;
};
