import type { RelationalQueryBuilder } from 'drizzle-orm/mysql-core/query-builders/query';
import type { drizzle, MySql2Database } from 'drizzle-orm/mysql2';
export declare const entry: 'drizzle-orm';
export declare const installed: 'drizzle-orm';
export declare const exported: { drizzle: typeof drizzle };
export declare const clients: {
  Database: MySql2Database & { selectDistinct: MySql2Database['selectDistinct'] };
  Relational: RelationalQueryBuilder<never, never, never>;
};
