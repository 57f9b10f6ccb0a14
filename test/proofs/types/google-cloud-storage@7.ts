import type { Bucket, File, Storage } from '@google-cloud/storage7';
export * as lib from '@google-cloud/storage7';
export declare const entry: '@google-cloud/storage';
export declare const clients: { Storage: Storage; Bucket: Bucket; File: File };
