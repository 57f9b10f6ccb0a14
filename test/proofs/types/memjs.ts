import type { Client } from 'memjs';
export * as lib from 'memjs';
export declare const clients: { Factory: typeof Client; Client: Client };
