import type tls from 'node:tls';
export * as lib from 'node:tls';
export declare const entry: 'node:tls';
export declare const exported: { default: typeof tls };
export declare const clients: { tls: typeof tls };
