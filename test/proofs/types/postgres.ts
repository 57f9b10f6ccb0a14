import type postgres from 'postgres';
export declare const installed: 'postgres';
export declare const exported: { default: typeof postgres };
export declare const clients: { Sql: postgres.Sql };
