import type { Client } from '@opensearch-project/opensearch';
export * as lib from '@opensearch-project/opensearch';
export declare const entry: '@opensearch-project/opensearch';
export declare const clients: { Client: Client; Group: Client['indices'] };
