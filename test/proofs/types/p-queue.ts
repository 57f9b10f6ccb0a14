export * as lib from 'p-queue';
