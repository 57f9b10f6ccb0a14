export * as lib from 'exponential-backoff';
