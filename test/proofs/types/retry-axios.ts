export * as lib from 'retry-axios';
