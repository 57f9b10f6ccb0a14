import type fetch from 'node-fetch';
export * as lib from 'node-fetch';
export declare const clients: { fetch: typeof fetch };
