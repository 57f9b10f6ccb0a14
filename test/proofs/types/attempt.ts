export * as lib from '@lifeomic/attempt';
export declare const entry: '@lifeomic/attempt';
