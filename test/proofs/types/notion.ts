import type { Client } from '@notionhq/client';
export * as lib from '@notionhq/client';
export declare const entry: '@notionhq/client';
export declare const clients: { Client: Client; Group: Client['pages'] };
