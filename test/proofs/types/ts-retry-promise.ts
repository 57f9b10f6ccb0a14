export * as lib from 'ts-retry-promise';
