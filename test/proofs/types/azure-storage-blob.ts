import type { BlobServiceClient, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
export * as lib from '@azure/storage-blob';
export declare const entry: '@azure/storage-blob';
export declare const clients: {
  BlobServiceClient: BlobServiceClient;
  ContainerClient: ContainerClient;
  BlobClient: BlockBlobClient;
};
