import type mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
export * as lib from 'mqtt';
export declare const exported: { default: typeof mqtt };
export declare const clients: { MqttClient: MqttClient };
