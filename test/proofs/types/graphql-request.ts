import type * as functions from 'graphql-request';
export * as lib from 'graphql-request';
export declare const clients: { GraphQLClient: functions.GraphQLClient; functions: typeof functions };
