import type { $Fetch } from 'ofetch';
export * as lib from 'ofetch';
export declare const clients: { Fetch: $Fetch };
