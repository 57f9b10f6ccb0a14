import type { KyInstance } from 'ky';
export * as lib from 'ky';
export declare const clients: { KyInstance: KyInstance };
