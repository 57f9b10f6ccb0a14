import type { S3Client } from '@aws-sdk/client-s3';
export * as lib from '@aws-sdk/client-s3';
export declare const entry: 'the AWS SDK';
export declare const clients: { Client: S3Client };
