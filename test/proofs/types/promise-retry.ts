import type value from 'promise-retry';
export declare const installed: 'promise-retry';
export declare const exported: { default: typeof value };
