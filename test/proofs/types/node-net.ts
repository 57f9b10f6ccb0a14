import type net from 'node:net';
export * as lib from 'node:net';
export declare const entry: 'node:net';
export declare const exported: { default: typeof net };
export declare const clients: { net: typeof net };
