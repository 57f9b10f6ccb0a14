import type { KafkaJS } from '@confluentinc/kafka-javascript';
export * as lib from '@confluentinc/kafka-javascript';
export declare const entry: '@confluentinc/kafka-javascript';
export declare const clients: {
  Kafka: KafkaJS.Kafka;
  Producer: KafkaJS.Producer;
  Consumer: KafkaJS.Consumer;
  Admin: KafkaJS.Admin;
};
