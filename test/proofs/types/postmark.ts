import type { ServerClient } from 'postmark';
export * as lib from 'postmark';
export declare const clients: { ServerClient: ServerClient };
