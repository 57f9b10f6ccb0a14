import type { PgBoss } from 'pg-boss';
export * as lib from 'pg-boss';
export declare const entry: 'pg-boss';
export declare const absent: ['default'];
export declare const clients: { PgBoss: PgBoss };
