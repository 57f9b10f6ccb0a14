import type { WebClient } from '@slack/web-api';
export * as lib from '@slack/web-api';
export declare const entry: '@slack/web-api';
export declare const clients: { WebClient: WebClient; Group: WebClient['chat'] };
