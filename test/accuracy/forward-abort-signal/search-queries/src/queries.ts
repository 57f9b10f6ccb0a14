import type { FetchQueryOptions, QueryClient, QueryFunctionContext } from '@tanstack/query-core';
import axios from 'axios';
import { loadHints, loadPopular, loadResults } from './api.js';

const http = axios.create({ baseURL: 'https://search.test', timeout: 5000 });

export function prefetch(client: QueryClient, text: string): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['results', text],
    // expect: forward-abort-signal/notForwardedThrough (untyped: skip)
    queryFn: (context) => loadResults(String(context.queryKey[1])),
  });
}

export function hints(client: QueryClient, text: string): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['hints', text],
    // ok: forward-abort-signal -- passed on
    queryFn: ({ signal }) => loadHints(text, { signal }),
  });
}

export function trends(client: QueryClient): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['trends'],
    queryFn: async (context) => {
      // expect: forward-abort-signal/notForwarded (untyped: skip)
      const { data } = await http.get<unknown>('/trends', { params: { key: context.queryKey[0] } });
      return data;
    },
  });
}

export function brands(client: QueryClient): Promise<unknown> {
  return client.fetchQuery({
    queryKey: ['brands'],
    // ok: forward-abort-signal -- asks for no context
    queryFn: async () => (await http.get<unknown>('/brands')).data,
  });
}

export async function loadBrand({ queryKey, signal }: QueryFunctionContext<[string, string]>): Promise<unknown> {
  // ok: forward-abort-signal -- passed on
  const { data } = await http.get<unknown>(`/brands/${queryKey[1]}`, { signal });
  return data;
}

export async function loadCategory({ queryKey }: QueryFunctionContext<[string, string]>): Promise<unknown> {
  // expect: forward-abort-signal/notForwarded (untyped: skip)
  const { data } = await http.get<unknown>(`/categories/${queryKey[1]}`);
  return data;
}

export const popular: FetchQueryOptions = {
  queryKey: ['popular'],
  // unknown: forward-abort-signal (untyped: skip) -- the function accepts no signal
  queryFn: (context) => loadPopular(String(context.queryKey[0])),
};
