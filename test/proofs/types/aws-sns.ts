import type { SNS } from '@aws-sdk/client-sns';
export * as lib from '@aws-sdk/client-sns';
export declare const entry: 'the AWS SDK';
export declare const absent: ['S3', 'Lambda', 'NodeHttpHandler'];
export declare const clients: { Client: SNS };
