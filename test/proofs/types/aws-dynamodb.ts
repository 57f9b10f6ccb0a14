import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocument, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
export * as lib from '@aws-sdk/client-dynamodb';
export declare const entry: 'the AWS SDK for DynamoDB';
export declare const exported: {
  DynamoDBDocumentClient: typeof DynamoDBDocumentClient;
  DynamoDBDocument: typeof DynamoDBDocument;
};
export declare const clients: { Client: DynamoDB; DocumentClientFactory: typeof DynamoDBDocumentClient };
