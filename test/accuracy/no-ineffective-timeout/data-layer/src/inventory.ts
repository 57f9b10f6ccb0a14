import { Client, credentials, Metadata } from '@grpc/grpc-js';

const client = new Client('inventory:50051', credentials.createInsecure());
const encode = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const decode = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
type Done = (error: Error | null, value?: unknown) => void;

export function reserve(sku: string, done: Done): void {
  // expect: no-ineffective-timeout/wrongUnit
  client.makeUnaryRequest('/inventory/Reserve', encode, decode, { sku }, new Metadata(), { deadline: 5000 }, done);
}

export function release(sku: string, done: Done): void {
  // ok: no-ineffective-timeout, require-timeout -- an absolute time
  client.makeUnaryRequest(
    '/inventory/Release',
    encode,
    decode,
    { sku },
    new Metadata(),
    { deadline: Date.now() + 5000 },
    done,
  );
}

export function count(sku: string, done: Done): void {
  const deadline = new Date();
  deadline.setSeconds(deadline.getSeconds() + 2);
  // ok: no-ineffective-timeout, require-timeout -- an absolute time
  client.makeUnaryRequest('/inventory/Count', encode, decode, { sku }, new Metadata(), { deadline }, done);
}
