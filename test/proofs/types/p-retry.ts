export * as lib from 'p-retry';
