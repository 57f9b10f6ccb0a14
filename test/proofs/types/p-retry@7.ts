export * as lib from 'p-retry7';
export declare const entry: 'p-retry';
