import type { Admin, Consumer, Kafka, Producer } from 'kafkajs';
export * as lib from 'kafkajs';
export declare const clients: { Kafka: Kafka; Producer: Producer; Consumer: Consumer; Admin: Admin };
