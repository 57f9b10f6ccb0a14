import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

interface Context {
  getRemainingTimeInMillis(): number;
}

// ok: require-timeout -- it stays in this file, and each call has its limit
const client = new S3Client({});

export async function handler(event: { key: string }, context: Context): Promise<string> {
  const abortSignal = AbortSignal.timeout(context.getRemainingTimeInMillis() - 500);
  const object = await client.send(new GetObjectCommand({ Bucket: 'in', Key: event.key }), { abortSignal });
  const text = (await object.Body?.transformToString()) ?? '';
  // ok: require-timeout -- what is left of the invocation
  const response = await fetch('https://render.example/render', { method: 'POST', body: text, signal: abortSignal });
  return response.text();
}
