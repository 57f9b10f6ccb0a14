import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { config } from '../config.js';
import { retry } from '../lib/retry.js';
import type { Order } from '../types.js';

const sqs = new SQSClient(config.sqsEndpoint ? { endpoint: config.sqsEndpoint } : {});

/** Puts the order on the queue that fulfilment reads from. */
export async function publishOrderPlaced(order: Order): Promise<void> {
  const command = new SendMessageCommand({
    QueueUrl: config.ordersQueueUrl,
    MessageBody: JSON.stringify({ type: 'order.placed', order }),
  });
  await retry(() => sqs.send(command), { attempts: 5 });
}

export function closeEvents(): void {
  sqs.destroy();
}
