import type retry from 'retry';
export * as lib from 'retry';
export declare const exported: { default: typeof retry };
