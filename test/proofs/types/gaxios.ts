import type { Gaxios } from 'gaxios';
export * as lib from 'gaxios';
export declare const clients: { Gaxios: Gaxios };
