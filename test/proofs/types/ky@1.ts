import type { KyInstance } from 'ky1';
export * as lib from 'ky1';
export declare const entry: 'ky';
export declare const clients: { KyInstance: KyInstance };
