import type value from 'bottleneck';
export declare const installed: 'bottleneck';
export declare const exported: { default: typeof value };
