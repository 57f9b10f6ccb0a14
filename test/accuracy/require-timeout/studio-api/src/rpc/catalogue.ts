import {
  credentials,
  Metadata,
  type CallOptions,
  type Client,
  type ServiceError,
  InterceptingCall,
  type Interceptor,
} from '@grpc/grpc-js';
import { createClient, type Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { DescService } from '@bufbuild/protobuf';

type Callback<T> = (error: ServiceError | null, value?: T) => void;

export interface CatalogueClient extends Client {
  getItem(
    request: { id: string },
    metadata: Metadata,
    options: Partial<CallOptions>,
    callback: Callback<unknown>,
  ): unknown;
  getItem(request: { id: string }, callback: Callback<unknown>): unknown;
}

export const channel = credentials.createInsecure();

export function getItem(client: CatalogueClient, id: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // expect: require-timeout/missing (untyped: skip)
    client.getItem({ id }, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

export function getItemWithin(client: CatalogueClient, id: string, ms: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const deadline = new Date();
    deadline.setMilliseconds(deadline.getMilliseconds() + ms);
    // ok: require-timeout -- a deadline
    client.getItem({ id }, new Metadata(), { deadline }, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}

export function getItemSoon(client: CatalogueClient, id: string, done: Callback<unknown>): void {
  // ok: require-timeout -- a deadline
  client.getItem({ id }, new Metadata(), { deadline: Date.now() + 2000 }, done);
}

export const tracing: Interceptor = (options, nextCall) => new InterceptingCall(nextCall(options));

// expect: require-timeout/missing
const transport: Transport = createConnectTransport({ baseUrl: 'https://catalogue.example', httpVersion: '2' });

// ok: require-timeout -- a default for every call
const boundedTransport = createConnectTransport({
  baseUrl: 'https://catalogue.example',
  httpVersion: '2',
  defaultTimeoutMs: 3000,
});

export function clients(service: DescService): unknown[] {
  return [createClient(service, transport), createClient(service, boundedTransport)];
}
