import type fetch from 'cross-fetch';
export * as lib from 'cross-fetch';
export declare const clients: { fetch: typeof fetch };
