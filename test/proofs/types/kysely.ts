import type { Kysely } from 'kysely';
export * as lib from 'kysely';
export declare const clients: { Kysely: Kysely<{ t: { a: string } }> };
