import type { Wretch } from 'wretch';
export * as lib from 'wretch';
export declare const clients: { Wretch: Wretch };
