import type { SNSClient } from '@aws-sdk/client-sns';
export * as lib from '@aws-sdk/client-sns';
export declare const entry: 'the AWS SDK';
export declare const clients: { Client: SNSClient };
