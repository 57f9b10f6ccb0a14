export * as lib from 'p-timeout';
