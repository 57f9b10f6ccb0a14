import type { Client } from '@elastic/elasticsearch';
export * as lib from '@elastic/elasticsearch';
export declare const entry: '@elastic/elasticsearch';
export declare const clients: { Client: Client; Group: Client['indices'] };
