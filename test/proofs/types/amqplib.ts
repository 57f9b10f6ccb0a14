import type amqplib from 'amqplib';
import type { Channel, ChannelModel, ConfirmChannel } from 'amqplib';
export * as lib from 'amqplib';
export declare const exported: { default: typeof amqplib };
export declare const clients: { ChannelModel: ChannelModel; Channel: Channel; ConfirmChannel: ConfirmChannel };
