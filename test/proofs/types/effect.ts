export * as lib from 'effect';
