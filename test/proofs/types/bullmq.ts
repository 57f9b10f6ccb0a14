import type { FlowProducer, Queue } from 'bullmq';
export * as lib from 'bullmq';
export declare const clients: { Queue: Queue; FlowProducer: FlowProducer };
