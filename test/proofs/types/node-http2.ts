import type http2 from 'node:http2';
export * as lib from 'node:http2';
export declare const entry: 'node:http2';
export declare const exported: { default: typeof http2 };
export declare const clients: { ClientHttp2Session: http2.ClientHttp2Session };
