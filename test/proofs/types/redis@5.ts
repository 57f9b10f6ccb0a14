import type { createClient, createCluster, createClientPool } from 'redis5';
export * as lib from 'redis5';
export declare const entry: 'redis';
export declare const clients: {
  RedisClientType: ReturnType<typeof createClient>;
  RedisClusterType: ReturnType<typeof createCluster>;
  RedisClientPoolType: ReturnType<typeof createClientPool>;
};
