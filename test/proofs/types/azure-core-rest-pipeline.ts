import type { HttpClient } from '@azure/core-rest-pipeline';
export * as lib from '@azure/core-rest-pipeline';
export declare const entry: '@azure/core-rest-pipeline';
export declare const clients: { HttpClient: HttpClient };
