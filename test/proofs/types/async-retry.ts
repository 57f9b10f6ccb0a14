import type value from 'async-retry';
export declare const installed: 'async-retry';
export declare const exported: { default: typeof value };
