import type { RelationalQueryBuilder } from 'drizzle-orm/pg-core/query-builders/query';
import type { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
export declare const installed: 'drizzle-orm';
export declare const exported: { drizzle: typeof drizzle };
export declare const clients: { Database: NodePgDatabase; Relational: RelationalQueryBuilder<never, never> };
