import amqp from 'amqplib';
import { Queue, Worker } from 'bullmq';
import { Kafka } from 'kafkajs';
import mqtt from 'mqtt';
import { connect as natsConnect, StringCodec } from 'nats';
import { Redis } from 'ioredis';
import { io } from 'socket.io-client';

export async function broker(): Promise<unknown> {
  // expect: require-timeout/missing
  const connection = await amqp.connect(process.env.AMQP_URL ?? 'amqp://broker.internal');
  return connection.createChannel();
}

export async function brokerBounded(): Promise<unknown> {
  // ok: require-timeout -- the socket's limit
  const connection = await amqp.connect(process.env.AMQP_URL ?? 'amqp://broker.internal', { timeout: 3000 });
  return connection.createChannel();
}

// ok: require-timeout -- a worker's connection waits on purpose
const blocking = new Redis(process.env.REDIS_URL ?? '', { maxRetriesPerRequest: null });

export const worker = new Worker(
  'labels',
  async (job) => {
    // expect: require-timeout/longDefault|missing
    const response = await fetch(`https://labels.example/${job.name}`, {
      method: 'POST',
      body: JSON.stringify(job.data),
    });
    return response.status;
  },
  { connection: blocking },
);

// ok: require-timeout -- 30 s by default for every request
const kafka = new Kafka({ clientId: 'freight', brokers: ['kafka.internal:9092'] });
export const producer = kafka.producer();

// ok: require-timeout -- 30 s by default
export const telemetry = mqtt.connectAsync('mqtts://broker.internal', { reconnectPeriod: 2000 });

export async function ask(subject: string): Promise<string> {
  // ok: require-timeout -- 20 s by default
  const connection = await natsConnect({ servers: 'nats.internal' });
  const codec = StringCodec();
  // ok: require-timeout -- a second by default
  const answer = await connection.request(subject, codec.encode(''));
  return codec.decode(answer.data);
}

// expect: require-timeout/missing
export const jobs = new Queue('labels', { connection: { host: 'redis.internal' } });

export async function enqueue(id: string): Promise<void> {
  // ok: require-timeout -- a Map's method in a queue's clothes
  const pending = new Map<string, number>([[id, 1]]);
  if (pending.get(id) === 1) pending.delete(id);
}

export const socket = io('https://freight.example', { transports: ['websocket'] });
