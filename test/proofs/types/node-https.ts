import type https from 'node:https';
export * as lib from 'node:https';
export declare const entry: 'node:http';
export declare const exported: { default: typeof https };
export declare const clients: { http: typeof https };
