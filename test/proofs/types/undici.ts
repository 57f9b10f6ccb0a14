import type { Dispatcher, fetch, pipeline, request, RetryAgent, stream } from 'undici';
export * as lib from 'undici';
export declare const clients: {
  undici: { request: typeof request; stream: typeof stream; pipeline: typeof pipeline };
  Dispatcher: Dispatcher;
  RetryAgent: RetryAgent;
  fetch: typeof fetch;
};
