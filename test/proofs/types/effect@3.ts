export * as lib from 'effect3';
export declare const entry: 'effect';
