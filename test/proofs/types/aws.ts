import type { S3 } from '@aws-sdk/client-s3';
export * as lib from '@aws-sdk/client-s3';
export declare const entry: 'the AWS SDK';
export declare const absent: ['SNS', 'Lambda', 'NodeHttpHandler'];
export declare const clients: { Client: S3 };
