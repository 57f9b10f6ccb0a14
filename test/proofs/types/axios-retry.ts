export * as lib from 'axios-retry';
