import type pg from 'pg';
export * as lib from 'pg';
export declare const exported: { default: typeof pg };
export declare const clients: { Client: pg.Client; Pool: pg.Pool };
