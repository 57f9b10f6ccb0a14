import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient, SendMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';

const region = process.env.AWS_REGION ?? 'eu-central-1';

// expect: require-timeout/missing
const s3 = new S3Client({ region, maxAttempts: 2 });

// ok: require-timeout -- throws when the time is up
const uploads = new S3Client({
  region,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
});

// ok: require-timeout -- a handler with a limit on silence
const queue = new SQSClient({
  region,
  requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, socketTimeout: 5000 }),
});

const table = DynamoDBDocumentClient.from(
  // expect: require-timeout/missing
  new DynamoDBClient({ region }),
  { marshallOptions: { removeUndefinedValues: true } },
);

// expect: require-timeout/openPhase|missing
const topics = new SNSClient({ region, requestHandler: { connectionTimeout: 1000 } });

export async function load(key: string): Promise<string> {
  const object = await s3.send(new GetObjectCommand({ Bucket: 'studio', Key: key }));
  return object.Body?.transformToString() ?? '';
}

export async function store(key: string, body: string): Promise<void> {
  await uploads.send(new PutObjectCommand({ Bucket: 'studio', Key: key, Body: body }));
}

export async function enqueue(body: string): Promise<void> {
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: body }));
}

export async function receive(): Promise<unknown> {
  return queue.send(new ReceiveMessageCommand({ QueueUrl: process.env.QUEUE_URL, WaitTimeSeconds: 2 }));
}

export async function item(id: string): Promise<unknown> {
  return table.send(new GetCommand({ TableName: 'studio', Key: { id } }));
}

export async function announce(message: string): Promise<void> {
  await topics.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: message }));
}
