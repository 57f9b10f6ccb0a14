import type { Client } from '@grpc/grpc-js';
export * as lib from '@grpc/grpc-js';
export declare const entry: '@grpc/grpc-js';
export declare const clients: { Client: Client };
