export { default as fetch, rawFetch } from './http.js';
export * from './transport.js';
export * as errors from './errors.js';
