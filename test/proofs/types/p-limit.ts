export * as lib from 'p-limit';
