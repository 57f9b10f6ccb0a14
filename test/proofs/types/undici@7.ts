import type { Dispatcher, fetch, pipeline, request, RetryAgent, stream } from 'undici7';
export * as lib from 'undici7';
export declare const entry: 'undici';
export declare const clients: {
  undici: { request: typeof request; stream: typeof stream; pipeline: typeof pipeline };
  Dispatcher: Dispatcher;
  RetryAgent: RetryAgent;
  fetch: typeof fetch;
};
