import type { NatsConnection } from '@nats-io/nats-core';
export * as lib from '@nats-io/transport-node';
export declare const entry: 'nats';
export declare const clients: { NatsConnection: NatsConnection };
