import type { NatsConnection } from 'nats';
export * as lib from 'nats';
export declare const clients: { NatsConnection: NatsConnection };
