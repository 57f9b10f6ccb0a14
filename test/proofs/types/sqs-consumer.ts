import type { Consumer } from 'sqs-consumer';
export * as lib from 'sqs-consumer';
export declare const clients: { ConsumerFactory: typeof Consumer; Consumer: Consumer };
