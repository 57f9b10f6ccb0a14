import type { PubSub, Topic } from '@google-cloud/pubsub';
export * as lib from '@google-cloud/pubsub';
export declare const entry: '@google-cloud/pubsub';
export declare const clients: { PubSub: PubSub; Topic: Topic };
