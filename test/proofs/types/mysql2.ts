import type mysql from 'mysql2';
export * as lib from 'mysql2';
export declare const exported: { default: typeof mysql };
export declare const clients: { Connection: mysql.Connection; Pool: mysql.Pool };
