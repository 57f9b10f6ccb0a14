import type mssql from 'mssql';
export * as lib from 'mssql';
export declare const exported: { default: typeof mssql };
export declare const clients: { ConnectionPool: mssql.ConnectionPool; Request: mssql.Request };
