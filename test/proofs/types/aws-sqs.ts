import type { SQS } from '@aws-sdk/client-sqs';
export * as lib from '@aws-sdk/client-sqs';
export declare const entry: 'the AWS SDK for SQS';
export declare const clients: { Client: SQS };
