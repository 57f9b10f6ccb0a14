import type { Cluster, Redis } from 'ioredis5';
export * as lib from 'ioredis5';
export declare const entry: 'ioredis';
export declare const clients: { Redis: Redis; Cluster: Cluster };
