import type { Client } from 'cassandra-driver';
export * as lib from 'cassandra-driver';
export declare const clients: { Client: Client };
