import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

// expect: require-timeout/missing
export const s3 = new S3Client({ region: 'eu-central-1' });
// ok: require-timeout -- the handler's limits
export const images = new S3Client({
  region: 'eu-central-1',
  requestHandler: { connectionTimeout: 1000, socketTimeout: 5000 },
});
// ok: require-timeout -- used here only, and each use has a signal
const backups = new S3Client({ region: 'eu-west-1' });
// ok: require-timeout -- the limit throws, the socket's covers the body
const sqs = new SQSClient({
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 25_000,
    throwOnRequestTimeout: true,
    socketTimeout: 25_000,
  },
});

export class Publisher {
  // expect: require-timeout/missing
  private readonly client = new SQSClient({});

  async publish(body: string): Promise<void> {
    // ok: require-timeout -- the client is reported where it is made
    await this.client.send(new SendMessageCommand({ QueueUrl: 'https://sqs.test/orders', MessageBody: body }));
  }
}

export async function poll(): Promise<unknown[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: 'https://sqs.test/orders', WaitTimeSeconds: 20 }),
  );
  return Messages;
}

export async function upload(key: string, body: string): Promise<void> {
  // ok: require-timeout -- the client is reported where it is made
  await s3.send(new PutObjectCommand({ Bucket: 'orders', Key: key, Body: body }));
}

export async function exists(key: string): Promise<boolean> {
  const abortSignal = AbortSignal.timeout(2000);
  const { ContentLength } = await backups.send(new HeadObjectCommand({ Bucket: 'backups', Key: key }), { abortSignal });
  return ContentLength !== undefined;
}

export async function restore(key: string): Promise<string | undefined> {
  const object = await backups.send(new GetObjectCommand({ Bucket: 'backups', Key: key }), {
    abortSignal: AbortSignal.timeout(30_000),
  });
  return object.Body?.transformToString();
}
