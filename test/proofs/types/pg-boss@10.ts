import type PgBoss from 'pg-boss10';
export declare const entry: 'pg-boss';
export declare const installed: 'pg-boss10';
export declare const exported: { default: typeof PgBoss };
export declare const absent: ['PgBoss'];
export declare const clients: { PgBoss: PgBoss };
