import type { DescMethodUnary, DescService } from '@bufbuild/protobuf';
import type { Client, Transport } from '@connectrpc/connect';
import type { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
export * as lib from '@connectrpc/connect';
export declare const entry: '@connectrpc/connect';
export declare const exported: {
  createConnectTransport: typeof createConnectTransport;
  createGrpcTransport: typeof createGrpcTransport;
  createGrpcWebTransport: typeof createGrpcWebTransport;
};
type Service = DescService & { method: { get: DescMethodUnary } };
export declare const clients: { Client: Client<Service>; Transport: Transport };
