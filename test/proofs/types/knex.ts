import type knex from 'knex';
export declare const installed: 'knex';
export declare const exported: { default: typeof knex; knex: typeof knex.knex };
export declare const clients: { Knex: knex.Knex };
