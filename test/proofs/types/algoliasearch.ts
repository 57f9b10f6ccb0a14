import type { Algoliasearch } from 'algoliasearch';
export * as lib from 'algoliasearch';
export declare const clients: { Algoliasearch: Algoliasearch };
