import type http from 'node:http';
export * as lib from 'node:http';
export declare const entry: 'node:http';
export declare const exported: { default: typeof http };
export declare const clients: { http: typeof http };
