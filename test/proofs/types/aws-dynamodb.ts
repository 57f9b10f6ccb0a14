import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
export * as lib from '@aws-sdk/client-dynamodb';
export declare const entry: 'the AWS SDK for DynamoDB';
export declare const exported: { DynamoDBDocumentClient: typeof DynamoDBDocumentClient };
export declare const clients: { Client: DynamoDBClient; DocumentClientFactory: typeof DynamoDBDocumentClient };
