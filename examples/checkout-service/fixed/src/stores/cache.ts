import type { FastifyBaseLogger } from 'fastify';
import { Redis } from 'ioredis';
import { config } from '../config.js';
import type { Order } from '../types.js';

const redis = new Redis(config.redisUrl, {
  connectTimeout: 5_000,
  maxRetriesPerRequest: 3,
});

const oneHour = 3_600;

export function logCacheErrors(log: FastifyBaseLogger): void {
  redis.on('error', (error) => log.error({ error }, 'Redis'));
}

export async function rememberOrder(order: Order): Promise<void> {
  await redis.set(`order:${order.id}`, JSON.stringify(order), 'EX', oneHour);
}

export async function recallOrder(id: string): Promise<Order | undefined> {
  const text = await redis.get(`order:${id}`);
  return text === null ? undefined : (JSON.parse(text) as Order);
}

export function closeCache(): void {
  redis.disconnect();
}
