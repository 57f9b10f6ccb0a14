import type { Cluster, Redis } from 'ioredis';
export * as lib from 'ioredis';
export declare const clients: { Redis: Redis; Cluster: Cluster };
