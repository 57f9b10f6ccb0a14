import type { Connection, Pool } from 'mariadb';
export * as lib from 'mariadb';
export declare const clients: { Connection: Connection; Pool: Pool };
