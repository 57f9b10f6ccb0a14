import type { ApolloClient } from '@apollo/client';
export * as lib from '@apollo/client';
export declare const entry: '@apollo/client';
export declare const clients: { ApolloClient: ApolloClient };
