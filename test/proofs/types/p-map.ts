export * as lib from 'p-map';
