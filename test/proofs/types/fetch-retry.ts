import type value from 'fetch-retry';
export declare const installed: 'fetch-retry';
export declare const exported: { default: typeof value };
