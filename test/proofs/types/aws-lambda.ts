import type { Lambda } from '@aws-sdk/client-lambda';
export * as lib from '@aws-sdk/client-lambda';
export declare const entry: 'the AWS SDK';
export declare const absent: ['S3', 'SNS', 'NodeHttpHandler'];
export declare const clients: { Client: Lambda };
